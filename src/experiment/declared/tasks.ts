/**
 * The tasks, one row each: everything about a task that is plain data. How its examples are made stands in
 * `data/tasks/`, in a file of the task's name; a row without one, or one without a row, does not compile.
 */
import { spokenRows } from '../messages/language.ts';
import { ids } from '../rows.ts';
import { type CorpusId, READ_AT_ONCE, readAtOnce, VOCABULARY_ROWS, type VocabularyName } from './texts.ts';

/** The text of a task of texts, and how it is spelled; the little world in its words where nothing else is said. */
export interface Spelled {
  readonly corpus?: CorpusId | undefined;
  readonly vocab?: VocabularyName | undefined;
  /** Tokens of a long text that are read at once. */
  readonly sourceLength?: number | undefined;
}

export interface TaskRow {
  /** Behind "learn to" and in titles: `sort letters`. */
  readonly words: string;
  /** A word or two where there is little room: `sorting`. */
  readonly short: string;
  /** One or two sentences for a choice. */
  readonly note: string;
  /** The word for its examples: `words`. */
  readonly examples: string;
  /** The symbols of a source: `the letters a to j`. */
  readonly alphabet: string;
  /** A word of the sentence that a reader may ask about. */
  readonly term?: 'phonemes';
  /** Most examples to train on, and most held-out ones for the probe. @param examples how many are asked for */
  readonly most: (examples: number) => { readonly examples: number; readonly probe: number };
  /** Symbols, and the longest source and target with their ends. @param examples how many are asked for */
  readonly shape: (
    examples: number,
    how?: Spelled,
  ) => { readonly vocabulary: number; readonly sourceLength: number; readonly targetLength: number };
  /** Whether an answer is a list of symbols with blanks between them, in place of one word. */
  readonly spaced: boolean;
  /** Whether it is one of texts, in a vocabulary that all of these share: networks of any two of them can be fused. */
  readonly texts: boolean;
  /**
   * Whether its texts are of the world outside, whose words no list holds: they are spelled letter by letter, or in
   * pieces.
   */
  readonly real?: boolean;
  /** Whether it reads prepared files (and shows their licence); otherwise its examples are made up from the seed. */
  readonly files: boolean;
}

/** The most that any task gives, and that an experiment may ask for. */
export const MOST = { examples: 30_000, probe: 4_096 } as const;

/**
 * `pronounce` holds two sets of words, and the number of examples chooses: short words up to here, all of the
 * dictionary's beyond.
 */
export const SHORT_WORDS = 8_500;

interface Sequences extends Pick<TaskRow, 'words' | 'short' | 'note' | 'examples' | 'alphabet'> {
  readonly symbols: string;
  readonly length: number;
}

/** A task whose sources are all sequences of `length` symbols, one character each, made up from the seed. */
const sequences = ({ symbols, length, ...row }: Sequences) => ({
  ...row,
  symbols,
  length,
  // Beside the letters padding, end and unknown; of a sorted or shortened word no answer is longer than its source.
  shape: () => ({ vocabulary: symbols.length + 3, sourceLength: length + 1, targetLength: length + 1 }),
  most: () => ({ examples: Math.min(MOST.examples, symbols.length ** length), probe: MOST.probe }),
  spaced: false,
  texts: false,
  files: false,
});

/** The lengths of a text of so many words, their ends included, in a vocabulary. */
function spelled({ vocab = 'words' }: Spelled = {}, lengths: { readonly sourceLength: number; readonly targetLength: number }) {
  const { size, perWord } = VOCABULARY_ROWS[vocab];
  const long = (length: number, each: number): number => Math.max(Math.ceil((length - 1) * each), perWord.most) + 1;
  return {
    vocabulary: size,
    sourceLength: long(lengths.sourceLength, perWord.text),
    targetLength: long(lengths.targetLength, perWord.answer),
  };
}

/** A task about the little world (`data/world/`), whose stories and questions are made up from the seed. */
const world = (words: string, short: string, note: string, sourceLength: number, targetLength: number) => ({
  words,
  short,
  note: `${note} Made up on the spot.`,
  examples: 'stories',
  alphabet: 'the words of the little world',
  shape: (_examples: number, how?: Spelled) => spelled(how, { sourceLength, targetLength }),
  most: () => ({ examples: MOST.examples, probe: 2_048 }),
  spaced: true,
  texts: true,
  files: false,
});

/** Its stories with gaps. The note stands in the row of `spans`: of a long text nothing is made up. */
const GAPS_OF_STORIES = {
  ...world('fill the gaps of a story', 'reading', '', 31, 9),
  alphabet: 'the words of the little world, and ___ for a gap',
};

/**
 * A task about real texts, from prepared files. `lengths`: of the longest source and target, ends included, by
 * vocabulary.
 */
const real = (
  row: Pick<TaskRow, 'words' | 'short' | 'note' | 'examples' | 'alphabet'>,
  most: { readonly examples: number; readonly probe: number },
  lengths: Readonly<Record<Exclude<VocabularyName, 'words'>, readonly [source: number, target: number]>>,
) => ({
  ...row,
  shape: (_examples: number, { vocab = 'characters' }: Spelled = {}) => {
    const name = vocab === 'words' ? 'characters' : vocab;
    const [sourceLength, targetLength] = lengths[name];
    return { vocabulary: VOCABULARY_ROWS[name].size, sourceLength, targetLength };
  },
  most: () => most,
  spaced: true,
  texts: true,
  real: true,
  files: true,
});

