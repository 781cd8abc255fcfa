/**
 * The reference bodies of the tangent operations (../operations/README.md). Each is tfjs's own derivative of the
 * operation that it belongs to: tfjs differentiates in reverse only, so the change J·t of f(x) for a change t of x is
 * the gradient by u of ⟨Jᵀu, t⟩, reverse differentiation twice.
 */
import * as tf from '@tensorflow/tfjs';
import type { Attributes } from '../graph.ts';
import { flag, numbers, word } from '../operations/attributes.ts';
import {
  activation,
  byGroup,
  columns,
  countPacked,
  derivative,
  input,
  integers,
  inverseRms,
  joinHeads,
  maskedSoftmax,
  queryKeyValue,
  rmsNorm,
  type Body,
} from './bodies.ts';

type Function = (...x: tf.Tensor[]) => tf.Tensor;

/** The change of f at `at` for the changes `along` of its arguments. */
function change(f: Function, at: readonly tf.Tensor[], along: readonly tf.Tensor[]): tf.Tensor {
  // Not every argument enters every function; tfjs refuses to differentiate by one that does not.
  const whole: Function = (...x) => x.reduce((y, argument) => tf.add(y, tf.mul(0, tf.sum(argument))), f(...x));
  const paired = (u: tf.Tensor): tf.Tensor =>
    derivative(whole, at, u)
      .map((gradient, i) => tf.sum(tf.mul(gradient, input(along, i))))
      .reduce((sum, term) => tf.add(sum, term));
  return tf.grad(paired)(tf.zerosLike(f(...at)));
}

/** What lies between 1/r² and the mean square: the norm's eps, which its gradient is not given. */
const epsOf = (x: tf.Tensor, r: tf.Tensor, groups: readonly number[]): tf.Tensor =>
  tf.sub(
    tf.reciprocal(tf.square(r)),
    byGroup(groups, (start, size) => tf.mean(tf.square(columns(x, start, size)), 1, true)),
  );

/** The gradient of an activation written out: tfjs's second derivative of tanh is not right. */
function activationGrad(u: tf.Tensor, dy: tf.Tensor, attributes: Attributes): tf.Tensor {
  const plain = { ...attributes, gated: false };
  const slope = (x: tf.Tensor): tf.Tensor => {
    const kind = word(attributes, 'kind');
    if (kind === 'relu') return tf.step(x);
    if (kind === 'silu') {
      const s = tf.sigmoid(x);
      return tf.add(s, tf.mul(x, tf.mul(s, tf.sub(1, s))));
    }
    if (kind === 'gelu') {
      const density = tf.mul(1 / Math.sqrt(2 * Math.PI), tf.exp(tf.mul(-0.5, tf.square(x))));
      return tf.add(tf.mul(0.5, tf.add(1, tf.erf(tf.mul(Math.SQRT1_2, x)))), tf.mul(x, density));
    }
    const c = Math.sqrt(2 / Math.PI);
    const th = tf.tanh(tf.mul(c, tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x))))));
    const inner = tf.mul(c, tf.add(1, tf.mul(3 * 0.044715, tf.mul(x, x))));
    return tf.add(tf.mul(0.5, tf.add(1, th)), tf.mul(tf.mul(0.5, x), tf.mul(tf.sub(1, tf.mul(th, th)), inner)));
  };
  if (!flag(attributes, 'gated')) return tf.mul(dy, slope(u));
  const width = (u.shape[1] as number) / 2;
  const [x, gate] = [columns(u, 0, width), columns(u, width, width)];
  return tf.concat([tf.mul(tf.mul(dy, gate), slope(x)), tf.mul(dy, activation(x, plain))], 1);
}

function attentionTangent(inputs: readonly tf.Tensor[], attributes: Attributes): readonly tf.Tensor[] {
  const count = countPacked(attributes);
  const packed = inputs.slice(0, count);
  const probs = input(inputs, count);
  const allow = tf.cast(tf.greater(probs, 0), 'float32');
  const [q, k] = queryKeyValue(packed, attributes);
  const bias = tf.sub(tf.log(tf.maximum(probs, 1e-37)), tf.matMul(q, k, false, true));
  const probabilities = (x: readonly tf.Tensor[]): tf.Tensor => {
    const [query, key] = queryKeyValue(x.slice(0, count), attributes);
    return maskedSoftmax(tf.add(tf.add(tf.matMul(query, key, false, true), bias), input(x, count)), allow);
  };
  const at = [...packed, tf.zerosLike(probs)];
  const tbias = flag(attributes, 'hasBias') ? input(inputs, 2 * count + 1) : tf.zeros(probs.shape.slice(1));
  const along = [...inputs.slice(count + 1, 2 * count + 1), tf.add(tf.zerosLike(probs), tbias)];
  return [
    change((...x) => joinHeads(tf.matMul(probabilities(x), queryKeyValue(x.slice(0, count), attributes)[2])), at, along),
    change((...x) => probabilities(x), at, along),
  ];
}

