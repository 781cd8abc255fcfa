/**
 * How well a prediction ranks runs: Spearman's rank correlation (Spearman 1904) with what was measured, and beside it
 * that of the trivial predictor, the total time Σh alone, over the very same runs. A prediction that ranks them no
 * better than Σh is no way to find the best growth step.
 */

/** Ranks from 1; values that are equal share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).toSorted((a, b) => a.value - b.value);
  const result = values.map(() => 0);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end + 1 < order.length && order[end + 1]?.value === order[i]?.value) end++;
    for (let j = i; j <= end; j++) result[order[j]?.index ?? 0] = (i + end) / 2 + 1;
    i = end + 1;
  }
  return result;
}

/**
 * Spearman's rank correlation: the correlation of the ranks. NaN where one side does not vary.
 * @throws where the two are of different length
 */
export function spearman(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length) throw new Error(`a rank correlation needs pairs; there are ${x.length} and ${y.length} values`);
  const [a, b] = [ranks(x), ranks(y)];
  const middle = (x.length + 1) / 2;
  let [above, varianceA, varianceB] = [0, 0, 0];
  a.forEach((rank, i) => {
    const [u, v] = [rank - middle, (b[i] ?? 0) - middle];
    above += u * v;
    varianceA += u * u;
    varianceB += v * v;
  });
  return above / Math.sqrt(varianceA * varianceB);
}

/** A run that was measured, and what was known of it before. */
export interface RankedRun {
  /** Final loss; +∞ of a run that diverged: the highest there is. */
  readonly measured: number;
  /** Predicted final loss; null where there is no prediction. */
  readonly predicted: number | null;
  /** Σh of the whole run; null where it is not known. */
  readonly time: number | null;
}

/** Fewer runs than these have no rank correlation worth a number. */
const FEWEST_RANKED = 3;

export interface RankComparison {
  /** Null for fewer than FEWEST_RANKED runs, or where one side does not vary. */
  readonly correlation: number | null;
  /** That of Σh alone over the same runs; more time stands for less loss. */
  readonly ofTime: number | null;
  /** Runs that were measured and predicted. */
  readonly count: number;
}

function correlationOf(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < FEWEST_RANKED) return null;
  const value = spearman(
    pairs.map(([measured]) => measured),
    pairs.map(([, predicted]) => predicted),
  );
  return Number.isFinite(value) ? value : null;
}

export function compareRanks(runs: readonly RankedRun[]): RankComparison {
  const both = runs.flatMap(({ measured, predicted, time }) => (predicted === null ? [] : [{ measured, predicted, time }]));
  return {
    correlation: correlationOf(both.map(({ measured, predicted }) => [measured, predicted])),
    ofTime: correlationOf(both.flatMap(({ measured, time }) => (time === null ? [] : [[measured, -time] as const]))),
    count: both.length,
  };
}
