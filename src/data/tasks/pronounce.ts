/**
 * Pronounce: the spelling of an English word → its phonemes, from the CMU Pronouncing Dictionary (prepared by
 * `npm run data`; licence in `data/manifest.json`). One token a letter, one token a phoneme, 39 phonemes without
 * stress: `fusion` → `F Y UW ZH AH N`.
 *
 * There are two sets of words, and the experiment's `examples` choose between them, so that no key is needed:
 * - up to 8,500 examples: short words of 3–5 letters (8,500 for training), source 6 and target 7 tokens long;
 * - more: all words of 2–12 letters (27,000 for training), source 13 and target 15 tokens long.
 * Training words are drawn without repetition from the experiment's seed; the probe set from the held-out words
 * of the same set. Words that share their first five letters are in one split.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import {
  PROBE_SEED,
  PROBE_STREAM,
  TRAIN_STREAM,
  type DataChoice,
  type EncodedExample,
  type ReadText,
  type Task,
  type TaskData,
} from '../example.ts';
import { everydayFirst, everydayRanks } from '../everyday.ts';
import { stream, type RandomStream } from '../random.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { drawPairs } from './prepared-pairs.ts';

export const LETTERS: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz'];
/** ARPABET without stress. */
export const PHONEMES: readonly string[] =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ');

/** A set of words: which lengths, how many, and the files that hold them (`data/<name>.train.txt`, …). */
export interface WordSet {
  readonly name: string;
  readonly letters: readonly [fewest: number, most: number];
  readonly phonemes: number;
  readonly sizes: { readonly train: number; readonly validation: number; readonly test: number };
}
export const SHORT_WORDS: WordSet = {
  name: 'pronounce-short',
  letters: [3, 5],
  phonemes: 6,
  sizes: { train: 8500, validation: 500, test: 500 },
};
export const ALL_WORDS: WordSet = {
  name: 'pronounce',
  letters: [2, 12],
  phonemes: 14,
  sizes: { train: 27000, validation: 1500, test: 1500 },
};

/** The set of words that an experiment with so many examples uses. */
export function wordSetFor(examples: number): WordSet {
  return examples <= SHORT_WORDS.sizes.train ? SHORT_WORDS : ALL_WORDS;
}

const vocabulary = vocabularyOf([...LETTERS, ...PHONEMES]);

async function load(choice: DataChoice, read: ReadText): Promise<TaskData> {
  const set = wordSetFor(choice.examples);
  /** Examples of a file with one `word⇥P H O N E M E S` a line. */
  const examplesOf = async (
    split: 'train' | 'validation',
    random: RandomStream,
    field: 'examples' | 'probe',
  ): Promise<EncodedExample[]> => {
    const pairs = await drawPairs(read, `data/${set.name}.${split}.txt`, { random, count: choice[field], field });
    return pairs.map(([source, target]) => ({
      source,
      target,
      sourceIds: vocabulary.encode([...source]),
      targetIds: vocabulary.encode(target.split(' ')),
    }));
  };
  const train = await examplesOf('train', stream(choice.seed, TRAIN_STREAM), 'examples');
  const probe = choice.batch === 'full' ? train : await examplesOf('validation', stream(PROBE_SEED, PROBE_STREAM), 'probe');
  const most = set.letters[1];
  // Asked for at once, so that it is there when the network is not.
  const ranks = everydayRanks();
  return {
    task: 'pronounce',
    vocabularySize: vocabulary.size,
    sourceLength: most + 1,
    targetLength: set.phonemes + 1,
    train,
    probe,
    measures: ['exact match', 'phoneme error rate'],
    measuredAtEnds: true,
    tokens: vocabulary.tokens,
    decode: (ids) => vocabulary.symbols(ids).join(' '),
    samples: async () => everydayFirst(probe, await ranks),
    answerTo(text) {
      const word = text.trim().toLowerCase();
      const isWord = (example: EncodedExample): boolean => example.source === word;
      return (train.find(isWord) ?? probe.find(isWord))?.target ?? null;
    },
    encodeSource(text) {
      const letters = [...text.trim().toLowerCase()];
      if (letters.length > most) throw new ToldError(tell('word-too-long', { text, letters: letters.length, most }));
      return vocabulary.encode(letters);
    },
  };
}

export const pronounce: Task = { id: 'pronounce', load };