/** The gradient of attention as a function of its factors, probabilities and dout: the softmax's part is P·(dP − Σ P·dP). */
function attentionGradTangent(inputs: readonly tf.Tensor[], attributes: Attributes): readonly tf.Tensor[] {
  const count = countPacked(attributes);
  const dscores: Function = (...x) => {
    const [probs, dout] = [input(x, count), input(x, count + 1)];
    const heads = queryKeyValue(x.slice(0, count), attributes);
    const dprobs = derivative((p) => joinHeads(tf.matMul(p, heads[2])), [probs], dout)[0] as tf.Tensor;
    return tf.mul(probs, tf.sub(dprobs, tf.sum(tf.mul(probs, dprobs), -1, true)));
  };
  /** Gradient at factor `index`: through the scores and, for the values, through the output. */
  const factor =
    (index: number): Function =>
    (...x) => {
      const [probs, dout, ds] = [input(x, count), input(x, count + 1), dscores(...x)];
      const throughScores = derivative(
        (...packed) => {
          const [query, key] = queryKeyValue(packed, attributes);
          return tf.matMul(query, key, false, true);
        },
        x.slice(0, count),
        ds,
      );
      if (index < count - 1) return input(throughScores, index);
      const before = x.slice(0, count - 1);
      const values: Function = (last) => joinHeads(tf.matMul(probs, queryKeyValue([...before, last as tf.Tensor], attributes)[2]));
      return tf.add(input(throughScores, index), derivative(values, [input(x, index)], dout)[0] as tf.Tensor);
    };
  const at = inputs.slice(0, count + 2);
  const along = inputs.slice(count + 2);
  return [...Array.from({ length: count }, (_, index) => change(factor(index), at, along)), change(dscores, at, along)];
}

export const TANGENT_BODIES: Readonly<Record<string, Body>> = {
  rms_norm_tangent: (inputs, attributes) => {
    const groups = numbers(attributes, 'groups');
    const [x, scale, r, tx, tscale] = [0, 1, 2, 3, 4].map((i) => input(inputs, i)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const eps = epsOf(x, r, groups);
    return [
      change((at, s) => rmsNorm(at as tf.Tensor, s as tf.Tensor, groups, eps), [x, scale], [tx, tscale]),
      change((at) => inverseRms(at as tf.Tensor, groups, eps), [x], [tx]),
    ];
  },
  rms_norm_grad_tangent: (inputs, attributes) => {
    const groups = numbers(attributes, 'groups');
    const [x, scale, r, dy, tx, tdy] = [0, 1, 2, 3, 4, 5].map((i) => input(inputs, i)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const eps = epsOf(x, r, groups);
    const gradient: Function = (at, d) =>
      derivative((y) => rmsNorm(y as tf.Tensor, scale, groups, eps), [at as tf.Tensor], d as tf.Tensor)[0] as tf.Tensor;
    const result = change(gradient, [x, dy], [tx, tdy]);
    return [inputs[6] ? tf.add(result, inputs[6]) : result];
  },
  feed_forward_activation_tangent: (x, attributes) => [change((u) => activation(u as tf.Tensor, attributes), [input(x, 0)], [input(x, 1)])],
  feed_forward_activation_grad_tangent: (x, attributes) => [
    change((u, dy) => activationGrad(u as tf.Tensor, dy as tf.Tensor, attributes), [input(x, 0), input(x, 1)], [input(x, 2), input(x, 3)]),
  ],
  attention_tangent: attentionTangent,
  attention_grad_tangent: attentionGradTangent,
  // The gradient by the logits is weight·(softmax − onehot): only the softmax changes.
  cross_entropy_grad_tangent: (x) => {
    const labels = integers(input(x, 2));
    const weights = tf.mul(input(x, 3), tf.tensor1d(Float32Array.from(labels, (label) => (label >= 0 ? 1 : 0))));
    const gradient: Function = (logits) => tf.mul(tf.reshape(weights, [-1, 1]), tf.softmax(logits as tf.Tensor));
    return [change(gradient, [input(x, 0)], [input(x, 4)])];
  },
};
