/**
 * Small T5s of every form with a batch that has padding and ignored labels, for tests of products with their curvature.
 */
import { Numbers } from '../../engine/testing/one-operation.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import type { T5Config } from '../../model/config.ts';
import { t5Layout } from '../../model/t5-graph.ts';

const PLAIN: T5Config = {
  vocab_size: 13,
  d_model: 12,
  d_kv: 5,
  d_ff: 14,
  num_layers: 2,
  num_decoder_layers: 1,
  num_heads: 2,
  relative_attention_num_buckets: 4,
  relative_attention_max_distance: 8,
  layer_norm_epsilon: 1e-6,
  feed_forward_proj: 'gated-gelu',
  tied: false,
  scaled: false,
  pad_token_id: 0,
  eos_token_id: 1,
  decoder_start_token_id: 0,
  norm_groups: [12],
};

export const CURVATURE_MODELS: Readonly<Record<string, T5Config>> = {
  'gated GELU, head of its own': PLAIN,
  'ReLU, tied and scaled head': { ...PLAIN, feed_forward_proj: 'relu', tied: true, scaled: true },
  'widths that are multiples of four': { ...PLAIN, d_kv: 8, d_ff: 16, vocab_size: 16 },
  'grouped norms': { ...PLAIN, norm_groups: [5, 7], num_decoder_layers: 2 },
  'norms on their way into one': { ...PLAIN, norm_groups: [4, 8], norm_release: true },
};

/** Share of the grouped norm in the last of them. */
export const SHARE = 0.3;

export function curvatureBatch({ vocab_size }: T5Config, seed = 1): TokenBatch {
  const random = new Numbers(seed);
  const [batch, sourceLength, targetLength] = [3, 6, 5];
  const ids = (count: number): Int32Array => random.integers([count], 2, vocab_size).data as Int32Array;
  return {
    batch,
    sourceLength,
    targetLength,
    inputIds: ids(batch * sourceLength),
    attentionMask: Int32Array.from({ length: batch * sourceLength }, (_, i) =>
      i % sourceLength < 6 - Math.floor(i / sourceLength) ? 1 : 0,
    ),
    labels: ids(batch * targetLength).map((id, i) => (i % targetLength < 4 ? id : -100)),
    decoderInputIds: ids(batch * targetLength),
  };
}

/** Values in the order of the model's layout: matrices of a size at which all parts bend, norm scales around 1. */
export function curvatureParameters(config: T5Config, seed = 2): Float32Array {
  const layout = t5Layout(config);
  const values = new Float32Array(layout.size);
  const random = new Numbers(seed);
  for (const { name, offset, size, shape } of layout.slices.values()) {
    const scale = name.endsWith('layer_norm.weight') ? 0.3 : 1 / Math.sqrt(shape[1] ?? 1);
    for (let i = 0; i < size; i++) values[offset + i] = (name.endsWith('layer_norm.weight') ? 1 : 0) + scale * random.normal();
  }
  return values;
}

/** A direction of no special kind; padding of the layout stays 0. */
export function curvatureDirection(config: T5Config, seed: number): Float32Array {
  const layout = t5Layout(config);
  const values = new Float32Array(layout.size);
  const random = new Numbers(seed);
  for (const { offset, size } of layout.slices.values()) for (let i = 0; i < size; i++) values[offset + i] = random.normal();
  return values;
}
