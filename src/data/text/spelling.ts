/** How text becomes tokens: one vocabulary for all tasks of an experiment, so that networks of different tasks can be fused. */
import { SENTINEL_TOKENS } from '../spans/corruption.ts';
import { vocabularyOf, type Vocabulary } from '../vocabulary.ts';
import { textOf, WORDS, wordsOf } from '../world/words.ts';

/** What a tokenizer of this vocabulary has to do with a text (storage/tokenizer.ts). */
export type SpellingKind = 'words' | 'characters';

export interface Spelling {
  readonly kind: SpellingKind;
  readonly vocabulary: Vocabulary;
  /** Tokens of a text; ones that the vocabulary lacks among them. */
  split(text: string): string[];
  join(tokens: readonly string[]): string;
}

/** A blank as a token, as SentencePiece writes it. */
const BLANK = '▁';
/** The printable characters of ASCII but the blank, in their order. */
const CHARACTERS: readonly string[] = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));

const words: Spelling = {
  kind: 'words',
  vocabulary: vocabularyOf([...WORDS, ...SENTINEL_TOKENS]),
  split: wordsOf,
  join: textOf,
};

const characters: Spelling = {
  kind: 'characters',
  vocabulary: vocabularyOf([BLANK, ...CHARACTERS, ...SENTINEL_TOKENS]),
  split: (text) =>
    text
      .trim()
      .replaceAll(/\s+/g, BLANK)
      .match(/<extra_id_\d+>|./gu) ?? [],
  join: (tokens) => tokens.join('').replaceAll(BLANK, ' ').trim(),
};

export const SPELLINGS: Readonly<Record<SpellingKind, Spelling>> = { words, characters };
