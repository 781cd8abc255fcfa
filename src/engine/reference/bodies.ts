/**
 * The reference body of every operation, in plain tfjs operations: what the wasm and WGSL bodies are tested
 * against. A gradient operation's reference is tfjs's own derivative of the forward body, so that it owes
 * nothing to the formulas the other bodies implement. Meaning of the operations: ../operations/README.md.
 */
import * as tf from '@tensorflow/tfjs';
import type { Attributes } from '../graph.ts';
import { flag, numbers, real, word, wholeNumber } from '../operations/attributes.ts';
import { adafactor } from './adafactor.ts';

/** Values of the inputs in order → values of the outputs in order, flat or shaped. `accumulate` is the caller's. */
export type Body = (inputs: readonly tf.Tensor[], attributes: Attributes, shapes: readonly (readonly number[])[]) => readonly tf.Tensor[];

export const input = (inputs: readonly tf.Tensor[], index: number): tf.Tensor => {
  const tensor = inputs[index];
  if (!tensor) throw new Error(`reference: the operation has ${inputs.length} inputs; number ${index + 1} is missing`);
  return tensor;
};

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
export function byGroup(width: readonly number[], f: (start: number, size: number, group: number) => tf.Tensor): tf.Tensor {
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
/** Repeats each group's column over the group's width. */
export function spread(r: tf.Tensor, groups: readonly number[]): tf.Tensor {
  return byGroup(groups, (_, size, group) => tf.tile(columns(r, group, 1), [1, size]));
}
export const rmsNorm = (x: tf.Tensor, scale: tf.Tensor, groups: readonly number[], eps: tf.Tensor | number): tf.Tensor =>
  tf.mul(tf.mul(x, spread(inverseRms(x, groups, eps), groups)), scale);

export function activation(u: tf.Tensor, attributes: Attributes): tf.Tensor {
  const act = (x: tf.Tensor): tf.Tensor => {
    const kind = word(attributes, 'kind');
    if (kind === 'relu') return tf.relu(x);
    if (kind === 'silu') return tf.mul(x, tf.sigmoid(x));
    if (kind === 'gelu') return tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.mul(Math.SQRT1_2, x))));
    const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x)))));
    return tf.mul(tf.mul(0.5, x), tf.add(1, tf.tanh(inner)));
  };
  if (!flag(attributes, 'gated')) return act(u);
  const width = (u.shape[1] as number) / 2;
  return tf.mul(act(columns(u, 0, width)), columns(u, width, width));
}

/** [B·n, I] → [B, heads, n, dkv] */
function splitHeads(x: tf.Tensor, attributes: Attributes): tf.Tensor {
  const [batch, heads, dkv] = [wholeNumber(attributes, 'batch'), wholeNumber(attributes, 'heads'), wholeNumber(attributes, 'dkv')];
  return tf.transpose(tf.reshape(x, [batch, -1, heads, dkv]), [0, 2, 1, 3]);
}

/** Packed inputs → q, k, v as [B, heads, n, dkv]; differentiable. */
export function queryKeyValue(packed: readonly tf.Tensor[], attributes: Attributes): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const inner = wholeNumber(attributes, 'heads') * wholeNumber(attributes, 'dkv');
  const first = input(packed, 0);
  if (word(attributes, 'packed') === 'qkv') {
    const part = (i: number): tf.Tensor => splitHeads(columns(first, i * inner, inner), attributes);
    return [part(0), part(1), part(2)];
  }
  const second = input(packed, 1);
  return [
    splitHeads(first, attributes),
    splitHeads(columns(second, 0, inner), attributes),
    splitHeads(columns(second, inner, inner), attributes),
  ];
}
export const countPacked = (attributes: Attributes): number => (word(attributes, 'packed') === 'qkv' ? 1 : 2);

