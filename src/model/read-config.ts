/**
 * Reads a Hugging Face `config.json` as `T5ForConditionalGeneration.from_pretrained` (or MT5's, by `model_type`) of
 * transformers 5.23 does, with its defaults and its order of precedence. What can't be read as the same model is
 * refused by the name of its field: weights that load under another configuration give a model that looks right.
 */
import { ofFile, tellFile } from '../experiment/messages/of-file.ts';
import type { Told } from '../experiment/messages/say.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import { ACTIVATIONS, type Activation, type FeedForwardKind, type OwnEmbeddings, type T5Config } from './config.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The defaults that transformers fills in, by `model_type`. `scales`: the head's input may be multiplied by
 * d_model^-1/2.
 */
const DEFAULTS = {
  t5: { vocab_size: 32128, d_ff: 2048, num_layers: 6, num_heads: 8, feed_forward_proj: 'relu', scales: true },
  mt5: { vocab_size: 250112, d_ff: 1024, num_layers: 8, num_heads: 6, feed_forward_proj: 'gated-gelu', scales: false },
} as const;

/** Later names of the same fields; where both are given, transformers takes these. */
const ALIASES: Readonly<Record<string, string>> = {
  d_model: 'hidden_size',
  num_heads: 'num_attention_heads',
  num_layers: 'num_hidden_layers',
  d_kv: 'head_dim',
};

/**
 * Names of one activation: those that transformers spells differently are the same function to float32's last digits.
 */
const SAME_ACTIVATION: Readonly<Record<string, Activation>> = {
  relu: 'relu',
  gelu: 'gelu',
  gelu_python: 'gelu',
  gelu_new: 'gelu_new',
  gelu_pytorch_tanh: 'gelu_new',
  gelu_fast: 'gelu_new',
  gelu_accurate: 'gelu_new',
  silu: 'silu',
  swish: 'silu',
};

function refuse(field: string, value: unknown, right: Told): never {
  throw refusal(field, JSON.stringify(value) ?? 'undefined', right);
}

const refusal = (field: string, value: string, right: Told): ToldError =>
  new ToldError(ofFile('config.json', 'field-is', { field, value, right }));

/**
 * A whole number of at least `least`. A field that is null is refused, as transformers does, but where it says
 * otherwise.
 */
function whole(json: Json, field: string, fallback: number, least = 1): number {
  const value = field in json ? json[field] : fallback;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) refuse(field, value, tellFile('right-whole', { least }));
  return value;
}

/** The same for a field that has a second name. */
function wholeOf(json: Json, field: string, fallback: number): number {
  const alias = ALIASES[field];
  const value = whole(json, field, fallback);
  return alias !== undefined && alias in json ? whole(json, alias, fallback) : value;
}

/** A number that need not be whole. */
function decimal(json: Json, field: string, fallback: number): number {
  const value = field in json ? json[field] : fallback;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) refuse(field, value, tellFile('right-not-negative'));
  return value;
}

/** A truth value as Python reads it; a text is refused, for `"false"` would be true. */
function truth(json: Json, field: string, fallback: boolean): boolean {
  const value = field in json ? json[field] : fallback;
  if (value === null) return false;
  if (typeof value !== 'boolean' && typeof value !== 'number') refuse(field, value, tellFile('right-truth'));
  return Boolean(value);
}

/** An id of the vocabulary. */
function token(json: Json, field: string, fallback: number, vocabulary: number): number {
  const id = json[field] === null ? fallback : whole(json, field, fallback, 0);
  if (id >= vocabulary) refuse(field, id, tellFile('right-id', { last: vocabulary - 1 }));
  return id;
}

/** One end token, or several; null: none. */
function endTokens(json: Json): number | readonly number[] {
  const value = 'eos_token_id' in json ? json['eos_token_id'] : 1;
  if (value === null) return [];
  const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isId = (id: unknown): id is number => Number.isSafeInteger(id);
  if (!ids.every(isId)) refuse('eos_token_id', value, tellFile('right-ids'));
  return Array.isArray(value) ? ids : (ids[0] ?? []);
}

