import { describe, expect, it } from 'vitest';
import { headNames, looksOf, mostLookedAt } from './looks.ts';

// Two heads, one word that asks, three that are looked at.
const report = {
  queries: ['mia'],
  keys: ['tom', 'mia', '.'],
  origins: ['A', 'B'],
  weights: Float32Array.of(0.5, 0.25, 0.25, 0, 0.75, 0.25),
};

describe('which words were looked at', () => {
  it('is said by one head, and by all of them together', () => {
    expect(looksOf(report, 0, 0)).toEqual([0.5, 0.25, 0.25]);
    expect(looksOf(report, 0, 1)).toEqual([0, 0.75, 0.25]);
    expect(looksOf(report, 0, 'all')).toEqual([0.25, 0.5, 0.25]);
    expect(mostLookedAt(looksOf(report, 0, 'all'), 2)).toEqual([1, 0]);
  });

  it('names heads after the networks that they came from', () => {
    expect(headNames(['A', 'A', 'B', 'new'], 'new')).toEqual(['A 1', 'A 2', 'B 1', 'new 1']);
  });
});
