/**
 * A curve as the chart reads it: steps in order with a loss each, in typed arrays that may be longer than
 * what is filled. Everything here is pure; nothing copies the arrays.
 */

export interface CurveLike {
  /** Updates since the start of the experiment, ascending. */
  readonly steps: Float64Array;
  /** Mean cross-entropy per target token, nats, on the probe set. */
  readonly losses: Float32Array;
  /** How many entries of both arrays are filled. */
  readonly length: number;
  /**
   * Stretches of steps, ascending, over which no line is drawn: what is measured at their two sides is not of the same
   * examples.
   */
  readonly gaps?: readonly (readonly [from: number, to: number])[];
}

/** A curve of a list of steps and one of their losses. */
export const curveOf = (steps: readonly number[], losses: readonly number[]): CurveLike => ({
  steps: Float64Array.from(steps),
  losses: Float32Array.from(losses),
  length: steps.length,
});

/** A curve's parts between its gaps, in order: each a curve without any. */
export function piecesOf(curve: CurveLike): readonly CurveLike[] {
  const { steps, losses, length, gaps = [] } = curve;
  if (gaps.length === 0) return [curve];
  const pieces: CurveLike[] = [];
  let begin = 0;
  const end = (index: number): void => {
    if (index > begin) pieces.push({ steps: steps.subarray(begin, index), losses: losses.subarray(begin, index), length: index - begin });
    begin = index;
  };
  for (let i = 1; i < length; i++) if (isApart(curve, steps[i - 1] ?? 0, steps[i] ?? 0)) end(i);
  end(length);
  return pieces;
}

/** Whether a gap lies between two points of a curve. */
function isApart({ gaps = [] }: CurveLike, left: number, right: number): boolean {
  return gaps.some(([from, to]) => left < to && right > from);
}

/** Index of the last point at or before `step`; -1 if the curve starts later. */
export function indexAtOrBefore(curve: CurveLike, step: number): number {
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((curve.steps[middle] ?? Infinity) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Loss at a step, linear between the points beside it; `null` outside the curve, in its gaps, or where it is not
 * finite.
 */
export function lossAt(curve: CurveLike, step: number): number | null {
  const index = indexAtOrBefore(curve, step);
  if (index < 0) return null;
  const left = curve.losses[index] ?? NaN;
  const leftStep = curve.steps[index] ?? NaN;
  if (leftStep === step || index === curve.length - 1) {
    return leftStep === step && Number.isFinite(left) ? left : null;
  }
  const right = curve.losses[index + 1] ?? NaN;
  const rightStep = curve.steps[index + 1] ?? NaN;
  if (isApart(curve, leftStep, rightStep)) return null;
  const loss = left + ((right - left) * (step - leftStep)) / (rightStep - leftStep);
  return Number.isFinite(loss) ? loss : null;
}

export function firstStep(curve: CurveLike): number | null {
  return curve.length > 0 ? (curve.steps[0] ?? null) : null;
}

export function lastStep(curve: CurveLike): number | null {
  return curve.length > 0 ? (curve.steps[curve.length - 1] ?? null) : null;
}

export function lastLoss(curve: CurveLike): number | null {
  const loss = curve.length > 0 ? curve.losses[curve.length - 1] : undefined;
  return loss !== undefined && Number.isFinite(loss) ? loss : null;
}

/** Smallest and largest finite loss of several curves between two steps; `null` if there is none. */
export function lossRange(curves: Iterable<CurveLike>, from: number, to: number): readonly [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const curve of curves) {
    for (let i = Math.max(0, indexAtOrBefore(curve, from)); i < curve.length; i++) {
      if ((curve.steps[i] ?? Infinity) > to) break;
      const loss = curve.losses[i] ?? NaN;
      if (!Number.isFinite(loss)) continue;
      if (loss < low) low = loss;
      if (loss > high) high = loss;
    }
  }
  return low <= high ? [low, high] : null;
}

/** Smallest finite loss behind the last gap: a smaller one before it is of other examples. `null` if there is none. */
export const lowestSinceGap = (curve: CurveLike): number | null => lossRange(piecesOf(curve).slice(-1), -Infinity, Infinity)?.[0] ?? null;

/** One curve behind another: of the first what lies before the second's beginning. */
export function joined(first: CurveLike, second: CurveLike): CurveLike {
  const from = second.steps[0] ?? Infinity;
  let count = 0;
  while (count < first.length && (first.steps[count] ?? Infinity) < from) count++;
  const length = count + second.length;
  const steps = new Float64Array(length);
  const losses = new Float32Array(length);
  steps.set(first.steps.subarray(0, count));
  losses.set(first.losses.subarray(0, count));
  steps.set(second.steps.subarray(0, second.length), count);
  losses.set(second.losses.subarray(0, second.length), count);
  const gaps = [...(first.gaps ?? []).filter(([, to]) => to <= from), ...(second.gaps ?? [])];
  return { steps, losses, length, ...(gaps.length > 0 ? { gaps } : {}) };
}
