/**
 * The reference body of every operation, in plain tfjs operations: what the wasm and WGSL bodies are tested
 * against. A gradient operation's reference is tfjs's own derivative of the forward body, so that it owes
 * nothing to the formulas the other bodies implement. Meaning of the operations: ../operations/README.md.
 */
import * as tf from '@tensorflow/tfjs';
import type { OperationName, TangentName } from '../operations/catalogue.ts';
import type { AttributesOf } from '../operations/node.ts';
import { GROUP_STRIDE, MAX_GROUPS, placeOfGroupValue, placeOfValue, type GroupValue, type StepValue } from '../operations/step-values.ts';
import { adafactor } from './adafactor.ts';
import type { Body } from './body.ts';

/** Gradients of a one-output function at the arguments, for the gradient `dy` of its value. */
export function derivative(f: (...x: tf.Tensor[]) => tf.Tensor, at: readonly tf.Tensor[], dy: tf.Tensor): tf.Tensor[] {
  return tf.grads((...x) => f(...x))([...at], dy);
}

/** One-hot rows, so that a gather and its gradient are matrix products (the wasm backend lacks UnsortedSegmentSum). */
function oneHot(ids: Int32Array, depth: number): tf.Tensor2D {
  const rows = new Float32Array(ids.length * depth);
  ids.forEach((id, row) => {
    if (id >= 0) rows[row * depth + id] = 1;
  });
  return tf.tensor2d(rows, [ids.length, depth]);
}
export const integers = (tensor: tf.Tensor): Int32Array => Int32Array.from(tensor.dataSync());

/** Ids of the rows, from the index of `embed_grad`: starts[0..V], then positions. */
function idsOfIndex(index: Int32Array, vocabulary: number, count: number): Int32Array {
  const ids = new Int32Array(count).fill(-1);
  for (let id = 0; id < vocabulary; id++) {
    for (let i = index[id] as number; i < (index[id + 1] as number); i++) ids[index[vocabulary + 1 + i] as number] = id;
  }
  return ids;
}

/** Splits the columns into groups, applies f to each, joins the results along the columns. */
function byGroup(width: readonly number[], f: (start: number, size: number, group: number) => tf.Tensor): tf.Tensor {
  let start = 0;
  const parts = width.map((size, group) => {
    const part = f(start, size, group);
    start += size;
    return part;
  });
  return parts.length === 1 ? (parts[0] as tf.Tensor) : tf.concat(parts, 1);
}
export const columns = (x: tf.Tensor, start: number, size: number): tf.Tensor => tf.slice(x, [0, start], [x.shape[0] as number, size]);

export function inverseRms(x: tf.Tensor, groups: readonly number[], eps: tf.Tensor | number): tf.Tensor {
  return byGroup(groups, (start, size, group) => {
    const meanSquare = tf.mean(tf.square(columns(x, start, size)), 1, true);
    return tf.rsqrt(tf.add(meanSquare, typeof eps === 'number' ? eps : columns(eps, group, 1)));
  });
}
/** A norm's epsilon, which its gradient is not given: what lies between 1/r² and the mean square. */
export const epsilonOf = (x: tf.Tensor, r: tf.Tensor, groups: readonly number[]): tf.Tensor =>
  tf.sub(
    tf.reciprocal(tf.square(r)),
    byGroup(groups, (start, size) => tf.mean(tf.square(columns(x, start, size)), 1, true)),
  );
/** Repeats each group's column over the group's width. */
function spread(r: tf.Tensor, groups: readonly number[]): tf.Tensor {
  return byGroup(groups, (_, size, group) => tf.tile(columns(r, group, 1), [1, size]));
}
export const rmsNorm = (x: tf.Tensor, scale: tf.Tensor, groups: readonly number[], eps: tf.Tensor | number): tf.Tensor =>
  tf.mul(tf.mul(x, spread(inverseRms(x, groups, eps), groups)), scale);

export type ActivationKind = AttributesOf<'feed_forward_activation'>;