function modelType(json: Json): keyof typeof DEFAULTS {
  const type = json['model_type'] ?? 't5';
  if (type !== 't5' && type !== 'mt5') refuse('model_type', type, tellFile('right-types', { types: Object.keys(DEFAULTS) }));
  return type;
}

/**
 * How the feed-forward layers activate: `dense_act_fn` and `is_gated_act` stand above what `feed_forward_proj` says.
 */
function feedForward(json: Json, fallback: string): Pick<T5Config, 'feed_forward_proj' | 'dense_act_fn'> {
  const proj = 'feed_forward_proj' in json ? json['feed_forward_proj'] : fallback;
  const parts = typeof proj === 'string' ? proj.split('-') : [];
  if (parts.length === 0 || parts.length > 2 || (parts.length === 2 && parts[0] !== 'gated'))
    refuse('feed_forward_proj', proj, tellFile('right-feed-forward', { names: Object.keys(SAME_ACTIVATION) }));
  const said = parts.at(-1) ?? '';
  const given = 'dense_act_fn' in json ? json['dense_act_fn'] : proj === 'gated-gelu' ? 'gelu_new' : said;
  const field = 'dense_act_fn' in json ? 'dense_act_fn' : 'feed_forward_proj';
  const activation = typeof given === 'string' && Object.hasOwn(SAME_ACTIVATION, given) ? SAME_ACTIVATION[given] : undefined;
  if (activation === undefined)
    refuse(field, field === 'dense_act_fn' ? given : proj, tellFile('right-activation', { names: ACTIVATIONS }));
  const gated = truth(json, 'is_gated_act', parts[0] === 'gated');
  return feedForwardFields(activation, gated);
}

/** The fields that say an activation and its gate, in the fewest words. */
function feedForwardFields(activation: Activation, gated: boolean): Pick<T5Config, 'feed_forward_proj' | 'dense_act_fn'> {
  if (!gated) return { feed_forward_proj: activation };
  if (activation === 'gelu_new') return { feed_forward_proj: 'gated-gelu' };
  if (activation === 'gelu') return { feed_forward_proj: 'gated-gelu', dense_act_fn: 'gelu' };
  return { feed_forward_proj: `gated-${activation}` satisfies FeedForwardKind };
}

/** Widths of the groups of the norms: our own field, which transformers does not know. */
function normGroups(json: Json, d: number): readonly number[] {
  const groups = json['norm_groups'];
  if (groups === undefined) return [d];
  const widths: readonly unknown[] = Array.isArray(groups) ? groups : [];
  const isWidth = (width: unknown): width is number => Number.isSafeInteger(width) && Number(width) > 0;
  if (!widths.every(isWidth) || widths.reduce((sum, width) => sum + width, 0) !== d)
    refuse('norm_groups', groups, tellFile('right-groups', { width: d }));
  return widths;
}

/** Fields that would make another model of the weights, or another precision. */
function refuseOthers(json: Json): void {
  for (const field of ['dtype', 'torch_dtype']) {
    const value = json[field] ?? 'float32';
    if (value !== 'float32') refuse(field, value, tellFile('right-precision'));
  }
  for (const field of ['quantization_config', 'per_layer_config'])
    if (json[field] !== undefined && json[field] !== null) refuse(field, json[field], tellFile('right-without'));
  for (const field of ['is_encoder_decoder', 'return_dict'])
    if (field in json && json[field] !== true) refuse(field, json[field], tellFile('right-true'));
  for (const field of ['dropout_rate', 'initializer_factor'])
    if (field in json && typeof json[field] !== 'number') refuse(field, json[field], tellFile('right-number'));
}

