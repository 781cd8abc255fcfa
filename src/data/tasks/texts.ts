/**
 * Tasks of texts: span corruption of stories, and questions about the little world. All of them are spelled in one
 * vocabulary, so that a network that has read can be taught to answer, and networks of different tasks can be fused.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { TaskId } from '../../experiment/experiment.ts';
import { taskRow } from '../../experiment/declared/tasks.ts';
import {
  PROBE_SEED,
  PROBE_STREAM,
  TRAIN_STREAM,
  type DataChoice,
  type EncodedExample,
  type MeasureName,
  type TaskData,
} from '../example.ts';
import { stream } from '../random.ts';
import { corrupt } from '../spans/corruption.ts';
import { corruptedLengths, noiseMask } from '../spans/segmentation.ts';
import { TEXT_SPELLING, type Spelling } from '../text/spelling.ts';
import { stories, worldExamples, type WorldSplit } from '../world/world.ts';
import { textOf, type WorldTask } from '../world/words.ts';

export type TextTaskId = Extract<TaskId, WorldTask | 'spans'>;

const YES_OR_NO: readonly MeasureName[] = ['accuracy', 'matthews'];
const TEXTS_ALIKE: readonly MeasureName[] = ['exact match', 'character F1'];
const MEASURES: Readonly<Record<WorldTask, readonly MeasureName[]>> = {
  who: ['exact match'],
  where: ['exact match'],
  mood: YES_OR_NO,
  true: YES_OR_NO,
  ok: YES_OR_NO,
  same: YES_OR_NO,
  tell: TEXTS_ALIKE,
  turn: TEXTS_ALIKE,
};
/** Words of the longest story. */
const LONGEST_STORY = 36;

/** What a task gives, before it is in the form of an experiment's data. */
interface Texts {
  readonly train: readonly EncodedExample[];
  readonly held: (split: 'validation' | 'test', count: number) => readonly EncodedExample[];
  readonly exampleAt?: (index: number, epoch: number) => EncodedExample;
  /** Longest source and target in words, their end included. */
  readonly sourceLength: number;
  readonly targetLength: number;
  readonly measures: readonly MeasureName[];
  /** What stands before a source. */
  readonly prefix: string;
}

export async function loadTexts(task: TextTaskId, choice: DataChoice): Promise<TaskData> {
  const spelling = TEXT_SPELLING;
  const texts = task === 'spans' ? corruptedStories(choice, spelling) : questions(task, choice, spelling);
  const { train, held, exampleAt, prefix, sourceLength, targetLength, measures } = texts;
  const full = choice.batch === 'full';
  const probe = full ? train : held('validation', choice.probe);
  const test = held('test', full ? Math.min(choice.examples, MOST_IN_TEST) : choice.probe);
  const { vocabulary } = spelling;
  const symbolsOf = (text: string): readonly string[] => spelling.split(withGaps(text.startsWith(prefix) ? text : `${prefix}${text}`));
  return {
    task,
    vocabularySize: vocabulary.size,
    sourceLength,
    targetLength,
    train,
    probe,
    test,
    ...(exampleAt ? { exampleAt } : {}),
    measures,
    tokens: vocabulary.tokens,
    spelling: 'words',
    decode: (ids) => spelling.join(vocabulary.symbols(ids)),
    samples: () => Promise.resolve(probe),
    answerTo(text) {
      const source = spelling.join(symbolsOf(text.trim().toLowerCase()));
      return [...train, ...probe].find((example) => example.source === source)?.target ?? null;
    },
    symbolsOf,
    encodeSource(text) {
      const symbols = symbolsOf(text.trim().toLowerCase());
      if (symbols.length >= sourceLength)
        throw new ToldError(tell('text-too-long', { words: symbols.length, task, most: sourceLength - 1 }));
      return vocabulary.encode(symbols);
    },
  };
}

/** Of a full batch, which has no probe set of its own to be measured like. */
const MOST_IN_TEST = 256;

/** `___` is a gap: the sentinels in their order. */
function withGaps(text: string): string {
  let gap = 0;
  return text.replaceAll(/_{2,}/g, () => ` <extra_id_${gap++}> `);
}

function questions(task: WorldTask, { examples, seed }: DataChoice, { vocabulary }: Spelling): Texts {
  const made = (ofSeed: number, use: string, count: number, split: WorldSplit): readonly EncodedExample[] =>
    worldExamples(task, ofSeed, use, count, split).map(({ source, target }) => ({
      source: textOf(source),
      target: textOf(target),
      sourceIds: vocabulary.encode(source),
      targetIds: vocabulary.encode(target),
    }));
  const { sourceLength, targetLength } = taskRow(task).shape(examples);
  return {
    train: made(seed, TRAIN_STREAM, examples, 'train'),
    held: (split, count) => made(PROBE_SEED, PROBE_STREAM, count, split),
    prefix: `${task}: `,
    sourceLength,
    targetLength,
    measures: MEASURES[task],
  };
}

function corruptedStories({ examples, seed }: DataChoice, spelling: Spelling): Texts {
  const { vocabulary } = spelling;
  /** A text with gaps, and what belongs in them. @param draw names the stream that the gaps come from */
  const gapped = (words: readonly string[], ofSeed: number, draw: string): EncodedExample => {
    const ids = vocabulary.encode(words).slice(0, -1);
    const { inputs, targets } = corrupt(ids, noiseMask(stream(ofSeed, draw), ids.length, { whole: true }), vocabulary.size);
    const text = (list: readonly number[]): string => spelling.join(vocabulary.symbols(list));
    return { source: text(inputs), target: text(targets), sourceIds: inputs, targetIds: targets };
  };
  const read = stories(seed, TRAIN_STREAM, examples, 'train');
  const exampleAt = (index: number, epoch: number): EncodedExample => {
    const words = read[index];
    if (!words) throw new Error(`training example ${index} is missing; there are ${read.length}`);
    return gapped(words, seed, `gaps of training example ${index}, epoch ${epoch}`);
  };
  const lengths = Array.from({ length: LONGEST_STORY - 1 }, (_, i) => corruptedLengths(i + 2));
  return {
    train: read.map((_, index) => exampleAt(index, 0)),
    held: (split, count) =>
      stories(PROBE_SEED, PROBE_STREAM, count, split).map((words, i) => gapped(words, PROBE_SEED, `gaps of ${split} example ${i}`)),
    exampleAt,
    sourceLength: Math.max(...lengths.map(({ inputs }) => inputs)),
    // A text that ends with words that were kept has a sentinel for them.
    targetLength: Math.max(...lengths.map(({ targets }) => targets)) + 1,
    measures: ['exact match'],
    prefix: '',
  };
}
