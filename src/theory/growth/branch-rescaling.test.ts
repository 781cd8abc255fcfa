import { describe, expect, it } from 'vitest';
import type { StepSizeTable } from '../../experiment/experiment.ts';
import { totalTime } from '../time-rescaling.ts';
import { type RescalableBranch, rescaledEnd } from './branch-rescaling.ts';

/** A branch on which the loss is 10 - time since the growth, but for an offset that tells branches apart. */
function branch(from: number, steps: number, h: number, offset = 0): RescalableBranch {
  const at = Array.from({ length: steps + 1 }, (_, i) => from + i);
  return { measured: { steps: at, losses: at.map((step) => 10 - (step - from) * h + offset) }, table: [[from, h]] };
}

describe('the branch that answers for another step size', () => {
  it('counts time by the table', () => {
    const table: StepSizeTable = [
      [10, 0.5],
      [12, 0.25],
    ];
    expect(totalTime(table, 10, 14)).toBe(1.5);
    expect(totalTime(table, 12, 12)).toBe(0);
  });

  it('is the one with the least time that covers it', () => {
    const branches = [branch(10, 20, 0.4, 0.1), branch(10, 20, 0.2), branch(10, 20, 0.05), branch(5, 25, 0.2, 9)];
    // 20 steps of .1 are the time 2: .05 is too short, .2 the nearer of the others.
    expect(rescaledEnd(branches, [[10, 0.1]], 10, 30)).toBeCloseTo(8, 12);
    expect(rescaledEnd(branches, [[10, 0.3]], 10, 30)).toBeCloseTo(4.1, 12);
    // Its own time, whatever the rounding of the sums.
    expect(rescaledEnd(branches, [[10, 0.4]], 10, 30)).toBeCloseTo(2.1, 9);
  });

  it('is none where no branch grows there, trains for so long, or ends in a number', () => {
    expect(rescaledEnd([branch(10, 20, 0.2)], [[11, 0.1]], 11, 30)).toBeNull();
    expect(rescaledEnd([branch(10, 20, 0.2)], [[10, 0.3]], 10, 30)).toBeNull();
    const broken = branch(10, 20, 0.2);
    const losses = Array.from(broken.measured.losses);
    losses[20] = Number.NaN;
    expect(rescaledEnd([{ ...broken, measured: { ...broken.measured, losses } }], [[10, 0.1]], 10, 30)).toBeNull();
    expect(rescaledEnd([], [[10, 0.1]], 10, 30)).toBeNull();
  });
});
