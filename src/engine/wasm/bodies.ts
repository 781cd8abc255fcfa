/**
 * The wasm body of every operation: a node of a graph becomes one call with every address and size fixed.
 * Meaning of the operations: ../operations/README.md.
 */
import type { Node, Tensor } from '../graph.ts';
import { flag, real, wholeNumber, word } from '../operations/attributes.ts';
import type { Kernels } from './kernels.ts';

/** What a body may ask while a node is made into a call. */
export interface Placement {
  readonly kernels: Kernels;
  /** Address of a tensor in bytes. */
  address(tensor: Tensor): number;
  /** Whether a later node, or the host, reads the tensor. */
  isRead(tensor: Tensor): boolean;
  /** Address of int32 constants. */
  integers(values: readonly number[]): number;
  /** Address of the kernels' own scratch, which no call leaves anything in. */
  readonly scratch: number;
}
export type Body = (node: Node, place: Placement) => () => void;

export const tensorAt = (list: readonly Tensor[], index: number, node: Node): Tensor => {
  const tensor = list[index];
  if (!tensor) throw new Error(`wasm: ${node.op} lacks its tensor ${index + 1} of ${list.length}`);
  return tensor;
};
export const input = (node: Node, index: number): Tensor => tensorAt(node.inputs, index, node);
export const output = (node: Node, index: number): Tensor => tensorAt(node.outputs, index, node);
export const dimension = (tensor: Tensor, axis: number): number => {
  const size = tensor.shape[axis];
  if (size === undefined) throw new Error(`wasm: a tensor of shape [${tensor.shape.join(', ')}] has no axis ${axis}`);
  return size;
};
const accumulates = (node: Node): boolean => flag(node.attributes, 'accumulate');

/** Addresses of q, k and v (or of their gradients), which share the packs' geometry. */
export function heads(
  node: Node,
  tensors: readonly Tensor[],
  place: Placement,
): { q: number; k: number; v: number; stepQ: number; stepKV: number } {
  const bytes = wholeNumber(node.attributes, 'heads') * wholeNumber(node.attributes, 'dkv') * 4;
  const first = place.address(tensorAt(tensors, 0, node));
  if (word(node.attributes, 'packed') === 'qkv')
    return { q: first, k: first + bytes, v: first + 2 * bytes, stepQ: 3 * bytes, stepKV: 3 * bytes };
  const second = place.address(tensorAt(tensors, 1, node));
  return { q: first, k: second, v: second + bytes, stepQ: bytes, stepKV: 2 * bytes };
}
export const countPacked = (node: Node): number => (word(node.attributes, 'packed') === 'qkv' ? 1 : 2);
export const attentionSizes = (node: Node): [number, number, number, number, number] => [
  wholeNumber(node.attributes, 'batch'),
  wholeNumber(node.attributes, 'heads'),
  wholeNumber(node.attributes, 'dkv'),
  wholeNumber(node.attributes, 'queryLength'),
  wholeNumber(node.attributes, 'keyLength'),
];

/** Bytes of scratch the node's kernel needs. */
export function scratchBytes(node: Node, kernels: Kernels): number {
  if (node.op === 'matmul') {
    const transposeA = flag(node.attributes, 'transposeA');
    return kernels.matmulScratch(dimension(output(node, 0), 0), dimension(input(node, 0), transposeA ? 0 : 1), transposeA);
  }
  if (node.op.startsWith('attention') && node.op !== 'attention_bias_grad') {
    const [, , dkv, queryLength, keyLength] = attentionSizes(node);
    return kernels.attentionScratch(queryLength, keyLength, dkv);
  }
  if (node.op === 'adafactor') {
    const table = node.inputs.at(-1)?.storage;
    if (table?.kind !== 'constant') throw new Error('wasm: the table of adafactor must be a constant');
    // A float64 a column of the widest tensor.
    return 8 * Math.max(0, ...Array.from(table.data).filter((_, i) => i % 5 === 2));
  }
  return 0;
}

