import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../experiment/experiment.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { commonLoss, costsAtLoss, reach, saving } from './at-loss.ts';
import { workOf } from '../../plot/plan/work.ts';

const experiment: Experiment = {
  ...presetExperiment('first-fusion'),
  grow: 100,
  steps: 200,
  k: 2,
  operator: 'fuse',
  baseline: ['scratch', 'alone'],
};
const work = {
  ...workOf(experiment, []),
  perStep: new Map([
    ['A', 10],
    ['B', 10],
    ['M', 40],
    ['S', 40],
    ['alone', 10],
  ]),
};
const curve = (from: number, losses: readonly number[]) => ({
  steps: Float64Array.from(losses, (_, i) => from + 50 * i),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const measured = new Map([
  ['A', curve(0, [4, 3, 2])],
  ['B', curve(0, [4, 3.5, 2.5])],
  ['M', curve(100, [2.2, 1, 0.5])],
  ['S', curve(0, [4, 3.2, 2.4, 1.6, 0.9])],
  ['alone', curve(100, [2, 1.9, 1.8])],
]);

describe('the cost of a loss', () => {
  it('is the first measured point at or below it', () => {
    expect([5, 3, 2.5, 2, 1.9].map((loss) => reach(measured.get('A'), loss))).toEqual([0, 50, 100, 100, null]);
    expect(reach(undefined, 1)).toBeNull();
  });

  it('counts all networks of the run, the baseline alone, and the small one with its past', () => {
    expect(costsAtLoss(work, measured, 1)).toEqual([
      { who: 'run', at: { model: 'M', step: 150, total: 4000, criticalPath: 3000 } },
      { who: 'scratch', at: { model: 'S', step: 200, total: 8000, criticalPath: 8000 } },
      { who: 'alone', at: null },
    ]);
    // Before the fusion B is paid for too, though A got there.
    expect(costsAtLoss(work, measured, 2).map(({ at }) => at && [at.model, at.step, at.total, at.criticalPath])).toEqual([
      ['A', 100, 2000, 1000],
      ['S', 150, 6000, 6000],
      ['A', 100, 1000, 1000],
    ]);
  });

  it('a saving needs both', () => {
    const [run, scratch, alone] = costsAtLoss(work, measured, 1).map(({ at }) => at);
    expect(saving(run ?? null, scratch ?? null, 'total')).toBeCloseTo(0.5);
    expect(saving(run ?? null, scratch ?? null, 'criticalPath')).toBeCloseTo(1 - 3 / 8);
    expect(saving(run ?? null, alone ?? null, 'total')).toBeNull();
  });

  it('is compared at the lowest loss that both reached', () => {
    expect(commonLoss(work, measured)).toBe(0.9);
    expect(commonLoss(work, new Map([...measured].filter(([id]) => id !== 'S')))).toBe(1.8);
    expect(commonLoss(workOf({ ...experiment, baseline: [] }, []), measured)).toBe(0.5);
    expect(commonLoss(work, new Map())).toBeNull();
  });
});
