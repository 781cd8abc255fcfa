/**
 * When a prediction was made: before the training got there, or after. Every point of a predicted curve carries the
 * step that the training had come to when the point was made; it was said in advance if that lies before the point's
 * own step.
 */

export type MadeWhen =
  /** All of it was said before the training got there. */
  | { readonly kind: 'advance' }
  /** None of it was, or not its end. */
  | { readonly kind: 'afterwards' }
  /** From a step on to its end: the training was ahead before. */
  | { readonly kind: 'from'; readonly step: number };

interface Made {
  readonly steps: ArrayLike<number>;
  /** Steps of the training, by point. */
  readonly madeAt: ArrayLike<number>;
  readonly length: number;
}

/**
 * Of the curves of one prediction, all networks together. Its own first step is left out: there it is the measurement
 * that it begins from. Null where there is no other point.
 */
export function madeWhen(curves: readonly Made[]): MadeWhen | null {
  let begins = Number.POSITIVE_INFINITY;
  for (const { steps, length } of curves) if (length > 0) begins = Math.min(begins, steps[0] ?? begins);
  /** Last step that was said too late, and the first that was said in time. */
  let late = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { steps, madeAt, length } of curves) {
    for (let i = 0; i < length; i++) {
      const step = steps[i] ?? begins;
      if (!(step > begins)) continue;
      last = Math.max(last, step);
      if (!((madeAt[i] ?? Number.POSITIVE_INFINITY) < step)) late = Math.max(late, step);
    }
  }
  if (last === Number.NEGATIVE_INFINITY) return null;
  if (late === Number.NEGATIVE_INFINITY) return { kind: 'advance' };
  return late >= last ? { kind: 'afterwards' } : { kind: 'from', step: late + 1 };
}
