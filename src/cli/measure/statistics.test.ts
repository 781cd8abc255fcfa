import { describe, expect, it } from 'vitest';
import { spearman, spread } from './statistics.ts';

describe('spread', () => {
  it('is mean and sample deviation, and keeps the values', () => {
    expect(spread([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, sd: Math.sqrt(32 / 7), values: [2, 4, 4, 4, 5, 5, 7, 9] });
  });

  it('claims no spread of a single value, and refuses none', () => {
    expect(spread([3])).toEqual({ mean: 3, sd: null, values: [3] });
    expect(() => spread([])).toThrow('at least one value');
  });
});

describe('spearman', () => {
  it('sees order, not size', () => {
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1e6])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it('gives ties their mean rank', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5).
    expect(spearman([10, 20, 20, 30], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('refuses what is no pairs, and knows nothing where nothing varies', () => {
    expect(() => spearman([1], [1, 2])).toThrow('needs pairs');
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});
