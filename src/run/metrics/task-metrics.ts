/**
 * How good answers are: loss a token, exact match, accuracy, Matthews' correlation, character F1, wrong symbols, on held-out examples.
 * What it asks a network changes no number of the training.
 */
import { makeBatch, type Batch } from '../../data/batch.ts';
import type { EncodedExample, MeasureName, TaskData } from '../../data/example.ts';
import { EOS } from '../../data/vocabulary.ts';
import type { Program } from '../../engine/device.ts';
import type { ModelId } from '../../experiment/experiment.ts';
import { crossEntropy } from '../../fusion/look/gap.ts';
import { batchInputs } from '../../model/batch-inputs.ts';
import { argmax, countExact, generateGreedily, generationOf } from '../../model/generation.ts';
import { FORWARD_INPUTS, setInputs } from '../../model/t5-model.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import type { MetricReport } from '../reports.ts';

/** One measurement. */
export interface TaskMetric extends MetricReport {
  readonly name: MeasureName | 'loss';
}

/** Most examples that are asked at once: more would take memory that the training may need. */
const MOST = 256;
/** Up to so many different answers, a task is a choice between them. */
const MOST_CHOICES = 16;

/** Matthews' correlation of answers with what is right, for any number of classes (Gorodkin 2004); 0 where either is always the same. */
export function matthews(given: readonly string[], right: readonly string[]): number {
  const classes = [...new Set([...given, ...right])];
  const count = (all: readonly string[], of: string): number => all.filter((each) => each === of).length;
  const n = right.length;
  const correct = given.filter((each, i) => each === right[i]).length;
  const [says, is] = [classes.map((each) => count(given, each)), classes.map((each) => count(right, each))];
  const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const spread = Math.sqrt((n * n - product(says, says)) * (n * n - product(is, is)));
  return spread === 0 ? 0 : (correct * n - product(says, is)) / spread;
}

/** How much of two texts is the same, by characters: the harmonic mean of precision and recall of their multisets. */
export function characterF1(given: string, right: string): number {
  const left = new Map<string, number>();
  for (const character of right) left.set(character, (left.get(character) ?? 0) + 1);
  let shared = 0;
  for (const character of given) {
    const remaining = left.get(character) ?? 0;
    if (remaining > 0) shared++;
    left.set(character, remaining - 1);
  }
  const total = [...given].length + [...right].length;
  return total === 0 ? 1 : (2 * shared) / total;
}

/** How many symbols have to be put in, taken out or changed to make one text of the other (Levenshtein's distance). */
export function editDistance(given: readonly string[], right: readonly string[]): number {
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (const [i, symbol] of given.entries()) {
    const next = [i + 1];
    for (const [j, wanted] of right.entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (symbol === wanted ? 0 : 1)));
    row = next;
  }
  return row[right.length] ?? 0;
}

/** Wrong symbols of all answers, by all that are right; of an answer that is a list each of its words is one. */
export function symbolErrors(given: readonly string[], right: readonly string[], between: '' | ' '): number {
  const symbols = (text: string): readonly string[] => (text === '' ? [] : text.split(between));
  const wrong = right.reduce((sum, text, i) => sum + editDistance(symbols(given[i] ?? ''), symbols(text)), 0);
  return (
    wrong /
    Math.max(
      1,
      right.reduce((sum, text) => sum + symbols(text).length, 0),
    )
  );
}

/** What guessing comes to, and what saying the commonest answer every time. */
export function guessing(
  name: TaskMetric['name'],
  examples: readonly EncodedExample[],
  vocabulary: number,
): Pick<TaskMetric, 'chance' | 'majority'> {
  if (name === 'loss') return { chance: Math.log(vocabulary), majority: null };
  if (name === 'character F1') return { chance: 0, majority: null };
  if (name === 'symbol error rate' || name === 'phoneme error rate') return { chance: 1, majority: null };
  if (name === 'matthews') return { chance: 0, majority: 0 };
  const counts = new Map<string, number>();
  for (const { target } of examples) counts.set(target, (counts.get(target) ?? 0) + 1);
  if (counts.size > MOST_CHOICES) return { chance: 0, majority: null };
  return { chance: 1 / counts.size, majority: Math.max(...counts.values()) / examples.length };
}

/** What naive Bayes answers; null where there is no choice between few answers. */
export async function countedAnswers(
  train: readonly EncodedExample[],
  examples: readonly EncodedExample[],
): Promise<readonly string[] | null> {
  const answers = new Set([...train, ...examples].map(({ target }) => target));
  return answers.size > MOST_CHOICES ? null : (await import('../../data/naive-bayes.ts')).naiveBayes(train, examples);
}

interface Asked {
  /** Of what is asked: one task may be asked of several texts. */
  readonly first: EncodedExample | undefined;
  readonly trainer: ModelTrainer;
  readonly program: Program;
  readonly batch: Batch;
}

