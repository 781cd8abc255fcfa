/**
 * The configuration of a T5, in Hugging Face's own `config.json` fields, and the names and shapes of its
 * parameters. How a file is read is in read-config.ts.
 */
export const ACTIVATIONS = ['relu', 'gelu_new', 'gelu', 'silu'] as const;
/** `gelu_new` is the tanh form of `gelu`. */
export type Activation = (typeof ACTIVATIONS)[number];
/** As Hugging Face has it, `gated-gelu` is gated by the tanh form. */
export type FeedForwardKind = Activation | 'gated-relu' | 'gated-silu' | 'gated-gelu';
export type OwnEmbeddings = 'encoder' | 'decoder' | 'both';

export interface T5Config {
  readonly vocab_size: number;
  readonly d_model: number;
  readonly d_kv: number;
  readonly d_ff: number;
  readonly num_layers: number;
  readonly num_decoder_layers: number;
  readonly num_heads: number;
  readonly relative_attention_num_buckets: number;
  readonly relative_attention_max_distance: number;
  readonly layer_norm_epsilon: number;
  readonly feed_forward_proj: FeedForwardKind;
  /** Present where `feed_forward_proj` does not say it: the exact GELU behind a gate. */
  readonly dense_act_fn?: 'gelu';
  /** Whether the head shares the embedding's weights (what the file really holds). */
  readonly tied: boolean;
  /**
   * Stacks whose embedding is not `shared.weight` but `encoder.embed_tokens.weight` or `decoder.embed_tokens.weight`;
   * absent: none, as in every T5 that was published.
   */
  readonly own_embeddings?: OwnEmbeddings;
  /** Whether the head's input is multiplied by d_model^-1/2. */
  readonly scaled: boolean;
  readonly pad_token_id: number;
  /** Generation ends at any of them. */
  readonly eos_token_id: number | readonly number[];
  readonly decoder_start_token_id: number;
  /**
   * Widths along d_model of the groups that have an RMS of their own; one group = the standard norm. Not a Hugging Face
   * field.
   */
  readonly norm_groups: readonly number[];
  /**
   * Grouped norms on their way into one: every norm is w · (grouped) + (1 − w) · (one RMS over all), and w is the input
   * `grouped_share` of the graphs. Not a Hugging Face field; never stored.
   */
  readonly norm_release?: boolean;
}

/** The same model with the standard norm, one RMS over the whole width. */
export function withOneNorm({ norm_release: _, ...config }: T5Config): T5Config {
  return { ...config, norm_groups: [config.d_model] };
}

/** The function of the feed-forward layers: act(x·wi), or act(x·wi_0) · (x·wi_1). */
export function feedForwardOf({ feed_forward_proj: proj, dense_act_fn: given }: T5Config): {
  readonly activation: Activation;
  readonly gated: boolean;
} {
  switch (proj) {
    case 'gated-gelu':
      return { activation: given ?? 'gelu_new', gated: true };
    case 'gated-relu':
      return { activation: 'relu', gated: true };
    case 'gated-silu':
      return { activation: 'silu', gated: true };
    default:
      return { activation: proj, gated: false };
  }
}

/** Name of the parameter that a stack's tokens are looked up in. */
export function embeddingOf({ own_embeddings: own }: T5Config, stack: 'encoder' | 'decoder'): string {
  return own === stack || own === 'both' ? `${stack}.embed_tokens.weight` : 'shared.weight';
}

/** Names and shapes of every parameter, in a fixed order. Matrices are [out, in]. */
export function parameterShapes(config: T5Config): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  const { d_model: d, d_ff: ff, num_heads: heads, vocab_size: vocabulary } = config;
  const inner = heads * config.d_kv;
  const attention = (prefix: string): void => {
    for (const name of ['q', 'k', 'v']) shapes.set(`${prefix}.${name}.weight`, [inner, d]);
    shapes.set(`${prefix}.o.weight`, [d, inner]);
  };
  const feedForward = (prefix: string): void => {
    for (const name of feedForwardOf(config).gated ? ['wi_0', 'wi_1'] : ['wi']) shapes.set(`${prefix}.${name}.weight`, [ff, d]);
    shapes.set(`${prefix}.wo.weight`, [d, ff]);
  };
  // Where both stacks and the head have weights of their own, nothing reads the shared ones.
  for (const name of [...(config.tied ? ['shared.weight'] : []), embeddingOf(config, 'encoder'), embeddingOf(config, 'decoder')])
    shapes.set(name, [vocabulary, d]);
  for (const stack of ['encoder', 'decoder'] as const) {
    const layers = stack === 'encoder' ? config.num_layers : config.num_decoder_layers;
    for (let i = 0; i < layers; i++) {
      const block = `${stack}.block.${i}`;
      attention(`${block}.layer.0.SelfAttention`);
      if (i === 0)
        shapes.set(`${block}.layer.0.SelfAttention.relative_attention_bias.weight`, [config.relative_attention_num_buckets, heads]);
      shapes.set(`${block}.layer.0.layer_norm.weight`, [d]);
      if (stack === 'decoder') {
        attention(`${block}.layer.1.EncDecAttention`);
        shapes.set(`${block}.layer.1.layer_norm.weight`, [d]);
      }
      const last = stack === 'decoder' ? 2 : 1;
      feedForward(`${block}.layer.${last}.DenseReluDense`);
      shapes.set(`${block}.layer.${last}.layer_norm.weight`, [d]);
    }
    shapes.set(`${stack}.final_layer_norm.weight`, [d]);
  }
  if (!config.tied) shapes.set('lm_head.weight', [vocabulary, d]);
  return shapes;
}

export function countParameters(config: T5Config): number {
  let total = 0;
  for (const shape of parameterShapes(config).values()) total += shape.reduce((a, b) => a * b, 1);
  return total;
}

/** The `config.json` that Hugging Face's `T5ForConditionalGeneration.from_pretrained` reads as the same model. */
export function writeConfig(config: T5Config): Record<string, unknown> {
  return {
    architectures: ['T5ForConditionalGeneration'],
    model_type: 't5',
    vocab_size: config.vocab_size,
    d_model: config.d_model,
    d_kv: config.d_kv,
    d_ff: config.d_ff,
    num_layers: config.num_layers,
    num_decoder_layers: config.num_decoder_layers,
    num_heads: config.num_heads,
    relative_attention_num_buckets: config.relative_attention_num_buckets,
    relative_attention_max_distance: config.relative_attention_max_distance,
    dropout_rate: 0,
    layer_norm_epsilon: config.layer_norm_epsilon,
    initializer_factor: 1,
    feed_forward_proj: config.feed_forward_proj,
    ...(config.dense_act_fn === undefined ? {} : { dense_act_fn: config.dense_act_fn }),
    is_encoder_decoder: true,
    use_cache: true,
    tie_word_embeddings: config.tied,
    scale_decoder_outputs: config.scaled,
    pad_token_id: config.pad_token_id,
    eos_token_id: config.eos_token_id,
    decoder_start_token_id: config.decoder_start_token_id,
    ...(config.norm_groups.length > 1 ? { norm_groups: config.norm_groups } : {}),
  };
}
