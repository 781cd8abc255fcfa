/**
 * Tasks of texts: span corruption of stories or of a long text, and questions about the little world. All of them are
 * spelled in one vocabulary, so that a network that has read can be taught to answer, and networks of different tasks
 * can be fused.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { TaskId } from '../../experiment/experiment.ts';
import { taskRow } from '../../experiment/declared/tasks.ts';
import { ownMarks } from '../../experiment/settings/data/own.ts';
import type { CorpusId, RealCorpus } from '../../experiment/declared/texts.ts';
import {
  PROBE_SEED,
  PROBE_STREAM,
  TRAIN_STREAM,
  type DataChoice,
  type EncodedExample,
  type MeasureName,
  type ReadText,
  type TaskData,
} from '../example.ts';
import { drawIndices, stream, type RandomStream } from '../random.ts';
import { corrupt } from '../spans/corruption.ts';
import { fittingLengths, longestCorrupted, noiseMask } from '../spans/segmentation.ts';
import { Corpus } from '../text/corpus.ts';
import { loadSpelling, type Spelling } from '../text/spelling.ts';
import { OWN_FOLDER } from '../own/own-folder.ts';
import { partsOfPairs, partsOfText, readOwn, type OwnData } from '../own/own-text.ts';
import { stories, worldExamples, type WorldSplit } from '../world/world.ts';
import { textOf, type WorldTask } from '../world/words.ts';
import { drawPairs } from './prepared-pairs.ts';

type PairTask = 'era' | 'acceptable' | 'rhyme' | 'kind' | 'translate';
export type TextTaskId = Extract<TaskId, WorldTask | PairTask | 'spans' | 'own'>;

const CHOICE: readonly MeasureName[] = ['accuracy', 'matthews'];
const TEXTS_ALIKE: readonly MeasureName[] = ['exact match', 'character F1'];
const MEASURES: Readonly<Record<WorldTask | PairTask, readonly MeasureName[]>> = {
  who: ['exact match'],
  where: ['exact match'],
  mood: CHOICE,
  true: CHOICE,
  ok: CHOICE,
  same: CHOICE,
  tell: TEXTS_ALIKE,
  turn: TEXTS_ALIKE,
  era: CHOICE,
  acceptable: CHOICE,
  rhyme: CHOICE,
  kind: CHOICE,
  translate: TEXTS_ALIKE,
};

/** Of those whose source goes on as T5 has it: `translate English to French: …`. */
const PREFIXES: Readonly<Partial<Record<PairTask, string>>> = { translate: 'translate ' };

/** Whether capital letters stand in its texts. Where none do, one that somebody types is read as a small one. */
const hasCapitals = (task: TextTaskId, corpus: CorpusId): boolean =>
  task === 'era' || task === 'acceptable' || task === 'translate' || task === 'own' || (task === 'spans' && corpus !== 'world');

/** The examples of a task, before they are in the form of an experiment's data. */
interface Texts {
  readonly train: readonly EncodedExample[];
  readonly heldOut: (split: 'validation' | 'test', count: number) => readonly EncodedExample[];
  readonly exampleAt?: (index: number, epoch: number) => EncodedExample;
  readonly measures: readonly MeasureName[];
  /** The words before a source. */
  readonly prefix: string;
}

/** Longest source and target in tokens, their ends included. */
interface Lengths {
  readonly sourceLength: number;
  readonly targetLength: number;
}

export async function loadTexts(task: TextTaskId, choice: DataChoice, read: ReadText): Promise<TaskData> {
  const { corpus = 'world', vocab = 'words', sourceLength: atOnce } = choice;
  const spelling = await loadSpelling(vocab, read);
  const lengths: Lengths = taskRow(task).shape(choice.examples, { corpus, vocab, sourceLength: atOnce });
  const { sourceLength, targetLength } = lengths;
  const texts =
    task === 'own'
      ? await ownPairs(choice, spelling, lengths, read)
      : isPairs(task)
        ? await pairs(task, choice, spelling, read)
        : task !== 'spans'
          ? questions(task, choice, spelling, lengths)
          : corpus === 'world'
            ? corruptedStories(choice, spelling, lengths)
            : await corruptedText(corpus, choice, spelling, lengths, read);
  const { train, heldOut, exampleAt, prefix, measures } = texts;
  const full = choice.batch === 'full';
  const probe = full ? train : heldOut('validation', choice.probe);
  const test = heldOut('test', full ? Math.min(choice.examples, MOST_IN_TEST) : choice.probe);
  const { vocabulary } = spelling;
  const symbolsOf = (text: string): readonly string[] => {
    const typed = hasCapitals(task, corpus) ? text : text.toLowerCase();
    const own = typed.toLowerCase().startsWith(prefix) ? typed.slice(prefix.length) : typed;
    return spelling.split(withGaps(`${prefix}${own}`));
  };
  return {
    task,
    ...(task === 'spans' ? { corpus } : {}),
    vocabularySize: vocabulary.size,
    sourceLength,
    targetLength,
    train,
    probe,
    test,
    ...(exampleAt ? { exampleAt } : {}),
    measures,
    tokens: vocabulary.tokens,
    spelling: spelling.kind,
    decode: (ids) => spelling.join(vocabulary.symbols(ids)),
    samples: () => Promise.resolve(probe),
    answerTo(text) {
      const source = spelling.join(symbolsOf(text.trim()));
      return [...train, ...probe].find((example) => example.source === source)?.target ?? null;
    },
    symbolsOf,
    encodeSource(text) {
      const symbols = symbolsOf(text.trim());
      if (symbols.length >= sourceLength)
        throw new ToldError(tell('text-too-long', { tokens: symbols.length, of: vocab, task, most: sourceLength - 1 }));
      return vocabulary.encode(symbols);
    },
  };
}

