import { describe, expect, it } from 'vitest';
import { stream } from '../data/random.ts';
import { axesOf, axisLength } from './axes.ts';
import { parameterShapes, type T5Config } from './config.ts';
import { initialDeviation, initialise } from './init.ts';

const CONFIG: T5Config = {
  vocab_size: 40,
  d_model: 48,
  d_kv: 8,
  d_ff: 96,
  num_layers: 2,
  num_decoder_layers: 1,
  num_heads: 3,
  relative_attention_num_buckets: 32,
  relative_attention_max_distance: 128,
  layer_norm_epsilon: 1e-6,
  feed_forward_proj: 'gated-gelu',
  tied: false,
  scaled: false,
  pad_token_id: 0,
  eos_token_id: 1,
  decoder_start_token_id: 0,
  norm_groups: [48],
};

describe('axes', () => {
  it('give the shape of every parameter', () => {
    for (const config of [CONFIG, { ...CONFIG, feed_forward_proj: 'relu' as const, tied: true }]) {
      for (const [name, shape] of parameterShapes(config))
        expect(
          axesOf(name).map((axis) => axisLength(config, axis)),
          name,
        ).toEqual(shape);
    }
  });

  it('refuse a name that is not a parameter of T5', () => {
    for (const name of ['encoder.block.0.layer.0.SelfAttention.q.bias', 'gate.weight', '', 'toString.weight'])
      expect(() => axesOf(name)).toThrow('is no parameter of a T5');
  });
});

describe('initial weights', () => {
  const parameters = initialise(CONFIG, stream(3, 'init A'));

  it('have the deviations of Hugging Face: written out for one configuration', () => {
    const block = 'decoder.block.0.layer';
    const expected: Record<string, number> = {
      'shared.weight': 1,
      'lm_head.weight': 1,
      [`${block}.0.SelfAttention.q.weight`]: 1 / Math.sqrt(48 * 8),
      [`${block}.0.SelfAttention.k.weight`]: 1 / Math.sqrt(48),
      [`${block}.1.EncDecAttention.v.weight`]: 1 / Math.sqrt(48),
      [`${block}.1.EncDecAttention.o.weight`]: 1 / Math.sqrt(24),
      [`${block}.2.DenseReluDense.wi_0.weight`]: 1 / Math.sqrt(48),
      [`${block}.2.DenseReluDense.wi_1.weight`]: 1 / Math.sqrt(48),
      [`${block}.2.DenseReluDense.wo.weight`]: 1 / Math.sqrt(96),
      [`${block}.0.SelfAttention.relative_attention_bias.weight`]: 1 / Math.sqrt(48),
    };
    for (const [name, deviation] of Object.entries(expected)) expect(initialDeviation(CONFIG, name), name).toBeCloseTo(deviation, 12);
  });

  it('are drawn with those deviations and mean 0', () => {
    for (const [name, { data }] of parameters) {
      const deviation = initialDeviation(CONFIG, name);
      if (name.includes('layer_norm')) {
        expect(
          data.every((value) => value === 1),
          name,
        ).toBe(true);
        continue;
      }
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      const rms = Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0) / data.length);
      // Five standard errors of the mean and of the deviation.
      expect(Math.abs(mean), name).toBeLessThan((5 * deviation) / Math.sqrt(data.length));
      expect(Math.abs(rms / deviation - 1), name).toBeLessThan(5 / Math.sqrt(2 * data.length));
    }
  });

  it('come out the same again, and differ by stream', () => {
    expect(initialise(CONFIG, stream(3, 'init A'))).toEqual(parameters);
    expect(initialise(CONFIG, stream(3, 'init B')).get('shared.weight')).not.toEqual(parameters.get('shared.weight'));
  });

  it('of a tensor do not depend on which other tensors there are', () => {
    const deeper = initialise({ ...CONFIG, tied: true, num_layers: 4 }, stream(3, 'init A'));
    for (const [name, tensor] of deeper) {
      const other = parameters.get(name);
      if (other !== undefined) expect(tensor, name).toEqual(other);
    }
    expect(deeper.size).toBeGreaterThan(parameters.size);
  });
});
