/**
 * The wasm body of every operation: a node of a graph becomes one call with every address and size fixed.
 * Meaning of the operations: ../operations/README.md.
 */
import { entriesOf } from '../operations/adafactor-table.ts';
import type { OperationName, TangentName } from '../operations/catalogue.ts';
import type { NodeOf } from '../operations/node.ts';
import type { Tensor } from '../tensor.ts';
import type { Kernels } from './kernels.ts';
import { addressesOf, type Placement } from './placement.ts';

export type Body<Op extends OperationName> = (node: NodeOf<Op>, place: Placement) => () => void;

export const dimension = (tensor: Tensor, axis: number): number => {
  const size = tensor.shape[axis];
  if (size === undefined) throw new Error(`wasm: a tensor of shape [${tensor.shape.join(', ')}] has no axis ${axis}`);
  return size;
};

/** Sizes of an attention. */
export interface Heads {
  readonly batch: number;
  readonly heads: number;
  readonly dkv: number;
  readonly queryLength: number;
  readonly keyLength: number;
}
/** Addresses of q, k and v (or of their gradients), and the bytes between two rows of q, and of k and v. */
export interface PackedHeads {
  readonly q: number;
  readonly k: number;
  readonly v: number;
  readonly stepQ: number;
  readonly stepKV: number;
}
/** @param keyValue 0 where q, k and v lie in one tensor */
export function packedHeads(query: number, keyValue: number, { heads, dkv }: Heads): PackedHeads {
  const bytes = heads * dkv * 4;
  if (keyValue === 0) return { q: query, k: query + bytes, v: query + 2 * bytes, stepQ: 3 * bytes, stepKV: 3 * bytes };
  return { q: query, k: keyValue, v: keyValue + bytes, stepQ: bytes, stepKV: 2 * bytes };
}

/** Sizes of a product: [M, N] from [M, K] and [K, N]. */
function productSizes({ inputs: { a, b }, outputs: { c }, attributes: { transposeA } }: NodeOf<'matmul'>): [number, number, number] {
  const [M, N, K] = [dimension(c, 0), dimension(c, 1), dimension(a, transposeA ? 0 : 1)];
  if (a.size !== M * K || b.size !== N * K)
    throw new Error(`wasm: matmul of [${a.shape.join(', ')}] and [${b.shape.join(', ')}] does not give [${c.shape.join(', ')}]`);
  return [M, N, K];
}

type Scratch<Op extends OperationName> = (node: NodeOf<Op>, kernels: Kernels) => number;
const attentionScratch = ({ attributes }: { readonly attributes: Heads }, kernels: Kernels): number =>
  kernels.attentionScratch(attributes.queryLength, attributes.keyLength, attributes.dkv);

/** Bytes of scratch that kernels need; those of the other operations need none. */
const SCRATCH: { readonly [Op in OperationName]?: Scratch<Op> } = {
  matmul(node, kernels) {
    const { transposeA } = node.attributes;
    return kernels.matmulScratch(dimension(node.outputs.c, 0), dimension(node.inputs.a, transposeA ? 0 : 1), transposeA);
  },
  attention: attentionScratch,
  attention_grad: attentionScratch,
  attention_tangent: attentionScratch,
  attention_grad_tangent: attentionScratch,
  // A float64 a column of the widest tensor.
  adafactor: (node) => 8 * Math.max(0, ...entriesOf(node.inputs.table).map(({ columns }) => columns)),
};
/** Bytes of scratch that the node's kernel needs. */
export function scratchBytes<Op extends OperationName>(node: NodeOf<Op>, kernels: Kernels): number {
  const scratch: Scratch<Op> | undefined = SCRATCH[node.op];
  return scratch ? scratch(node, kernels) : 0;
}

const matmul: Body<'matmul'> = (node, place) => {
  const { kernels, scratch } = place;
  const [M, N, K] = productSizes(node);
  const { a, b, add, c } = addressesOf(node, place);
  const { transposeA, transposeB, alpha, accumulate } = node.attributes;
  return () => kernels.matmul(a, b, c, add, M, N, K, transposeA, transposeB, alpha, accumulate, scratch);
};