const isPairs = (task: TextTaskId): task is PairTask => task !== 'own' && taskRow(task).real === true;

/** Examples of prepared files. */
async function pairs(
  task: PairTask,
  { examples, probe, seed, batch }: DataChoice,
  { vocabulary, split: spell }: Spelling,
  read: ReadText,
): Promise<Texts> {
  const prefix = PREFIXES[task] ?? `${task}: `;
  const drawn = async (
    split: WorldSplit,
    random: RandomStream,
    count: number,
    field: 'examples' | 'probe',
  ): Promise<readonly EncodedExample[]> =>
    (await drawPairs(read, `data/${task}.${split}.txt`, { random, count, field })).map(([text, target]) => {
      const source = `${prefix}${text}`;
      return { source, target, sourceIds: vocabulary.encode(spell(source)), targetIds: vocabulary.encode(spell(target)) };
    });
  const full = batch === 'full';
  const most = taskRow(task).most(examples).probe;
  const heldOut = {
    validation: full ? [] : await drawn('validation', stream(PROBE_SEED, PROBE_STREAM), probe, 'probe'),
    test: await drawn('test', stream(PROBE_SEED, PROBE_STREAM), Math.min(most, full ? Math.min(examples, MOST_IN_TEST) : probe), 'probe'),
  };
  return {
    train: await drawn('train', stream(seed, TRAIN_STREAM), examples, 'examples'),
    heldOut: (split) => heldOut[split],
    prefix,
    measures: MEASURES[task],
  };
}

/** For whoever takes such texts: fetched with the tasks that read them. */
export { markOf, partsOfPairs, partsOfText, readOwn } from '../own/own-text.ts';

/** The reader's own data of one kind. @throws where a run asks for what was not given */
async function ownOf<K extends OwnData['kind']>(kind: K, { own }: DataChoice, read: ReadText): Promise<Extract<OwnData, { kind: K }>> {
  const marks = ownMarks({ own });
  if (marks.length === 0) throw new ToldError(tell('own-missing', { mark: '' }));
  const all = await Promise.all(marks.map(async (mark) => readOwn(await read(`${OWN_FOLDER}${mark}`))));
  const found = all.find((each): each is Extract<OwnData, { kind: K }> => each.kind === kind);
  if (!found) throw new ToldError(tell('own-none-of-kind', { pairs: kind === 'pairs' }));
  return found;
}

/** Pairs that a reader has brought. Of the held-out ones as many are asked as there are. */
async function ownPairs(choice: DataChoice, { vocabulary, split: spell }: Spelling, lengths: Lengths, read: ReadText): Promise<Texts> {
  const { examples, probe, seed, batch } = choice;
  const parts = partsOfPairs((await ownOf('pairs', choice, read)).pairs);
  const encode = (text: string, most: number, input: boolean): readonly number[] => {
    const ids = vocabulary.encode(spell(text));
    if (ids.length > most)
      throw new ToldError(tell('own-long', { input, text: text.slice(0, 60), tokens: ids.length - 1, most: most - 1 }));
    return ids;
  };
  const drawn = (split: WorldSplit, random: RandomStream, count: number): readonly EncodedExample[] => {
    const own = parts[split];
    return drawIndices(random, own.length, count).map((index) => {
      const [source, target] = own[index] ?? ['', ''];
      return {
        source,
        target,
        sourceIds: encode(source, lengths.sourceLength, true),
        targetIds: encode(target, lengths.targetLength, false),
      };
    });
  };
  if (examples > parts.train.length) throw new ToldError(tell('own-too-many', { count: examples, most: parts.train.length }));
  const drawnOf = (split: 'validation' | 'test', count: number): readonly EncodedExample[] =>
    drawn(split, stream(PROBE_SEED, PROBE_STREAM), Math.min(count, parts[split].length));
  const heldOut = {
    validation: batch === 'full' ? [] : drawnOf('validation', probe),
    test: drawnOf('test', batch === 'full' ? MOST_IN_TEST : probe),
  };
  return {
    train: drawn('train', stream(seed, TRAIN_STREAM), examples),
    heldOut: (split) => heldOut[split],
    prefix: '',
    measures: TEXTS_ALIKE,
  };
}

/** Of a full batch, which has no probe set of its own to be measured like. */
const MOST_IN_TEST = 256;

