/** Mean, spread and rank correlation of what was measured over seeds. */

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (divided by n − 1); null for a single value. */
  readonly sd: number | null;
  readonly values: readonly number[];
}

/** @throws for no values */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('a mean needs at least one value');
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const sd = values.length < 2 ? null : Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
  return { mean, sd, values: [...values] };
}

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
