/**
 * Which tokens of a text span corruption takes away, as T5X draws them (Raffel et al. 2020, arXiv 1910.10683; seqio's
 * `random_spans_noise_mask`): how many tokens and spans is fixed by the length; how long each span and each gap between
 * two is, is a random composition. The first span is never noise.
 */
import type { RandomStream } from '../random.ts';
import { MEAN_SPAN, NOISE_DENSITY, noiseOf, type Rounding, roundHalfEven } from '../../experiment/declared/span-lengths.ts';

export { corruptedLengths, fittingLengths } from '../../experiment/declared/span-lengths.ts';

/** Up or down, by chance, so that it is right in the mean. */
const byChance =
  (random: RandomStream): Rounding =>
  (value) => {
    const floor = Math.floor(value);
    return random.uniform() < value - floor ? floor + 1 : floor;
  };

/** `items` in `segments` parts of at least one, every composition equally likely. */
function randomSegmentation(random: RandomStream, items: number, segments: number): number[] {
  const begins = random.shuffle(Array.from({ length: items - 1 }, (_, i) => i < segments - 1));
  const lengths = [1];
  for (const isBegin of begins) {
    if (isBegin) lengths.push(1);
    else lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
  }
  return lengths;
}

/**
 * By token, whether it is taken away. T5X cuts its texts out of a long one, so that all have one length: they may end
 * anywhere, and always end with a span that is taken. A short text of its own (`whole`) differs in two ways: it ends
 * either way, since its last words would otherwise always be the gap; and how many tokens and spans are taken is
 * rounded up or down by chance, since of a text of 27 tokens rounding takes one span of 4 every time, and never a
 * single word.
 * @param length at least 2
 */
export function noiseMask(
  random: RandomStream,
  length: number,
  { density = NOISE_DENSITY, meanSpan = MEAN_SPAN, whole = false } = {},
): boolean[] {
  if (!Number.isInteger(length) || length < 2) throw new Error(`span corruption of ${length} tokens; at least 2 are needed`);
  const { tokens, spans } = noiseOf(length, density, meanSpan, whole ? byChance(random) : roundHalfEven);
  const noise = randomSegmentation(random, tokens, spans);
  // One token more, which the last part gives back, lets that part be empty.
  const kept = whole ? randomSegmentation(random, length - tokens + 1, spans + 1) : randomSegmentation(random, length - tokens, spans);
  if (whole) kept[spans] = (kept[spans] ?? 1) - 1;
  return kept.flatMap((count, i) => [...Array.from({ length: count }, () => false), ...Array.from({ length: noise[i] ?? 0 }, () => true)]);
}

/**
 * The longest inputs and targets that a whole text of so many tokens may become, their end and a last sentinel
 * included.
 */
export function longestCorrupted(tokens: number): { readonly inputs: number; readonly targets: number } {
  const least = noiseOf(tokens, NOISE_DENSITY, MEAN_SPAN, Math.floor).tokens;
  const most = noiseOf(tokens, NOISE_DENSITY, MEAN_SPAN, Math.ceil);
  // A sentinel for each span is longer than the span nowhere: fewest tokens taken make the longest inputs.
  return { inputs: tokens - least + Math.min(most.spans, least) + 1, targets: most.tokens + most.spans + 2 };
}
