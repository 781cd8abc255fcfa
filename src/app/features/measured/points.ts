/**
 * The picture of a measured table: one column, a point a row with its deviation and the seeds it is the mean
 * of.
 */
import { figures, plain, power } from '../../text/numbers.ts';
import type { MeasuredCell, MeasuredColumn, MeasuredTable } from '../../../experiment/measured.ts';

interface Point {
  readonly label: string;
  /** Place from above, 0 first. */
  readonly row: number;
  readonly mean: number;
  /** Sample deviation; 0 for a single measurement. */
  readonly sd: number;
  readonly values: readonly number[];
}

export interface Picture {
  readonly points: readonly Point[];
  readonly labels: readonly string[];
  readonly scale: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

const meanOf = (cell: MeasuredCell | undefined): number =>
  typeof cell === 'number' ? cell : typeof cell === 'object' && cell !== null ? cell.mean : Number.NaN;

/** Columns with a number in at least two rows: those that make a picture. */
export function plottable({ columns, rows }: Pick<MeasuredTable, 'columns' | 'rows'>): readonly MeasuredColumn[] {
  const least = Math.min(2, rows.length);
  return columns.filter(({ key }) => rows.filter(({ cells }) => Number.isFinite(meanOf(cells[key]))).length >= least);
}

/** Times that the largest value is the smallest from which a logarithmic scale shows more. */
const WIDE = 30;

export function pictureOf({ rows }: Pick<MeasuredTable, 'rows'>, key: string): Picture {
  const points = rows.flatMap(({ label, cells }, row): Point[] => {
    const cell = cells[key];
    const mean = meanOf(cell);
    if (!Number.isFinite(mean)) return [];
    const many = typeof cell === 'object' && cell !== null ? cell : null;
    return [{ label, row, mean, sd: many?.sd ?? 0, values: many?.values.filter((value) => value !== null) ?? [] }];
  });
  const values = points.flatMap(({ mean, sd, values: seeds }) => [mean - sd, mean + sd, mean, ...seeds]);
  const shown = points.flatMap(({ mean, values: seeds }) => [mean, ...seeds]);
  const least = Math.min(...shown);
  const scale = least > 0 && Math.max(...shown) / least > WIDE ? 'log' : 'linear';
  const { domain, ticks } = scale === 'log' ? decades(shown) : rounds(values);
  return { points, labels: rows.map(({ label }) => label), scale, domain, ticks };
}

function decades(values: readonly number[]): Pick<Picture, 'domain' | 'ticks'> {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  const every = Math.max(1, Math.ceil((high - low) / 5));
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => Number(`1e${low + i * every}`));
  return { domain: [Number(`1e${low}`), Number(`1e${high}`)], ticks };
}

/** Round numbers, about five of them, around the values; zero where they come near it. */
function rounds(values: readonly number[]): Pick<Picture, 'domain' | 'ticks'> {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (low > 0 && low < 0.4 * high) low = 0;
  if (low === high) [low, high] = [low - Math.max(Math.abs(low) / 10, 1e-6), high + Math.max(Math.abs(high) / 10, 1e-6)];
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(10)));
  return { domain: [ticks[0] ?? low, ticks.at(-1) ?? high], ticks };
}

/** A tick as it is read: `0.05`, `1,000`, `1e-6`. */
export function tickText(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) return power(value, 0);
  return Number.isInteger(value) ? plain(value) : figures(value, 4);
}