const rmsNorm: Body<'rms_norm'> = (node, place) => {
  const { kernels } = place;
  const { x, scale, y, r } = addressesOf(node, place);
  const { groups: widths, epsilon } = node.attributes;
  const [rows, groups] = [dimension(node.inputs.x, 0), place.integers(widths)];
  return () => kernels.rmsNorm(x, scale, y, r, rows, groups, widths.length, epsilon);
};
const rmsNormGrad: Body<'rms_norm_grad'> = (node, place) => {
  const { kernels } = place;
  const { x, scale, r, dy, add, dx } = addressesOf(node, place);
  const { groups: widths } = node.attributes;
  const [rows, groups] = [dimension(node.inputs.x, 0), place.integers(widths)];
  return () => kernels.rmsNormGrad(x, scale, r, dy, add, dx, rows, groups, widths.length);
};
const rmsNormScaleGrad: Body<'rms_norm_scale_grad'> = (node, place) => {
  const { kernels } = place;
  const { x, r, dy, dscale } = addressesOf(node, place);
  const { groups: widths, accumulate } = node.attributes;
  const [rows, d, groups] = [dimension(node.inputs.x, 0), dimension(node.inputs.x, 1), place.integers(widths)];
  return () => kernels.rmsNormScaleGrad(x, r, dy, dscale, rows, d, groups, widths.length, accumulate);
};

const activation: Body<'feed_forward_activation'> = (node, place) => {
  const { kernels } = place;
  const { u, y } = addressesOf(node, place);
  const [rows, width] = [dimension(node.outputs.y, 0), dimension(node.outputs.y, 1)];
  const { kind, gated } = node.attributes;
  if (kind === 'silu' || kind === 'gelu') return () => kernels.smoothActivation(u, y, rows, width, kind === 'silu', gated);
  return () => kernels.activation(u, y, rows, width, kind === 'relu', gated);
};
const activationGrad: Body<'feed_forward_activation_grad'> = (node, place) => {
  const { kernels } = place;
  const { u, dy, du } = addressesOf(node, place);
  const [rows, width] = [dimension(node.inputs.dy, 0), dimension(node.inputs.dy, 1)];
  const { kind, gated } = node.attributes;
  if (kind === 'silu' || kind === 'gelu') return () => kernels.smoothActivationGrad(u, dy, du, rows, width, kind === 'silu', gated);
  return () => kernels.activationGrad(u, dy, du, rows, width, kind === 'relu', gated);
};

const attention: Body<'attention'> = (node, place) => {
  const { kernels, scratch } = place;
  const { query, keyValue, bias, mask, out, probs } = addressesOf(node, place);
  const { q, k, v, stepQ, stepKV } = packedHeads(query, keyValue, node.attributes);
  const { batch: B, heads: H, dkv, queryLength: S, keyLength: T, causal } = node.attributes;
  return () => kernels.attention(q, stepQ, k, v, stepKV, bias, mask, out, probs, B, H, dkv, S, T, causal, scratch);
};
const attentionGrad: Body<'attention_grad'> = (node, place) => {
  const { kernels, scratch } = place;
  const { query, keyValue, probs, dout, dquery, dkeyValue, dscores } = addressesOf(node, place);
  const { q, k, v, stepQ, stepKV } = packedHeads(query, keyValue, node.attributes);
  const { q: dq, k: dk, v: dv } = packedHeads(dquery, dkeyValue, node.attributes);
  const scores = place.isRead(node.outputs.dscores) ? dscores : 0;
  const { batch: B, heads: H, dkv, queryLength: S, keyLength: T } = node.attributes;
  return () => kernels.attentionGrad(q, stepQ, k, v, stepKV, probs, dout, dq, dk, dv, scores, B, H, dkv, S, T, scratch);
};

