/**
 * Loading: nothing that a panel shows can fail it, and of many experiments in quick succession only the newest is
 * loaded.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { MapAxes } from '../experiment/map/growth-map.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { formatLink, parseLink } from '../experiment/link/link.ts';
import { memoryEstimate } from '../experiment/cost/cost.ts';
import { MADE_AT_ONCE } from '../experiment/limits.ts';
import type { RunId } from './protocol.ts';
import { Bench, runToEnd, tiny } from './testing/bench.ts';

let bench: Bench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

const AXES: MapAxes = { held: false, grow: [6, 12, 16], after: [0.02, 0.05] };
const gentle: Experiment = { ...tiny, h: { kind: 'constant', value: 0.05 } };

describe('with the map open', () => {
  it('a reset, and the same experiment again, load and run (10.34)', async () => {
    bench = await runToEnd(gentle);
    const told = bench.event((event) => event.type === 'map');
    bench.send({ type: 'map', axes: AXES, fill: false });
    await told;
    const before = bench.curves();
    await bench.until('ready', { type: 'reset' });
    await bench.until('finished', { type: 'run' });
    await bench.until('ready', { type: 'load', experiment: gentle });
    await bench.until('finished', { type: 'run' });
    expect(bench.curves()).toEqual(before);
    expect(bench.of('fault')).toEqual([]);
    // And it is told of the new run.
    expect(bench.events.findLastIndex(({ type }) => type === 'map')).toBeGreaterThan(
      bench.events.findLastIndex(({ type }) => type === 'ready'),
    );
  });

  it('lines that make no sense fail nothing but the map (10.34)', async () => {
    bench = await runToEnd(gentle);
    const before = bench.curves();
    // As a page of another version might ask.
    bench.send({ type: 'map', axes: { ...AXES, after: null } as unknown as MapAxes, fill: true });
    await bench.event((event) => event.type === 'fault');
    await bench.until('ready', { type: 'reset' });
    await bench.until('finished', { type: 'run' });
    expect(bench.curves()).toEqual(before);
    expect(bench.of('fault').every(({ kind, message }) => kind === 'refused' && /map/.test(message))).toBe(true);
  });
});

describe('many experiments in quick succession', () => {
  it('only the newest is loaded, also where one is being built (10.36)', async () => {
    bench = new Bench(true);
    const models = new Set<string>();
    for (let seed = 1; seed <= 30; seed++) {
      bench.send({ type: 'load', experiment: { ...tiny, seed, k: 4 }, id: seed as RunId });
      // They come while the ones before are under way.
      if (seed % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const begun = bench.of('begun').length;
    await bench.phase('ready');
    for (const { models: each } of bench.of('ready')) models.add(JSON.stringify(each));
    expect(bench.of('ready')).toHaveLength(1);
    expect(bench.of('begun').at(-1)?.id).toBe(30);
    expect(begun).toBeLessThanOrEqual(11);
    expect(bench.of('fault')).toEqual([]);
    await bench.until('finished', { type: 'run' });
    const curves = bench.curves();
    await bench.close();
    bench = await runToEnd({ ...tiny, seed: 30, k: 4 }, true);
    expect(curves).toEqual(bench.curves());
  });

  it('leaves nothing of those that were given up on the device (10.36)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: tiny });
    const [device] = bench.devices;
    const once = device?.bytes();
    for (let round = 0; round < 5; round++) {
      bench.send({ type: 'load', experiment: { ...tiny, k: 4 } });
      await new Promise((resolve) => setTimeout(resolve, round));
    }
    await bench.until('ready', { type: 'load', experiment: tiny });
    expect(bench.devices).toHaveLength(1);
    expect(device?.bytes()).toBe(once);
  });
});

it('a ping is answered at once, whatever is loaded or not (10.35)', () => {
  bench = new Bench();
  bench.send({ type: 'ping' });
  expect(bench.events.at(-1)).toEqual({ type: 'pong' });
});

describe('a large experiment', () => {
  const large: Experiment = {
    ...tiny,
    model: { d: 512, ff: 1024, heads: 8, dkv: 64, layers: 3 },
    k: 2,
    steps: 2,
    grow: null,
    examples: 2,
    probe: 2,
    predict: [],
  };

  it('that is opened takes no memory before something needs its networks (10.38)', async () => {
    expect(memoryEstimate(large)).toBeGreaterThan(MADE_AT_ONCE);
    bench = new Bench(true);
    await bench.until('ready', { type: 'load', experiment: large });
    const [device] = bench.devices;
    expect(device?.bytes()).toBe(0);
    expect(
      bench
        .of('ready')
        .at(-1)
        ?.models.map(({ id, dModel }) => [id, dModel]),
    ).toEqual([['A', 512]]);
    expect(bench.of('log').map(({ message }) => message)).toContainEqual(expect.stringMatching(/made when Run is pressed/));
    // What comes by itself makes nothing.
    bench.send({ type: 'show-weights', name: '', model: 'A' });
    bench.send({ type: 'set-pace', pace: 50 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(device?.bytes()).toBe(0);
    await bench.until('paused', { type: 'step' });
    expect(device?.bytes()).toBeGreaterThan(MADE_AT_ONCE / 8);
    expect(bench.of('measured').map(({ model }) => model)).toContain('A');
    // Reset gives it back.
    await bench.until('ready', { type: 'reset' });
    expect(device?.bytes()).toBe(0);
    expect(bench.of('fault')).toEqual([]);
  });

  it('has no word that was typed for another task', async () => {
    bench = new Bench(true);
    await bench.until('ready', { type: 'load', experiment: large });
    bench.send({ type: 'try-word', text: 'fade' });
    await bench.until('ready', { type: 'load', experiment: { ...tiny, task: 'reverse' } });
    const shown = bench.event((event) => event.type === 'samples');
    bench.send({ type: 'run' });
    expect(await shown).toMatchObject({ own: null });
  });

  it('on the command line is made at once', async () => {
    bench = new Bench(false);
    await bench.until('ready', { type: 'load', experiment: large });
    expect(bench.devices[0]?.bytes()).toBeGreaterThan(0);
  });
});

describe('the link of a run whose step size was changed on its way', () => {
  it('gives the same run, bit for bit, from where the sharpness was held (10.22)', async () => {
    bench = new Bench();
    const experiment: Experiment = { ...tiny, h: { kind: 'edge', edge: 1.2 }, grow: 30, steps: 40 };
    await bench.until('ready', { type: 'load', experiment });
    for (let i = 0; i < 17; i++) await bench.until('paused', { type: 'step' });
    const changed = bench.event((event) => event.type === 'experiment');
    bench.send({ type: 'set-step-size', which: 'h', value: { kind: 'constant', value: 0.03 } });
    await changed;
    await bench.until('finished', { type: 'run' });
    const curves = bench.curves();
    const now = bench.of('experiment').at(-1)?.experiment ?? experiment;
    expect(now.h.kind).toBe('table');
    // No number needs more than nine digits.
    expect(JSON.stringify(now.h)).not.toMatch(/\d\.0*[1-9]\d{9}/);
    const { experiment: opened, problems } = parseLink(formatLink(now));
    expect(problems).toEqual([]);
    expect(opened).toEqual(now);
    await bench.close();
    bench = await runToEnd(opened);
    expect(bench.curves()).toEqual(curves);
  });

  it('is not there for another held sharpness: it is refused (10.22)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...tiny, h: { kind: 'edge', edge: 1.2 } } });
    await bench.until('paused', { type: 'step' });
    const refused = bench.event((event) => event.type === 'fault');
    bench.send({ type: 'set-step-size', which: 'h', value: { kind: 'edge', edge: 1.4 } });
    expect(await refused).toMatchObject({ kind: 'refused', message: expect.stringContaining('no link') as string });
  });
});
