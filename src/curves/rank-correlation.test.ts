import { describe, expect, it } from 'vitest';
import { compareRanks, spearman } from './rank-correlation.ts';

describe('spearman', () => {
  it('sees order, not size', () => {
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1e6])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it('gives ties their mean rank', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5).
    expect(spearman([10, 20, 20, 30], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('gives ties on both sides, and in threes, their mean ranks', () => {
    // Ranks 2, 2, 2, 4.5, 4.5 against 1.5, 1.5, 3.5, 3.5, 5: covariance 6.25, variances 7.5 and 9.
    expect(spearman([1, 1, 1, 2, 2], [0, 0, 3, 3, 8])).toBeCloseTo(6.25 / Math.sqrt(7.5 * 9), 12);
    expect(spearman([5, 5, Number.POSITIVE_INFINITY], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 12);
  });

  it('refuses what is no pairs, and knows nothing where nothing varies', () => {
    expect(() => spearman([1], [1, 2])).toThrow('needs pairs');
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});

describe('a predictor beside the total time', () => {
  const run = (measured: number, predicted: number | null, time: number | null) => ({ measured, predicted, time });

  it('is compared over the runs that it predicts, a longer time standing for a lower loss', () => {
    const runs = [run(1, 1.1, 9), run(2, 2.2, 8), run(3, 2.9, 8.5), run(4, null, 1), run(Number.POSITIVE_INFINITY, 3, 2)];
    expect(compareRanks(runs)).toEqual({ correlation: 1, ofTime: expect.closeTo(0.8, 12), count: 4 });
    // The trivial predictor by itself, over all runs.
    expect(compareRanks(runs.map(({ measured, time }) => run(measured, time === null ? null : -time, time)))).toMatchObject({ count: 5 });
  });

  it('claims nothing of fewer than three runs, nor where nothing varies', () => {
    expect(compareRanks([run(1, 1, 2), run(2, 2, 1)])).toEqual({ correlation: null, ofTime: null, count: 2 });
    expect(compareRanks([run(1, 1, 2), run(2, 1, 2), run(3, 1, null)])).toEqual({ correlation: null, ofTime: null, count: 3 });
  });
});
