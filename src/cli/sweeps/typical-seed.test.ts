import { describe, expect, it } from 'vitest';
import type { MeasuredTable } from '../../experiment/measured.ts';
import { over } from '../measure/document.ts';
import { median } from '../../curves/median.ts';
import { type Criterion, typicalSeed } from './typical-seed.ts';

const table = (seeds: readonly number[], gradient: readonly (number | null)[], modified: readonly (number | null)[]): MeasuredTable => ({
  id: 'first-fusion',
  title: '',
  setting: '',
  findings: [],
  command: '',
  columns: [],
  seeds,
  rows: [
    { label: 'gradient', cells: { after: over(gradient) } },
    { label: 'modified', cells: { after: over(modified) } },
  ],
});
const ratio: Criterion = {
  preset: 'first-fusion',
  file: 'theory',
  table: 'first-fusion',
  words: '',
  scale: 'ratio',
  of: ['gradient', 'after'],
  against: ['modified', 'after'],
};

describe('the typical seed', () => {
  it('is the one nearest the median, not the best (10.26)', () => {
    const found = typicalSeed(table([1, 3, 5, 7, 9], [2, 10, 4, 100, 8], [1, 1, 1, 1, 1]), ratio);
    expect(found).toMatchObject({ seed: 9, median: expect.closeTo(8, 12), least: 2, most: 100 });
  });

  it('compares ratios on a logarithmic scale, differences on a linear one (10.26)', () => {
    // The middle of 1 and 100 is 10: of 8 and 20, 8 is nearer by its ratio, 20 would be nearer the linear middle.
    const four = table([1, 3, 5, 7], [1, 8, 20, 100], [1, 1, 1, 1]);
    expect(typicalSeed(four, ratio)).toMatchObject({ seed: 3, median: expect.closeTo(Math.sqrt(160), 10) });
    expect(typicalSeed(table([1, 3, 5], [1, 6, 20], [0, 0, 0]), { ...ratio, scale: 'difference' })).toMatchObject({ seed: 3, value: 6 });
  });

  it('leaves out seeds that have no number, and says which row is missing (10.26)', () => {
    expect(typicalSeed(table([1, 3, 5, 7], [1, null, 3, 9], [1, 1, 1, 1]), ratio)).toMatchObject({
      seed: 5,
      values: [{ seed: 1 }, { seed: 5 }, { seed: 7 }],
    });
    expect(() => typicalSeed(table([1], [1], [1]), { ...ratio, of: ['third', 'after'] })).toThrow(
      'no row third; it has gradient, modified',
    );
  });

  it('has the median of an even number of values between the two in the middle (10.26)', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([5, 1, 3])).toBe(3);
  });
});
