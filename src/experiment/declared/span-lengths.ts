/**
 * How much of a text span corruption takes away, and how long what is left and what is taken become (Raffel et al.
 * 2020, arXiv 1910.10683): both follow from the number of its tokens. Where the gaps are is drawn in data/spans/.
 */

export const NOISE_DENSITY = 0.15;
export const MEAN_SPAN = 3;

/** To the nearest integer, halves to the even one, as NumPy rounds. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const half = value - floor;
  if (half !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

export type Rounding = (value: number) => number;

/** Tokens taken away of a text of so many, and in how many spans. A text of one token keeps it. */
export function noiseOf(
  length: number,
  density: number,
  meanSpan: number,
  rounding: Rounding = roundHalfEven,
): { readonly tokens: number; readonly spans: number } {
  const tokens = Math.min(Math.max(rounding(length * density), 1), length - 1);
  const spans = Math.max(rounding(tokens / meanSpan), 1);
  return { tokens, spans: Math.min(spans, tokens, length - tokens) };
}

/** Lengths of inputs and targets, their end included, that a text of so many tokens becomes. */
export function corruptedLengths(
  tokens: number,
  density = NOISE_DENSITY,
  meanSpan = MEAN_SPAN,
): { readonly inputs: number; readonly targets: number } {
  const { tokens: noise, spans } = noiseOf(tokens, density, meanSpan);
  return { inputs: tokens - noise + spans + 1, targets: noise + spans + 1 };
}

/** The longest text whose inputs fit, and how long its targets are (seqio's `random_spans_helper`). */
export function fittingLengths(
  inputs: number,
  density = NOISE_DENSITY,
  meanSpan = MEAN_SPAN,
): { readonly tokens: number; readonly targets: number } {
  let tokens = inputs;
  while (corruptedLengths(tokens + 1, density, meanSpan).inputs <= inputs) tokens++;
  const { targets } = corruptedLengths(tokens, density, meanSpan);
  // At one half, targets that are longer than the inputs are made as long.
  return density === 0.5 && targets > inputs ? { tokens: tokens - 1, targets: targets - 1 } : { tokens, targets };
}