const ENGLISH_TASK_ROWS = {
  reverse: sequences({
    words: 'reverse a word',
    short: 'reversing',
    note: 'abcd becomes dcba. Made up on the spot.',
    examples: 'words',
    alphabet: 'the letters a to j',
    symbols: 'abcdefghij',
    length: 8,
  }),
  sort: sequences({
    words: 'sort letters',
    short: 'sorting',
    note: 'cbad becomes abcd. Made up on the spot.',
    examples: 'sequences',
    alphabet: 'the letters a to f',
    symbols: 'abcdef',
    length: 5,
  }),
  pronounce: {
    words: 'pronounce a word',
    short: 'pronouncing',
    note: 'Spelling to sounds, from the CMU dictionary.',
    examples: 'words',
    alphabet: 'the letters a to z',
    term: 'phonemes',
    shape: (examples: number) => ({
      vocabulary: 68,
      ...(examples > SHORT_WORDS ? { sourceLength: 13, targetLength: 15 } : { sourceLength: 6, targetLength: 7 }),
    }),
    most: (examples: number) => ({ examples: 27_000, probe: examples > SHORT_WORDS ? 1_500 : 500 }),
    spaced: true,
    texts: false,
    files: true,
  },
  copy: sequences({
    words: 'copy letters, but no x',
    short: 'copying',
    note: 'axbc becomes abc. Made up on the spot.',
    examples: 'sequences',
    alphabet: 'the letters a to f, and x',
    symbols: 'abcdefx',
    length: 8,
  }),
  spans: {
    ...GAPS_OF_STORIES,
    note: 'Parts of a text are taken out, anew each time, and put back.',
    shape: (examples: number, how: Spelled = {}) =>
      how.corpus === undefined || how.corpus === 'world'
        ? GAPS_OF_STORIES.shape(examples, how)
        : { vocabulary: VOCABULARY_ROWS[how.vocab ?? 'words'].size, ...readAtOnce(how.sourceLength ?? READ_AT_ONCE.sourceLength) },
  },
  who: world('tell who has a thing', 'who has it', 'A story, and: who has the ball?', 34, 2),
  where: world('tell where a thing is', 'where it is', 'A story, and: where is the ball?', 34, 2),
  mood: world('tell how somebody feels', 'feelings', 'Have they got what they wanted?', 34, 2),
  true: world('tell whether a statement is true', 'true or not', 'A story, and a statement about its end.', 34, 2),
  ok: world('tell whether words are in order', 'word order', 'Two words may stand the wrong way round.', 15, 2),
  same: world('tell whether two sentences say the same', 'same meaning', 'Or something else?', 24, 2),
  tell: world('tell facts in sentences', 'telling facts', 'Facts become sentences, and sentences facts.', 15, 13),
  era: real(
    {
      words: 'tell when something was said',
      short: 'when it was said',
      note: 'A sentence of an address on the state of the union: early (to 1849), middle (to 1909), modern (to 1964) or recent.',
      examples: 'sentences',
      alphabet: 'English sentences',
    },
    { examples: 6_000, probe: 800 },
    { characters: [127, 8], 512: [79, 7], 1024: [68, 5] },
  ),
  acceptable: real(
    {
      words: 'tell whether a real sentence is in order',
      short: 'real word order',
      note: 'Two neighbouring words of a sentence of the addresses may have changed places.',
      examples: 'sentences',
      alphabet: 'English sentences',
    },
    { examples: 4_000, probe: 400 },
    { characters: [94, 14], 512: [62, 8], 1024: [52, 7] },
  ),
  rhyme: real(
    {
      words: 'tell whether two words rhyme',
      short: 'rhymes',
      note: 'The same sounds from the stress on, or only the same letters at the end? From the CMU dictionary.',
      examples: 'pairs of words',
      alphabet: 'two English words',
    },
    { examples: 14_000, probe: 1_100 },
    { characters: [30, 5], 512: [29, 5], 1024: [25, 3] },
  ),
  kind: real(
    {
      words: 'tell what kind of thing is defined',
      short: 'kinds of things',
      note: 'A definition of WordNet, and one of twelve kinds: act, animal, artifact and so on.',
      examples: 'definitions',
      alphabet: 'an English definition in small letters',
    },
    { examples: 12_000, probe: 1_200 },
    { characters: [88, 15], 512: [60, 9], 1024: [47, 6] },
  ),
  translate: real(
    {
      words: 'translate from English',
      short: 'translating',
      note: 'Names of emoji and signs in French, German, Spanish and Italian, from Unicode.',
      examples: 'names',
      alphabet: 'English to French (or German, Spanish, Italian): and an English name',
    },
    { examples: 5_600, probe: 540 },
    { characters: [68, 38], 512: [45, 34], 1024: [34, 27] },
  ),
  own: real(
    {
      words: 'answer as in pairs of your own',
      short: 'own pairs',
      note: 'An input and its output a line, with a tab between them. They stay on this device.',
      examples: 'pairs',
      alphabet: 'any text',
    },
    MOST,
    { characters: [128, 64], 512: [64, 32], 1024: [64, 32] },
  ),
  turn: world('translate into an invented language', 'invented language', 'The verb stands at the end.', 15, 11),
} as const satisfies Readonly<Record<string, TaskRow>>;

export const TASK_FIELDS = ['words', 'short', 'note', 'examples', 'alphabet'] as const;
export const TASK_ROWS = spokenRows('tasks', ENGLISH_TASK_ROWS, TASK_FIELDS);

export type TaskId = keyof typeof TASK_ROWS;
export const TASKS = ids(TASK_ROWS);
/** The row of a task, with what every row has. */
export const taskRow = (task: TaskId): TaskRow => TASK_ROWS[task];
