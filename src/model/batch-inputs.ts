/**
 * From a batch of examples to the inputs of a T5 graph (t5-graph.ts). Token ids were checked when the batch was
 * made; the engine does not check bounds.
 */
export interface TokenBatch {
  readonly batch: number;
  readonly sourceLength: number;
  readonly targetLength: number;
  /** [B·S] */
  readonly inputIds: Int32Array;
  /** [B·S], 1 = attend */
  readonly attentionMask: Int32Array;
  /** [B·T], −100 where ignored */
  readonly labels: Int32Array;
  /** [B·T] */
  readonly decoderInputIds: Int32Array;
}

/**
 * Where each id stands: starts[0..V] (length V+1) and then the positions sorted by id. With it the gradient of an
 * embedding is a sum in a fixed order, without atomics.
 */
function embeddingIndex(ids: Int32Array, vocabulary: number): Int32Array {
  const index = new Int32Array(vocabulary + 1 + ids.length);
  for (const id of ids) {
    if (id < 0 || id >= vocabulary) throw new Error(`token id ${id} is outside the vocabulary of ${vocabulary}`);
    index[id + 1] = (index[id + 1] ?? 0) + 1;
  }
  for (let id = 0; id < vocabulary; id++) index[id + 1] = (index[id + 1] ?? 0) + (index[id] ?? 0);
  const next = index.slice(0, vocabulary);
  ids.forEach((id, position) => {
    const place = next[id] ?? 0;
    index[vocabulary + 1 + place] = position;
    next[id] = place + 1;
  });
  return index;
}

/** Each counted label's share of the mean loss: 1/(number of labels ≥ 0), 0 for ignored ones. */
function labelWeights(labels: Int32Array): Float32Array {
  const counted = labels.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
  return Float32Array.from(labels, (label) => (label >= 0 ? 1 / counted : 0));
}

export type GraphInputs = ReadonlyMap<string, Int32Array | Float32Array>;

/** Every input of a T5 graph for this batch; a graph takes those it has. */
export function batchInputs(batch: TokenBatch, vocabulary: number): GraphInputs {
  return new Map<string, Int32Array | Float32Array>([
    ['input_ids', batch.inputIds],
    ['input_ids_index', embeddingIndex(batch.inputIds, vocabulary)],
    ['attention_mask', batch.attentionMask],
    ['decoder_input_ids', batch.decoderInputIds],
    ['decoder_input_ids_index', embeddingIndex(batch.decoderInputIds, vocabulary)],
    ['labels', batch.labels],
    ['label_weights', labelWeights(batch.labels)],
  ]);
}
