import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { spentUntil, workOf } from '../../plot/plan/work.ts';
import { commonGround, lossAtStep, stepWithin } from './equal.ts';

const curve = (from: number, to: number, loss: (step: number) => number) => {
  const steps = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { steps, losses: Float32Array.from(steps, loss), length: steps.length };
};
/** Two sources and their fusion at a step of 40, with a loss that says the step. */
const run = (grow: number, to = 40) => ({
  step: to,
  work: workOf({ ...presetExperiment('first-fusion'), grow, steps: 40, baseline: ['scratch'] }, []),
  curves: new Map([
    ['A', curve(0, Math.min(grow, to), (step) => 100 - step)],
    ['B', curve(0, Math.min(grow, to), (step) => 200 - step)],
    ...(to >= grow ? [['M', curve(grow, to, (step) => 50 - step)] as const] : []),
    ['S', curve(0, to, () => 0)],
  ]),
});

describe('runs side by side (10.5)', () => {
  it('are compared at the step, and at the compute, that all of them have come to', () => {
    const [early, late] = [run(10), run(30)];
    const ground = commonGround([early, late]);
    expect(ground).toEqual({ step: 40, operations: spentUntil(late.work, 40) });
    expect(lossAtStep(early, 40)).toEqual({ model: 'M', step: 40, loss: 10 });
    // At equal compute the one that grew earlier has not come so far.
    const at = stepWithin(early, ground?.operations ?? 0);
    expect(at).toBeGreaterThan(10);
    expect(at).toBeLessThan(40);
    expect(spentUntil(early.work, at)).toBeLessThanOrEqual((ground?.operations ?? 0) * 1.0001);
    expect(spentUntil(early.work, at + 1)).toBeGreaterThan(ground?.operations ?? 0);
    expect(stepWithin(late, ground?.operations ?? 0)).toBe(40);
    expect(commonGround([early])).toBeNull();
  });

  it('go by the last network of the plan that is there, never by a baseline', () => {
    expect(lossAtStep(run(30), 20)).toEqual({ model: 'B', step: 20, loss: 180 });
    expect(lossAtStep(run(30, 20), 25)).toBeNull();
  });
});
