import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseLink } from '../../experiment/link/link.ts';
import type { KeptEntry } from '../../keep/reports.ts';
import { keptEntry } from '../../keep/testing/entry.ts';
import type { Result } from '../../storage/results.ts';
import { Progress } from '../command/progress.ts';
import { runExperiment } from '../command/run-experiment.ts';
import { RunState } from './run-state.ts';

const base = mkdtempSync(join(tmpdir(), 'state-'));
afterAll(() => rmSync(base, { recursive: true }));

const experiment = parseLink(
  '#preset=edge&examples=12&d=8&ff=12&heads=2&dkv=4&adapter=wasm&opt=adam&h=0.01&h2=0.01&batch=4&grow=400&steps=800&predict=off',
).experiment;

/** What came out, but for what depends on the clock. */
function outcomeOf(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): unknown {
  const result = JSON.parse(new TextDecoder().decode(files.find(({ path }) => path === 'result.json')?.bytes)) as Result;
  const { curves, growth, metrics, models } = result;
  const weights = files
    .filter(({ path }) => path.endsWith('.safetensors'))
    .map(({ path, bytes }) => [path, Buffer.from(bytes).toString('base64')]);
  return { curves, growth, metrics, models, weights };
}

const run = (of = experiment, state?: RunState, notes: string[] = []) =>
  runExperiment(of, {
    trace: false,
    files: true,
    metrics: false,
    progress: Object.assign(new Progress(true), { note: (text: string) => void notes.push(text) }),
    state,
  });

/**
 * A run whose process is killed after so many writes of its state: nothing that it does later reaches its folder. Its
 * clock is a count of who asks for the time, so that its first state is written in mid-run on every machine.
 */
async function killed(folder: string, writes: number): Promise<void> {
  const state = new RunState(folder, experiment, false);
  const { store } = state;
  let left = writes;
  Object.assign(state, {
    store: { ...store, write: async (write: Parameters<typeof store.write>[0]) => (left-- > 0 ? store.write(write) : undefined) },
  });
  let asked = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => 50 * asked++);
  await run(experiment, state);
  clock.mockRestore();
}

describe('a run of the command line that was interrupted', () => {
  it('goes on from its last state, through the growth, and comes to the same bits', async () => {
    const whole = outcomeOf((await run()).files);
    const folder = join(base, 'killed');
    await killed(folder, 1);
    const state = new RunState(folder, experiment, false);
    const from = state.entry?.step ?? 0;
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThan(800);
    const notes: string[] = [];
    expect(outcomeOf((await run(experiment, state, notes)).files)).toEqual(whole);
    expect(notes).toContain(`It goes on at step ${from} of 800.`);
    state.clear();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('begins again where what was kept is of another experiment, of another version, cut off, or not wanted', async () => {
    const folder = join(base, 'others');
    const entry = keptEntry('a', { experiment, state: 'under-way', step: 5, end: 800 });
    await new RunState(folder, experiment, false).store.write({ entry, put: new Map([['newest', Uint8Array.of(1, 2)]]), remove: [] });
    const stepOf = (of = experiment, fresh = false) => new RunState(folder, of, fresh).entry?.step ?? null;
    expect(stepOf()).toBe(5);
    expect(stepOf({ ...experiment, seed: 99 })).toBeNull();
    expect(stepOf(experiment, true)).toBeNull();
    // The list stands, and what it names can't be gone on with.
    const short = { ...experiment, grow: 2, steps: 4 };
    await new RunState(folder, short, false).store.write({
      entry: { ...entry, experiment: short },
      put: new Map([['newest', Uint8Array.of(1)]]),
      remove: [],
    });
    const outcome = await run(short, new RunState(folder, short, false));
    expect([outcome.phase, outcome.reason]).toEqual(['finished', '']);
    await new RunState(folder, experiment, false).store.write({ entry: { ...entry, format: 99 }, put: new Map(), remove: [] });
    expect(stepOf()).toBeNull();
    writeFileSync(join(folder, 'state.partial', 'list'), 'half');
    expect(stepOf()).toBeNull();
  });

  it('begins again where it was kept on another adapter, also at its end, and nothing of what was kept is in the result', async () => {
    const short = { ...experiment, grow: 2, steps: 4 };
    const whole = outcomeOf((await run(short)).files);
    const folder = join(base, 'adapters');
    await run(short, new RunState(folder, short, false));
    const { entry, store } = new RunState(folder, short, false);
    expect(entry).toMatchObject({ state: 'finished', step: 4, adapter: 'wasm' });
    await store.write({ entry: { ...(entry as KeptEntry), adapter: 'webgpu' }, put: new Map(), remove: [] });
    const { files, gaps, from } = await run(short, new RunState(folder, short, false));
    expect(outcomeOf(files)).toEqual(whole);
    expect(gaps).toHaveLength(1);
    expect(from).toBeNull();
  });

  it('keeps its pieces by name, and no file that the list does not name', async () => {
    const folder = join(base, 'pieces');
    const state = new RunState(folder, experiment, false);
    const entry = keptEntry('a', { experiment, state: 'under-way' });
    await state.store.write({
      entry,
      put: new Map([
        ['newest', Uint8Array.of(1)],
        ['stage A-0', Uint8Array.of(2)],
      ]),
      remove: [],
    });
    await state.store.write({ entry, put: new Map([['newest', Uint8Array.of(3)]]), remove: [] });
    const again = new RunState(folder, experiment, false).store;
    expect([...(await again.pieces('a'))].map(([name, bytes]) => [name, ...bytes])).toEqual([
      ['newest', 3],
      ['stage A-0', 2],
    ]);
    expect(await again.piece('a', 'stage A-0')).toEqual(Uint8Array.of(2));
    expect(readdirSync(join(folder, 'state.partial'))).toHaveLength(3);
    expect(readFileSync(join(folder, 'state.partial', 'list')).length).toBeGreaterThan(0);
    await state.store.write({ entry, put: new Map(), remove: ['stage A-0'] });
    expect(readdirSync(join(folder, 'state.partial'))).toHaveLength(2);
  });
});
