import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../experiment/experiment.ts';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { withPlan } from '../../../experiment/plan/plan-size.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { rowsAtLoss, rowsWithin, type SeedRun } from './summary.ts';
import { sameNumbers, scratchWith, seedsOf, withSeed } from './trials.ts';
import { inSeconds, type Work, workOf } from '../../plot/plan/work.ts';

const experiment: Experiment = {
  ...presetExperiment('fusing-fast'),
  grow: 100,
  steps: 200,
};
const costs = { A: 10, B: 10, M: 40, S: 40, alone: 10 };
const withCosts = (of: Experiment, perStep: Record<string, number>): Work => ({
  ...workOf(of, []),
  perStep: new Map(Object.entries(perStep)),
});
const work = withCosts(experiment, costs);
const curve = (from: number, losses: readonly number[]) => ({
  steps: Float64Array.from(losses, (_, i) => from + 50 * i),
  losses: Float32Array.from(losses),
  length: losses.length,
});

/** M reaches 1 at 150 (cost 2,000 + 2,000); from scratch at `scratchAt`. */
function seedRun(seed: number, scratch: readonly number[], attempts: SeedRun['attempts'] = []): SeedRun {
  const measured = new Map([
    ['A', curve(0, [4, 3, 2])],
    ['B', curve(0, [4, 3.5, 2.5])],
    ['M', curve(100, [2.2, 1, 0.5])],
    ['S', curve(0, scratch)],
    ['alone', curve(100, [2, 1.9, 1.8])],
  ]);
  return { seed, work, measured, attempts };
}
const slow = [4, 3, 2, 1.5, 1];
const fast = [4, 3, 2, 1, 0.75];

describe('costs over seeds', () => {
  it('of one seed are costs, and no saving', () => {
    const [run, scratch, alone] = rowsAtLoss([seedRun(0, slow)], 1);
    expect([run?.value.total?.mean, run?.value.criticalPath?.mean]).toEqual([4000, 3000]);
    expect(run?.value.total?.sd).toBeNull();
    expect(run?.gain).toEqual({ total: null, criticalPath: null });
    expect(scratch?.value.total?.mean).toBe(8000);
    expect([alone?.value.total, alone?.reached]).toEqual([null, 0]);
  });

  it('of several are a mean with its deviation, and savings are made seed by seed', () => {
    const [run, scratch] = rowsAtLoss([seedRun(0, slow), seedRun(1, fast)], 1);
    expect(scratch?.value.total).toMatchObject({ mean: 7000, values: [8000, 6000] });
    // 1 − 4000/8000 and 1 − 4000/6000.
    expect(run?.gain.total?.values[0]).toBeCloseTo(0.5, 12);
    expect(run?.gain.total?.values[1]).toBeCloseTo(1 / 3, 12);
    expect(run?.gain.total?.sd).toBeCloseTo(Math.SQRT1_2 / 6, 12);
    expect(scratch?.gain.total).toBeNull();
  });

  it('from scratch is the best of the step sizes that were tried with a seed', () => {
    const tried = scratchWith(experiment, 2, 0);
    const attempt = { work: withCosts(tried, { A: 40 }), model: 'A', curve: curve(0, [4, 2, 1]) };
    const [run, scratch] = rowsAtLoss([seedRun(0, slow, [attempt])], 1);
    expect(scratch?.value.total?.mean).toBe(4000);
    expect(run?.value.total?.mean).toBe(4000);
    const [, within] = rowsWithin([seedRun(0, slow, [attempt])], 4000);
    expect(within?.value.total?.mean).toBe(1);
  });
});

describe('losses for the same compute', () => {
  it('are the lowest that a budget pays for, in total and on the critical path', () => {
    const [run, scratch, alone] = rowsWithin([seedRun(0, slow)], 4000);
    // In total 4,000 brings M to step 150; side by side to 175, and 150 is the last that was measured.
    expect([run?.value.total?.mean, run?.value.criticalPath?.mean]).toEqual([1, 1]);
    expect(scratch?.value.total?.mean).toBe(2);
    // The small one alone ended at 2,000.
    expect(alone?.value.total?.mean).toBeCloseTo(1.8, 6);
    expect(alone?.short.total).toBe(true);
    expect(scratch?.short.total).toBe(false);
    expect(rowsWithin([seedRun(0, slow)], 1000)[0]?.value.total?.mean).toBe(3);
  });

  it('compare no upper bound', () => {
    const rows = rowsWithin([seedRun(0, slow), seedRun(1, fast)], 6000);
    expect(rows.find(({ who }) => who === 'run')?.gain.total?.values).toEqual([1, 0.5]);
    expect(rows.find(({ who }) => who === 'alone')?.gain.total).toBeNull();
  });
});

describe('what is trained beside the run', () => {
  it('is the same with other seeds, and the largest network alone with other step sizes', () => {
    expect(seedsOf({ seed: 7 })).toEqual([7, 8, 9]);
    expect(sameNumbers({ ...withSeed(experiment, 0), pace: 20, predict: ['gradient-flow'] }, experiment)).toBe(true);
    expect(sameNumbers(withSeed(experiment, 1), experiment)).toBe(false);
    const { model, h, grow, steps, baseline, seed } = scratchWith(experiment, 0.5, 3);
    expect(model).toMatchObject({ d: 64, ff: 128, heads: 4 });
    expect([h, grow, steps, baseline, seed]).toEqual([{ kind: 'constant', value: 0.0015 }, null, 200, [], 3]);
    const planned = scratchWith(withPlan(experiment, parsePlan('A:10,B:10,C:10,D:10,A+B>M:10,C+D>N:10,M+N>L:30')), 2, 0);
    expect([planned.model.d, planned.steps, planned.plan]).toEqual([128, 50, undefined]);
  });

  it('has from scratch the decay that the run has after the growth (10.28)', () => {
    const decaying: Experiment = {
      ...experiment,
      h2: {
        kind: 'table',
        table: [
          [0, 0.003],
          [120, 0.001],
        ],
      },
    };
    expect(scratchWith(decaying, 2, 0).h).toEqual({
      kind: 'table',
      table: [
        [0, 0.006],
        [100, 0.006],
        [120, 0.002],
      ],
    });
    // A constant after the growth begins there; a sharpness that is held stands for all of the run.
    expect(scratchWith({ ...experiment, h2: { kind: 'constant', value: 0.001 } }, 1, 0).h).toMatchObject({
      table: [
        [0, 0.003],
        [100, 0.001],
      ],
    });
    expect(scratchWith({ ...experiment, h2: { kind: 'edge', edge: 1 } }, 1, 0).h).toEqual({ kind: 'constant', value: 0.003 });
  });

  it('is counted in seconds once every network was timed', () => {
    expect(inSeconds(work, new Map([['A', 1]]))).toBeNull();
    const timed = inSeconds(work, new Map(Object.entries({ A: 1, B: 1, M: 2, S: 2, alone: 1 })));
    expect(timed?.perStep.get('M')).toBe(2);
  });
});
