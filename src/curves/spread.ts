/** Mean and spread of a number over seeds. */

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
