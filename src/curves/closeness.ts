/**
 * How many times closer to the run a flow is than gradient flow, over the seeds that were measured: from the tables
 * that `npm run validate-theory` writes (public/results/theory.json). One seed says little, so this stands beside it.
 */
import { median } from './median.ts';
import type { DrawnFlow, Experiment } from '../experiment/experiment.ts';
import { fingerprint } from '../experiment/fingerprint.ts';
import { FLOW_ROWS } from '../experiment/declared/flows.ts';
import { parseLink } from '../experiment/link/link.ts';
import type { MeasuredRow, MeasuredTable } from '../experiment/measured.ts';

/** Key of the column that has the mean distance of the last network. */
export const CLOSENESS_COLUMN = 'after';

export interface Closeness {
  /** How many seeds. */
  readonly seeds: number;
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  /** Seeds in which it was at least ten times as close. */
  readonly atLeastTen: number;
}

/** From ratios by seed. Null of none. */
export function closeness(ratios: readonly number[]): Closeness | null {
  if (ratios.length === 0) return null;
  return {
    seeds: ratios.length,
    median: median(ratios),
    least: Math.min(...ratios),
    greatest: Math.max(...ratios),
    atLeastTen: ratios.filter((ratio) => ratio >= 10).length,
  };
}

/** The same training in all but the seed. */
function settingOf(experiment: Experiment): string {
  return fingerprint({ ...experiment, seed: 0, v: 1 });
}

/** The experiment whose runs a table is of: the link in its command. */
function experimentOf({ command }: MeasuredTable): Experiment | null {
  const link = /"(#[^"]*)"/.exec(command)?.[1];
  return link === undefined ? null : parseLink(link).experiment;
}

const valuesOf = (row: MeasuredRow | undefined): readonly (number | null)[] => {
  const cell = row?.cells[CLOSENESS_COLUMN];
  return typeof cell === 'object' && cell !== null ? cell.values : [];
};

/**
 * Of the table that measured this experiment's setting over several seeds; null where there is none, or none with this
 * flow.
 */
export function closenessOf(tables: readonly MeasuredTable[], experiment: Experiment, flow: DrawnFlow): Closeness | null {
  const setting = settingOf(experiment);
  for (const table of tables) {
    if (!table.columns.some(({ key }) => key === CLOSENESS_COLUMN)) continue;
    const measured = experimentOf(table);
    if (!measured || settingOf(measured) !== setting) continue;
    const of = (name: DrawnFlow): MeasuredRow | undefined => table.rows.find(({ label }) => label === FLOW_ROWS[name].title);
    const [control, values] = [valuesOf(of('gradient-flow')), valuesOf(of(flow))];
    const ratios = values.flatMap((value, i) => {
      const other = control[i];
      return value === null || other === null || other === undefined ? [] : [other / value];
    });
    return closeness(ratios);
  }
  return null;
}
