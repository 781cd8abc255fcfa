/**
 * The meaning of the axes of a T5 parameter, read from its Hugging Face name. Initialisation, growth operators
 * and the symmetry meter are all written against axes, so that the rule of a tensor stands in one place.
 */
import type { T5Config } from './config.ts';

/** `inner` is num_heads · d_kv. `vocabulary` and `buckets` never grow in width; the others do. */
export type Axis = 'vocabulary' | 'buckets' | 'd_model' | 'inner' | 'd_ff' | 'heads';

/** The layer kinds of T5, by the last part of a parameter's name. */
export type LayerKind =
  | 'shared'
  | 'embed_tokens'
  | 'lm_head'
  | 'relative_attention_bias'
  | 'layer_norm'
  | 'final_layer_norm'
  | 'q'
  | 'k'
  | 'v'
  | 'o'
  | 'wi'
  | 'wi_0'
  | 'wi_1'
  | 'wo';

const AXES: Readonly<Record<LayerKind, readonly Axis[]>> = {
  shared: ['vocabulary', 'd_model'],
  embed_tokens: ['vocabulary', 'd_model'],
  lm_head: ['vocabulary', 'd_model'],
  relative_attention_bias: ['buckets', 'heads'],
  layer_norm: ['d_model'],
  final_layer_norm: ['d_model'],
  q: ['inner', 'd_model'],
  k: ['inner', 'd_model'],
  v: ['inner', 'd_model'],
  o: ['d_model', 'inner'],
  wi: ['d_ff', 'd_model'],
  wi_0: ['d_ff', 'd_model'],
  wi_1: ['d_ff', 'd_model'],
  wo: ['d_model', 'd_ff'],
};

/** Kind of the layer that a parameter belongs to. Throws if the name is not one of T5's. */
export function layerKind(name: string): LayerKind {
  const kind = name.split('.').at(-2) ?? '';
  if (!name.endsWith('.weight') || !Object.hasOwn(AXES, kind))
    throw new Error(`${name} is no parameter of a T5; a name like encoder.block.0.layer.0.SelfAttention.q.weight is expected`);
  return kind as LayerKind;
}

/** The axes of a parameter, outermost first ([out, in] for matrices). */
export function axesOf(name: string): readonly Axis[] {
  return AXES[layerKind(name)];
}

/** Whether an axis belongs to the width of a model (its units are concatenated when models are fused). */
export function isWidth(axis: Axis): boolean {
  return axis !== 'vocabulary' && axis !== 'buckets';
}

export function axisLength(config: T5Config, axis: Axis): number {
  switch (axis) {
    case 'vocabulary':
      return config.vocab_size;
    case 'buckets':
      return config.relative_attention_num_buckets;
    case 'd_model':
      return config.d_model;
    case 'inner':
      return config.num_heads * config.d_kv;
    case 'd_ff':
      return config.d_ff;
    case 'heads':
      return config.num_heads;
  }
}
