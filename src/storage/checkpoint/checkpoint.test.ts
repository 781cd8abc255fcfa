import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../../engine/named-tensors.ts';
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { readSafetensors } from './read-safetensors.ts';
import { writeSafetensors } from './safetensors.ts';

const GOLDEN = new URL('../../../fixtures/golden/', import.meta.url);
const load = (folder: string): Checkpoint =>
  readCheckpoint(
    readFileSync(new URL(`${folder}/config.json`, GOLDEN), 'utf8'),
    new Uint8Array(readFileSync(new URL(`${folder}/model.safetensors`, GOLDEN))),
  );
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('checkpoints in the Hugging Face layout', () => {
  // The other numbers that can't be, and all that can be read: fixtures/golden/checkpoint-forms.json.
  it.each([
    ['num_layers', { num_layers: 1.5 }],
    ['num_heads', { num_heads: -2, d_kv: -4 }],
    ['norm_groups', { norm_groups: [4, 5] }],
    ['norm_groups', { norm_groups: [] }],
    ['norms', { norm_groups: [8, 8] }],
    ['scale_decoder_outputs', { scale_decoder_outputs: 'false' }],
    ['dense_act_fn', { dense_act_fn: 'tanh' }],
    ['model_type', { model_type: 'umt5' }],
  ])('refuses a config.json by the name of %s (10.23)', (field, change) => {
    const folder = new URL('fusion-v11-two/source-0/', GOLDEN);
    const config: unknown = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8'));
    const model = new Uint8Array(readFileSync(new URL('model.safetensors', folder)));
    expect(() => readCheckpoint(JSON.stringify({ ...(config as object), ...change }), model)).toThrow(field);
  });

  it('says that half precision is read where config.json asks for float32 (10.23)', () => {
    const half = new TextEncoder().encode('{"shared.weight":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}');
    const model = new Uint8Array(8 + half.length + 2);
    model[0] = half.length;
    model.set(half, 8);
    expect(() => readCheckpoint('{}', model)).toThrow('shared.weight has dtype BF16; it can be read as float32 where config.json says');
    expect(() => readCheckpoint('{"dtype":"float32"}', model)).toThrow('shared.weight has shape [1]');
  });

  it.each([
    ['fusion-v11-two/source-0', { tied: false, scaled: false }, { tie_word_embeddings: false, scale_decoder_outputs: false }],
    ['fusion-v10-two/source-0', { tied: true, scaled: true }, { tie_word_embeddings: true, scale_decoder_outputs: true }],
  ])('%s is read and comes back the same', (folder, flags, written) => {
    const checkpoint = load(folder);
    expect(checkpoint.config).toMatchObject(flags);
    const [config, model] = writeCheckpoint('checkpoints/A-0', checkpoint);
    expect(config?.path).toBe('checkpoints/A-0/config.json');
    expect(model?.path).toBe('checkpoints/A-0/model.safetensors');
    expect(JSON.parse(text(config?.bytes))).toMatchObject({ ...written, model_type: 't5', architectures: ['T5ForConditionalGeneration'] });
    const names = [...readSafetensors(model?.bytes ?? new Uint8Array()).tensors.keys()];
    expect(names.includes('lm_head.weight')).toBe(!flags.tied);
    const back = readCheckpoint(text(config?.bytes), model?.bytes ?? new Uint8Array());
    expect(back.config).toEqual(checkpoint.config);
    expect(back.parameters).toEqual(checkpoint.parameters);
  });

  it('writes floats as floats, whose types Hugging Face checks', () => {
    const [config] = writeCheckpoint('checkpoints/A-0', load('fusion-v11-two/source-0'));
    expect(text(config?.bytes)).toContain('"dropout_rate": 0.0,');
    expect(text(config?.bytes)).toContain('"initializer_factor": 1.0,');
  });

  const altered = (change: (tensors: Map<string, HostTensor>) => void): (() => Checkpoint) => {
    const { parameters } = load('fusion-v11-two/source-0');
    const tensors = new Map(parameters);
    change(tensors);
    return () => readCheckpoint(readFileSync(new URL('fusion-v11-two/source-0/config.json', GOLDEN), 'utf8'), writeSafetensors(tensors));
  };
  const embedding = (): HostTensor => load('fusion-v11-two/source-0').parameters.get('shared.weight') as HostTensor;

  it('is tied if the stored head equals the embedding, as in Hugging Face', () => {
    const read = altered((tensors) => tensors.set('lm_head.weight', embedding()))();
    expect(read.config.tied).toBe(true);
    expect(read.parameters.has('lm_head.weight')).toBe(false);
  });

  it('passes over stored copies of the embedding', () => {
    expect(
      altered((tensors) => tensors.set('encoder.embed_tokens.weight', embedding()))().parameters.has('encoder.embed_tokens.weight'),
    ).toBe(false);
  });

  it('names what is missing, left over or of another shape', () => {
    expect(altered((tensors) => tensors.delete('encoder.final_layer_norm.weight'))).toThrow(
      'encoder.final_layer_norm.weight is missing; config.json asks for it with shape [16]',
    );
    expect(altered((tensors) => tensors.set('extra.weight', embedding()))).toThrow('extra.weight is not a parameter of the T5');
    expect(altered((tensors) => tensors.set('encoder.final_layer_norm.weight', { shape: [4], data: new Float32Array(4) }))).toThrow(
      'encoder.final_layer_norm.weight has shape [4]; config.json asks for [16]',
    );
  });

  it('will not write an untied head that would be read back as tied', () => {
    const { config, parameters } = load('fusion-v11-two/source-0');
    expect(() => writeCheckpoint('x', { config, parameters: new Map(parameters).set('lm_head.weight', embedding()) })).toThrow(
      'the untied head equals the embedding',
    );
  });
});
