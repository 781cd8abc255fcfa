/**
 * Greedy generation, and the share of examples a model gets exactly right. Without a cache: at the lengths of a
 * playground the whole decoder is run again for every token, with one compiled program.
 */
import type { Program } from '../engine/device.ts';
import type { T5Config } from './config.ts';

export interface GenerationShape {
  readonly batch: number;
  readonly sourceLength: number;
  readonly targetLength: number;
  readonly vocabulary: number;
  readonly start: number;
  /** A row ends at any of them. */
  readonly eos: number | readonly number[];
  readonly pad: number;
}

/** The sizes of a batch and of its model that generation needs. */
export function generationOf(
  { batch, sourceLength, targetLength }: Pick<GenerationShape, 'batch' | 'sourceLength' | 'targetLength'>,
  config: T5Config,
): GenerationShape {
  return {
    batch,
    sourceLength,
    targetLength,
    vocabulary: config.vocab_size,
    start: config.decoder_start_token_id,
    eos: config.eos_token_id,
    pad: config.pad_token_id,
  };
}

/** Where the largest of these values is, counted from the first of them. */
export function argmax(values: Float32Array, from: number, to: number): number {
  let best = from;
  for (let i = from + 1; i < to; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best - from;
}

/**
 * Generates for every row until all have ended or the target length is reached.
 * @param program a forward program (T5Model.compileForward) whose `input_ids` and `attention_mask` are set
 * @param onToken told of every token when it is chosen, with the logits of the tokens that it was chosen among
 * @returns ids by row, without the start token; the eos token ends a row and is included
 */
export async function generateGreedily(
  program: Program,
  shape: GenerationShape,
  onToken?: (row: number, position: number, id: number, logits: Float32Array) => void,
): Promise<number[][]> {
  const { batch, targetLength, vocabulary } = shape;
  const ends = new Set([shape.eos].flat());
  const decoderIds = new Int32Array(batch * targetLength).fill(shape.pad);
  for (let row = 0; row < batch; row++) decoderIds[row * targetLength] = shape.start;
  const rows: number[][] = Array.from({ length: batch }, () => []);
  const ended = new Array<boolean>(batch).fill(false);
  for (let position = 0; position < targetLength && ended.includes(false); position++) {
    program.setInput('decoder_input_ids', decoderIds);
    program.run();
    const logits = await program.read('logits');
    rows.forEach((ids, row) => {
      if (ended[row]) return;
      const offset = (row * targetLength + position) * vocabulary;
      const id = argmax(logits, offset, offset + vocabulary);
      ids.push(id);
      onToken?.(row, position, id, logits.subarray(offset, offset + vocabulary));
      ended[row] = ends.has(id);
      if (position + 1 < targetLength) decoderIds[row * targetLength + position + 1] = id;
    });
  }
  return rows;
}

/**
 * Number of rows that greedy generation gets exactly right, from one forward pass: it does so if and only if the
 * best token is the label at every counted position given the right tokens before it.
 * @param logits [B·T, V] with the labels shifted right as the decoder's input
 * @param labels [B·T], negative where ignored
 */
export function countExact(logits: Float32Array, labels: Int32Array, targetLength: number, vocabulary: number): number {
  let exact = 0;
  for (let row = 0; row < labels.length / targetLength; row++) {
    let right = true;
    for (let position = 0; position < targetLength && right; position++) {
      const index = row * targetLength + position;
      const label = labels[index] ?? -1;
      if (label >= 0) right = argmax(logits, index * vocabulary, (index + 1) * vocabulary) === label;
    }
    if (right) exact++;
  }
  return exact;
}

/** A token with the probability that a model gives to it. */
export interface Likely {
  readonly id: number;
  readonly probability: number;
}

/** The likeliest tokens, in falling order. @param logits of one position */
export function likeliest(logits: Float32Array, count: number): readonly Likely[] {
  const highest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  const total = logits.reduce((sum, value) => sum + Math.exp(value - highest), 0);
  return Array.from(logits, (value, id) => ({ id, probability: Math.exp(value - highest) / total }))
    .sort((a, b) => b.probability - a.probability || a.id - b.id)
    .slice(0, count);
}
