/** How texts become tokens: one vocabulary for all tasks of texts, so that networks of different ones can be fused. */
import { SENTINEL_TOKENS } from '../spans/corruption.ts';
import { vocabularyOf, type Vocabulary } from '../vocabulary.ts';
import { textOf, WORDS, wordsOf } from '../world/words.ts';

export interface Spelling {
  readonly vocabulary: Vocabulary;
  /** Tokens of a text; ones that the vocabulary lacks among them. */
  split(text: string): string[];
  join(tokens: readonly string[]): string;
}

export const TEXT_SPELLING: Spelling = {
  vocabulary: vocabularyOf([...WORDS, ...SENTINEL_TOKENS]),
  split: wordsOf,
  join: textOf,
};