/** How good those answers are by a measure that asks whether each is right. */
function bayesOf(name: TaskMetric['name'], counted: readonly string[] | null, right: readonly string[]): Pick<TaskMetric, 'bayes'> {
  if (!counted) return {};
  if (name === 'matthews') return { bayes: matthews(counted, right) };
  if (name !== 'accuracy' && name !== 'exact match') return {};
  return { bayes: counted.filter((answer, i) => answer === right[i]).length / right.length };
}

const keyOf = (id: ModelId, task: TaskData, split: TaskMetric['split']): string => `${id} ${task.task} ${split} ${task.train.length}`;

/** Asks networks in training. Programs are compiled once a network, task and split. */
export class TaskMetrics {
  private readonly programs = new Map<string, Asked>();
  /** Of a task's examples, by those that are asked first: they are counted once. */
  private readonly counted = new WeakMap<EncodedExample, readonly string[] | null>();

  private async programOf(
    id: ModelId,
    trainer: ModelTrainer,
    task: TaskData,
    split: TaskMetric['split'],
    examples: readonly EncodedExample[],
  ): Promise<Asked> {
    const key = keyOf(id, task, split);
    const model = await trainer.local();
    const known = this.programs.get(key);
    if (known?.trainer === trainer && known.first === examples[0]) return known;
    known?.program.dispose();
    this.programs.delete(key);
    const batch = makeBatch(examples, task);
    const program = await model.compileForward(batch);
    const asked = { trainer, program, batch, first: examples[0] };
    this.programs.set(key, asked);
    return asked;
  }

  /** @param generate whether answers are generated for measures that need all of them, which takes a pass a token */
  async measure(of: {
    readonly id: ModelId;
    readonly trainer: ModelTrainer;
    readonly task: TaskData;
    readonly split: TaskMetric['split'];
    readonly step: number;
    readonly generate: boolean;
  }): Promise<readonly TaskMetric[]> {
    const { id, trainer, task, split, step, generate } = of;
    const examples = (split === 'test' ? (task.test ?? []) : task.probe).slice(0, MOST);
    if (!task.measures || examples.length === 0) return [];
    const { program, batch } = await this.programOf(id, trainer, task, split, examples);
    const { vocabularySize: vocabulary, targetLength } = task;
    setInputs(program, batchInputs(batch, vocabulary), FORWARD_INPUTS);
    program.run();
    const logits = await program.read('logits');
    const exact = countExact(logits, batch.labels, targetLength, vocabulary) / examples.length;
    const values = new Map<TaskMetric['name'], number>([['loss', crossEntropy(logits, batch.labels, vocabulary)]]);
    // An answer of one token is all that stands before the end; longer ones are generated where there is time for it.
    const short = examples.every(({ targetIds }) => targetIds.length <= 2);
    const first = (row: number): number => row * targetLength * vocabulary;
    const ofOneToken = (): string[] => examples.map((_, row) => task.decode([argmax(logits, first(row), first(row) + vocabulary), EOS]));
    let generated: readonly string[] | null = null;
    const generating = async (): Promise<readonly string[]> => {
      generated ??= (await generateGreedily(program, generationOf(batch, trainer.config))).map((ids) => task.decode(ids));
      return generated;
    };
    const right = examples.map(({ target }) => target);
    for (const name of task.measures) {
      if (name === 'exact match' || name === 'accuracy') values.set(name, exact);
      if (name === 'matthews' && (short || generate)) values.set(name, matthews(short ? ofOneToken() : await generating(), right));
      if (name === 'symbol error rate' && generate) values.set(name, symbolErrors(await generating(), right, ''));
      if (name === 'phoneme error rate' && generate) values.set(name, symbolErrors(await generating(), right, ' '));
      if (name === 'character F1' && generate) {
        const scores = (await generating()).map((text, row) => characterF1(text, right[row] ?? ''));
        values.set(name, scores.reduce((a, b) => a + b, 0) / scores.length);
      }
    }
    // Nothing more is asked before the network is another one, or ever.
    if (task.measuredAtEnds) this.forget(keyOf(id, task, split));
    const counted = await this.countedOf(task, examples);
    return [...values].map(([name, value]) => ({
      model: id,
      task: task.task,
      ...(task.corpus === undefined ? {} : { corpus: task.corpus }),
      split,
      name,
      step,
      value,
      ...guessing(name, examples, vocabulary),
      ...bayesOf(name, counted, right),
    }));
  }

  private async countedOf({ train }: TaskData, examples: readonly EncodedExample[]): Promise<readonly string[] | null> {
    const [first] = examples;
    if (!first) return null;
    const known = this.counted.get(first);
    if (known !== undefined) return known;
    const counted = await countedAnswers(train, examples);
    this.counted.set(first, counted);
    return counted;
  }

  private forget(key: string): void {
    this.programs.get(key)?.program.dispose();
    this.programs.delete(key);
  }

  /** Forgets the programs of networks that train no more, or all. */
  release(alive: ReadonlySet<ModelTrainer> = new Set()): void {
    for (const [key, { trainer }] of this.programs) if (!alive.has(trainer)) this.forget(key);
  }
}
