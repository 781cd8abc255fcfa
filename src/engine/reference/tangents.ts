/**
 * The reference bodies of the tangent operations (../operations/README.md). Each is tfjs's own derivative of the
 * operation that it belongs to: tfjs differentiates in reverse only, so the change J·t of f(x) for a change t of x is
 * the gradient by u of ⟨Jᵀu, t⟩, reverse differentiation twice.
 */
import * as tf from '@tensorflow/tfjs';
import type { TangentName } from '../operations/catalogue.ts';
import {
  activation,
  columns,
  derivative,
  epsilonOf,
  factorsOf,
  integers,
  inverseRms,
  joinHeads,
  maskedSoftmax,
  queryKeyValue,
  rmsNorm,
  type ActivationKind,
} from './bodies.ts';
import type { Body } from './body.ts';

type Function = (...x: tf.Tensor[]) => tf.Tensor;

/** The change of f at `at` for the changes `along` of its arguments. */
function change(f: Function, at: readonly tf.Tensor[], along: readonly tf.Tensor[]): tf.Tensor {
  // Not every argument enters every function; tfjs refuses to differentiate by one that does not.
  const whole: Function = (...x) => x.reduce((y, argument) => tf.add(y, tf.mul(0, tf.sum(argument))), f(...x));
  const paired = (u: tf.Tensor): tf.Tensor =>
    derivative(whole, at, u)
      .map((gradient, i) => tf.sum(tf.mul(gradient, along[i] as tf.Tensor)))
      .reduce((sum, term) => tf.add(sum, term));
  return tf.grad(paired)(tf.zerosLike(f(...at)));
}

