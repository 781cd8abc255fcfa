/** The data of a task: encoded examples, and how to read and write its text. */
import type { CorpusId } from '../experiment/declared/texts.ts';
import type { Experiment, TaskId } from '../experiment/experiment.ts';
import type { Piece } from './text/unigram.ts';

/**
 * How good answers are, in the words of the result files: the larger, the better, but for the error rates, which are
 * the symbols (or phonemes) that have to be put in, taken out or changed, of all that are right.
 */
export type MeasureName = 'exact match' | 'accuracy' | 'matthews' | 'character F1' | 'symbol error rate' | 'phoneme error rate';

/** One pair of texts; both id lists end with the end token (1). */
export interface EncodedExample {
  readonly source: string;
  readonly target: string;
  readonly sourceIds: readonly number[];
  readonly targetIds: readonly number[];
}

export interface TaskData {
  readonly task: TaskId;
  /** The text whose gaps are filled; absent where the task fills none. */
  readonly corpus?: CorpusId;
  readonly vocabularySize: number;
  /** Padded lengths, end included, fixed for the whole experiment. */
  readonly sourceLength: number;
  readonly targetLength: number;
  readonly train: readonly EncodedExample[];
  /** With `batch: 'full'` the training set itself, otherwise held out. */
  readonly probe: readonly EncodedExample[];
  /**
   * Held out a second time, from the probe set as well, for what is measured at the end; absent where the task has
   * none.
   */
  readonly test?: readonly EncodedExample[];
  /**
   * A training example as it is in this pass over them, for tasks that draw it anew each time; absent where it is
   * always the same. Of the same choice, index and epoch always the same one.
   */
  exampleAt?(index: number, epoch: number): EncodedExample;
  /** The measures of it beside the loss; absent: none. */
  readonly measures?: readonly MeasureName[];
  /** It is asked where stages end, and not along the way. */
  readonly measuredAtEnds?: true;
  /** Text of generated ids; stops at the end token. */
  decode(ids: readonly number[]): string;
  /** Ids of a source text, end included. Throws where the text is longer than `sourceLength` allows. */
  encodeSource(text: string): number[];
  /** Id → token. */
  readonly tokens: readonly string[];
  /**
   * How a text is split into tokens: words and marks, or the pieces by id (text/spelling.ts); absent: each character,
   * or each word between blanks, that is one.
   */
  readonly spelling?: 'words' | readonly Piece[];
  /** Tokens of a source text, for tasks whose tokens are not its characters. */
  symbolsOf?(text: string): readonly string[];
  /**
   * Examples of the probe set that are worth showing, the best first; perhaps none. They have no part in the training.
   */
  samples(): Promise<readonly EncodedExample[]>;
  /** The right answer to a source text; null where the task knows none. */
  answerTo(text: string): string | null;
}

/** The part of an experiment that decides its data. */
export type DataChoice = Pick<Experiment, 'task' | 'examples' | 'probe' | 'batch' | 'seed' | 'corpus' | 'vocab' | 'sourceLength' | 'own'>;

/** Reads a prepared file by its path below the page, e.g. `data/pronounce.train.txt`. */
export type ReadText = (path: string) => Promise<string>;

/** One task: a registry by id holds them (tasks/registry.ts). */
export interface Task {
  readonly id: TaskId;
  load(choice: DataChoice, read: ReadText): Promise<TaskData>;
}

/**
 * The probe set is drawn from a stream of this seed, the same for every experiment, so that seeds can be compared on
 * one probe set.
 */
export const PROBE_SEED = 0;
export const PROBE_STREAM = 'probe examples';
export const TRAIN_STREAM = 'training examples';
