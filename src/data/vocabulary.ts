/**
 * The vocabulary of a task: pad 0, end 1, unknown 2 (T5's order), then the task's own symbols. Small on purpose:
 * with a handful of symbols the embedding does not swamp the model, and models of one task can be fused.
 */

export const PAD = 0;
export const EOS = 1;
export const UNKNOWN = 2;
/** T5's special tokens, by id. */
export const SPECIAL = ['<pad>', '</s>', '<unk>'] as const;

export interface Vocabulary {
  /** Id → token. */
  readonly tokens: readonly string[];
  readonly size: number;
  /** Ids of symbols, the end added; what is not in the vocabulary becomes `UNKNOWN`. */
  encode(symbols: readonly string[]): number[];
  /**
   * Tokens of generated ids: padding is skipped, and it stops at the end. An id outside the vocabulary reads `<unk>`.
   */
  symbols(ids: readonly number[]): string[];
}

/** @param symbols the task's own tokens, each once */
export function vocabularyOf(symbols: readonly string[]): Vocabulary {
  const tokens: readonly string[] = [...SPECIAL, ...symbols];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  if (ids.size !== tokens.length) throw new Error(`vocabulary: a symbol stands twice in ${symbols.join(' ')}`);
  return {
    tokens,
    size: tokens.length,
    encode: (list) => [...list.map((symbol) => ids.get(symbol) ?? UNKNOWN), EOS],
    symbols(list) {
      const result: string[] = [];
      for (const id of list) {
        if (id === EOS) break;
        if (id !== PAD) result.push(tokens[id] ?? SPECIAL[UNKNOWN]);
      }
      return result;
    },
  };
}
