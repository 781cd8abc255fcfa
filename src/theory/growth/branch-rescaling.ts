/**
 * Of several measured branches of one growth, the one whose time is rescaled to answer for another step size
 * (time-rescaling.ts).
 */
import type { StepSizeTable } from '../../experiment/experiment.ts';
import type { Curve } from '../../curves/curve.ts';
import { rescaleTime, totalTime } from '../time-rescaling.ts';

/** A branch from the growth on, with the step sizes it was measured with, on the experiment's axis. */
export interface RescalableBranch {
  readonly measured: Curve;
  readonly table: StepSizeTable;
}

/**
 * The loss at step `to` for this table from step `from` on, read off the branch with the least time that covers it: the
 * closer the step sizes, the smaller the error. Null where no branch begins at `from` and trains for so long a time.
 */
export function rescaledEnd(branches: readonly RescalableBranch[], table: StepSizeTable, from: number, to: number): number | null {
  const wanted = totalTime(table, from, to);
  let best: { readonly branch: RescalableBranch; readonly time: number } | null = null;
  for (const branch of branches) {
    const { steps, losses } = branch.measured;
    const last = steps[steps.length - 1];
    if (last === undefined || steps[0] !== from || !Number.isFinite(losses[losses.length - 1])) continue;
    const time = totalTime(branch.table, from, last);
    // Rounding of the sums must not leave out a branch of the same time.
    if (time >= wanted * (1 - 1e-9) && (best === null || time < best.time)) best = { branch, time };
  }
  if (best === null) return null;
  const { steps, losses } = rescaleTime({ measured: best.branch.measured, measuredTable: best.branch.table, table, to });
  return steps.at(-1) === to ? (losses.at(-1) ?? null) : null;
}
