/**
 * A checkpoint as it is written (read-checkpoint.ts reads one), in Hugging Face's layout: `config.json` and
 * `model.safetensors`, as `T5ForConditionalGeneration.from_pretrained` reads it. What transformers 5.23 does with tying
 * decides the form: a tied model stores no `lm_head.weight`; an untied one stores it and says
 * `tie_word_embeddings: false`.
 */
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { parameterShapes, type T5Config, writeConfig } from '../../model/config.ts';
import { type OutputFile, textFile } from '../files.ts';
import { withFloats } from './hugging-face-json.ts';
import { writeSafetensors } from './safetensors.ts';

export interface Checkpoint {
  readonly config: T5Config;
  readonly parameters: NamedTensors;
}

export const HEAD = 'lm_head.weight';
export const EMBEDDING = 'shared.weight';

export function sameValues(a: HostTensor, b: HostTensor): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}

/** Picks the parameters a config asks for, in its order; names what is missing, left over or of another shape. */
export function matching(config: T5Config, tensors: NamedTensors, ignored: readonly string[], hint = ''): NamedTensors {
  const shapes = parameterShapes(config);
  const parameters = new Map<string, HostTensor>();
  for (const [name, shape] of shapes) {
    const tensor = tensors.get(name);
    if (tensor === undefined)
      throw new Error(
        `checkpoint: ${name} is missing; config.json asks for it with shape [${shape.join(', ')}]${name.startsWith('decoder') ? hint : ''}`,
      );
    if (tensor.shape.join() !== shape.join())
      throw new Error(`checkpoint: ${name} has shape [${tensor.shape.join(', ')}]; config.json asks for [${shape.join(', ')}]`);
    parameters.set(name, tensor);
  }
  for (const name of tensors.keys())
    if (!shapes.has(name) && !ignored.includes(name))
      throw new Error(`checkpoint: ${name} is not a parameter of the T5 that config.json describes`);
  return parameters;
}

const configText = (config: T5Config): string => `${withFloats(JSON.stringify(writeConfig(config), null, 2))}\n`;

/** Why a model can't be written as a checkpoint that Hugging Face reads as the same model; null if it can. */
export function whyNoCheckpoint(config: T5Config): string | null {
  const { norm_groups: groups } = config;
  if (groups.length === 1) return null;
  return `norms are taken over ${groups.length} groups (${groups.join(' + ')}) and a standard T5 has one; with release=N they become one over N steps`;
}

/** The two files of a checkpoint below `folder` (e.g. `checkpoints/M-300`). */
export function writeCheckpoint(folder: string, { config, parameters }: Checkpoint): readonly OutputFile[] {
  const reason = whyNoCheckpoint(config);
  if (reason !== null) throw new Error(`${folder}: its ${reason}`);
  const kept = matching(config, parameters, []);
  const head = kept.get(HEAD);
  const embedding = kept.get(EMBEDDING);
  // Hugging Face would tie a head that equals the embedding: it could not be read back as the same model.
  if (head !== undefined && embedding !== undefined && sameValues(head, embedding))
    throw new Error(`${folder}: the untied head equals the embedding, value by value; Hugging Face would read the model as tied`);
  return [textFile(`${folder}/config.json`, configText(config)), { path: `${folder}/model.safetensors`, bytes: writeSafetensors(kept) }];
}
