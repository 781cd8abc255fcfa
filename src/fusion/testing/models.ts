/** Small configurations and models for tests of growth. */
import fc from 'fast-check';
import { stream } from '../../data/random.ts';
import type { HostTensor } from '../../engine/named-tensors.ts';
import type { T5Config } from '../../model/config.ts';
import { initialise } from '../../model/init.ts';

export const TINY: T5Config = {
  vocab_size: 7,
  d_model: 4,
  d_kv: 2,
  d_ff: 6,
  num_layers: 1,
  num_decoder_layers: 2,
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
  norm_groups: [4],
};

/** The same model with other widths. */
export function withWidths(config: T5Config, d: number, ff: number, heads: number): T5Config {
  return { ...config, d_model: d, d_ff: ff, num_heads: heads, norm_groups: [d] };
}

export interface TestModel {
  readonly config: T5Config;
  readonly parameters: Map<string, HostTensor>;
}

/** A model whose every number is random, the norm scales too. */
export function randomModel(config: T5Config, seed: number): TestModel {
  const parameters = initialise(config, stream(seed, 'test model'));
  const random = stream(seed, 'test norm scales');
  for (const [name, tensor] of parameters) {
    if (name.includes('norm')) parameters.set(name, { shape: tensor.shape, data: tensor.data.map(() => 0.4 + 1.2 * random.uniform()) });
  }
  return { config, parameters };
}

/** Two to four compatible configurations of any widths, all head kinds and feed-forwards. */
export const arbitraryConfigs: fc.Arbitrary<T5Config[]> = fc
  .record({
    tied: fc.boolean(),
    scaled: fc.boolean(),
    gated: fc.boolean(),
    layers: fc.integer({ min: 1, max: 2 }),
    widths: fc.array(
      fc.record({ d: fc.integer({ min: 1, max: 5 }), ff: fc.integer({ min: 1, max: 5 }), heads: fc.integer({ min: 1, max: 3 }) }),
      { minLength: 2, maxLength: 4 },
    ),
  })
  .map(({ tied, scaled, gated, layers, widths }) =>
    widths.map(({ d, ff, heads }) => ({
      ...withWidths(TINY, d, ff, heads),
      tied,
      scaled,
      feed_forward_proj: gated ? ('gated-gelu' as const) : ('relu' as const),
      num_layers: layers,
    })),
  );
