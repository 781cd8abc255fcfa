/**
 * Checkpoints in every form that their two files can take (fixtures/golden/make/checkpoint_forms.py). What we read has
 * Hugging Face's logits; what it refuses we refuse as well; and whatever we refuse, the message names the field or the
 * tensor.
 */
import type { Device } from '../../engine/device.ts';
import { type HostTensor, type NamedTensors, sizeOf } from '../../engine/named-tensors.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import type { Checkpoint } from '../../storage/checkpoint/checkpoint.ts';
import { readCheckpoint } from '../../storage/checkpoint/read-checkpoint.ts';
import { writeSafetensors } from '../../storage/checkpoint/safetensors.ts';
import { type CaseKind, Comparison } from './golden-case.ts';
import type { Json } from './json.ts';
import { forwardOf, lossOf } from './t5-runner.ts';

const VOCABULARY = 12;
const TOLERANCE = 2e-5;

/** The values of a tensor follow from its name and the row's seed, by the integer arithmetic of the maker. */
function valuesOf(name: string, shape: readonly number[], seed: number): HostTensor {
  let state = 2166136261;
  for (const byte of new TextEncoder().encode(`${seed} ${name}`)) state = Math.imul(state ^ byte, 16777619) >>> 0;
  const data = Float32Array.from({ length: sizeOf(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const v = state / 2 ** 31 - 1;
    return name.includes('norm') ? 1 + 0.2 * v : shape[0] === VOCABULARY ? 2 * v : v;
  });
  return { shape, data };
}

function shapesOf(weights: Json): Map<string, readonly number[]> {
  const size = (name: string, otherwise: number): number => weights.maybe(name)?.number() ?? otherwise;
  const [d, ff, heads] = [size('d', 8), size('ff', 6), size('heads', 2)];
  const inner = heads * size('dkv', 4);
  const shapes = new Map<string, readonly number[]>([['shared.weight', [VOCABULARY, d]]]);
  for (const stack of ['encoder', 'decoder']) {
    const kinds = stack === 'encoder' ? ['SelfAttention'] : ['SelfAttention', 'EncDecAttention'];
    const layers = size(stack === 'encoder' ? 'layers' : 'decoder_layers', 1);
    for (let i = 0; i < layers; i++) {
      for (const [k, kind] of kinds.entries()) {
        const at = `${stack}.block.${i}.layer.${k}`;
        for (const name of ['q', 'k', 'v']) shapes.set(`${at}.${kind}.${name}.weight`, [inner, d]);
        shapes.set(`${at}.${kind}.o.weight`, [d, inner]);
        shapes.set(`${at}.layer_norm.weight`, [d]);
      }
      if (i === 0) shapes.set(`${stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`, [size('buckets', 32), heads]);
      const at = `${stack}.block.${i}.layer.${kinds.length}`;
      for (const name of weights.maybe('gated')?.flag() === true ? ['wi_0', 'wi_1'] : ['wi'])
        shapes.set(`${at}.DenseReluDense.${name}.weight`, [ff, d]);
      shapes.set(`${at}.DenseReluDense.wo.weight`, [d, ff]);
      shapes.set(`${at}.layer_norm.weight`, [d]);
    }
    shapes.set(`${stack}.final_layer_norm.weight`, [d]);
  }
  return shapes;
}

function tensorsOf(row: Json): NamedTensors {
  const seed = row.get('seed').number();
  const shapes = shapesOf(row.get('weights'));
  const embedding = shapes.get('shared.weight') ?? [];
  const tensors = new Map<string, HostTensor>();
  for (const [name, shape] of shapes) tensors.set(name, valuesOf(name, shape, seed));
  const embeddings = row.get('embeddings');
  for (const name of embeddings.keys()) tensors.set(name, valuesOf(embeddings.get(name).text(), embedding, seed));
  const more = row.get('more');
  for (const name of more.keys()) tensors.set(name, valuesOf(name, more.get(name).numbers(), seed));
  for (const name of row.get('without').list()) tensors.delete(name.text());
  return tensors;
}

/** Reads a row as its two files. */
const read = (row: Json): Checkpoint => readCheckpoint(row.get('config').text(), writeSafetensors(tensorsOf(row)));

/** Whether a message says which field or tensor does not fit. */
const namesAPlace = (message: string): boolean => /^(config\.json: (its )?[a-z_]+|checkpoint: [\w.]+) /.test(message);

async function compareRow(result: Comparison, row: Json, batch: TokenBatch, device: Device): Promise<void> {
  const what = `row ${row.get('seed').number()}`;
  const fails = row.has('refused');
  let checkpoint: Checkpoint;
  try {
    checkpoint = read(row);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    result.check(`${what}: the refusal names a place (${message})`, namesAPlace(message) ? 0 : 1, 0);
    result.check(`${what}: refused though it can be read (${message})`, !fails && row.get('ours').flag() ? 1 : 0, 0);
    return;
  }
  result.check(`${what}: read, and Hugging Face does not (${row.maybe('refused')?.text() ?? ''})`, fails ? 1 : 0, 0);
  if (fails) return;
  const logits = (await forwardOf(device, checkpoint, batch, ['logits'])).get('logits') ?? new Float32Array();
  result.arrays(`${what}: logits`, logits.slice(0, VOCABULARY), row.get('logits').numbers(), TOLERANCE);
  result.number(`${what}: loss`, await lossOf(device, checkpoint, batch), row.get('loss').number(), TOLERANCE);
}

export const checkpointFormsCase: CaseKind = {
  name: 'checkpoint forms',
  matches: ({ json }) => json.has('checkpoints'),
  async compare(golden, device) {
    const result = new Comparison();
    // The vocabulary is the same in all of them.
    const batch = golden.batch({ vocab_size: VOCABULARY, pad_token_id: 0, decoder_start_token_id: 0 });
    for (const row of golden.json.get('checkpoints').list()) await compareRow(result, row, batch, device);
    return result;
  },
};
