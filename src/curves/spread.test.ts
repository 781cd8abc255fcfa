import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';

describe('spread', () => {
  it('is mean and sample deviation, and keeps the values', () => {
    expect(spread([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, sd: Math.sqrt(32 / 7), values: [2, 4, 4, 4, 5, 5, 7, 9] });
  });

  it('claims no spread of a single value, and refuses none', () => {
    expect(spread([3])).toEqual({ mean: 3, sd: null, values: [3] });
    expect(() => spread([])).toThrow('at least one value');
  });
});