const matmul: Body = (node, place) => {
  const { kernels, scratch } = place;
  const [left, c] = [input(node, 0), output(node, 0)];
  const [transposeA, transposeB] = [flag(node.attributes, 'transposeA'), flag(node.attributes, 'transposeB')];
  const [M, N, K] = [dimension(c, 0), dimension(c, 1), dimension(left, transposeA ? 0 : 1)];
  const right = input(node, 1);
  if (left.size !== M * K || right.size !== N * K)
    throw new Error(`wasm: matmul of [${left.shape.join(', ')}] and [${right.shape.join(', ')}] does not give [${c.shape.join(', ')}]`);
  const add = node.inputs[2];
  const [a, b, to, plus] = [place.address(left), place.address(right), place.address(c), add ? place.address(add) : 0];
  const [alpha, accumulate] = [real(node.attributes, 'alpha', 1), accumulates(node)];
  return () => kernels.matmul(a, b, to, plus, M, N, K, transposeA, transposeB, alpha, accumulate, scratch);
};

const rmsNorm: Body = (node, place) => {
  const { kernels } = place;
  const [x, scale, y, r] = [input(node, 0), input(node, 1), output(node, 0), output(node, 1)];
  const widths = node.attributes['groups'] as readonly number[];
  const groups = place.integers(widths);
  const [rows, eps] = [dimension(x, 0), real(node.attributes, 'eps')];
  const [from, factor, to, inverse] = [place.address(x), place.address(scale), place.address(y), place.address(r)];
  return () => kernels.rmsNorm(from, factor, to, inverse, rows, groups, widths.length, eps);
};
const rmsNormGrad: Body = (node, place) => {
  const { kernels } = place;
  const widths = node.attributes['groups'] as readonly number[];
  const groups = place.integers(widths);
  const [x, scale, r, dy, dx] = [input(node, 0), input(node, 1), input(node, 2), input(node, 3), output(node, 0)].map((tensor) =>
    place.address(tensor),
  ) as [number, number, number, number, number];
  const add = node.inputs[4] ? place.address(node.inputs[4]) : 0;
  const rows = dimension(input(node, 0), 0);
  return () => kernels.rmsNormGrad(x, scale, r, dy, add, dx, rows, groups, widths.length);
};
const rmsNormScaleGrad: Body = (node, place) => {
  const { kernels } = place;
  const widths = node.attributes['groups'] as readonly number[];
  const groups = place.integers(widths);
  const [x, r, dy, to] = [
    place.address(input(node, 0)),
    place.address(input(node, 1)),
    place.address(input(node, 2)),
    place.address(output(node, 0)),
  ];
  const [rows, d, accumulate] = [dimension(input(node, 0), 0), dimension(input(node, 0), 1), accumulates(node)];
  return () => kernels.rmsNormScaleGrad(x, r, dy, to, rows, d, groups, widths.length, accumulate);
};

export const isRelu = (node: Node): boolean => {
  const kind = word(node.attributes, 'kind');
  if (kind !== 'relu' && kind !== 'gelu_new')
    throw new Error(`wasm: the activation ${kind} is not known; relu, gelu_new, gelu and silu are`);
  return kind === 'relu';
};
/** SiLU, rather than GELU in its exact form; null where it is neither. */
export const isSilu = (node: Node): boolean | null => {
  const kind = word(node.attributes, 'kind');
  return kind === 'silu' ? true : kind === 'gelu' ? false : null;
};
const activation: Body = (node, place) => {
  const { kernels } = place;
  const [u, y] = [place.address(input(node, 0)), place.address(output(node, 0))];
  const [rows, width] = [dimension(output(node, 0), 0), dimension(output(node, 0), 1)];
  const [silu, gated] = [isSilu(node), flag(node.attributes, 'gated')];
  if (silu !== null) return () => kernels.smoothActivation(u, y, rows, width, silu, gated);
  const relu = isRelu(node);
  return () => kernels.activation(u, y, rows, width, relu, gated);
};
const activationGrad: Body = (node, place) => {
  const { kernels } = place;
  const [u, dy, du] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(output(node, 0))];
  const [rows, width] = [dimension(input(node, 1), 0), dimension(input(node, 1), 1)];
  const [silu, gated] = [isSilu(node), flag(node.attributes, 'gated')];
  if (silu !== null) return () => kernels.smoothActivationGrad(u, dy, du, rows, width, silu, gated);
  const relu = isRelu(node);
  return () => kernels.activationGrad(u, dy, du, rows, width, relu, gated);
};

