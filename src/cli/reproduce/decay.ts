/** A step size that decays: the same for everyone that is compared, so that nobody gains by a schedule of its own. */
import type { StepSizeTable } from '../../experiment/experiment.ts';

/** Steps of the first decay, and of the whole of it: what comes then hardly moves any more. */
const FIRST = 100;
export const DECAY = 300;

/** h until `at`, a third of it for a hundred steps, then a tenth. */
export function decayed(h: number, at: number): StepSizeTable {
  const short = (value: number): number => Number(value.toPrecision(6));
  const rows: (readonly [number, number])[] = [
    [at, short(h / 3)],
    [at + FIRST, short(h / 10)],
  ];
  return at > 0 ? [[0, h], ...rows] : rows;
}
