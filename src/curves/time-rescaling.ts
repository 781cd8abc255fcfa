/**
 * The instant prediction: what a measured branch would have been with other step sizes, by rescaling its time.
 *
 * To first order gradient descent is the gradient flow, on which the loss depends on the total time t = Σh alone. So
 * the loss after n steps of size h' is read off the measured branch where its own Σh is n·h'. The error is of order
 * (h' - h)·t, the difference of the two step sizes' (h/4)‖g‖² terms: nothing where h' = h, some percent of the drop
 * otherwise, and nothing is claimed beyond the time that was measured or where h'λ passes 2.
 *
 * Numbers in, numbers out: the page makes it itself, so that it follows a slider.
 */
import { EDGE } from '../experiment/presets/edge.ts';
import { type StepSizeTable, tableAt } from '../experiment/experiment.ts';

export interface RescaledCurve {
  readonly steps: Float64Array;
  readonly losses: Float64Array;
  /**
   * The first step past the measured time, or where h'λ has reached 2; null if there is none up to `to`. The curve ends
   * before the former and goes on past the latter.
   */
  readonly trustedUntil: number | null;
}

export interface Rescaling {
  /** A measured branch, ascending in step; its first step is where both branches start from the same parameters. */
  readonly measured: { readonly steps: ArrayLike<number>; readonly losses: ArrayLike<number> };
  /** The step sizes it was measured with. */
  readonly measuredTable: StepSizeTable;
  /** The step sizes that are asked about, on the same axis of steps. */
  readonly table: StepSizeTable;
  /** Last step wanted. */
  readonly to: number;
  /** λmax at steps of the measured branch, in order; without it only the measured time limits the trust. */
  readonly sharpness?: { readonly steps: ArrayLike<number>; readonly lambdas: ArrayLike<number> };
}

/** Σh of the steps from `from` to `to`. */
export function totalTime(table: StepSizeTable, from: number, to: number): number {
  let time = 0;
  for (let step = from; step < to; step++) time += tableAt(table, step);
  return time;
}

/** Total time Σh of a table from step `from` to each of the ascending steps. */
function timesAt(table: StepSizeTable, from: number, steps: ArrayLike<number>): Float64Array {
  const times = new Float64Array(steps.length);
  let [time, step] = [0, from];
  for (let i = 0; i < steps.length; i++) {
    for (; step < steps[i]!; step++) time += tableAt(table, step);
    times[i] = time;
  }
  return times;
}

/** Value at `x` on the straight lines through (xs, ys), xs ascending; the last value beyond the end. */
function interpolate(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  let [low, high] = [0, xs.length - 1];
  if (x <= xs[0]!) return ys[0]!;
  if (x >= xs[high]!) return ys[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  const share = (x - xs[low]!) / (xs[high]! - xs[low]!);
  return ys[low]! + share * (ys[high]! - ys[low]!);
}

/** The measured branch in another time. Costs no gradient. Errors: nothing measured. */
export function rescaleTime({ measured, measuredTable, table, to, sharpness }: Rescaling): RescaledCurve {
  if (measured.steps.length === 0) throw new Error('time rescaling needs a measured branch; this one has no points');
  const from = measured.steps[0]!;
  const measuredTimes = timesAt(measuredTable, from, measured.steps);
  const horizon = measuredTimes.at(-1)!;
  const sharpnessTimes = sharpness === undefined ? null : timesAt(measuredTable, from, sharpness.steps);
  const steps: number[] = [];
  const losses: number[] = [];
  let trusted: number | null = null;
  let time = 0;
  for (let step = from; step <= to; step++) {
    // Rounding of the sum of step sizes must not end a branch that is asked for in its own time.
    if (time > horizon * (1 + 1e-9)) {
      trusted ??= step;
      break;
    }
    steps.push(step);
    losses.push(interpolate(measuredTimes, measured.losses, time));
    const h = tableAt(table, step);
    if (
      trusted === null &&
      sharpnessTimes !== null &&
      sharpness!.lambdas.length > 0 &&
      h * interpolate(sharpnessTimes, sharpness!.lambdas, time) >= EDGE
    )
      trusted = step;
    time += h;
  }
  return { steps: Float64Array.from(steps), losses: Float64Array.from(losses), trustedUntil: trusted };
}
