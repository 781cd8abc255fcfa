/**
 * A checkpoint as it is written (read-checkpoint.ts reads one), in Hugging Face's layout: `config.json` and
 * `model.safetensors`, as `T5ForConditionalGeneration.from_pretrained` reads it. What transformers 5.23 does with tying
 * decides the form: a tied model stores no `lm_head.weight`; an untied one stores it and says
 * `tie_word_embeddings: false`.
 */
import { tell } from '../../experiment/messages/tell.ts';
import type { Told } from '../../experiment/messages/say.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
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

const shapeWords = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
const wrong = (why: Told): ToldError => new ToldError(tell('in-file', { file: 'checkpoint', why }));

/**
 * Picks the parameters a config asks for, in its order.
 * @param settledBefore the decoder's number of layers was settled before a later name of the encoder's was read: said
 * where one of its weights is missing
 * @throws a ToldError that names what is missing, left over or of another shape
 */
export function matching(config: T5Config, tensors: NamedTensors, ignored: readonly string[], settledBefore = false): NamedTensors {
  const shapes = parameterShapes(config);
  const parameters = new Map<string, HostTensor>();
  for (const [name, shape] of shapes) {
    const tensor = tensors.get(name);
    if (tensor === undefined)
      throw wrong(
        settledBefore && name.startsWith('decoder')
          ? tell('weight-missing-decoder', { name, shape: shapeWords(shape), own: config.num_layers, other: config.num_decoder_layers })
          : tell('weight-missing', { name, shape: shapeWords(shape) }),
      );
    if (tensor.shape.join() !== shape.join())
      throw wrong(tell('weight-other-shape', { name, shape: shapeWords(tensor.shape), right: shapeWords(shape) }));
    parameters.set(name, tensor);
  }
  for (const name of tensors.keys()) if (!shapes.has(name) && !ignored.includes(name)) throw wrong(tell('weight-strange', { name }));
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
