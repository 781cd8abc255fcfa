/**
 * Span corruption as T5's: each span that is taken away becomes a sentinel in the inputs; the targets are what was
 * taken away, with a sentinel for each span that was kept. Sentinels fall from the last id of the vocabulary, as
 * Hugging Face's `<extra_id_0>`, `<extra_id_1>` … do.
 */
import { SENTINELS } from '../../experiment/declared/texts.ts';
import { EOS } from '../vocabulary.ts';

/** Their tokens in the order of the ids, which end with `<extra_id_0>`. */
export const SENTINEL_TOKENS: readonly string[] = Array.from({ length: SENTINELS }, (_, i) => `<extra_id_${SENTINELS - 1 - i}>`);

/** The ids with every run that is marked as one sentinel, and the end. */
function withSentinels(ids: readonly number[], marked: readonly boolean[], vocabulary: number): number[] {
  const result: number[] = [];
  let sentinel = vocabulary;
  ids.forEach((id, i) => {
    if (marked[i] !== true) result.push(id);
    else if (i === 0 || marked[i - 1] !== true) result.push(--sentinel);
  });
  return [...result, EOS];
}

/**
 * @param noise by token, whether it is taken away
 * @param vocabulary its size: the first sentinel is its last id
 */
export function corrupt(
  ids: readonly number[],
  noise: readonly boolean[],
  vocabulary: number,
): { readonly inputs: number[]; readonly targets: number[] } {
  if (noise.length !== ids.length) throw new Error(`a mask of ${noise.length} for ${ids.length} tokens; it needs one entry a token`);
  return {
    inputs: withSentinels(ids, noise, vocabulary),
    targets: withSentinels(
      ids,
      noise.map((taken) => !taken),
      vocabulary,
    ),
  };
}
