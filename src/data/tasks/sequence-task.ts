/**
 * Tasks whose examples are made up: every sequence of `length` symbols is a source, and a function gives its target.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { TaskId } from '../../experiment/experiment.ts';
import { PROBE_SEED, PROBE_STREAM, TRAIN_STREAM, type DataChoice, type EncodedExample, type Task, type TaskData } from '../example.ts';
import { stream, type RandomStream } from '../random.ts';
import { vocabularyOf } from '../vocabulary.ts';

export interface SequenceTask {
  readonly id: TaskId;
  /** One character each. */
  readonly symbols: string;
  readonly length: number;
  readonly target: (source: readonly string[]) => readonly string[];
}

/**
 * Training examples are drawn without repetition from the experiment's seed; the probe set from a stream of its own
 * and away from the training set, as far as there are enough sequences. With a full batch it is the training set.
 */
export function sequenceTask(task: SequenceTask): Task {
  const { id, length } = task;
  const symbols = [...task.symbols];
  const vocabulary = vocabularyOf(symbols);
  const different = symbols.length ** length;

  const exampleOf = (source: readonly string[]): EncodedExample => {
    const target = task.target(source);
    return {
      source: source.join(''),
      target: target.join(''),
      sourceIds: vocabulary.encode(source),
      targetIds: vocabulary.encode(target),
    };
  };

  const draw = (random: RandomStream, count: number, taken: ReadonlySet<string>): EncodedExample[] => {
    const drawn = new Map<string, EncodedExample>();
    while (drawn.size < count) {
      const example = exampleOf(Array.from({ length }, () => symbols[random.integer(symbols.length)] as string));
      if (!taken.has(example.source)) drawn.set(example.source, example);
    }
    return [...drawn.values()];
  };

  const load = (choice: DataChoice): TaskData => {
    const need = (field: 'examples' | 'probe'): void => {
      if (choice[field] > different) {
        throw new ToldError(tell('too-many-sequences', { field, count: choice[field], most: different, task: id }));
      }
    };
    need('examples');
    const train = draw(stream(choice.seed, TRAIN_STREAM), choice.examples, new Set());
    let probe = train;
    if (choice.batch !== 'full') {
      need('probe');
      const apart = choice.examples + choice.probe <= different;
      const taken = new Set(apart ? train.map((example) => example.source) : []);
      probe = draw(stream(PROBE_SEED, PROBE_STREAM), choice.probe, taken);
    }
    return {
      task: id,
      vocabularySize: vocabulary.size,
      sourceLength: length + 1,
      targetLength: length + 1,
      train,
      probe,
      measures: ['exact match', 'symbol error rate'],
      measuredAtEnds: true,
      tokens: vocabulary.tokens,
      decode: (ids) => vocabulary.symbols(ids).join(''),
      samples: () => Promise.resolve(probe),
      answerTo(text) {
        const characters = [...text.trim()];
        return characters.every((character) => symbols.includes(character)) ? task.target(characters).join('') : null;
      },
      encodeSource(text) {
        const characters = [...text.trim()];
        if (characters.length > length)
          throw new ToldError(tell('sequence-too-long', { text, symbols: characters.length, task: id, most: length }));
        return vocabulary.encode(characters);
      },
    };
  };

  return { id, load: async (choice) => load(choice) };
}
