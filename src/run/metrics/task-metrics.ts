/**
 * How good answers are: loss a token, exact match, accuracy, Matthews' correlation, character F1, wrong symbols, on
 * held-out examples. What it asks a network changes no number of the training.
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

interface Asked {
  /** Of what is asked: one task may be asked of several texts. */
  readonly first: EncodedExample | undefined;
  readonly trainer: ModelTrainer;
  readonly program: Program;
  readonly batch: Batch;
}

const keyOf = (id: ModelId, { task, corpus, train }: TaskData, split: TaskMetric['split']): string =>
  `${id} ${task} ${corpus ?? 'no text'} ${split} ${train.length}`;

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
    this.forget(key);
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
    const { bayesOf, characterF1, countedAnswers, guessing, matthews, symbolErrors } = await import('./answer-measures.ts');
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
    const [asked] = examples;
    const known = asked && this.counted.get(asked);
    const counted = known === undefined ? countedAnswers(task.train, examples) : known;
    if (asked) this.counted.set(asked, counted);
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

  private forget(key: string): void {
    this.programs.get(key)?.program.dispose();
    this.programs.delete(key);
  }

  /** Forgets the programs of networks that train no more, or all. */
  release(alive: ReadonlySet<ModelTrainer> = new Set()): void {
    for (const [key, { trainer }] of this.programs) if (!alive.has(trainer)) this.forget(key);
  }
}
