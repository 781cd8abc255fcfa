/**
 * Batches: examples padded to the task's fixed lengths, ids checked before they reach the engine, and the order of a
 * run.
 */
import type { EncodedExample, TaskData } from './example.ts';
import { PAD } from './vocabulary.ts';
import { stream } from './random.ts';

/** Label of a position that the loss leaves out (as in Hugging Face's T5). */
const IGNORED = -100;
/** T5 starts decoding with the pad token. */
const DECODER_START = PAD;

/** Row-major; B = `batch`, S = `sourceLength`, T = `targetLength`. */
export interface Batch {
  readonly batch: number;
  readonly sourceLength: number;
  readonly targetLength: number;
  /** [B, S], padded with 0 */
  readonly inputIds: Int32Array;
  /** [B, S], 1 where there is a token, 0 at padding */
  readonly attentionMask: Int32Array;
  /** [B, T], `IGNORED` at padding */
  readonly labels: Int32Array;
  /** [B, T], the labels shifted right behind the start token, `IGNORED` as pad */
  readonly decoderInputIds: Int32Array;
  /** Labels that count: the divisor of the mean loss. */
  readonly targetTokens: number;
}

/**
 * @throws where a list is empty, longer than the task's padded length, or holds an id outside the vocabulary
 *   (a gather on the GPU would read past the table without a word)
 */
export function makeBatch(
  examples: readonly EncodedExample[],
  taskData: Pick<TaskData, 'vocabularySize' | 'sourceLength' | 'targetLength'>,
): Batch {
  const { vocabularySize, sourceLength, targetLength } = taskData;
  const batch = examples.length;
  if (batch === 0) throw new Error('a batch needs at least one example');
  const inputIds = new Int32Array(batch * sourceLength).fill(PAD);
  const attentionMask = new Int32Array(batch * sourceLength);
  const labels = new Int32Array(batch * targetLength).fill(IGNORED);
  const decoderInputIds = new Int32Array(batch * targetLength).fill(DECODER_START);
  let targetTokens = 0;

  examples.forEach((example, row) => {
    check(example, 'source', example.sourceIds, sourceLength, vocabularySize);
    check(example, 'target', example.targetIds, targetLength, vocabularySize);
    inputIds.set(example.sourceIds, row * sourceLength);
    attentionMask.fill(1, row * sourceLength, row * sourceLength + example.sourceIds.length);
    labels.set(example.targetIds, row * targetLength);
    decoderInputIds.set(example.targetIds.slice(0, targetLength - 1), row * targetLength + 1);
    targetTokens += example.targetIds.length;
  });
  return { batch, sourceLength, targetLength, inputIds, attentionMask, labels, decoderInputIds, targetTokens };
}

function check(example: EncodedExample, side: 'source' | 'target', ids: readonly number[], length: number, vocabularySize: number): void {
  const where = `${side} of "${example.source}"`;
  if (ids.length === 0 || ids.length > length) throw new Error(`${where}: ${ids.length} tokens; a batch takes 1 to ${length}`);
  const bad = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabularySize);
  if (bad !== undefined) throw new Error(`${where}: token id ${bad} is outside the vocabulary of 0 … ${vocabularySize - 1}`);
}

/** A training example, and how many times all of them were seen before. */
interface Place {
  readonly index: number;
  readonly epoch: number;
}

export interface BatchOrder {
  /** The same with the pass over the examples that each belongs to. With `full` it is always the first. */
  placesAt(step: number): Place[];
  /**
   * Indices of the training examples of the step that makes update `step + 1`; the same for ever, in any order of
   * asking.
   */
  indicesAt(step: number): number[];
}

/**
 * Which examples a step trains on. Every epoch is a shuffle from a stream of its own; batches run on through the
 * epochs' borders, so that each holds exactly `batchSize` examples (shapes stay fixed) and none is left out.
 * With `full`, all of them in their order.
 * @param use names the shuffling: another name, other orders
 * @throws where the batch is larger than the training set
 */
export function batchOrder(seed: number, trainCount: number, batchSize: number | 'full', use = 'training order'): BatchOrder {
  if (batchSize === 'full') {
    const all = (): number[] => Array.from({ length: trainCount }, (_, i) => i);
    return { indicesAt: all, placesAt: () => all().map((index) => ({ index, epoch: 0 })) };
  }
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > trainCount) {
    throw new Error(`batch: ${batchSize} does not fit ${trainCount} training examples; 1 to ${trainCount}, or full`);
  }
  // A batch touches at most two epochs: two shuffles are held.
  const held = new Map<number, readonly number[]>();
  const epochOrder = (epoch: number): readonly number[] => {
    let order = held.get(epoch);
    if (order === undefined) {
      order = stream(seed, `${use}, epoch ${epoch}`).shuffle(Array.from({ length: trainCount }, (_, i) => i));
      for (const other of held.keys()) if (Math.abs(other - epoch) > 1) held.delete(other);
      held.set(epoch, order);
    }
    return order;
  };
  const placesAt = (step: number): Place[] => {
    if (!Number.isInteger(step) || step < 0) throw new Error(`step ${step}: steps are counted from 0`);
    return Array.from({ length: batchSize }, (_, i) => {
      const position = step * batchSize + i;
      const epoch = Math.floor(position / trainCount);
      return { index: epochOrder(epoch)[position % trainCount] as number, epoch };
    });
  };
  return { placesAt, indicesAt: (step) => placesAt(step).map(({ index }) => index) };
}
