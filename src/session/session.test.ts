import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment.ts';
import { Bench, tiny } from './testing/bench.ts';

let bench: Bench;
afterEach(async () => {
  bench.session.close();
  await bench.session.ended;
});

async function wholeRun(experiment: Experiment, watched = false): Promise<Map<string, [number, number][]>> {
  bench = new Bench(watched);
  await bench.until('ready', { type: 'load', experiment });
  await bench.until('finished', { type: 'run' });
  return bench.curves();
}

describe('a session', () => {
  it('trains both sources, fuses them at the planned step and goes on to the last step', async () => {
    const curves = await wholeRun(tiny);
    expect([...curves.keys()].sort()).toEqual(['A', 'B', 'M']);
    expect(curves.get('A')?.map(([step]) => step)).toEqual(Array.from({ length: 13 }, (_, i) => i));
    expect(curves.get('M')?.map(([step]) => step)).toEqual(Array.from({ length: 9 }, (_, i) => i + 12));
    const first = curves.get('A')?.[0]?.[1] ?? 0;
    expect(curves.get('M')?.at(-1)?.[1]).toBeLessThan(first);
    const [growth] = bench.of('growth');
    expect(growth?.report.step).toBe(12);
    expect(growth?.report.gap).toBeCloseTo((growth?.report.loss.fused ?? 0) - (growth?.report.loss.average ?? 0), 12);
    expect(growth?.report.loss.fused).toBe(curves.get('M')?.[0]?.[1]);
  });

  it('gives the same bits paused or not, watched or not, predicted or not', async () => {
    const plain = await wholeRun(tiny);
    bench.session.close();
    await bench.session.ended;
    bench = new Bench(true);
    await bench.until('ready', { type: 'load', experiment: { ...tiny, predict: ['gradient-flow', 'modified-flow'] } });
    for (let i = 0; i < 5; i++) await bench.until('paused', { type: 'step' });
    bench.send({ type: 'run' });
    await bench.until('paused', { type: 'pause' });
    await bench.until('finished', { type: 'run' });
    expect(bench.curves()).toEqual(plain);
  });

  it('trains to the same bits whatever it is validated on, and watched or not', async () => {
    const weights = async (probe: number, watched: boolean): Promise<ReadonlyMap<string, string>> => {
      bench = new Bench(watched);
      const experiment: Experiment = {
        ...tiny,
        probe,
        batch: 4,
        examples: 24,
        optimizer: 'adam',
        h: { kind: 'constant', value: 0.003 },
      };
      await bench.until('ready', { type: 'load', experiment });
      await bench.until('finished', { type: 'run' });
      const files = bench.session.files(false).filter(({ path }) => path.endsWith('.safetensors'));
      bench.session.close();
      await bench.session.ended;
      return new Map(files.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]));
    };
    const expected = await weights(1, false);
    expect(expected.size).toBeGreaterThan(2);
    expect(await weights(16, true)).toEqual(expected);
  });

  it('fuses when asked to; who paused stays paused, and trains on when asked for that (10.10)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: tiny });
    for (let i = 0; i < 4; i++) await bench.until('paused', { type: 'step' });
    await bench.until('paused', { type: 'fuse' });
    await bench.idle();
    expect(
      bench
        .curves()
        .get('M')
        ?.map(([step]) => step),
    ).toEqual([4]);
    await bench.until('finished', { type: 'run' });
    const curves = bench.curves();
    expect(curves.get('M')?.[0]?.[0]).toBe(4);
    expect(curves.get('M')?.at(-1)?.[0]).toBe(20);
    // Fusing by hand at step 4 is the same as having planned it.
    const byHand = curves;
    bench.session.close();
    await bench.session.ended;
    expect(await wholeRun({ ...tiny, grow: 4 })).toEqual(byHand);
  });

  it('fuses at the planned step when asked to there', async () => {
    const planned = await wholeRun({ ...tiny, grow: 3 });
    await bench.close();
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...tiny, grow: 3 } });
    for (let i = 0; i < 3; i++) await bench.until('paused', { type: 'step' });
    await bench.until('paused', { type: 'fuse' });
    await bench.until('finished', { type: 'run' });
    expect(bench.curves()).toEqual(planned);
  });

  it('fuses again at the last growth: back to its snapshot, nothing before it is trained again (10.6)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: tiny });
    for (let i = 0; i < 4; i++) await bench.until('paused', { type: 'step' });
    await bench.until('paused', { type: 'fuse' });
    for (let i = 0; i < 4; i++) await bench.until('paused', { type: 'step' });
    const fusedAt = 8;
    // What trains is fused with itself: a plan of two growths.
    await bench.until('paused', { type: 'fuse' });
    await bench.until('finished', { type: 'run' });
    const once = bench.curves();
    expect([...once.keys()].sort()).toEqual(['A', 'B', 'L', 'M']);
    const { experiment } = bench.of('experiment').at(-1) ?? { experiment: tiny };
    const before = bench.events.length;
    await bench.until('finished', { type: 'fuse' });
    const after = bench.events.slice(before);
    expect(after.filter((event) => event.type === 'rewound').map(({ step }) => step)).toEqual([fusedAt]);
    // Of M its end is measured as it is fused; it takes no step.
    const steps = after.flatMap((event) => (event.type === 'measured' && event.model !== 'L' ? [...event.steps] : []));
    expect(new Set(steps)).toEqual(new Set([fusedAt]));
    expect(bench.of('experiment').at(-1)?.experiment).toEqual(experiment);
    expect(bench.curves()).toEqual(once);
  });

  it('refuses to fuse before the first step', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: tiny });
    const refused = bench.event((event) => event.type === 'fault');
    bench.send({ type: 'fuse' });
    expect(await refused).toMatchObject({ kind: 'refused', message: expect.stringContaining('Press Run first') as string });
  });

  it('runs a branch from the nearest checkpoint to what the changed experiment gives', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: tiny });
    await bench.until('finished', { type: 'run' });
    await bench.until('finished', { type: 'run-branch', change: { grow: 7, h2: { kind: 'constant', value: 0.1 } } });
    const branch = bench.curves();
    bench.session.close();
    await bench.session.ended;
    const fresh = await wholeRun({ ...tiny, grow: 7, h2: { kind: 'constant', value: 0.1 } });
    expect(branch).toEqual(fresh);
  });

  it('holds the sharpness, and a reset gives the same curve again', async () => {
    const experiment: Experiment = { ...tiny, h: { kind: 'edge', edge: 1.2 } };
    const first = await wholeRun(experiment);
    const sizes = bench.of('step-size');
    expect(new Set(sizes.map(({ value }) => value)).size).toBeGreaterThan(5);
    await bench.until('ready', { type: 'reset' });
    await bench.until('finished', { type: 'run' });
    expect(bench.curves()).toEqual(first);
  });

  it('trains with mini-batches, momentum and Adam, with transferred and reset moments', async () => {
    for (const optimizer of ['momentum', 'adam'] as const) {
      for (const moments of ['transfer', 'reset'] as const) {
        const curves = await wholeRun({ ...tiny, optimizer, moments, batch: 8, examples: 32, h: { kind: 'constant', value: 0.003 } });
        expect(curves.get('M')?.at(-1)?.[0]).toBe(20);
        expect(curves.get('M')?.at(-1)?.[1]).toBeLessThan(curves.get('A')?.[0]?.[1] ?? 0);
        bench.session.close();
        await bench.session.ended;
      }
    }
    bench = new Bench();
  });

  it('tells of a divergence and goes back with a smaller step size', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...tiny, h: { kind: 'constant', value: 10 }, steps: 40, grow: 38 } });
    await bench.until('diverged', { type: 'run' });
    const [diverged] = bench.of('diverged');
    expect(diverged?.stepSize).toBe(10);
    await bench.until('finished', { type: 'go-back', step: diverged?.backTo ?? 0, stepSize: 0.05 });
    expect(bench.curves().get('M')?.at(-1)?.[0]).toBe(40);
  });

  it.each([
    ['before the growth', { h: 10, h2: 0.04, grow: 38 }, { h: 0.05, h2: 0.04 }],
    ['after the growth', { h: 0.04, h2: 10, grow: 8 }, { h: 0.04, h2: 0.05 }],
  ] as const)('changes only the step size %s where it went wrong, and says so (11.1)', async (_, { h, h2, grow }, expected) => {
    const of = (value: number) => ({ kind: 'constant', value }) as const;
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...tiny, h: of(h), h2: of(h2), steps: 40, grow } });
    await bench.until('diverged', { type: 'run' });
    await bench.until('finished', { type: 'go-back', step: bench.of('diverged')[0]?.backTo ?? 0, stepSize: 0.05 });
    const said = bench.of('experiment').at(-1)?.experiment;
    expect([said?.h, said?.h2]).toEqual([of(expected.h), of(expected.h2)]);
  });

  it('shows what the networks make of the reader’s own word, now and with every later look, and trains to the same bits (10.14)', async () => {
    const plain = await wholeRun(tiny);
    await bench.close();
    bench = new Bench(true);
    await bench.until('ready', { type: 'load', experiment: tiny });
    const asked = async (text: string): Promise<void> => {
      const answered = bench.event((event) => event.type === 'samples' && (event.own?.source ?? '') === text);
      bench.send({ type: 'try-word', text });
      await answered;
    };
    await asked('fade');
    expect(bench.of('samples').at(-1)?.own).toMatchObject({ source: 'fade', target: 'adef', problem: null });
    expect(Object.keys(bench.of('samples').at(-1)?.own?.outputs ?? {})).toEqual(['A', 'B']);
    // Its answer came token by token, each with its probability and the likeliest others.
    const tokens = bench.of('own-token').filter(({ model }) => model === 'A');
    expect(tokens.map(({ position }) => position)).toEqual(tokens.map((_, i) => i));
    const said = tokens.map(({ token }) => token.text).filter((text) => text !== '</s>' && text !== '<pad>');
    expect(said.join('')).toBe(bench.of('samples').at(-1)?.own?.outputs['A']);
    for (const { token } of tokens) {
      expect(token.rivals).toHaveLength(4);
      const all = [token, ...token.rivals].map(({ probability }) => probability);
      expect(all).toEqual(all.toSorted((a, b) => b - a));
      expect(all.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-6);
    }
    await asked('fee!');
    expect(bench.of('samples').at(-1)?.own).toMatchObject({ unknown: ['!'], target: null });
    await asked('abcdefabc');
    expect(bench.of('samples').at(-1)?.own).toMatchObject({
      outputs: {},
      problem: { message: expect.stringContaining('at most 5') as string },
    });
    // Which words were looked at, of what was typed: each word's looks sum to 1, and it changes nothing.
    const looked = bench.event((event) => event.type === 'attention' && event.report.kind === 'cross');
    bench.send({ type: 'show-attention', choice: { row: 4, kind: 'cross', layer: 99, model: 'B' } });
    await looked;
    const { report } = bench.of('attention').at(-1) ?? {};
    expect(report).toMatchObject({ model: 'B', row: 4, layer: 0, layers: 1, keys: expect.arrayContaining(['</s>']) as string[] });
    const { weights = new Float32Array(), keys = [], queries = [], origins = [] } = report ?? {};
    expect(weights).toHaveLength(origins.length * queries.length * keys.length);
    expect(origins.every((origin) => origin === 'B')).toBe(true);
    for (let at = 0; at < weights.length; at += keys.length)
      expect(weights.subarray(at, at + keys.length).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
    await asked('bad');
    const fused = bench.event((event) => event.type === 'samples' && event.own?.outputs['M'] !== undefined);
    await bench.until('finished', { type: 'run' });
    expect(await fused).toMatchObject({ own: { source: 'bad', target: 'abd' } });
    // The heads of what was fused are those of its sources.
    const ofM = bench.event((event) => event.type === 'attention' && event.report.model === 'M');
    bench.send({ type: 'show-attention', choice: { row: 0, kind: 'encoder', layer: 0 } });
    const last = await ofM;
    expect(last.type === 'attention' && new Set(last.report.origins)).toEqual(new Set(['A', 'B']));
    expect(bench.curves()).toEqual(plain);
    // It stays when the run begins again.
    await bench.until('ready', { type: 'reset' });
    const again = bench.event((event) => event.type === 'samples');
    bench.send({ type: 'run' });
    expect(await again).toMatchObject({ own: { source: 'bad' } });
    await asked('');
    expect(bench.of('samples').at(-1)?.own).toBeNull();
  });

  it('says how fast this device is when it has loaded, in front of a watcher (10.13)', async () => {
    bench = new Bench(true);
    await bench.until('ready', { type: 'load', experiment: tiny });
    const [calibrated, ...more] = bench.of('calibrated');
    expect(calibrated?.flopsPerSecond).toBeGreaterThan(0);
    expect(more).toEqual([]);
  });

  it.each([
    ['gd', 2],
    ['momentum', 3.8],
  ] as const)('tells the edge of %s where it diverged (10.20)', async (optimizer, edge) => {
    bench = new Bench(true);
    await bench.until('ready', {
      type: 'load',
      experiment: { ...tiny, optimizer, h: { kind: 'constant', value: 10 }, steps: 40, grow: 38 },
    });
    await bench.until('diverged', { type: 'run' });
    const [diverged] = bench.of('diverged');
    const lambdas = bench.of('sharpness').map(({ lambda }) => lambda);
    // Of the network that diverged, where the run can go back to.
    expect(lambdas.map((lambda) => edge / lambda)).toContain(diverged?.edge);
    expect(diverged?.suggested).toBeLessThanOrEqual(5);
  });

  it('holds no step size above the largest there is, and tells it (10.20)', async () => {
    // One example is learnt by heart: its curvature vanishes.
    bench = new Bench();
    const experiment: Experiment = {
      ...tiny,
      examples: 1,
      probe: 1,
      seed: 1,
      h: { kind: 'edge', edge: 1.9 },
      grow: null,
      operator: 'self',
      steps: 400,
    };
    await bench.until('ready', { type: 'load', experiment });
    await bench.until('finished', { type: 'run' });
    const sizes = bench.of('step-size').map(({ value }) => value);
    expect(Math.max(...sizes)).toBe(10);
    expect(bench.curves().get('A')?.at(-1)?.[1]).toBeLessThan(1e-4);
    expect(bench.of('log').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The step size of A is 10 from step \d+ on, the largest there is: held to the sharpness it would be larger$/),
    ]);
  });
});
