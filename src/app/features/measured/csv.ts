/** A measured table as CSV: a line a row, and of every column mean, deviation and the value of each seed. */
import type { MeasuredCell, MeasuredTable } from '../../../experiment/measured.ts';

/** A field of a CSV file (RFC 4180). */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const numberText = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));

export function tableCsv({ columns, rows, seeds }: Pick<MeasuredTable, 'columns' | 'rows' | 'seeds'>): string {
  const head = ['row', ...columns.flatMap(({ label }) => [label, `${label}, sd`, ...seeds.map((seed) => `${label}, seed ${seed}`)])];
  const cellFields = (cell: MeasuredCell | undefined): string[] => {
    const empty = seeds.map(() => '');
    if (cell === null || cell === undefined) return ['', '', ...empty];
    if (typeof cell !== 'object') return [String(cell), '', ...empty];
    return [numberText(cell.mean), numberText(cell.sd), ...seeds.map((_, i) => numberText(cell.values[i]))];
  };
  const lines = rows.map(({ label, cells }) => [label, ...columns.flatMap(({ key }) => cellFields(cells[key]))]);
  return [head, ...lines].map((line) => `${line.map(field).join(',')}\n`).join('');
}