export function activation(u: tf.Tensor, { kind, gated }: ActivationKind): tf.Tensor {
  const act = (x: tf.Tensor): tf.Tensor => {
    if (kind === 'relu') return tf.relu(x);
    if (kind === 'silu') return tf.mul(x, tf.sigmoid(x));
    if (kind === 'gelu') return tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.mul(Math.SQRT1_2, x))));
    const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x)))));
    return tf.mul(tf.mul(0.5, x), tf.add(1, tf.tanh(inner)));
  };
  if (!gated) return act(u);
  const width = (u.shape[1] as number) / 2;
  return tf.mul(act(columns(u, 0, width)), columns(u, width, width));
}

/** Sizes of an attention. */
export type Heads = AttributesOf<'attention_grad'>;

/** [B·n, I] → [B, heads, n, dkv] */
const splitHeads = (x: tf.Tensor, { batch, heads, dkv }: Heads): tf.Tensor =>
  tf.transpose(tf.reshape(x, [batch, -1, heads, dkv]), [0, 2, 1, 3]);

/** One tensor with queries, keys and values side by side, or one of queries and one of keys and values. */
export type Factors = readonly [tf.Tensor] | readonly [tf.Tensor, tf.Tensor];
export const factorsOf = (query: tf.Tensor, keyValue: tf.Tensor | undefined): Factors => (keyValue ? [query, keyValue] : [query]);

/** Packed factors → q, k, v as [B, heads, n, dkv]; differentiable. */
export function queryKeyValue(factors: readonly tf.Tensor[], sizes: Heads): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const inner = sizes.heads * sizes.dkv;
  const [first, second] = factors as Factors;
  if (!second) {
    const part = (i: number): tf.Tensor => splitHeads(columns(first, i * inner, inner), sizes);
    return [part(0), part(1), part(2)];
  }
  return [splitHeads(first, sizes), splitHeads(columns(second, 0, inner), sizes), splitHeads(columns(second, inner, inner), sizes)];
}

/** 1 where a query may attend to a key: [B, 1, S, T]. */
function allowed(mask: tf.Tensor | undefined, attributes: AttributesOf<'attention'>): tf.Tensor {
  const { batch, queryLength: queries, keyLength: keys, causal } = attributes;
  let result: tf.Tensor = tf.ones([batch, 1, queries, keys]);
  if (mask) result = tf.mul(result, tf.reshape(tf.cast(tf.greater(mask, 0), 'float32'), [batch, 1, 1, keys]));
  if (causal) {
    const lower = tf.buffer([1, 1, queries, keys], 'float32');
    for (let s = 0; s < queries; s++) for (let t = 0; t <= Math.min(s, keys - 1); t++) lower.set(1, 0, 0, s, t);
    result = tf.mul(result, lower.toTensor());
  }
  return result;
}
/** Softmax over the allowed keys; exactly 0 elsewhere, and all 0 where nothing is allowed. */
export const maskedSoftmax = (scores: tf.Tensor, allow: tf.Tensor): tf.Tensor =>
  tf.mul(tf.softmax(tf.add(tf.mul(scores, allow), tf.mul(tf.sub(allow, 1), 1e9))), allow);
export function joinHeads(x: tf.Tensor): tf.Tensor {
  const [batch, heads, length, dkv] = x.shape as [number, number, number, number];
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch * length, heads * dkv]);
}

const attention: Body<'attention'> = ({ query, keyValue, bias, mask }, { attributes }) => {
  const [q, k, v] = queryKeyValue(factorsOf(query, keyValue), attributes);
  const product = tf.matMul(q, k, false, true);
  const scores = bias ? tf.add(product, tf.reshape(bias, [1, ...bias.shape])) : product;
  const probs = maskedSoftmax(scores, allowed(mask, attributes));
  return { out: joinHeads(tf.matMul(probs, v)), probs };
};

/**
 * The probabilities say which bias and mask the forward pass had, as far as the gradient can see: the bias is
 * log p − q·k. The gradient at the scores is the gradient of a zero that is added to them.
 */
