/**
 * Who is lowest, as far as the seeds can tell: what lies within the spread is named beside it, never ranked below it.
 */
import type { MeasuredCell, MeasuredRow } from '../../experiment/measured.ts';
import { spread } from '../../curves/spread.ts';
import { meanOf, valuesOf } from './document.ts';

export interface Lowest {
  readonly row: MeasuredRow;
  /** Rows that the seeds do not tell apart from it, lowest mean first. */
  readonly level: readonly MeasuredRow[];
  /** The others, lowest mean first. */
  readonly above: readonly MeasuredRow[];
}

/**
 * Two rows are told apart where the mean over the seeds of their difference is more than its standard deviation. Of a
 * single seed nothing is.
 */
export function toldApart(a: MeasuredCell | undefined, b: MeasuredCell | undefined): boolean {
  const [one, other] = [valuesOf(a), valuesOf(b)];
  const differences = one.flatMap((value, i) => {
    const against = other[i];
    return value === null || against === null || against === undefined ? [] : [value - against];
  });
  if (differences.length < 2) return false;
  const { mean, sd } = spread(differences);
  return Math.abs(mean) > (sd ?? Number.POSITIVE_INFINITY);
}

/** Null where no row has a number under the key. */
export function lowestOf(rows: readonly MeasuredRow[], key: string): Lowest | null {
  const [row, ...others] = rows
    .filter(({ cells }) => Number.isFinite(meanOf(cells[key])))
    .toSorted((a, b) => meanOf(a.cells[key]) - meanOf(b.cells[key]));
  if (!row) return null;
  const level = others.filter((other) => !toldApart(row.cells[key], other.cells[key]));
  return { row, level, above: others.filter((other) => !level.includes(other)) };
}

/** `0.317 ± 0.010` */
export function meanWords(cell: MeasuredCell | undefined): string {
  const sd = typeof cell === 'object' && cell !== null ? cell.sd : null;
  return `${meanOf(cell).toFixed(3)}${sd === null ? '' : ` ± ${sd.toFixed(3)}`}`;
}

const named = (row: MeasuredRow, key: string): string => `“${row.label}” ${meanWords(row.cells[key])}`;

/** `“A” 0.317 ± 0.010; within the spread of the seeds also “B” 0.319 ± 0.008`, then the first of the others. */
export function lowestWords(rows: readonly MeasuredRow[], key: string): string {
  const found = lowestOf(rows, key);
  if (!found) return 'nobody';
  const { row, level, above } = found;
  const also = level.length === 0 ? '' : `; within the spread of the seeds also ${level.map((other) => named(other, key)).join(', ')}`;
  const next = above[0] ? `; then ${named(above[0], key)}` : '';
  return `${named(row, key)}${also}${next}`;
}
