/** How texts become tokens: one vocabulary for all tasks of texts, so that networks of different ones can be fused. */
import type { VocabularyName } from '../../experiment/declared/texts.ts';
import type { ReadText } from '../example.ts';
import { SENTINEL_TOKENS } from '../spans/corruption.ts';
import { vocabularyOf, type Vocabulary } from '../vocabulary.ts';
import { textOf, WORDS, wordsOf } from '../world/words.ts';
import { CHARACTER_PIECES } from './characters.ts';
import { withSpecialTokens } from './special-tokens.ts';
import { Unigram, type Piece } from './unigram.ts';

export interface Spelling {
  readonly vocabulary: Vocabulary;
  /** Tokens of a text; ones that the vocabulary lacks among them. */
  split(text: string): string[];
  join(tokens: readonly string[]): string;
  /** The instruction by which a tokenizer of another program splits as `split` does. */
  readonly kind: 'words' | readonly Piece[];
}

/** The words of the little world. */
export const WORD_SPELLING: Spelling = {
  vocabulary: vocabularyOf([...WORDS, ...SENTINEL_TOKENS]),
  split: wordsOf,
  join: textOf,
  kind: 'words',
};

/** @param pieces without the special tokens */
export function spellingOf(pieces: readonly Piece[]): Spelling {
  const kind = withSpecialTokens(pieces);
  const unigram = new Unigram(kind);
  return {
    vocabulary: vocabularyOf([...pieces.map(([token]) => token), ...SENTINEL_TOKENS]),
    split: (text) => unigram.split(text),
    join: (tokens) => unigram.join(tokens),
    kind,
  };
}

/** The pieces of a prepared vocabulary, which lies in the layout of Hugging Face's `tokenizer.json`. */
function readPieces(json: string, path: string): readonly Piece[] {
  const special = new Set(withSpecialTokens([]).map(([token]) => token));
  const { model } = JSON.parse(json) as { readonly model?: { readonly vocab?: readonly Piece[] } };
  if (!model?.vocab) throw new Error(`${path} holds no pieces; run npm run data`);
  return model.vocab.filter(([token]) => !special.has(token));
}

export async function loadSpelling(name: VocabularyName, read: ReadText): Promise<Spelling> {
  if (name === 'words') return WORD_SPELLING;
  if (name === 'characters') return spellingOf(CHARACTER_PIECES);
  const path = `data/vocabulary-${name}.json`;
  return spellingOf(readPieces(await read(path), path));
}