/** 1 where a query may attend to a key: [B, 1, S, T]. */
function allowed(mask: tf.Tensor | undefined, attributes: Attributes): tf.Tensor {
  const [batch, queries, keys] = [
    wholeNumber(attributes, 'batch'),
    wholeNumber(attributes, 'queryLength'),
    wholeNumber(attributes, 'keyLength'),
  ];
  let result: tf.Tensor = tf.ones([batch, 1, queries, keys]);
  if (mask) result = tf.mul(result, tf.reshape(tf.cast(tf.greater(mask, 0), 'float32'), [batch, 1, 1, keys]));
  if (flag(attributes, 'causal')) {
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

function attention(inputs: readonly tf.Tensor[], attributes: Attributes): readonly tf.Tensor[] {
  const count = countPacked(attributes);
  const bias = flag(attributes, 'hasBias') ? input(inputs, count) : undefined;
  const mask = flag(attributes, 'hasMask') ? input(inputs, count + (bias ? 1 : 0)) : undefined;
  const [q, k, v] = queryKeyValue(inputs.slice(0, count), attributes);
  const product = tf.matMul(q, k, false, true);
  const scores = bias ? tf.add(product, tf.reshape(bias, [1, ...bias.shape])) : product;
  const probs = maskedSoftmax(scores, allowed(mask, attributes));
  return [joinHeads(tf.matMul(probs, v)), probs];
}

/**
 * The probabilities say which bias and mask the forward pass had, as far as the gradient can see: the bias is
 * log p − q·k. The gradient at the scores is the gradient of a zero that is added to them.
 */
function attentionGradient(inputs: readonly tf.Tensor[], attributes: Attributes): readonly tf.Tensor[] {
  const count = countPacked(attributes);
  const packed = inputs.slice(0, count);
  const probs = input(inputs, count);
  const dout = input(inputs, count + 1);
  const allow = tf.cast(tf.greater(probs, 0), 'float32');
  const [q, k] = queryKeyValue(packed, attributes);
  const bias = tf.sub(tf.log(tf.maximum(probs, 1e-37)), tf.matMul(q, k, false, true));
  return derivative(
    (...x) => {
      const [query, key, value] = queryKeyValue(x.slice(0, count), attributes);
      const scores = tf.add(tf.add(tf.matMul(query, key, false, true), bias), input(x, count));
      return joinHeads(tf.matMul(maskedSoftmax(scores, allow), value));
    },
    [...packed, tf.zerosLike(probs)],
    dout,
  );
}

export const rowLosses = (logits: tf.Tensor, labels: Int32Array, weights: tf.Tensor): tf.Tensor => {
  const counted = tf.tensor1d(Float32Array.from(labels, (label) => (label >= 0 ? 1 : 0)));
  const chosen = tf.sum(tf.mul(logits, oneHot(labels, logits.shape[1] as number)), 1);
  return tf.mul(tf.mul(weights, counted), tf.sub(tf.logSumExp(logits, 1), chosen));
};

const value = (values: tf.Tensor, index: number): tf.Tensor => tf.reshape(tf.slice(values, index, 1), []);

/** Correction of each element's moment: values[first + 2·group]. */
function corrections(values: tf.Tensor, groups: tf.Tensor | undefined, first: number): tf.Tensor {
  if (!groups) return value(values, first);
  const table = tf.stack(Array.from({ length: 6 }, (_, g) => value(values, first + 2 * g)));
  return tf.reshape(tf.matMul(oneHot(integers(groups), 6), tf.reshape(table, [6, 1])), groups.shape);
}

function adam(inputs: readonly tf.Tensor[], attributes: Attributes): readonly tf.Tensor[] {
  const grouped = flag(attributes, 'grouped');
  const [theta, g, m, v] = [input(inputs, 0), input(inputs, 1), input(inputs, 2), input(inputs, 3)];
  const groups = grouped ? input(inputs, 4) : undefined;
  const values = input(inputs, grouped ? 5 : 4);
  const [lr, beta1, beta2, eps] = [value(values, 0), value(values, 1), value(values, 2), value(values, 3)];
  const m1 = tf.add(tf.mul(beta1, m), tf.mul(tf.sub(1, beta1), g));
  const v1 = tf.add(tf.mul(beta2, v), tf.mul(tf.sub(1, beta2), tf.square(g)));
  const denominator = tf.add(tf.sqrt(tf.div(v1, corrections(values, groups, 5))), eps);
  const step = tf.mul(lr, tf.div(tf.div(m1, corrections(values, groups, 4)), denominator));
  const kept = tf.sub(1, tf.mul(lr, real(attributes, 'decay', 0)));
  return [tf.sub(tf.mul(kept, theta), step), m1, v1];
}

export const BODIES: Readonly<Record<string, Body>> = {
  embed: (x) => [tf.matMul(oneHot(integers(input(x, 1)), input(x, 0).shape[0] as number), input(x, 0) as tf.Tensor2D)],
  embed_grad: (x) => {
    const dy = input(x, 0);
    const count = dy.shape[0] as number;
    const vocabulary = input(x, 1).size - 1 - count;
    const rows = oneHot(idsOfIndex(integers(input(x, 1)), vocabulary, count), vocabulary);
    return derivative((table) => tf.matMul(rows, table as tf.Tensor2D), [tf.zeros([vocabulary, dy.shape[1] as number])], dy);
  },
  rms_norm: (x, attributes) => {
    const [groups, eps] = [numbers(attributes, 'groups'), attributes['eps'] as number];
    return [rmsNorm(input(x, 0), input(x, 1), groups, eps), inverseRms(input(x, 0), groups, eps)];
  },
  rms_norm_grad: (inputs, attributes) => {
    const groups = numbers(attributes, 'groups');
    const [x, scale, r, dy, add] = [input(inputs, 0), input(inputs, 1), input(inputs, 2), input(inputs, 3), inputs[4]];
    // eps is not given: it is what lies between 1/r² and the mean square.
    const eps = tf.sub(
      tf.reciprocal(tf.square(r)),
      byGroup(groups, (start, size) => tf.mean(tf.square(columns(x, start, size)), 1, true)),
    );
    const dx = derivative((at: tf.Tensor) => rmsNorm(at, scale, groups, eps), [x], dy)[0] as tf.Tensor;
    return [add ? tf.add(dx, add) : dx];
  },
  rms_norm_scale_grad: (inputs, attributes) => {
    const [x, r, dy] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)];
    const normed = tf.mul(x, spread(r, numbers(attributes, 'groups')));
    return derivative((scale) => tf.mul(normed, scale), [tf.ones([x.shape[1] as number])], dy);
  },
  matmul: (x, attributes) => {
    const product = tf.matMul(
      input(x, 0) as tf.Tensor2D,
      input(x, 1) as tf.Tensor2D,
      flag(attributes, 'transposeA'),
      flag(attributes, 'transposeB'),
    );
    const scaled = tf.mul(product, typeof attributes['alpha'] === 'number' ? attributes['alpha'] : 1);
    return [x[2] ? tf.add(scaled, x[2]) : scaled];
  },
  feed_forward_activation: (x, attributes) => [activation(input(x, 0), attributes)],
  feed_forward_activation_grad: (x, attributes) => derivative((u) => activation(u, attributes), [input(x, 0)], input(x, 1)),
  position_bias: (x) => {
    const [table, bucket] = [input(x, 0), integers(input(x, 1))];
    const rows = tf.matMul(oneHot(bucket, table.shape[0] as number), table as tf.Tensor2D);
    return [tf.transpose(rows)];
  },
  position_bias_grad: (x, _, [shape]) => {
    const [dbias, bucket] = [input(x, 0), integers(input(x, 1))];
    const [rows, heads] = shape as readonly [number, number];
    const gather = (table: tf.Tensor): tf.Tensor =>
      tf.reshape(tf.transpose(tf.matMul(oneHot(bucket, rows), table as tf.Tensor2D)), dbias.shape);
    return derivative((table) => gather(table), [tf.zeros([rows, heads])], dbias);
  },
  attention,
  attention_grad: attentionGradient,
  attention_bias_grad: (x) => [tf.sum(input(x, 0), 0)],
  cross_entropy: (x) => [rowLosses(input(x, 0), integers(input(x, 1)), input(x, 2)), tf.logSumExp(input(x, 0), 1)],
  cross_entropy_grad: (x) => {
    const labels = integers(input(x, 2));
    return derivative((logits) => rowLosses(logits, labels, input(x, 3)), [input(x, 0)], tf.ones([labels.length]));
  },
  sum: (x) => [tf.reshape(tf.sum(input(x, 0)), [1])],
  sum_squares: (x) => [tf.reshape(tf.sum(tf.square(input(x, 0))), [1])],
  add: (x) => [tf.add(input(x, 0), input(x, 1))],
  sgd: (x) => [tf.sub(input(x, 0), tf.mul(value(input(x, 2), 0), input(x, 1)))],
  momentum: (x) => {
    const m = tf.add(tf.mul(value(input(x, 3), 1), input(x, 2)), input(x, 1));
    return [tf.sub(input(x, 0), tf.mul(value(input(x, 3), 0), m)), m];
  },
  clip: (x, attributes) => [
    tf.mul(input(x, 0), tf.minimum(1, tf.div(real(attributes, 'norm'), tf.add(tf.sqrt(value(input(x, 1), 0)), 1e-6)))),
  ],
  adam,
  adafactor,
  mix: (x) => [tf.add(tf.mul(value(input(x, 2), 0), input(x, 0)), tf.mul(tf.sub(1, value(input(x, 2), 0)), input(x, 1)))],
  mix_grad: (x, attributes) => {
    const weight = value(input(x, 1), 0);
    return [tf.mul(flag(attributes, 'rest') ? tf.sub(1, weight) : weight, input(x, 0))];
  },
};
