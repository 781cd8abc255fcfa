import { describe, expect, it } from 'vitest';
import { smooth } from './predicted.ts';

describe('smooth', () => {
  it('is the mean over the steps around, and only where all of them are', () => {
    expect(smooth({ steps: [10, 11, 12, 13, 14], losses: [1, 5, 3, 7, 2] }, 3)).toEqual({ steps: [11, 12, 13], losses: [3, 5, 4] });
  });

  it('takes an oscillation away', () => {
    const steps = Array.from({ length: 101 }, (_, i) => i);
    const { losses } = smooth({ steps, losses: steps.map((step) => 2 - step / 100 + (step % 2 === 0 ? 0.3 : -0.3)) }, 21);
    for (const [i, loss] of losses.entries()) expect(Math.abs(loss - (2 - (i + 10) / 100))).toBeLessThan(0.02);
  });
});
