/**
 * The map in a session on the wasm device: predicted in slices, measured as branches are run, ranked beside the total
 * time.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { mapFamily, type MapAxes } from '../../experiment/map/growth-map.ts';
import type { MapReport } from '../reports.ts';
import { Bench, runToEnd, tiny } from '../../session/testing/bench.ts';

let bench: Bench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

const AXES: MapAxes = { held: false, grow: [6, 12, 16], after: [0.02, 0.05] };
const gentle: Experiment = { ...tiny, h: { kind: 'constant', value: 0.05 } };

async function asked(on: Bench, axes: MapAxes, fill: boolean): Promise<MapReport> {
  const told = on.event((event) => event.type === 'map' && event.report.state === (fill ? 'filled' : 'idle'));
  on.send({ type: 'map', axes, fill });
  const event = await told;
  if (event.type !== 'map') throw new Error('no map came');
  return event.report;
}
const finals = (report: MapReport, of: 'gradient-flow' | 'time-rescaling' | 'spectral') =>
  report.cells.map(({ predicted }) => predicted[of]);

describe('the map', () => {
  it('says what it costs before it is filled, and gives what is free at once', async () => {
    bench = await runToEnd(gentle);
    const idle = await asked(bench, AXES, false);
    expect(idle.family).toBe(mapFamily(gentle));
    expect(idle.cells.map(({ grow, after }) => [grow, after])).toEqual(
      AXES.grow.flatMap((grow) => AXES.after.map((after) => [grow, after])),
    );
    // Σh: the sources' steps of .05, then the cell's.
    expect(idle.cells.map(({ time }) => time)).toEqual(
      AXES.grow.flatMap((grow) => AXES.after.map((after) => expect.closeTo(0.05 * grow + after * (20 - grow), 10) as number)),
    );
    expect(finals(idle, 'gradient-flow').every((loss) => loss === undefined)).toBe(true);
    expect(idle.gradients).toBe(0);
    expect(idle.unpredicted).toBeNull();
    // Sources once to 16, and every cell from its growth on.
    expect(idle.running).toBe(16 * 2 + 2 * (14 + 8 + 4));
    const filled = await asked(bench, AXES, true);
    expect(filled.gradients).toBeGreaterThan(0);
    expect(idle.estimate / filled.gradients).toBeGreaterThan(0.4);
    expect(idle.estimate / filled.gradients).toBeLessThan(2.5);
    expect(filled.estimate).toBe(0);
  });

  it('predicts every cell near what its branch gives, from measured states and from trained-on sources', async () => {
    bench = await runToEnd(gentle);
    const report = await asked(bench, AXES, true);
    for (const [i, { grow, after, predicted }] of report.cells.entries()) {
      const run = await runToEnd({ ...gentle, grow, h2: { kind: 'constant', value: after } });
      const curve = run.curves().get('M') ?? [];
      const [start, end] = [curve[0]?.[1] ?? Number.NaN, curve.at(-1)?.[1] ?? Number.NaN];
      await run.close();
      // Gradient flow is off by the order h; a wrong start or time would be off by much of the drop.
      expect(Math.abs((predicted['gradient-flow'] ?? Number.NaN) - end), `cell ${i}`).toBeLessThan(0.15 * Math.abs(start - end));
      // n·h ≤ .5 in every cell but those of .05 from 6 on.
      const inWindow = after * (20 - grow) <= 0.5;
      expect(predicted['spectral'] === undefined, `cell ${i}`).toBe(!inWindow);
      if (inWindow) expect(Math.abs((predicted['spectral'] ?? Number.NaN) - end)).toBeLessThan(0.3 * Math.abs(start - end));
    }
  });

  it('takes in branches as they are run, and rescales their time for shorter ones of the same growth', async () => {
    bench = await runToEnd(gentle);
    await bench.until('finished', { type: 'run-branch', change: { grow: 6, h2: { kind: 'constant', value: 0.05 } } });
    await bench.until('finished', { type: 'run-branch', change: { grow: 6, h2: { kind: 'constant', value: 0.02 } } });
    const branches = bench.of('branch').map(({ branch }) => branch);
    expect(branches.map(({ experiment }) => [experiment.grow, experiment.h2])).toEqual([
      [12, null],
      [6, { kind: 'constant', value: 0.05 }],
      [6, { kind: 'constant', value: 0.02 }],
    ]);
    expect(new Set(branches.map(({ experiment }) => mapFamily(experiment))).size).toBe(1);
    const last = bench.curves().get('M')?.at(-1)?.[1];
    expect(branches[2]?.loss).toBe(last);
    const { cells } = await asked(bench, AXES, false);
    const rescaled = cells.map(({ predicted }) => predicted['time-rescaling']);
    // The longest branch of growth 6 serves the shorter cell; of growth 12 there is .05, not asked of itself.
    expect(rescaled.map((loss) => loss !== undefined)).toEqual([true, false, true, false, false, false]);
    expect(Math.abs((rescaled[0] ?? Number.NaN) - (last ?? 0))).toBeLessThan(0.02);
  });

  it('can be stopped, keeps what it has, and goes on from there; the training is the same bit for bit', async () => {
    const plain = await runToEnd(gentle);
    const wanted = plain.curves();
    await plain.close();
    bench = new Bench();
    const here = bench;
    await here.until('ready', { type: 'load', experiment: gentle });
    const some = here.event(
      (event) => event.type === 'map' && event.report.cells.some(({ predicted }) => predicted['gradient-flow'] !== undefined),
    );
    here.send({ type: 'map', axes: AXES, fill: true });
    await some;
    const stopped = here.event((event) => event.type === 'map' && event.report.state === 'idle');
    here.send({ type: 'stop-map' });
    const event = await stopped;
    if (event.type !== 'map') throw new Error('no map came');
    const known = event.report.cells.filter(({ predicted }) => predicted['gradient-flow'] !== undefined).length;
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(6);
    // A run beside it changes nothing, and is not changed.
    here.send({ type: 'map', axes: AXES, fill: true });
    await here.until('finished', { type: 'run' });
    expect(here.curves()).toEqual(wanted);
    const after = await asked(here, AXES, true);
    expect(finals(after, 'gradient-flow').every((loss) => loss !== undefined)).toBe(true);
  });

  it('leaves nothing on the device', async () => {
    bench = await runToEnd(gentle);
    const [device] = bench.devices;
    await asked(bench, AXES, true);
    const once = device?.bytes();
    await asked(bench, { ...AXES, after: [0.02, 0.06] }, true);
    expect(device?.bytes()).toBe(once);
  });

  it('says why it predicts nothing, and measures all the same', async () => {
    bench = await runToEnd({ ...gentle, batch: 8, examples: 32 });
    const report = await asked(bench, AXES, false);
    expect(report.unpredicted?.message).toContain('mini-batches');
    expect(report.cells.every(({ time }) => time !== null)).toBe(true);
    expect(bench.of('branch')).toHaveLength(1);
    await bench.close();
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...gentle, grow: null } });
    expect((await asked(bench, AXES, false)).reason).toBe('no-growth');
    await bench.close();
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...gentle, h: { kind: 'edge', edge: 1.1 } } });
    const held = { ...AXES, held: true, after: [0.8, 1.1] };
    expect((await asked(bench, held, false)).unpredicted?.message).toContain('run it once');
    await bench.until('finished', { type: 'run' });
    const filled = await asked(bench, held, true);
    expect(finals(filled, 'gradient-flow').every((loss) => loss !== undefined)).toBe(true);
    // The run's own table is its own time.
    const used = filled.cells.find(({ grow, after }) => grow === 12 && after === 1.1);
    const sizes = new Map<number, number>();
    for (const { step, value } of bench.of('step-size')) sizes.set(step, value);
    let [time, size] = [0, 0];
    for (let step = 0; step < 20; step++) time += size = sizes.get(step) ?? size;
    expect(used?.time).toBeCloseTo(time, 8);
  });

  it('a diverged branch is a measured cell, with no loss', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...gentle, h2: { kind: 'constant', value: 10 }, grow: 5, steps: 60 } });
    await bench.until('diverged', { type: 'run' });
    expect(bench.of('branch').map(({ branch }) => branch.loss)).toEqual([null]);
  });
});