const attention: Body = (node, place) => {
  const { kernels, scratch } = place;
  const { q, k, v, stepQ, stepKV } = heads(node, node.inputs, place);
  const count = countPacked(node);
  const hasBias = flag(node.attributes, 'hasBias');
  const bias = hasBias ? place.address(input(node, count)) : 0;
  const mask = flag(node.attributes, 'hasMask') ? place.address(input(node, count + (hasBias ? 1 : 0))) : 0;
  const [out, probs, causal] = [place.address(output(node, 0)), place.address(output(node, 1)), flag(node.attributes, 'causal')];
  const [B, H, dkv, S, T] = attentionSizes(node);
  return () => kernels.attention(q, stepQ, k, v, stepKV, bias, mask, out, probs, B, H, dkv, S, T, causal, scratch);
};
const attentionGrad: Body = (node, place) => {
  const { kernels, scratch } = place;
  const { q, k, v, stepQ, stepKV } = heads(node, node.inputs, place);
  const { q: dq, k: dk, v: dv } = heads(node, node.outputs, place);
  const count = countPacked(node);
  const [probs, dout] = [place.address(input(node, count)), place.address(input(node, count + 1))];
  const scores = output(node, count);
  const dscores = place.isRead(scores) ? place.address(scores) : 0;
  const [B, H, dkv, S, T] = attentionSizes(node);
  return () => kernels.attentionGrad(q, stepQ, k, v, stepKV, probs, dout, dq, dk, dv, dscores, B, H, dkv, S, T, scratch);
};

