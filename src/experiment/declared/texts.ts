/**
 * Texts to read and how they are spelled, one row each: plain data. How a text is cut into examples and how a
 * vocabulary splits it stands in `data/text/`.
 */
import { spokenRows } from '../messages/language.ts';
import { ids } from '../rows.ts';
import { fittingLengths } from './span-lengths.ts';

interface CorpusRow {
  /** Its name as a title. */
  readonly title: string;
  /** Behind "fill the gaps of": `Moby Dick`. */
  readonly words: string;
  readonly note: string;
  /** Whether it is read from prepared files, which have a licence. */
  readonly files: boolean;
}

const ENGLISH_CORPUS_ROWS = {
  world: {
    title: 'The little world',
    words: 'a story',
    note: 'Stories of a few people, places and things. Made up on the spot.',
    files: false,
  },
  moby: { title: 'Moby Dick, by Herman Melville', words: 'Moby Dick', note: 'The novel: 1.2 million characters.', files: true },
  own: {
    title: 'A text of your own',
    words: 'your own text',
    note: 'At least 1,000 words, which stay on this device.',
    files: false,
  },
  addresses: {
    title: 'Addresses on the state of the union, 1934–2021',
    words: 'the addresses',
    note: 'What presidents of the United States said to Congress from 1934 on: 3 million characters.',
    files: true,
  },
} as const satisfies Readonly<Record<string, CorpusRow>>;

export const CORPUS_FIELDS = ['title', 'words', 'note'] as const;
export const CORPUS_ROWS = spokenRows('corpora', ENGLISH_CORPUS_ROWS, CORPUS_FIELDS);

export type CorpusId = keyof typeof CORPUS_ROWS;
export const CORPORA = ids(CORPUS_ROWS);
/** A text that was written by somebody, in place of one that is made up. */
export type RealCorpus = Exclude<CorpusId, 'world' | 'own'>;

/**
 * Lengths of what is read at once of a long text where nothing else is said, ends included: a window of so many tokens
 * that its text with gaps just fits (span-lengths.ts).
 */
export const READ_AT_ONCE = { sourceLength: 64, targetLength: 14 } as const;

/** The same where so many tokens are read at once. */
export const readAtOnce = (sourceLength: number): { readonly sourceLength: number; readonly targetLength: number } => ({
  sourceLength,
  targetLength: fittingLengths(sourceLength).targets,
});

interface VocabularyRow {
  readonly words: string;
  readonly note: string;
  /** Tokens in it. */
  readonly size: number;
  /**
   * Tokens that the words of the little world become in a long text of them, in a long answer, and the longest of them
   * alone.
   */
  readonly perWord: { readonly text: number; readonly answer: number; readonly most: number };
}

/** Sentinels of every vocabulary: enough for texts of 256 tokens. */
export const SENTINELS = 16;

const ENGLISH_VOCABULARY_ROWS = {
  words: {
    words: 'words',
    note: 'The 88 words and marks of the little world, and no others.',
    size: 107,
    perWord: { text: 1, answer: 1, most: 1 },
  },
  characters: {
    words: 'characters',
    note: 'Letter by letter: spells everything, and makes long texts.',
    size: 144,
    perWord: { text: 4.2, answer: 4.3, most: 8 },
  },
  512: {
    words: '512 pieces',
    note: 'Pieces of words, learnt from Moby Dick and the addresses.',
    size: 512,
    perWord: { text: 2.6, answer: 3.4, most: 6 },
  },
  1024: { words: '1,024 pieces', note: 'More and longer pieces of words.', size: 1024, perWord: { text: 2.1, answer: 2.9, most: 4 } },
} as const satisfies Readonly<Record<string, VocabularyRow>>;

export const VOCABULARY_FIELDS = ['words', 'note'] as const;
export const VOCABULARY_ROWS = spokenRows('vocabularies', ENGLISH_VOCABULARY_ROWS, VOCABULARY_FIELDS);

/** Not `ids` of the rows: of those, names that are numbers come first. */
export const VOCABULARIES = ['words', 'characters', '512', '1024'] as const;
export type VocabularyName = (typeof VOCABULARIES)[number];
