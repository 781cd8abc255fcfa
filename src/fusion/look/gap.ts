/**
 * The fusion gap: how far the fused model is from the true average of its sources at the moment of growth,
 * in the loss and in the logits. Pure, in float64.
 */

/** A label that the loss ignores. */
const IGNORED = -100;

/** Mean over the sources of their logits. All arrays have the same length. */
export function averageLogits(sources: readonly ArrayLike<number>[]): Float64Array {
  const length = sources[0]?.length ?? 0;
  const average = new Float64Array(length);
  for (const [index, logits] of sources.entries()) {
    if (logits.length !== length)
      throw new Error(`source ${index} has ${logits.length} logits, the first has ${length}; all must see the same batch.`);
    for (let i = 0; i < length; i++) average[i] = (average[i] ?? 0) + (logits[i] ?? Number.NaN) / sources.length;
  }
  return average;
}

/** Mean cross-entropy (nats) over the labels that are not -100. `logits` is [labels.length, vocabulary], row-major. */
export function crossEntropy(logits: ArrayLike<number>, labels: ArrayLike<number>, vocabulary: number): number {
  if (logits.length !== labels.length * vocabulary)
    throw new Error(`${logits.length} logits can't be ${labels.length} labels times a vocabulary of ${vocabulary}.`);
  let sum = 0;
  let counted = 0;
  for (let t = 0; t < labels.length; t++) {
    const label = labels[t] ?? IGNORED;
    if (label === IGNORED) continue;
    if (!(label >= 0 && label < vocabulary)) throw new Error(`label ${label} at position ${t} is outside the vocabulary of ${vocabulary}.`);
    let largest = -Infinity;
    for (let i = 0; i < vocabulary; i++) largest = Math.max(largest, logits[t * vocabulary + i] ?? Number.NaN);
    let exponentials = 0;
    for (let i = 0; i < vocabulary; i++) exponentials += Math.exp((logits[t * vocabulary + i] ?? Number.NaN) - largest);
    sum += Math.log(exponentials) + largest - (logits[t * vocabulary + label] ?? Number.NaN);
    counted++;
  }
  return sum / counted;
}

/**
 * Loss (nats per target token) of the average of the sources' logits: what a fusion would have if the averaging were
 * exact.
 */
export function lossOfAverage(sources: readonly ArrayLike<number>[], labels: ArrayLike<number>, vocabulary: number): number {
  return crossEntropy(averageLogits(sources), labels, vocabulary);
}

/** ‖fused − average‖ / ‖average‖ over all logits. */
export function relativeLogitsError(fused: ArrayLike<number>, average: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < average.length; i++) {
    difference += ((fused[i] ?? Number.NaN) - (average[i] ?? 0)) ** 2;
    norm += (average[i] ?? 0) ** 2;
  }
  return Math.sqrt(difference / norm);
}
