/** Pairs of words that rhyme, and pairs that only look as if they did, from the CMU Pronouncing Dictionary. */
import { dictionaryOrigin, type Entry } from './pronounce.ts';
import { fileOfLines, inNoOrder, sha256, splitByName, SPLITS, uniform, type PreparedFile, type Split } from './prepared-file.ts';

const RHYME_SIZES = { train: 14_000, validation: 1_100, test: 1_100 } as const;

/** One word in ten is for validation, one in ten for the test: a pair has both of its words in one split. */
const splitOf = (word: string): Split => splitByName(`rhyme ${word}`, 0.1);

/** The sounds from the last stressed vowel on; null where none is stressed. */
function rhymeOf({ stressed }: Entry): string | null {
  const at = stressed.findLastIndex((sound) => sound.endsWith('1'));
  return at < 0
    ? null
    : stressed
        .slice(at)
        .map((sound) => sound.replace(/\d$/, ''))
        .join(' ');
}

function groups(words: readonly Entry[], by: (entry: Entry) => string): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of words) {
    const key = by(entry);
    const group = found.get(key);
    if (group) group.push(entry);
    else found.set(key, [entry]);
  }
  return found;
}

/** For every word one other of its group, if there is one that fits; half of the size of each answer. */
function pairs(words: readonly Entry[], split: Split): readonly string[] {
  const own = words.filter((entry) => splitOf(entry.word) === split && rhymeOf(entry) !== null);
  const rhymes = new Map(own.map((entry) => [entry, rhymeOf(entry) ?? '']));
  const rhyme = (entry: Entry): string => rhymes.get(entry) ?? '';
  const half = RHYME_SIZES[split] / 2;
  const draw = (by: (entry: Entry) => string, fits: (a: Entry, b: Entry) => boolean, answer: string): string[] => {
    const all = groups(own, by);
    const found = own.flatMap((entry) => {
      const group = all.get(by(entry)) ?? [];
      // The first that fits, from a place in the group that its name draws.
      const from = Math.floor(uniform(sha256(`partner ${entry.word}`)) * group.length);
      const other = [...group.slice(from), ...group.slice(0, from)].find((each) => each !== entry && fits(entry, each));
      return other === undefined ? [] : [`${entry.word} ${other.word}`];
    });
    if (found.length < half) throw new Error(`rhyme, ${split}: ${half} pairs with ${answer} wanted, ${found.length} found`);
    return inNoOrder(found, (pair) => `pair ${pair}`)
      .slice(0, half)
      .map((pair) => `${pair}\t${answer}`);
  };
  const end = ({ word }: Entry): string => word.slice(-3);
  return [
    ...draw(rhyme, (a, b) => a.phonemes.join(' ') !== b.phonemes.join(' '), 'yes'),
    ...draw(end, (a, b) => rhyme(a) !== rhyme(b), 'no'),
  ];
}

export async function rhymeFiles(dictionary: readonly Entry[]): Promise<readonly PreparedFile[]> {
  const words = dictionary.filter(({ word }) => word.length >= 4 && word.length <= 10);
  const origin = await dictionaryOrigin();
  const title = 'CMU Pronouncing Dictionary, pairs of words that rhyme or look alike';
  return SPLITS.map((split) =>
    fileOfLines({ path: `data/rhyme.${split}.txt`, title, task: 'rhyme', split, ...origin }, pairs(words, split).toSorted()),
  );
}
