/** A document of measured tables: built table by table, written so that nothing half-done stands under its name. */
import { cpus } from 'node:os';
import { MEASURED_SCHEMA, type MeasuredCell, type MeasuredDocument, type MeasuredTable } from '../../experiment/measured.ts';
import { spread } from '../../curves/spread.ts';
import { writeWhole } from '../results/write.ts';

/**
 * A cell over seeds. A null is a seed in which it did not happen; the mean is then over the others and `reached` counts
 * them.
 */
export function over(values: readonly (number | null)[]): MeasuredCell {
  const found = values.filter((value) => value !== null);
  if (found.length === 0) return null;
  const { mean, sd } = spread(found);
  return { mean, sd, values, ...(found.length < values.length ? { reached: found.length } : {}) };
}

/** Mean of a cell; NaN where there is none. */
export function meanOf(cell: MeasuredCell | undefined): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'object' && cell !== null ? cell.mean : Number.NaN;
}

/** Values by seed of a cell. */
export function valuesOf(cell: MeasuredCell | undefined): readonly (number | null)[] {
  return typeof cell === 'object' && cell !== null ? cell.values : [];
}

export function measuredDocument(of: {
  readonly title: string;
  readonly command: string;
  readonly quick: boolean;
  readonly tables: readonly MeasuredTable[];
}): MeasuredDocument {
  const cores = cpus().length;
  const description = `${cores} ${cores === 1 ? 'core' : 'cores'}, ${process.arch}, Node ${process.versions.node}`;
  return {
    schema: MEASURED_SCHEMA,
    title: of.title,
    command: of.command,
    date: new Date().toISOString().slice(0, 10),
    machine: { description, adapter: 'WebAssembly, float32' },
    quick: of.quick,
    tables: of.tables,
  };
}

/** Seven significant digits are what float32 holds. */
const short = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(7)) : value;

export function writeDocument(path: string, document: MeasuredDocument): void {
  writeWhole(path, `${JSON.stringify(document, short, 1)}\n`);
}

const digits = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(3));

function cellText(cell: MeasuredCell | undefined): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return digits(cell);
  return `${digits(cell.mean)}${cell.sd === null ? '' : ` ± ${cell.sd.toPrecision(2)}`}${cell.reached === undefined ? '' : ` (${cell.reached} of ${cell.values.length})`}`;
}

/** A table for the terminal. */
export function tableText({ title, setting, findings, columns, rows }: MeasuredTable): string {
  const cells = [
    ['', ...columns.map(({ label }) => label)],
    ...rows.map((row) => [row.label, ...columns.map(({ key }) => cellText(row.cells[key]))]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = cells.map((line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  return [`\n${title}`, setting, ...lines, ...findings.map((finding) => `→ ${finding}`)].join('\n');
}
