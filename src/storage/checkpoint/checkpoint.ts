/**
 * A checkpoint in Hugging Face's layout: `config.json` and `model.safetensors`, as
 * `T5ForConditionalGeneration.from_pretrained` reads it. What transformers 5.23 does with tying decides the form:
 * a tied model stores no `lm_head.weight`; an untied one stores it and says `tie_word_embeddings: false`.
 */
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { type OwnEmbeddings, parameterShapes, type T5Config, writeConfig } from '../../model/config.ts';
import { checkNumberForms, readConfig } from '../../model/read-config.ts';
import { type OutputFile, textFile } from '../files.ts';
import { withFloats } from './hugging-face-json.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

export interface Checkpoint {
  readonly config: T5Config;
  readonly parameters: NamedTensors;
}

const HEAD = 'lm_head.weight';
const EMBEDDING = 'shared.weight';
const ENCODER_EMBEDDING = 'encoder.embed_tokens.weight';
const DECODER_EMBEDDING = 'decoder.embed_tokens.weight';
/** A bias that the first T5s were stored with and that no T5 ever used. */
const UNUSED = 'decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight';

function sameValues(a: HostTensor, b: HostTensor): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}

interface Embeddings {
  /** The embeddings and the head as the model uses them; those that are one weight stand under the shared name. */
  readonly tensors: NamedTensors;
  readonly hasHead: boolean;
  readonly own: OwnEmbeddings | undefined;
}

/**
 * Which of the embeddings and the head are one weight, as transformers ties them on loading (`tie_weights`): each is
 * the shared one if it is absent or equal to it, value by value. Where the shared one is absent, the first that there
 * is stands in for it, also for those before.
 */
function tie(stored: NamedTensors): Embeddings {
  const names = [ENCODER_EMBEDDING, DECODER_EMBEDDING, HEAD] as const;
  const shared = [EMBEDDING, ...names].flatMap((name) => stored.get(name) ?? [])[0];
  if (shared === undefined) return { tensors: new Map(), hasHead: false, own: undefined };
  const own = new Map<string, HostTensor>();
  for (const name of names) {
    const tensor = stored.get(name);
    if (tensor !== undefined && !sameValues(tensor, shared)) own.set(name, tensor);
  }
  const [encoder, decoder] = [own.has(ENCODER_EMBEDDING), own.has(DECODER_EMBEDDING)];
  return {
    // Where everything has weights of its own, nothing reads the shared ones.
    tensors: new Map(own.size === names.length ? own : [[EMBEDDING, shared], ...own]),
    hasHead: own.has(HEAD),
    own: encoder && decoder ? 'both' : encoder ? 'encoder' : decoder ? 'decoder' : undefined,
  };
}

/** Picks the parameters a config asks for, in its order; names what is missing, left over or of another shape. */
function matching(config: T5Config, tensors: NamedTensors, ignored: readonly string[], hint = ''): NamedTensors {
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

/** Reads the two files of a checkpoint. */
export function readCheckpoint(configJson: string, safetensors: Uint8Array): Checkpoint {
  let json: unknown;
  try {
    json = JSON.parse(configJson);
  } catch (error) {
    throw new Error(`config.json is not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('config.json must hold an object');
  checkNumberForms(configJson);
  const { tensors: stored, dtypes } = readSafetensors(safetensors);
  const fields = json as Readonly<Record<string, unknown>>;
  const half = [...dtypes].find(([, dtype]) => dtype === 'F16' || dtype === 'BF16');
  // Without the field transformers computes in the precision of the file, and other logits come out.
  if (half !== undefined && (fields['dtype'] ?? fields['torch_dtype']) !== 'float32')
    throw new Error(`checkpoint: ${half[0]} has dtype ${half[1]}; it can be read as float32 where config.json says "dtype": "float32"`);
  const { tensors: embeddings, hasHead, own } = tie(stored);
  const config = readConfig(fields, hasHead, own);
  const reason = whyNoCheckpoint(config);
  if (reason !== null) throw new Error(`config.json: its ${reason}`);
  const tied = [EMBEDDING, ENCODER_EMBEDDING, DECODER_EMBEDDING, HEAD];
  const others = [...stored].filter(([name]) => !tied.includes(name));
  // Transformers settles the decoder's layers before it reads this name of the encoder's.
  const hint =
    'num_hidden_layers' in fields && !('num_decoder_layers' in fields)
      ? ` (num_hidden_layers is ${config.num_layers}; without num_decoder_layers the decoder has ${config.num_decoder_layers} layers)`
      : '';
  return { config, parameters: matching(config, new Map([...embeddings, ...others]), [UNUSED], hint) };
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