/** `___` is a gap: the sentinels in their order. */
function withGaps(text: string): string {
  let gap = 0;
  return text.replaceAll(/_{2,}/g, () => ` <extra_id_${gap++}> `);
}

function questions(
  task: WorldTask,
  { examples, seed }: DataChoice,
  { vocabulary, split: spell }: Spelling,
  { sourceLength, targetLength }: Lengths,
): Texts {
  const lengthOf = (words: readonly string[]): number => spell(textOf(words)).length + 1;
  const made = (ofSeed: number, use: string, count: number, split: WorldSplit): readonly EncodedExample[] =>
    worldExamples(
      task,
      ofSeed,
      use,
      count,
      split,
      ({ source, target }) => lengthOf(source) <= sourceLength && lengthOf(target) <= targetLength,
    ).map((words) => {
      const [source, target] = [textOf(words.source), textOf(words.target)];
      return { source, target, sourceIds: vocabulary.encode(spell(source)), targetIds: vocabulary.encode(spell(target)) };
    });
  return {
    train: made(seed, TRAIN_STREAM, examples, 'train'),
    heldOut: (split, count) => made(PROBE_SEED, PROBE_STREAM, count, split),
    prefix: `${task}: `,
    measures: MEASURES[task],
  };
}

/**
 * A text with gaps, and what belongs in them.
 * @param draw names the stream that the gaps come from
 * @param whole whether the text is one of its own, that is not cut out of a longer one
 */
function gapped(
  ids: readonly number[],
  { vocabulary, join }: Spelling,
  { seed, draw, whole }: { readonly seed: number; readonly draw: string; readonly whole: boolean },
): EncodedExample {
  const { inputs, targets } = corrupt(ids, noiseMask(stream(seed, draw), ids.length, { whole }), vocabulary.size);
  const text = (list: readonly number[]): string => join(vocabulary.symbols(list));
  return { source: text(inputs), target: text(targets), sourceIds: inputs, targetIds: targets };
}

/** Span corruption of texts: those to train on with gaps drawn anew each time, held-out ones always with the same. */
function corrupted(
  seed: number,
  spelling: Spelling,
  whole: boolean,
  train: readonly (readonly number[])[],
  heldOut: (split: 'validation' | 'test', count: number) => readonly (readonly number[])[],
): Texts {
  const exampleAt = (index: number, epoch: number): EncodedExample => {
    const ids = train[index];
    if (!ids) throw new Error(`training example ${index} is missing; there are ${train.length}`);
    return gapped(ids, spelling, { seed, draw: `gaps of training example ${index}, epoch ${epoch}`, whole });
  };
  return {
    train: train.map((_, index) => exampleAt(index, 0)),
    heldOut: (split, count) =>
      heldOut(split, count).map((ids, i) => gapped(ids, spelling, { seed: PROBE_SEED, draw: `gaps of ${split} example ${i}`, whole })),
    exampleAt,
    measures: ['exact match'],
    prefix: '',
  };
}

function corruptedStories({ examples, seed }: DataChoice, spelling: Spelling, { sourceLength, targetLength }: Lengths): Texts {
  let longest = 2;
  const fits = ({ inputs, targets }: ReturnType<typeof longestCorrupted>): boolean => inputs <= sourceLength && targets <= targetLength;
  while (fits(longestCorrupted(longest + 1))) longest++;
  const idsOf = (words: readonly string[]): readonly number[] => spelling.vocabulary.encode(spelling.split(textOf(words))).slice(0, -1);
  const read = (ofSeed: number, use: string, count: number, split: WorldSplit): readonly (readonly number[])[] =>
    stories(ofSeed, use, count, split, (words) => idsOf(words).length <= longest).map(idsOf);
  return corrupted(seed, spelling, true, read(seed, TRAIN_STREAM, examples, 'train'), (split, count) =>
    read(PROBE_SEED, PROBE_STREAM, count, split),
  );
}

/** Windows of a long text. */
async function corruptedText(
  corpus: RealCorpus | 'own',
  choice: DataChoice,
  spelling: Spelling,
  { sourceLength }: Lengths,
  read: ReadText,
): Promise<Texts> {
  const { examples, seed, batch } = choice;
  const own = corpus === 'own' ? partsOfText((await ownOf('text', choice, read)).words) : null;
  const { tokens } = fittingLengths(sourceLength);
  const textOfSplit = async (split: WorldSplit): Promise<Corpus> =>
    new Corpus(own ? own[split] : await read(`data/${corpus}.${split}.txt`), spelling);
  const train = (await textOfSplit('train')).windows(stream(seed, TRAIN_STREAM), examples, tokens);
  const test = await textOfSplit('test');
  // With a full batch the probe set is the training set.
  const parts = { test, validation: batch === 'full' ? test : await textOfSplit('validation') };
  return corrupted(seed, spelling, false, train, (split, count) =>
    // Of a text of one's own as many are asked as there are.
    parts[split].windows(
      stream(PROBE_SEED, `${PROBE_STREAM}, ${split}`),
      own ? Math.max(1, Math.min(count, parts[split].count(tokens))) : count,
      tokens,
    ),
  );
}
