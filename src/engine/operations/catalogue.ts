/**
 * Every operation, declared once: the names of what it reads and writes, and its attributes. README.md says what each
 * means. From here follow the types of nodes (node.ts), and with them those of the backends' bodies and of the rules of
 * differentiation, which are complete or do not compile.
 */
import { flag, oneOf, real, realOr, wholeNumber, wholeNumbers, type Attribute, type AttributeValue } from './attributes.ts';

type Names = readonly string[];
type Attributes = Readonly<Record<string, Attribute<AttributeValue>>>;

export interface Operation<Inputs extends Names = Names, Outputs extends Names = Names, Attributed extends Attributes = Attributes> {
  /** The names of its inputs, in the order of the kernels' bindings; a question mark behind a name: may be absent. */
  readonly inputs: Inputs;
  /** The names of its outputs. A name that is an input's, too, is updated in place. */
  readonly outputs: Outputs;
  readonly attributes: Attributed;
}

const operation = <const Inputs extends Names, const Outputs extends Names, Attributed extends Attributes>(
  declared: Operation<Inputs, Outputs, Attributed>,
): Operation<Inputs, Outputs, Attributed> => declared;

const accumulate = flag;
const groups = wholeNumbers;
const activation = { kind: oneOf('relu', 'gelu_new', 'gelu', 'silu'), gated: flag };
const heads = { batch: wholeNumber, heads: wholeNumber, dkv: wholeNumber, queryLength: wholeNumber, keyLength: wholeNumber };

export const OPERATIONS = {
  embed: operation({ inputs: ['table', 'ids'], outputs: ['y'], attributes: {} }),
  embed_grad: operation({ inputs: ['dy', 'index'], outputs: ['dtable'], attributes: { accumulate } }),

  rms_norm: operation({ inputs: ['x', 'scale'], outputs: ['y', 'r'], attributes: { epsilon: real, groups } }),
  rms_norm_grad: operation({ inputs: ['x', 'scale', 'r', 'dy', 'add?'], outputs: ['dx'], attributes: { groups } }),
  rms_norm_scale_grad: operation({ inputs: ['x', 'r', 'dy'], outputs: ['dscale'], attributes: { groups, accumulate } }),
  rms_norm_tangent: operation({ inputs: ['x', 'scale', 'r', 'tx', 'tscale'], outputs: ['ty', 'tr'], attributes: { groups } }),
  rms_norm_grad_tangent: operation({
    inputs: ['x', 'scale', 'r', 'dy', 'tx', 'tdy', 'add?'],
    outputs: ['tdx'],
    attributes: { groups },
  }),

  matmul: operation({
    inputs: ['a', 'b', 'add?'],
    outputs: ['c'],
    attributes: { transposeA: flag, transposeB: flag, alpha: realOr(1), accumulate },
  }),

  feed_forward_activation: operation({ inputs: ['u'], outputs: ['y'], attributes: activation }),
  feed_forward_activation_grad: operation({ inputs: ['u', 'dy'], outputs: ['du'], attributes: activation }),
  feed_forward_activation_tangent: operation({ inputs: ['u', 'tu'], outputs: ['ty'], attributes: activation }),
  feed_forward_activation_grad_tangent: operation({ inputs: ['u', 'dy', 'tu', 'tdy'], outputs: ['tdu'], attributes: activation }),

  position_bias: operation({ inputs: ['table', 'bucket'], outputs: ['bias'], attributes: {} }),
  position_bias_grad: operation({ inputs: ['dbias', 'bucket'], outputs: ['dtable'], attributes: { accumulate } }),

  attention: operation({
    inputs: ['query', 'keyValue?', 'bias?', 'mask?'],
    outputs: ['out', 'probs'],
    attributes: { ...heads, causal: flag },
  }),
  attention_grad: operation({
    inputs: ['query', 'keyValue?', 'probs', 'dout'],
    outputs: ['dquery', 'dkeyValue?', 'dscores'],
    attributes: heads,
  }),
  attention_bias_grad: operation({ inputs: ['dscores'], outputs: ['dbias'], attributes: { batch: wholeNumber, accumulate } }),
  attention_tangent: operation({
    inputs: ['query', 'keyValue?', 'probs', 'tquery', 'tkeyValue?', 'tbias?'],
    outputs: ['tout', 'tprobs'],
    attributes: heads,
  }),
  attention_grad_tangent: operation({
    inputs: ['query', 'keyValue?', 'probs', 'dout', 'tquery', 'tkeyValue?', 'tprobs', 'tdout'],
    outputs: ['tdquery', 'tdkeyValue?', 'tdscores'],
    attributes: heads,
  }),

  cross_entropy: operation({ inputs: ['logits', 'labels', 'weights'], outputs: ['rowLoss', 'lse'], attributes: {} }),
  cross_entropy_grad: operation({ inputs: ['logits', 'lse', 'labels', 'weights'], outputs: ['dlogits'], attributes: {} }),
  cross_entropy_grad_tangent: operation({
    inputs: ['logits', 'lse', 'labels', 'weights', 'tlogits'],
    outputs: ['tdlogits'],
    attributes: {},
  }),

  sum: operation({ inputs: ['x'], outputs: ['y'], attributes: {} }),
  sum_squares: operation({ inputs: ['x'], outputs: ['y'], attributes: {} }),
  add: operation({ inputs: ['a', 'b'], outputs: ['c'], attributes: {} }),
  mix: operation({ inputs: ['a', 'b', 'weight'], outputs: ['c'], attributes: {} }),
  mix_grad: operation({ inputs: ['dc', 'weight'], outputs: ['dpart'], attributes: { rest: flag } }),

  clip: operation({ inputs: ['x', 'squares'], outputs: ['x'], attributes: { norm: real } }),
  sgd: operation({ inputs: ['parameters', 'gradients', 'values'], outputs: ['parameters'], attributes: {} }),
  momentum: operation({ inputs: ['parameters', 'gradients', 'velocity', 'values'], outputs: ['parameters', 'velocity'], attributes: {} }),
  adam: operation({
    inputs: ['parameters', 'gradients', 'moment1', 'moment2', 'groups?', 'values'],
    outputs: ['parameters', 'moment1', 'moment2'],
    attributes: { decay: realOr(0) },
  }),
  adafactor: operation({
    inputs: ['parameters', 'gradients', 'rowMeans', 'columnMeans', 'groups?', 'values', 'table'],
    outputs: ['parameters', 'rowMeans', 'columnMeans'],
    attributes: { scaled: flag },
  }),
};

export type OperationName = keyof typeof OPERATIONS;
/** The change of another operation's outputs (../tangent.ts). */
export type TangentName = Extract<OperationName, `${string}_tangent`>;
/** Steps of an optimizer: whole pools, in place. */
export type UpdateName = 'sgd' | 'momentum' | 'adam' | 'adafactor';
/** Writes what it reads. */
export type InPlaceName = UpdateName | 'clip';
export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];