const embed: Body<'embed'> = (node, place) => {
  const { kernels } = place;
  const { table, ids, y } = addressesOf(node, place);
  const [rows, d] = [node.inputs.ids.size, dimension(node.inputs.table, 1)];
  return () => kernels.embed(table, ids, y, rows, d);
};
const embedGrad: Body<'embed_grad'> = (node, place) => {
  const { kernels } = place;
  const { dy, index, dtable } = addressesOf(node, place);
  const [vocabulary, d] = [dimension(node.outputs.dtable, 0), dimension(node.outputs.dtable, 1)];
  const { accumulate } = node.attributes;
  return () => kernels.embedGrad(dy, index, dtable, vocabulary, d, accumulate);
};
const positionBias: Body<'position_bias'> = (node, place) => {
  const { kernels } = place;
  const { table, bucket, bias } = addressesOf(node, place);
  const [heads, positions] = [dimension(node.inputs.table, 1), node.inputs.bucket.size];
  return () => kernels.positionBias(table, bucket, bias, heads, positions);
};
const positionBiasGrad: Body<'position_bias_grad'> = (node, place) => {
  const { kernels } = place;
  const { dbias, bucket, dtable } = addressesOf(node, place);
  const [buckets, heads] = [dimension(node.outputs.dtable, 0), dimension(node.outputs.dtable, 1)];
  const [positions, { accumulate }] = [node.inputs.bucket.size, node.attributes];
  return () => kernels.positionBiasGrad(dbias, bucket, dtable, buckets, heads, positions, accumulate);
};
const attentionBiasGrad: Body<'attention_bias_grad'> = (node, place) => {
  const { kernels } = place;
  const { dscores, dbias } = addressesOf(node, place);
  const [size, { batch, accumulate }] = [node.outputs.dbias.size, node.attributes];
  return () => kernels.sumRows(dscores, dbias, batch, size, accumulate);
};
const crossEntropy: Body<'cross_entropy'> = (node, place) => {
  const { kernels } = place;
  const { logits, labels, weights, rowLoss, lse } = addressesOf(node, place);
  const [rows, vocabulary] = [dimension(node.inputs.logits, 0), dimension(node.inputs.logits, 1)];
  return () => kernels.crossEntropy(logits, labels, weights, rowLoss, lse, rows, vocabulary);
};
const crossEntropyGrad: Body<'cross_entropy_grad'> = (node, place) => {
  const { kernels } = place;
  const { logits, lse, labels, weights, dlogits } = addressesOf(node, place);
  const [rows, vocabulary] = [dimension(node.inputs.logits, 0), dimension(node.inputs.logits, 1)];
  return () => kernels.crossEntropyGrad(logits, lse, labels, weights, dlogits, rows, vocabulary);
};

const sum: Body<'sum'> = (node, place) => {
  const { kernels } = place;
  const { x, y } = addressesOf(node, place);
  const n = node.inputs.x.size;
  return () => kernels.sumTo(x, n, y);
};
const sumSquares: Body<'sum_squares'> = (node, place) => {
  const { kernels } = place;
  const { x, y } = addressesOf(node, place);
  const n = node.inputs.x.size;
  return () => kernels.sumSquaresTo(x, n, y);
};
const add: Body<'add'> = (node, place) => {
  const { kernels } = place;
  const { a, b, c } = addressesOf(node, place);
  const n = node.outputs.c.size;
  return () => kernels.add(a, b, c, n);
};
const mix: Body<'mix'> = (node, place) => {
  const { kernels } = place;
  const { a, b, weight, c } = addressesOf(node, place);
  const n = node.outputs.c.size;
  return () => kernels.mix(a, b, weight, c, n);
};
const mixGrad: Body<'mix_grad'> = (node, place) => {
  const { kernels } = place;
  const { dc, weight, dpart } = addressesOf(node, place);
  const [n, { rest }] = [node.outputs.dpart.size, node.attributes];
  return () => kernels.mixGrad(dc, weight, rest, dpart, n);
};

const clip: Body<'clip'> = (node, place) => {
  const { kernels } = place;
  const { x, squares } = addressesOf(node, place);
  const [n, { norm }] = [node.inputs.x.size, node.attributes];
  return () => kernels.clip(x, squares, norm, n);
};
const sgd: Body<'sgd'> = (node, place) => {
  const { kernels } = place;
  const { parameters, gradients, values } = addressesOf(node, place);
  const n = node.inputs.parameters.size;
  return () => kernels.sgd(parameters, gradients, values, n);
};
const momentum: Body<'momentum'> = (node, place) => {
  const { kernels } = place;
  const { parameters, gradients, velocity, values } = addressesOf(node, place);
  const n = node.inputs.parameters.size;
  return () => kernels.momentum(parameters, gradients, velocity, values, n);
};
const adam: Body<'adam'> = (node, place) => {
  const { kernels } = place;
  const { parameters, gradients, moment1, moment2, groups, values } = addressesOf(node, place);
  const [n, { decay }] = [node.inputs.parameters.size, node.attributes];
  return () => kernels.adam(parameters, gradients, moment1, moment2, groups, values, decay, n);
};
const adafactor: Body<'adafactor'> = (node, place) => {
  const { kernels, scratch } = place;
  const { parameters, gradients, rowMeans, columnMeans, groups, values, table } = addressesOf(node, place);
  const [tensors, { scaled }] = [dimension(node.inputs.table, 0), node.attributes];
  return () => kernels.adafactor(parameters, gradients, rowMeans, columnMeans, groups, values, table, tensors, scaled, scratch);
};

export const PLAIN_BODIES: { readonly [Op in Exclude<OperationName, TangentName>]: Body<Op> } = {
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