function positions(json: Json): Pick<T5Config, 'relative_attention_num_buckets' | 'relative_attention_max_distance'> {
  // With fewer, no bucket is left for exact distances in the encoder, whose buckets are halved twice.
  const buckets = whole(json, 'relative_attention_num_buckets', 32, 4);
  const most = whole(json, 'relative_attention_max_distance', 128);
  const exact = Math.floor(buckets / 2);
  if (most <= exact) refuse('relative_attention_max_distance', most, tellFile('right-distance', { buckets, exact }));
  return { relative_attention_num_buckets: buckets, relative_attention_max_distance: most };
}

/**
 * Reads the fields of a `config.json`. Names the field that does not fit.
 * @param hasHead the checkpoint holds a head of its own (not the embedding's weights)
 * @param own stacks that the checkpoint gives an embedding of their own
 */
export function readConfig(json: Json, hasHead: boolean, own?: OwnEmbeddings): T5Config {
  refuseOthers(json);
  const type = modelType(json);
  const defaults = DEFAULTS[type];
  const d = wholeOf(json, 'd_model', 512);
  const vocabulary = whole(json, 'vocab_size', defaults.vocab_size);
  // By the time that transformers reads the later name of num_layers, it has settled the decoder's.
  const decoderLayers = whole(
    json['num_decoder_layers'] === null ? {} : json,
    'num_decoder_layers',
    whole(json, 'num_layers', defaults.num_layers),
  );
  const tie = json['tie_word_embeddings'];
  if (typeof tie === 'string' || (type === 'mt5' && tie !== undefined && typeof tie !== 'boolean'))
    refuse('tie_word_embeddings', tie, tellFile('right-truth'));
  return {
    vocab_size: vocabulary,
    d_model: d,
    num_heads: wholeOf(json, 'num_heads', defaults.num_heads),
    d_kv: wholeOf(json, 'd_kv', 64),
    d_ff: whole(json, 'd_ff', defaults.d_ff),
    num_layers: wholeOf(json, 'num_layers', defaults.num_layers),
    num_decoder_layers: decoderLayers,
    ...positions(json),
    layer_norm_epsilon: decimal(json, 'layer_norm_epsilon', 1e-6),
    ...feedForward(json, defaults.feed_forward_proj),
    tied: !hasHead,
    ...(own === undefined ? {} : { own_embeddings: own }),
    scaled: defaults.scales && truth(json, 'scale_decoder_outputs', tie !== false),
    pad_token_id: token(json, 'pad_token_id', 0, vocabulary),
    eos_token_id: endTokens(json),
    decoder_start_token_id: token(json, 'decoder_start_token_id', 0, vocabulary),
    norm_groups: normGroups(json, d),
  };
}

const WHOLE_FIELDS =
  'vocab_size|d_model|d_kv|d_ff|num_layers|num_decoder_layers|num_heads|relative_attention_num_buckets|relative_attention_max_distance|pad_token_id|eos_token_id|hidden_size|num_attention_heads|num_hidden_layers|head_dim';
const DECIMAL_FIELDS = 'layer_norm_epsilon|initializer_factor';

/**
 * Refuses `8.0` for a whole number and `1` for a decimal one, as transformers does. JSON.parse can't tell them apart.
 */
export function checkNumberForms(text: string): void {
  const [, field, form] = new RegExp(`"(${WHOLE_FIELDS})"\\s*:\\s*(-?\\d+(?:\\.\\d+|(?:\\.\\d+)?[eE][-+]?\\d+))`).exec(text) ?? [];
  if (field !== undefined) throw refusal(field, form ?? '', tellFile('right-whole-form'));
  const [, decimalField, digits] = new RegExp(`"(${DECIMAL_FIELDS})"\\s*:\\s*(-?\\d+)\\s*[,}]`).exec(text) ?? [];
  if (decimalField !== undefined) throw refusal(decimalField, digits ?? '', tellFile('right-decimal-form', { digits: digits ?? '' }));
}