const attentionGradient: Body<'attention_grad'> = ({ query, keyValue, probs, dout }, { attributes }) => {
  const factors = factorsOf(query, keyValue);
  const allow = tf.cast(tf.greater(probs, 0), 'float32');
  const [q, k] = queryKeyValue(factors, attributes);
  const bias = tf.sub(tf.log(tf.maximum(probs, 1e-37)), tf.matMul(q, k, false, true));
  const [dscores, dquery, dkeyValue] = derivative(
    (zero, ...x) => {
      const [queries, keys, values] = queryKeyValue(x, attributes);
      const scores = tf.add(tf.add(tf.matMul(queries, keys, false, true), bias), zero as tf.Tensor);
      return joinHeads(tf.matMul(maskedSoftmax(scores, allow), values));
    },
    [tf.zerosLike(probs), ...factors],
    dout,
  ) as [tf.Tensor, tf.Tensor, tf.Tensor?];
  return { dquery, dkeyValue, dscores };
};

const rowLosses = (logits: tf.Tensor, labels: Int32Array, weights: tf.Tensor): tf.Tensor => {
  const counted = tf.tensor1d(Float32Array.from(labels, (label) => (label >= 0 ? 1 : 0)));
  const chosen = tf.sum(tf.mul(logits, oneHot(labels, logits.shape[1] as number)), 1);
  return tf.mul(tf.mul(weights, counted), tf.sub(tf.logSumExp(logits, 1), chosen));
};

const numberAt = (values: tf.Tensor, place: number): tf.Tensor => tf.reshape(tf.slice(values, place, 1), []);

/** A bias correction, of each element's group. */
function corrections(values: tf.Tensor, groups: tf.Tensor | undefined, name: GroupValue<'adam'>): tf.Tensor {
  const first = placeOfGroupValue('adam', name);
  if (!groups) return numberAt(values, first);
  const table = tf.stack(Array.from({ length: MAX_GROUPS }, (_, g) => numberAt(values, first + GROUP_STRIDE * g)));
  return tf.reshape(tf.matMul(oneHot(integers(groups), MAX_GROUPS), tf.reshape(table, [MAX_GROUPS, 1])), groups.shape);
}

const sgd: Body<'sgd'> = ({ parameters, gradients, values }) => ({
  parameters: tf.sub(parameters, tf.mul(numberAt(values, placeOfValue('sgd', 'stepSize')), gradients)),
});

const momentum: Body<'momentum'> = ({ parameters, gradients, velocity, values }) => {
  const value = (name: StepValue<'momentum'>): tf.Tensor => numberAt(values, placeOfValue('momentum', name));
  const moved = tf.add(tf.mul(value('beta'), velocity), gradients);
  return { parameters: tf.sub(parameters, tf.mul(value('stepSize'), moved)), velocity: moved };
};

const adam: Body<'adam'> = ({ parameters, gradients, moment1, moment2, groups, values }, { attributes }) => {
  const value = (name: StepValue<'adam'>): tf.Tensor => numberAt(values, placeOfValue('adam', name));
  const [stepSize, beta1, beta2, epsilon] = [value('stepSize'), value('beta1'), value('beta2'), value('epsilon')];
  const m = tf.add(tf.mul(beta1, moment1), tf.mul(tf.sub(1, beta1), gradients));
  const v = tf.add(tf.mul(beta2, moment2), tf.mul(tf.sub(1, beta2), tf.square(gradients)));
  const denominator = tf.add(tf.sqrt(tf.div(v, corrections(values, groups, 'correction2'))), epsilon);
  const step = tf.mul(stepSize, tf.div(tf.div(m, corrections(values, groups, 'correction1')), denominator));
  const kept = tf.sub(1, tf.mul(stepSize, attributes.decay));
  return { parameters: tf.sub(tf.mul(kept, parameters), step), moment1: m, moment2: v };
};

const only = (gradients: readonly tf.Tensor[]): tf.Tensor => gradients[0] as tf.Tensor;

