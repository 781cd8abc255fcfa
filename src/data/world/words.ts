/**
 * The words of the little world: who and what there is in it, and the words its stories, questions and answers are told
 * with.
 */
import { SENTINEL_TOKENS } from '../spans/corruption.ts';
import { SPECIAL } from '../vocabulary.ts';

export const PEOPLE = ['anna', 'tom', 'lena', 'max', 'mia', 'paul', 'sara', 'ben'] as const;
export const PLACES = ['park', 'kitchen', 'garden', 'school', 'market', 'forest', 'library', 'tower'] as const;
export const THINGS = ['ball', 'book', 'cake', 'key', 'lamp', 'coin', 'kite', 'drum', 'hat', 'ring'] as const;

export type Person = (typeof PEOPLE)[number];
export type Place = (typeof PLACES)[number];
export type Thing = (typeof THINGS)[number];

/** Actions of people, in the words of stories, of passive sentences and of facts. */
export const VERBS = {
  go: 'goes',
  take: 'takes',
  drop: 'drops',
  give: 'gives',
  want: 'wants',
} as const;
export const PASSIVE = { take: 'taken', drop: 'dropped', give: 'given' } as const;

/** The invented language: nouns and verbs of its own; names stay, and there is no article. */
export const INVENTED: Readonly<Record<Place | Thing | 'be' | keyof typeof VERBS, string>> = {
  park: 'olmu',
  kitchen: 'fesi',
  garden: 'irta',
  school: 'pelo',
  market: 'zanku',
  forest: 'hudi',
  library: 'virko',
  tower: 'tasne',
  ball: 'bolu',
  book: 'mirn',
  cake: 'duvi',
  key: 'skel',
  lamp: 'lufo',
  coin: 'penta',
  kite: 'avri',
  drum: 'tumo',
  hat: 'kapi',
  ring: 'onel',
  be: 'esta',
  go: 'vando',
  take: 'grapi',
  drop: 'falo',
  give: 'dari',
  want: 'velu',
};

const MOODS = ['happy', 'sad'] as const;
export const ANSWERS = ['yes', 'no'] as const;

/** Prefixes that keep the tasks apart: `who: …`. */
export const WORLD_TASKS = ['who', 'where', 'mood', 'true', 'ok', 'same', 'tell', 'turn'] as const;
export type WorldTask = (typeof WORLD_TASKS)[number];

/** Every word and mark once, in an order that never changes: the ids of old runs depend on it. */
export const WORDS: readonly string[] = [
  ...new Set([
    ...['.', '?', ':'],
    ...PEOPLE,
    ...PLACES,
    ...THINGS,
    ...['the', 'in', 'to', 'from', 'by', 'is', 'has', 'gets'],
    ...Object.values(VERBS),
    ...Object.values(PASSIVE),
    ...['be', ...Object.keys(VERBS)],
    ...MOODS,
    ...ANSWERS,
    ...['how'],
    ...WORLD_TASKS,
    ...Object.values(INVENTED),
  ]),
];

/** Special tokens, then words, then every other sign by itself. */
const PARTS = new RegExp([...SPECIAL, ...SENTINEL_TOKENS, '[a-z]+', String.raw`[^\sa-z]`].join('|'), 'gu');

/** Words and marks of a text, in lower case. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(PARTS) ?? [];

/** Words as a text again: marks stand right behind the word before them. */
export const textOf = (words: readonly string[]): string => words.join(' ').replace(/ ([.?:])/g, '$1');
