/** Which models can be fused: everything but the widths must agree. */
import { tell } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import type { T5Config } from '../model/config.ts';
import { sourceName, type GrowthSource } from './operators/operator.ts';

const SAME = [
  'vocab_size',
  'd_kv',
  'num_layers',
  'num_decoder_layers',
  'relative_attention_num_buckets',
  'relative_attention_max_distance',
  'feed_forward_proj',
  'dense_act_fn',
  'tied',
  'own_embeddings',
  'scaled',
  'layer_norm_epsilon',
  'pad_token_id',
  'eos_token_id',
  'decoder_start_token_id',
] as const satisfies readonly (keyof T5Config)[];

/** @throws a ToldError of the first field that differs, with both its values */
export function checkCompatible(sources: readonly GrowthSource[]): void {
  const first = sources[0];
  if (first === undefined) throw new Error('There is nothing to fuse: no source was given.');
  for (const [index, source] of sources.entries()) {
    for (const field of SAME) {
      const [a, b] = [first.config[field], source.config[field]];
      if (JSON.stringify(a) === JSON.stringify(b)) continue;
      const [nameA, nameB] = [sourceName(first, 0), sourceName(source, index)];
      throw new ToldError(tell('networks-not-alike', { first: nameA, second: nameB, field, own: String(a), other: String(b) }));
    }
  }
}
