/**
 * The configurations of the public T5 checkpoints, as far as they decide what is read (facts, from their model cards
 * and config.json files): each is taken in, or refused by a field and what would do.
 */
import { describe, expect, it } from 'vitest';
import type { TaskData } from '../../data/example.ts';
import { parseLink } from '../../experiment/link/link.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import type { T5Config } from '../../model/config.ts';
import { readConfig } from '../../model/read-config.ts';
import type { NetworkFile } from '../../storage/checkpoint/network-file.ts';
import { checkGiven, sizeOfNetwork } from './given.ts';

type Json = Readonly<Record<string, unknown>>;

/** A task with few tokens and short sequences: what its networks need is theirs alone. */
const TASK = { task: 'reverse', vocabularySize: 32, sourceLength: 14, targetLength: 16 } as TaskData;

/** One network that trains on, in small batches. */
const ALONE = parseLink('#preset=first-fusion&plan=A:100&batch=8&predict=off').experiment;

/** Fields that all of them have. */
const ALL: Json = {
  model_type: 't5',
  architectures: ['T5ForConditionalGeneration'],
  is_encoder_decoder: true,
  layer_norm_epsilon: 1e-6,
  dropout_rate: 0.1,
  initializer_factor: 1.0,
  relative_attention_num_buckets: 32,
  use_cache: true,
  pad_token_id: 0,
  eos_token_id: 1,
  decoder_start_token_id: 0,
};
/** The first T5s: an activation without a gate, embedding and head one weight. */
const V10: Json = {
  ...ALL,
  vocab_size: 32128,
  d_kv: 64,
  n_positions: 512,
  output_past: true,
  task_specific_params: { summarization: { num_beams: 4 } },
};
/** T5 v1.1, its language models and FLAN: a gate, a head of its own. */
const V11: Json = { ...ALL, vocab_size: 32128, d_kv: 64, feed_forward_proj: 'gated-gelu', tie_word_embeddings: false, output_past: true };

const size = (d: number, ff: number, layers: number, heads: number, more: Json = {}): Json => ({
  d_model: d,
  d_ff: ff,
  num_layers: layers,
  num_decoder_layers: layers,
  num_heads: heads,
  ...more,
});

const TOO_MUCH = /^with the \d+ tokens of .* need about [\d.]+ GB; 2\.0 GB is the most\. A smaller batch needs less/;

/** Its name, its configuration, whether it stores a head, and what it is refused for (null: it is taken in). */
const PUBLIC: readonly (readonly [name: string, json: Json, head: boolean, refused: RegExp | null])[] = [
  ['t5-small', { ...V10, ...size(512, 2048, 6, 8) }, false, null],
  ['t5-base', { ...V10, ...size(768, 3072, 12, 12) }, false, TOO_MUCH],
  ['t5-large', { ...V10, ...size(1024, 4096, 24, 16) }, false, /: \w+ is \d+; a network of a run has \d+ to \d+$/],
  ['t5-3b', { ...V10, ...size(1024, 16384, 24, 32, { d_kv: 128 }) }, false, /: \w+ is \d+; a network of a run has \d+ to \d+$/],
  ['google/t5-v1_1-small', { ...V11, ...size(512, 1024, 8, 6) }, true, null],
  ['google/t5-small-lm-adapt', { ...V11, ...size(512, 1024, 8, 6) }, true, null],
  ['google/flan-t5-small', { ...V11, ...size(512, 1024, 8, 6), n_positions: 512, torch_dtype: 'float32' }, true, null],
  ['google/flan-t5-base', { ...V11, ...size(768, 2048, 12, 12) }, true, TOO_MUCH],
  [
    'google/byt5-small',
    {
      ...V11,
      vocab_size: 384,
      ...size(1472, 3584, 12, 6, { num_decoder_layers: 4 }),
      gradient_checkpointing: false,
      tokenizer_class: 'ByT5Tokenizer',
    },
    true,
    /: num_layers is 12 and num_decoder_layers 4; networks of a run have as many of both$/,
  ],
  [
    'google/mt5-small',
    { ...V11, model_type: 'mt5', vocab_size: 250112, ...size(512, 1024, 8, 6), tokenizer_class: 'T5Tokenizer' },
    true,
    TOO_MUCH,
  ],
  ['google/t5-efficient-tiny', { ...V10, ...size(256, 1024, 4, 4), feed_forward_proj: 'relu' }, false, null],
  ['google/t5-efficient-mini', { ...V10, ...size(384, 1536, 4, 8), feed_forward_proj: 'relu' }, false, null],
  ['google/t5-efficient-small-kv16', { ...V10, ...size(512, 2048, 6, 8, { d_kv: 16 }), feed_forward_proj: 'relu' }, false, null],
  [
    'google/t5-efficient-small-dl2',
    { ...V10, ...size(512, 2048, 6, 8, { num_decoder_layers: 2 }), feed_forward_proj: 'relu' },
    false,
    /: num_layers is 6 and num_decoder_layers 2; networks of a run have as many of both$/,
  ],
  [
    'google/umt5-small',
    { ...V11, model_type: 'umt5', vocab_size: 256384, ...size(512, 1024, 8, 6) },
    true,
    /^config\.json: model_type is "umt5"; .*t5.*mt5/,
  ],
  [
    'google/switch-base-8',
    { ...V10, model_type: 'switch_transformers', ...size(768, 3072, 12, 12) },
    false,
    /^config\.json: model_type is "switch_transformers"/,
  ],
  [
    'google/flan-t5-small in half precision',
    { ...V11, ...size(512, 1024, 8, 6), torch_dtype: 'bfloat16' },
    true,
    /^config\.json: torch_dtype is "bfloat16"; .*float32/,
  ],
];

/** Why a run can't have one network of this configuration; null where it can. */
function whyNot(name: string, json: Json, head: boolean, alone = true): { readonly config: T5Config | null; readonly why: string | null } {
  let config: T5Config | null = null;
  try {
    config = readConfig(json, head);
    const network: NetworkFile = { name, config, parameters: new Map(), tokens: null, mark: '0'.repeat(16) };
    const experiment = { ...(alone ? ALONE : presetExperiment('first-fusion')), model: sizeOfNetwork(network) };
    checkGiven(experiment, new Map([['A', network]]), [TASK]);
    return { config, why: null };
  } catch (error) {
    return { config, why: error instanceof Error ? error.message : String(error) };
  }
}

describe('public T5 checkpoints', () => {
  it.each(PUBLIC)('%s', (name, json, head, refused) => {
    const { config, why } = whyNot(name, json, head);
    if (refused === null) expect(why).toBeNull();
    else expect(why).toMatch(refused);
    // What is read is read as it stands: a field passed over would be another model of the same weights.
    if (config === null) return;
    const gated = json['feed_forward_proj'] === 'gated-gelu';
    expect(config).toMatchObject({
      vocab_size: json['vocab_size'],
      d_model: json['d_model'],
      d_ff: json['d_ff'],
      d_kv: json['d_kv'],
      num_layers: json['num_layers'],
      num_decoder_layers: json['num_decoder_layers'],
      feed_forward_proj: gated ? 'gated-gelu' : 'relu',
      tied: !head,
      scaled: json['tie_word_embeddings'] !== false && json['model_type'] === 't5',
    });
  });

  it('that fit by themselves, and not fused, are refused with what needs less', () => {
    expect(whyNot('t5-small', { ...V10, ...size(512, 2048, 6, 8) }, false, false).why).toMatch(TOO_MUCH);
  });
});