/** Operations whose calls are plain lists of addresses and sizes. */
const embed: Body = (node, place) => {
  const { kernels } = place;
  const [table, ids, y] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(output(node, 0))];
  const [rows, d] = [input(node, 1).size, dimension(input(node, 0), 1)];
  return () => kernels.embed(table, ids, y, rows, d);
};
const embedGrad: Body = (node, place) => {
  const { kernels } = place;
  const [dy, index, table] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(output(node, 0))];
  const [vocabulary, d, accumulate] = [dimension(output(node, 0), 0), dimension(output(node, 0), 1), accumulates(node)];
  return () => kernels.embedGrad(dy, index, table, vocabulary, d, accumulate);
};
const positionBias: Body = (node, place) => {
  const { kernels } = place;
  const [table, bucket, bias] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(output(node, 0))];
  const [count, positions] = [dimension(input(node, 0), 1), input(node, 1).size];
  return () => kernels.positionBias(table, bucket, bias, count, positions);
};
const positionBiasGrad: Body = (node, place) => {
  const { kernels } = place;
  const [dbias, bucket, table] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(output(node, 0))];
  const [buckets, count, positions] = [dimension(output(node, 0), 0), dimension(output(node, 0), 1), input(node, 1).size];
  const accumulate = accumulates(node);
  return () => kernels.positionBiasGrad(dbias, bucket, table, buckets, count, positions, accumulate);
};
const attentionBiasGrad: Body = (node, place) => {
  const { kernels } = place;
  const [from, to, size] = [place.address(input(node, 0)), place.address(output(node, 0)), output(node, 0).size];
  const [batch, accumulate] = [wholeNumber(node.attributes, 'batch'), accumulates(node)];
  return () => kernels.sumRows(from, to, batch, size, accumulate);
};
const crossEntropy: Body = (node, place) => {
  const { kernels } = place;
  const [logits, labels, weights] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(input(node, 2))];
  const [rowLoss, lse] = [place.address(output(node, 0)), place.address(output(node, 1))];
  const [rows, vocabulary] = [dimension(input(node, 0), 0), dimension(input(node, 0), 1)];
  return () => kernels.crossEntropy(logits, labels, weights, rowLoss, lse, rows, vocabulary);
};
const crossEntropyGrad: Body = (node, place) => {
  const { kernels } = place;
  const [logits, lse, labels, weights] = [0, 1, 2, 3].map((i) => place.address(input(node, i))) as [number, number, number, number];
  const to = place.address(output(node, 0));
  const [rows, vocabulary] = [dimension(input(node, 0), 0), dimension(input(node, 0), 1)];
  return () => kernels.crossEntropyGrad(logits, lse, labels, weights, to, rows, vocabulary);
};
const sum: Body = (node, place) => {
  const { kernels } = place;
  const [x, y, n] = [place.address(input(node, 0)), place.address(output(node, 0)), input(node, 0).size];
  return () => kernels.sumTo(x, n, y);
};
const sumSquares: Body = (node, place) => {
  const { kernels } = place;
  const [x, y, n] = [place.address(input(node, 0)), place.address(output(node, 0)), input(node, 0).size];
  return () => kernels.sumSquaresTo(x, n, y);
};
const add: Body = (node, place) => {
  const { kernels } = place;
  const [a, b, c, n] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(output(node, 0)), output(node, 0).size];
  return () => kernels.add(a, b, c, n);
};
const clip: Body = (node, place) => {
  const { kernels } = place;
  const [x, squares, n] = [place.address(input(node, 0)), place.address(input(node, 1)), input(node, 0).size];
  const norm = real(node.attributes, 'norm');
  return () => kernels.clip(x, squares, norm, n);
};
const sgd: Body = (node, place) => {
  const { kernels } = place;
  const [theta, g, values, n] = [
    place.address(input(node, 0)),
    place.address(input(node, 1)),
    place.address(input(node, 2)),
    input(node, 0).size,
  ];
  return () => kernels.sgd(theta, g, values, n);
};
const momentum: Body = (node, place) => {
  const { kernels } = place;
  const [theta, g, m, values] = [0, 1, 2, 3].map((i) => place.address(input(node, i))) as [number, number, number, number];
  const n = input(node, 0).size;
  return () => kernels.momentum(theta, g, m, values, n);
};
const adam: Body = (node, place) => {
  const { kernels } = place;
  const [theta, g, m, v] = [0, 1, 2, 3].map((i) => place.address(input(node, i))) as [number, number, number, number];
  const grouped = flag(node.attributes, 'grouped');
  const [groups, values, n] = [
    grouped ? place.address(input(node, 4)) : 0,
    place.address(input(node, grouped ? 5 : 4)),
    input(node, 0).size,
  ];
  const decay = real(node.attributes, 'decay', 0);
  return () => kernels.adam(theta, g, m, v, groups, values, decay, n);
};
const adafactor: Body = (node, place) => {
  const { kernels, scratch } = place;
  const [theta, g, rows, columns] = [0, 1, 2, 3].map((i) => place.address(input(node, i))) as [number, number, number, number];
  const grouped = flag(node.attributes, 'grouped');
  const groups = grouped ? place.address(input(node, 4)) : 0;
  const [values, list] = [input(node, grouped ? 5 : 4), input(node, grouped ? 6 : 5)];
  const [at, table, count, scaled] = [place.address(values), place.address(list), dimension(list, 0), flag(node.attributes, 'scaled')];
  return () => kernels.adafactor(theta, g, rows, columns, groups, at, table, count, scaled, scratch);
};
const mix: Body = (node, place) => {
  const { kernels } = place;
  const [a, b, weight] = [0, 1, 2].map((i) => place.address(input(node, i))) as [number, number, number];
  const [c, n] = [place.address(output(node, 0)), output(node, 0).size];
  return () => kernels.mix(a, b, weight, c, n);
};
const mixGrad: Body = (node, place) => {
  const { kernels } = place;
  const [dc, weight, to] = [place.address(input(node, 0)), place.address(input(node, 1)), place.address(output(node, 0))];
  const [rest, n] = [flag(node.attributes, 'rest'), output(node, 0).size];
  return () => kernels.mixGrad(dc, weight, rest, to, n);
};

export const PLAIN_BODIES: Readonly<Record<string, Body>> = {
  embed,
  embed_grad: embedGrad,
  rms_norm: rmsNorm,
  rms_norm_grad: rmsNormGrad,
  rms_norm_scale_grad: rmsNormScaleGrad,
  matmul,
  feed_forward_activation: activation,
  feed_forward_activation_grad: activationGrad,
  position_bias: positionBias,
  position_bias_grad: positionBiasGrad,
  attention,
  attention_grad: attentionGrad,
  attention_bias_grad: attentionBiasGrad,
  cross_entropy: crossEntropy,
  cross_entropy_grad: crossEntropyGrad,
  sum,
  sum_squares: sumSquares,
  add,
  clip,
  sgd,
  momentum,
  adam,
  adafactor,
  mix,
  mix_grad: mixGrad,
};
