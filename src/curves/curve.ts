/** A loss along the experiment's steps, as plain numbers; nothing here copies or changes the arrays. */

/**
 * `losses[i]` belongs to `steps[i]`; steps are ascending whole numbers. The arrays may be longer than what is filled.
 */
export interface Curve {
  readonly steps: ArrayLike<number>;
  readonly losses: ArrayLike<number>;
  /** How many entries are filled; absent: all of them. */
  readonly length?: number;
}

export interface Pair {
  readonly step: number;
  readonly first: number;
  readonly second: number;
}

export function lengthOf({ steps, length }: Curve): number {
  return length ?? steps.length;
}

/** The steps that two curves share, in order. */
export function* sharedSteps(first: Curve, second: Curve): Generator<Pair> {
  const [m, n] = [lengthOf(first), lengthOf(second)];
  let j = 0;
  for (let i = 0; i < m; i++) {
    const step = first.steps[i]!;
    while (j < n && second.steps[j]! < step) j++;
    if (j >= n) return;
    if (second.steps[j] === step) yield { step, first: first.losses[i]!, second: second.losses[j]! };
  }
}

/** Mean |first - second| over the shared steps from `from` to `to` (inclusive); NaN if they share none. */
export function meanAbsoluteDifference(
  first: Curve,
  second: Curve,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): number {
  let sum = 0;
  let count = 0;
  for (const pair of sharedSteps(first, second)) {
    if (pair.step < from || pair.step > to) continue;
    sum += Math.abs(pair.first - pair.second);
    count++;
  }
  return sum / count;
}
