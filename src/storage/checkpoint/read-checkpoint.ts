/**
 * Reads a checkpoint in Hugging Face's layout, of ours or of somebody else's. Apart from the writer, so that the
 * training worker fetches it only when a file is opened.
 */
import { ofFile } from '../../experiment/messages/of-file.ts';
import { tellError } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import type { OwnEmbeddings } from '../../model/config.ts';
import { checkNumberForms, readConfig } from '../../model/read-config.ts';
import { type Checkpoint, EMBEDDING, HEAD, matching, sameValues } from './checkpoint.ts';
import { isObject, readSafetensors } from './read-safetensors.ts';

const CONFIG = 'config.json';
const ENCODER_EMBEDDING = 'encoder.embed_tokens.weight';
const DECODER_EMBEDDING = 'decoder.embed_tokens.weight';
/** A bias that the first T5s were stored with and that no T5 ever used. */
const UNUSED = 'decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight';

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

/** Reads the two files of a checkpoint. */
export function readCheckpoint(configJson: string, safetensors: Uint8Array): Checkpoint {
  let json: unknown;
  try {
    json = JSON.parse(configJson);
  } catch (error) {
    throw new ToldError(ofFile(CONFIG, 'json-unreadable', { why: tellError(error) }), { cause: error });
  }
  if (!isObject(json)) throw new ToldError(ofFile(CONFIG, 'json-no-object'));
  checkNumberForms(configJson);
  const { tensors: stored, dtypes } = readSafetensors(safetensors);
  const half = [...dtypes].find(([, dtype]) => dtype === 'F16' || dtype === 'BF16');
  // Without the field transformers computes in the precision of the file, and other logits come out.
  if (half !== undefined && (json['dtype'] ?? json['torch_dtype']) !== 'float32')
    throw new ToldError(ofFile('checkpoint', 'weights-half', { name: half[0], dtype: half[1] }));
  const { tensors: embeddings, hasHead, own } = tie(stored);
  const config = readConfig(json, hasHead, own);
  if (config.norm_groups.length > 1) throw new ToldError(ofFile(CONFIG, 'norms-in-groups', { widths: config.norm_groups.map(String) }));
  const tied = [EMBEDDING, ENCODER_EMBEDDING, DECODER_EMBEDDING, HEAD];
  const others = [...stored].filter(([name]) => !tied.includes(name));
  // Transformers settles the decoder's layers before it reads this name of the encoder's.
  const settledBefore = 'num_hidden_layers' in json && !('num_decoder_layers' in json);
  return { config, parameters: matching(config, new Map([...embeddings, ...others]), [UNUSED], settledBefore) };
}
