/**
 * Initial weights as Hugging Face's T5 draws them (`T5PreTrainedModel._init_weights` with
 * initializer_factor 1): normal, mean 0, with a standard deviation by layer; norm scales are 1.
 */
import { childStreams } from '../data/child-streams.ts';
import type { RandomStream } from '../data/random.ts';
import { sizeOf, type HostTensor } from '../engine/named-tensors.ts';
import { layerKind } from './axes.ts';
import { parameterShapes, type T5Config } from './config.ts';

/** Standard deviation of a parameter at initialisation; 0 for norm scales, which start at 1. */
export function initialDeviation(config: T5Config, name: string): number {
  const kind = layerKind(name);
  switch (kind) {
    case 'shared':
    case 'embed_tokens':
    case 'lm_head':
      return 1;
    case 'q':
      // T5 has no 1/√d_kv in its attention scores; the query's init carries it.
      return (config.d_model * config.d_kv) ** -0.5;
    case 'k':
    case 'v':
    case 'wi':
    case 'wi_0':
    case 'wi_1':
    case 'relative_attention_bias':
      return config.d_model ** -0.5;
    case 'o':
      return (config.num_heads * config.d_kv) ** -0.5;
    case 'wo':
      return config.d_ff ** -0.5;
    case 'layer_norm':
    case 'final_layer_norm':
      return 0;
  }
}

/**
 * A model at step 0. Every tensor is drawn, row by row, from the child stream of its own name: adding a
 * tensor changes no other. Takes one number from `random`.
 */
export function initialise(config: T5Config, random: RandomStream): Map<string, HostTensor> {
  const parameters = new Map<string, HostTensor>();
  const streamOf = childStreams(random);
  for (const [name, shape] of parameterShapes(config)) {
    const data = new Float32Array(sizeOf(shape));
    const deviation = initialDeviation(config, name);
    if (deviation === 0) {
      data.fill(1);
    } else {
      const stream = streamOf(name);
      for (let i = 0; i < data.length; i++) data[i] = deviation * stream.normal();
    }
    parameters.set(name, { shape, data });
  }
  return parameters;
}
