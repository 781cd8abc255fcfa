/**
 * Which seed of a table is typical: the one whose result lies nearest the median of all of them. Presets take it, so
 * that what a visitor sees first is neither the best nor the worst there is.
 */
import { median } from '../../curves/median.ts';
import type { MeasuredTable } from '../../experiment/measured.ts';
import { valuesOf } from '../measure/document.ts';

/** The result of a preset, as one number a seed, from a recorded table. */
export interface Criterion {
  readonly preset: string;
  /** Document and table it is read from. */
  readonly file: 'theory' | 'reproduce';
  readonly table: string;
  /** In words, for the reader: `gradient flow is off by … times as much as the modified flow`. */
  readonly words: string;
  /** Ratios are compared on a logarithmic scale, differences on a linear one. */
  readonly scale: 'ratio' | 'difference';
  /** Row and column of the two numbers. */
  readonly of: readonly [row: string, column: string];
  readonly against: readonly [row: string, column: string];
}

export interface Typical {
  readonly seed: number;
  readonly value: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** By seed, in the table's order. */
  readonly values: readonly { readonly seed: number; readonly value: number }[];
}

/**
 * The seed nearest the median; of two equally near the one that comes first.
 * @throws where the table lacks a row of the criterion
 */
export function typicalSeed(table: MeasuredTable, { of, against, scale }: Criterion): Typical {
  const column = ([label, key]: readonly [string, string]): readonly (number | null)[] => {
    const row = table.rows.find((each) => each.label === label);
    if (!row) throw new Error(`the table ${table.id} has no row ${label}; it has ${table.rows.map((each) => each.label).join(', ')}`);
    return valuesOf(row.cells[key]);
  };
  const [one, other] = [column(of), column(against)];
  const values = table.seeds.flatMap((seed, i) => {
    const [a, b] = [one[i], other[i]];
    if (a === null || a === undefined || b === null || b === undefined) return [];
    return [{ seed, value: scale === 'ratio' ? a / b : a - b }];
  });
  const on = (value: number): number => (scale === 'ratio' ? Math.log(value) : value);
  const middle = median(values.map(({ value }) => on(value)));
  const [nearest] = values.toSorted((a, b) => Math.abs(on(a.value) - middle) - Math.abs(on(b.value) - middle));
  if (!nearest) throw new Error(`the table ${table.id} has no numbers by seed`);
  const all = values.map(({ value }) => value);
  return {
    ...nearest,
    median: scale === 'ratio' ? Math.exp(middle) : middle,
    least: Math.min(...all),
    most: Math.max(...all),
    values,
  };
}
