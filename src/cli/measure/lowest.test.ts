import { describe, expect, it } from 'vitest';
import type { MeasuredRow } from '../../experiment/measured.ts';
import { over } from './document.ts';
import { lowestOf, lowestWords, toldApart } from './lowest.ts';

const row = (label: string, ...values: readonly (number | null)[]): MeasuredRow => ({ label, cells: { loss: over(values) } });

describe('who is lowest', () => {
  const rows = [row('far', 0.9, 0.8, 0.85), row('lower', 0.3, 0.32, 0.31), row('near', 0.33, 0.3, 0.32)];

  it('is named with those that the seeds do not tell apart from it (10.31)', () => {
    expect(lowestOf(rows, 'loss')).toMatchObject({ row: { label: 'lower' }, level: [{ label: 'near' }], above: [{ label: 'far' }] });
    expect(lowestWords(rows, 'loss')).toBe(
      '“lower” 0.310 ± 0.010; within the spread of the seeds also “near” 0.317 ± 0.015; then “far” 0.850 ± 0.050',
    );
  });

  it('is told apart by the differences seed by seed, not by the spread of each (10.31)', () => {
    // Every seed says the same, however far the seeds lie apart.
    expect(toldApart(over([1, 2, 3]), over([1.1, 2.1, 3.1]))).toBe(true);
    expect(toldApart(over([1, 2, 3]), over([1.3, 1.9, 3.1]))).toBe(false);
    expect(toldApart(over([1]), over([9]))).toBe(false);
    expect(toldApart(over([1, null, 3]), over([2, 5, 4]))).toBe(true);
  });
});
