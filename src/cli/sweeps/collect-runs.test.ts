import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { closePages, entriesOf, newStore, openPage } from '../../session/keeping/testing/pages.ts';
import type { Result } from '../../storage/results.ts';
import { main as sweep } from '../sweep.ts';

const out = mkdtempSync(join(tmpdir(), 'sweep-runs-'));
afterAll(() => rmSync(out, { recursive: true }));
afterEach(async () => {
  await closePages();
  vi.restoreAllMocks();
});

it('the runs of a sweep come into the page with their curves, once, however often their file is given', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const link = '#preset=edge&examples=12&d=8&ff=12&heads=2&dkv=4&adapter=wasm&grow=6&steps=12&predict=off&h=0.05';
  expect(await sweep([link, '--over', 'seed=1,2,3', '--out', out, '--quiet'])).toBe(0);
  const { driver } = openPage(newStore());
  const bytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(out, 'sweep.dfruns')));
  driver.send({ type: 'kept', request: { do: 'import', bytes: bytes() } });
  driver.send({ type: 'kept', request: { do: 'import', bytes: bytes() } });
  await expect.poll(() => entriesOf(driver)).toHaveLength(3);
  const entries = await entriesOf(driver);
  const seeds = entries.map(({ experiment }) => experiment.seed);
  expect(seeds.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  for (const { id, experiment, state, step, end, final } of entries) {
    const result = JSON.parse(readFileSync(join(out, `seed-${experiment.seed}`, 'result.json'), 'utf8')) as Result;
    const measured = result.curves.find(({ model, kind }) => model === 'M' && kind === 'measured');
    expect([state, step, end, final]).toEqual(['finished', 12, 12, { model: 'M', loss: measured?.loss.at(-1) }]);
    const told = driver.event((event) => event.type === 'kept-curves');
    driver.send({ type: 'kept', request: { do: 'curves', id } });
    expect(await told).toMatchObject({
      experiment,
      measured: expect.arrayContaining([{ model: 'M', steps: measured?.step, losses: measured?.loss }]),
    });
  }
  // What only has curves can't be gone on with, and that is said.
  const refused = driver.event((event) => event.type === 'fault');
  driver.send({ type: 'take-up', kept: entries[0]?.id ?? '' });
  expect(await refused).toMatchObject({ kind: 'refused', message: expect.stringContaining('only its curves are here') });
});