/** The gradient of an activation written out: tfjs's second derivative of tanh is not right. */
function activationGrad(u: tf.Tensor, dy: tf.Tensor, { kind, gated }: ActivationKind): tf.Tensor {
  const slope = (x: tf.Tensor): tf.Tensor => {
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
  if (!gated) return tf.mul(dy, slope(u));
  const width = (u.shape[1] as number) / 2;
  const [x, gate] = [columns(u, 0, width), columns(u, width, width)];
  return tf.concat([tf.mul(tf.mul(dy, gate), slope(x)), tf.mul(dy, activation(x, { kind, gated: false }))], 1);
}

const attentionTangent: Body<'attention_tangent'> = ({ query, keyValue, probs, tquery, tkeyValue, tbias }, { attributes }) => {
  const factors = factorsOf(query, keyValue);
  const allow = tf.cast(tf.greater(probs, 0), 'float32');
  const [q, k] = queryKeyValue(factors, attributes);
  const bias = tf.sub(tf.log(tf.maximum(probs, 1e-37)), tf.matMul(q, k, false, true));
  /** With something, 0 here, added to the scores. */
  const probabilities: Function = (added, ...x) => {
    const [queries, keys] = queryKeyValue(x, attributes);
    return maskedSoftmax(tf.add(tf.add(tf.matMul(queries, keys, false, true), bias), added as tf.Tensor), allow);
  };
  const out: Function = (...x) => joinHeads(tf.matMul(probabilities(...x), queryKeyValue(x.slice(1), attributes)[2]));
  const at = [tf.zerosLike(probs), ...factors];
  const along = [tf.add(tf.zerosLike(probs), tbias ?? tf.zeros(probs.shape.slice(1))), ...factorsOf(tquery, tkeyValue)];
  return { tout: change(out, at, along), tprobs: change(probabilities, at, along) };
};

/**
 * The gradient of attention as a function of its factors, probabilities and dout: the softmax's part is P·(dP − Σ
 * P·dP).
 */
const attentionGradTangent: Body<'attention_grad_tangent'> = (inputs, { attributes }) => {
  const { query, keyValue, probs, dout, tquery, tkeyValue, tprobs, tdout } = inputs;
  type Arguments = [probs: tf.Tensor, dout: tf.Tensor, ...factors: tf.Tensor[]];
  const dscores = (...[p, d, ...factors]: Arguments): tf.Tensor => {
    const [, , values] = queryKeyValue(factors, attributes);
    const dprobs = derivative((x) => joinHeads(tf.matMul(x as tf.Tensor, values)), [p], d)[0] as tf.Tensor;
    return tf.mul(p, tf.sub(dprobs, tf.sum(tf.mul(p, dprobs), -1, true)));
  };
  /** Gradient at factor `index`: through the scores and, for the values, through the output. */
  const dfactor =
    (index: number) =>
    (...[p, d, ...factors]: Arguments): tf.Tensor => {
      const scores: Function = (...x) => {
        const [queries, keys] = queryKeyValue(x, attributes);
        return tf.matMul(queries, keys, false, true);
      };
      const throughScores = derivative(scores, factors, dscores(p, d, ...factors))[index] as tf.Tensor;
      if (index < factors.length - 1) return throughScores;
      const others = factors.slice(0, -1);
      const output: Function = (last) => joinHeads(tf.matMul(p, queryKeyValue([...others, last as tf.Tensor], attributes)[2]));
      return tf.add(throughScores, derivative(output, factors.slice(-1), d)[0] as tf.Tensor);
    };
  const at = [probs, dout, ...factorsOf(query, keyValue)];
  const along = [tprobs, tdout, ...factorsOf(tquery, tkeyValue)];
  const changeOf = (f: (...x: Arguments) => tf.Tensor): tf.Tensor => change((...x) => f(...(x as Arguments)), at, along);
  return { tdquery: changeOf(dfactor(0)), tdkeyValue: keyValue && changeOf(dfactor(1)), tdscores: changeOf(dscores) };
};

export const TANGENT_BODIES: { readonly [Op in TangentName]: Body<Op> } = {
  rms_norm_tangent: ({ x, scale, r, tx, tscale }, { attributes: { groups } }) => {
    const epsilon = epsilonOf(x, r, groups);
    return {
      ty: change((at, s) => rmsNorm(at as tf.Tensor, s as tf.Tensor, groups, epsilon), [x, scale], [tx, tscale]),
      tr: change((at) => inverseRms(at as tf.Tensor, groups, epsilon), [x], [tx]),
    };
  },
  rms_norm_grad_tangent: ({ x, scale, r, dy, tx, tdy, add }, { attributes: { groups } }) => {
    const epsilon = epsilonOf(x, r, groups);
    const gradient: Function = (at, d) =>
      derivative((y) => rmsNorm(y as tf.Tensor, scale, groups, epsilon), [at as tf.Tensor], d as tf.Tensor)[0] as tf.Tensor;
    const result = change(gradient, [x, dy], [tx, tdy]);
    return { tdx: add ? tf.add(result, add) : result };
  },
  feed_forward_activation_tangent: ({ u, tu }, { attributes }) => ({
    ty: change((x) => activation(x as tf.Tensor, attributes), [u], [tu]),
  }),
  feed_forward_activation_grad_tangent: ({ u, dy, tu, tdy }, { attributes }) => ({
    tdu: change((x, d) => activationGrad(x as tf.Tensor, d as tf.Tensor, attributes), [u, dy], [tu, tdy]),
  }),
  attention_tangent: attentionTangent,
  attention_grad_tangent: attentionGradTangent,
  // The gradient by the logits is weight·(softmax − onehot): only the softmax changes.
  cross_entropy_grad_tangent: ({ logits, labels, weights, tlogits }) => {
    const counted = tf.tensor1d(Float32Array.from(integers(labels), (label) => (label >= 0 ? 1 : 0)));
    const factors = tf.reshape(tf.mul(weights, counted), [-1, 1]);
    const gradient: Function = (x) => tf.mul(factors, tf.softmax(x as tf.Tensor));
    return { tdlogits: change(gradient, [logits], [tlogits]) };
  },
};
