/**
 * Tables of measurements, as `npm run reproduce` and `npm run validate-theory` write them (public/results/*.json) and
 * the page shows them under "What we measured": plain numbers with their seeds and the command that made them.
 */

export const MEASURED_SCHEMA = 'deep-fusion/measured/1';

/** Files below the page's address, in the order shown. */
export const MEASURED_FILES = ['results/reproduce.json', 'results/theory.json'] as const;

/**
 * A number measured once, a text, several seeds' mean and sample deviation, or nothing (`null`: did not happen, e.g.
 * not reached).
 */
export type MeasuredCell =
  | number
  | string
  | null
  | { readonly mean: number; readonly sd: number | null; readonly values: readonly (number | null)[]; readonly reached?: number };

export interface MeasuredColumn {
  readonly key: string;
  readonly label: string;
  /** Decimals; absent: three significant digits. */
  readonly decimals?: number;
}

export interface MeasuredRow {
  readonly label: string;
  /** An experiment of the row, as a link (`#v=…`): one of its seeds. */
  readonly link?: string;
  readonly cells: Readonly<Record<string, MeasuredCell>>;
}

export interface MeasuredTable {
  readonly id: string;
  readonly title: string;
  /** The procedure, in a sentence or two. */
  readonly setting: string;
  /** The outcome, favourable or not; made from the numbers. */
  readonly findings: readonly string[];
  /** Repeats one run of it. */
  readonly command: string;
  /** An experiment of the table, for rows that name none; absent where the command has one. */
  readonly link?: string;
  readonly seeds: readonly number[];
  readonly columns: readonly MeasuredColumn[];
  readonly rows: readonly MeasuredRow[];
}

export interface MeasuredDocument {
  readonly schema: typeof MEASURED_SCHEMA;
  readonly title: string;
  /** Repeats all of it. */
  readonly command: string;
  /** ISO date of the run. */
  readonly date: string;
  readonly machine: { readonly description: string; readonly adapter: string };
  /** A smoke test with next to no steps: its numbers mean nothing. */
  readonly quick: boolean;
  readonly tables: readonly MeasuredTable[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The document, or null if it is none that this page can show. */
export function readMeasured(json: unknown): MeasuredDocument | null {
  if (!isRecord(json) || json['schema'] !== MEASURED_SCHEMA || !Array.isArray(json['tables']) || !isRecord(json['machine'])) return null;
  const texts = ['title', 'command', 'date'].every((key) => typeof json[key] === 'string');
  const tables = json['tables'].every(
    (table: unknown) =>
      isRecord(table) &&
      ['id', 'title', 'setting', 'command'].every((key) => typeof table[key] === 'string') &&
      ['findings', 'seeds', 'columns', 'rows'].every((key) => Array.isArray(table[key])),
  );
  return texts && tables ? (json as unknown as MeasuredDocument) : null;
}

/**
 * The experiment to open for a row: its own, else the table's, else the one in the table's command; null where none is
 * named.
 */
export function runLink(table: Pick<MeasuredTable, 'link' | 'command'>, row: Pick<MeasuredRow, 'link'>): string | null {
  return row.link ?? table.link ?? /"(#v=[^"]*)"/.exec(table.command)?.[1] ?? null;
}
