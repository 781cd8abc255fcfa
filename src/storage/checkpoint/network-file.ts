/**
 * A network from a file of somebody's: its checkpoint, the tokens it was trained with where the file says them, and a
 * mark by which an experiment names it. The same network has the same mark from a folder, a zip, or files that were
 * written again.
 */
import { ofFile, tellFile } from '../../experiment/messages/of-file.ts';
import type { Told } from '../../experiment/messages/say.ts';
import { tell, tellError } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { type T5Config, writeConfig } from '../../model/config.ts';
import type { OutputFile } from '../files.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { isObject } from './read-safetensors.ts';

export interface NetworkFile extends Checkpoint {
  /** Where it was found: `my-t5`, `result.zip/checkpoints/M-300`. */
  readonly name: string;
  /** Id → token; null where no tokenizer.json is beside it. */
  readonly tokens: readonly string[] | null;
  /** 16 hexadecimal digits. */
  readonly mark: string;
}

/** A file of a checkpoint, whatever it lies in. */
export type NamedFile = Pick<OutputFile, 'path'> & { readonly bytes: Uint8Array };

const CONFIG = 'config.json';
const WEIGHTS = 'model.safetensors';
const TOKENIZER = 'tokenizer.json';

/** Other files of a model's folder that stand in the place of the weights, and what is said of them. */
const OTHER_WEIGHTS: readonly (readonly [form: RegExp, why: Told])[] = [
  [/\.safetensors\.index\.json$/, tellFile('checkpoint-in-parts')],
  [/^(pytorch_model.*|.*\.pth?)$|\.bin$/, tellFile('checkpoint-pickled')],
  [/\.(h5|msgpack|onnx|gguf)$/, tellFile('checkpoint-other-form')],
  [/^parameters\.safetensors$/, tellFile('checkpoint-grouped')],
];

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const textOf = ({ path, bytes }: NamedFile): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ToldError(ofFile(nameOf(path), 'file-no-text'), { cause: error });
  }
};

/**
 * The file with the weights of a folder. Loose files may have any name; where there are several, it must be the usual
 * one.
 */
function weightsOf(beside: readonly NamedFile[]): NamedFile | undefined {
  const usual = beside.find(({ path }) => nameOf(path) === WEIGHTS);
  if (usual) return usual;
  const all = beside.filter(({ path }) => path.endsWith('.safetensors') && !/^(optimizer|parameters)\.safetensors$/.test(nameOf(path)));
  return all.length === 1 ? all[0] : undefined;
}

/** Whether a set of files has anything of a checkpoint in it. */
export const holdsNetwork = (paths: readonly string[]): boolean =>
  paths.some((path) => nameOf(path) === CONFIG || path.endsWith('.safetensors') || OTHER_WEIGHTS.some(([form]) => form.test(nameOf(path))));

/** Why a folder of files has no checkpoint in it. */
function whyNone(files: readonly NamedFile[]): Told {
  const names = files.map(({ path }) => nameOf(path));
  for (const [form, why] of OTHER_WEIGHTS) {
    const found = names.find((name) => form.test(name));
    if (found !== undefined) return tell('in-file', { file: found, why });
  }
  const weights = names.find((name) => name.endsWith('.safetensors'));
  if (weights !== undefined && !names.includes(CONFIG))
    return tellFile('checkpoint-alone', { file: weights, missing: CONFIG, tokenizer: TOKENIZER });
  if (names.includes(CONFIG)) return tellFile('checkpoint-alone', { file: CONFIG, missing: WEIGHTS, tokenizer: TOKENIZER });
  return tellFile('checkpoint-none', { config: CONFIG, weights: WEIGHTS });
}

/**
 * Reads every checkpoint among files, in the order of their paths.
 * @param label what they came in, for names and messages
 * @throws a ToldError that names the file and what would be right, if one of them can't be read, or there is none
 */
export function readNetworks(files: readonly NamedFile[], label: string): readonly NetworkFile[] {
  const configs = files
    .filter(({ path }) => nameOf(path) === CONFIG)
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
  const found: NetworkFile[] = [];
  for (const config of configs) {
    const folder = parentOf(config.path);
    const beside = files.filter(({ path }) => parentOf(path) === folder);
    const weights = weightsOf(beside);
    if (!weights) continue;
    const name = [label, folder].filter((part) => part !== '').join('/');
    try {
      const checkpoint = readCheckpoint(textOf(config), weights.bytes);
      refuseNotFinite(checkpoint.parameters);
      const tokenizer = beside.find(({ path }) => nameOf(path) === TOKENIZER);
      const tokens = tokenizer ? readTokens(textOf(tokenizer)) : null;
      found.push({ ...checkpoint, name, tokens, mark: markOf(checkpoint) });
    } catch (error) {
      throw new ToldError(tell('in-file', { file: name, why: tellError(error) }), { cause: error });
    }
  }
  if (found.length === 0) throw new ToldError(label === '' ? whyNone(files) : tell('in-file', { file: label, why: whyNone(files) }));
  return found;
}

function refuseNotFinite(parameters: NamedTensors): void {
  for (const [name, { data }] of parameters) {
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new ToldError(ofFile('checkpoint', 'weight-not-finite', { name, value: String(data[at]), at }));
  }
}

/** More ids than any T5 has: a list is never made longer than this for one large id. */
const MOST_IDS = 1_000_000;

/**
 * The tokens of a tokenizer.json by their ids, whichever of the library's models it is. Ids without a token read ''.
 */
export function readTokens(text: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ToldError(ofFile(TOKENIZER, 'json-unreadable', { why: tellError(error) }), { cause: error });
  }
  const model = isObject(json) && isObject(json['model']) ? json['model'] : {};
  const { vocab } = model;
  const pairs: (readonly [string, unknown])[] = [];
  // A Unigram has [token, score] by id; the others have an id by token.
  if (Array.isArray(vocab))
    pairs.push(...vocab.map((entry: unknown, id) => [String(Array.isArray(entry) ? entry[0] : entry), id] as const));
  else if (isObject(vocab)) pairs.push(...Object.entries(vocab));
  else throw new ToldError(ofFile(TOKENIZER, 'tokenizer-no-tokens'));
  const added: unknown = isObject(json) ? json['added_tokens'] : undefined;
  if (Array.isArray(added))
    for (const entry of added as readonly unknown[]) if (isObject(entry)) pairs.push([String(entry['content']), entry['id']]);
  const tokens: string[] = [];
  for (const [token, id] of pairs) {
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0 || id >= MOST_IDS)
      throw new ToldError(
        ofFile(TOKENIZER, 'tokenizer-id', { token: JSON.stringify(token), id: JSON.stringify(id) ?? 'undefined', most: MOST_IDS }),
      );
    while (tokens.length <= id) tokens.push('');
    tokens[id] = token;
  }
  return tokens;
}

/** FNV-1a over 32-bit words, with two offsets: for names, not for secrets. */
function markOf({ config, parameters }: { readonly config: T5Config; readonly parameters: NamedTensors }): string {
  let [one, two] = [0x811c9dc5, 0x9747b28c];
  const take = (word: number): void => {
    one = Math.imul(one ^ word, 0x01000193) >>> 0;
    two = Math.imul(two ^ word, 0x85ebca6b) >>> 0;
    two ^= two >>> 13;
  };
  for (const byte of new TextEncoder().encode(JSON.stringify(writeConfig(config)))) take(byte);
  for (const [name, { data }] of parameters) {
    for (const byte of new TextEncoder().encode(name)) take(byte);
    for (const word of new Uint32Array(data.buffer, data.byteOffset, data.length)) take(word);
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