export const PLAIN_BODIES: { readonly [Op in Exclude<OperationName, TangentName>]: Body<Op> } = {
  embed: ({ table, ids }) => ({ y: tf.matMul(oneHot(integers(ids), table.shape[0] as number), table as tf.Tensor2D) }),
  embed_grad: ({ dy, index }) => {
    const count = dy.shape[0] as number;
    const vocabulary = index.size - 1 - count;
    const rows = oneHot(idsOfIndex(integers(index), vocabulary, count), vocabulary);
    const start = tf.zeros([vocabulary, dy.shape[1] as number]);
    return { dtable: only(derivative((table) => tf.matMul(rows, table as tf.Tensor2D), [start], dy)) };
  },
  rms_norm: ({ x, scale }, { attributes: { groups, epsilon } }) => ({
    y: rmsNorm(x, scale, groups, epsilon),
    r: inverseRms(x, groups, epsilon),
  }),
  rms_norm_grad: ({ x, scale, r, dy, add }, { attributes: { groups } }) => {
    const epsilon = epsilonOf(x, r, groups);
    const dx = only(derivative((at) => rmsNorm(at as tf.Tensor, scale, groups, epsilon), [x], dy));
    return { dx: add ? tf.add(dx, add) : dx };
  },
  rms_norm_scale_grad: ({ x, r, dy }, { attributes: { groups } }) => {
    const normed = tf.mul(x, spread(r, groups));
    return { dscale: only(derivative((scale) => tf.mul(normed, scale as tf.Tensor), [tf.ones([x.shape[1] as number])], dy)) };
  },
  matmul: ({ a, b, add }, { attributes: { transposeA, transposeB, alpha } }) => {
    const scaled = tf.mul(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB), alpha);
    return { c: add ? tf.add(scaled, add) : scaled };
  },
  feed_forward_activation: ({ u }, { attributes }) => ({ y: activation(u, attributes) }),
  feed_forward_activation_grad: ({ u, dy }, { attributes }) => ({
    du: only(derivative((x) => activation(x as tf.Tensor, attributes), [u], dy)),
  }),
  position_bias: ({ table, bucket }) => {
    const rows = tf.matMul(oneHot(integers(bucket), table.shape[0] as number), table as tf.Tensor2D);
    return { bias: tf.transpose(rows) };
  },
  position_bias_grad: ({ dbias, bucket }, { outputs: { dtable } }) => {
    const [buckets, heads] = dtable.shape as readonly [number, number];
    const rows = oneHot(integers(bucket), buckets);
    const gather = (table: tf.Tensor): tf.Tensor => tf.reshape(tf.transpose(tf.matMul(rows, table as tf.Tensor2D)), dbias.shape);
    return { dtable: only(derivative((table) => gather(table as tf.Tensor), [tf.zeros([buckets, heads])], dbias)) };
  },
  attention,
  attention_grad: attentionGradient,
  attention_bias_grad: ({ dscores }) => ({ dbias: tf.sum(dscores, 0) }),
  cross_entropy: ({ logits, labels, weights }) => ({
    rowLoss: rowLosses(logits, integers(labels), weights),
    lse: tf.logSumExp(logits, 1),
  }),
  cross_entropy_grad: ({ logits, labels, weights }) => {
    const chosen = integers(labels);
    const losses = (x: tf.Tensor): tf.Tensor => rowLosses(x, chosen, weights);
    return { dlogits: only(derivative((x) => losses(x as tf.Tensor), [logits], tf.ones([chosen.length]))) };
  },
  sum: ({ x }) => ({ y: tf.reshape(tf.sum(x), [1]) }),
  sum_squares: ({ x }) => ({ y: tf.reshape(tf.sum(tf.square(x)), [1]) }),
  add: ({ a, b }) => ({ c: tf.add(a, b) }),
  clip: ({ x, squares }, { attributes: { norm } }) => ({
    x: tf.mul(x, tf.minimum(1, tf.div(norm, tf.add(tf.sqrt(numberAt(squares, 0)), 1e-6)))),
  }),
  sgd,
  momentum,
  adam,
  adafactor,
  mix: ({ a, b, weight }) => {
    const share = numberAt(weight, 0);
    return { c: tf.add(tf.mul(share, a), tf.mul(tf.sub(1, share), b)) };
  },
  mix_grad: ({ dc, weight }, { attributes: { rest } }) => {
    const share = numberAt(weight, 0);
    return { dpart: tf.mul(rest ? tf.sub(1, share) : share, dc) };
  },
};
