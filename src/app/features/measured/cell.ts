/** How a measured number is written: mean ± sample deviation over the seeds, and how many of them reached it. */
import { say } from '../../text/en/runs/measured.ts';
import { exactFigures, fixed, plain } from '../../text/numbers.ts';
import type { MeasuredCell, MeasuredColumn } from '../../../experiment/measured.ts';

function number(value: number, decimals: number | undefined): string {
  if (!Number.isFinite(value)) return '–';
  if (decimals !== undefined && decimals > 0) return fixed(value, decimals);
  return decimals === 0 || Number.isInteger(value) ? plain(Math.round(value)) : exactFigures(value, 3);
}

export interface CellText {
  readonly value: string;
  /** `± 0.012`; empty for a single measurement. */
  readonly spread: string;
  /** `2 of 3 seeds`; empty where all did. */
  readonly note: string;
}

export function cellText(cell: MeasuredCell | undefined, { decimals }: Pick<MeasuredColumn, 'decimals'>): CellText {
  if (cell === undefined || cell === null) return { value: '–', spread: '', note: '' };
  if (typeof cell === 'string') return { value: cell, spread: '', note: '' };
  if (typeof cell === 'number') return { value: number(cell, Number.isInteger(cell) ? 0 : decimals), spread: '', note: '' };
  return {
    value: number(cell.mean, decimals),
    spread: cell.sd === null ? '' : `± ${number(cell.sd, decimals)}`,
    note: cell.reached === undefined ? '' : say.ofSeeds(cell.reached, cell.values.length),
  };
}
