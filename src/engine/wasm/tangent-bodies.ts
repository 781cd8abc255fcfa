/** The wasm bodies of the tangent operations, as bodies.ts has those of the others. */
import type { TangentName } from '../operations/catalogue.ts';
import { dimension, packedHeads, type Body } from './bodies.ts';
import { addressesOf } from './placement.ts';

const rmsNormTangent: Body<'rms_norm_tangent'> = (node, place) => {
  const { kernels } = place;
  const { x, scale, r, tx, tscale, ty, tr } = addressesOf(node, place);
  const { groups: widths } = node.attributes;
  const [rows, groups] = [dimension(node.inputs.x, 0), place.integers(widths)];
  return () => kernels.rmsNormTangent(x, scale, r, tx, tscale, ty, tr, rows, groups, widths.length);
};
const rmsNormGradTangent: Body<'rms_norm_grad_tangent'> = (node, place) => {
  const { kernels } = place;
  const { x, scale, r, dy, tx, tdy, add, tdx } = addressesOf(node, place);
  const { groups: widths } = node.attributes;
  const [rows, groups] = [dimension(node.inputs.x, 0), place.integers(widths)];
  return () => kernels.rmsNormGradTangent(x, scale, r, dy, tx, tdy, add, tdx, rows, groups, widths.length);
};

const activationTangent: Body<'feed_forward_activation_tangent'> = (node, place) => {
  const { kernels } = place;
  const { u, tu, ty } = addressesOf(node, place);
  const [rows, width] = [dimension(node.outputs.ty, 0), dimension(node.outputs.ty, 1)];
  const { kind, gated } = node.attributes;
  if (kind === 'silu' || kind === 'gelu') return () => kernels.smoothActivationTangent(u, tu, ty, rows, width, kind === 'silu', gated);
  return () => kernels.activationTangent(u, tu, ty, rows, width, kind === 'relu', gated);
};
const activationGradTangent: Body<'feed_forward_activation_grad_tangent'> = (node, place) => {
  const { kernels } = place;
  const { u, dy, tu, tdy, tdu } = addressesOf(node, place);
  const [rows, width] = [dimension(node.inputs.dy, 0), dimension(node.inputs.dy, 1)];
  const { kind, gated } = node.attributes;
  if (kind === 'silu' || kind === 'gelu')
    return () => kernels.smoothActivationGradTangent(u, dy, tu, tdy, tdu, rows, width, kind === 'silu', gated);
  return () => kernels.activationGradTangent(u, dy, tu, tdy, tdu, rows, width, kind === 'relu', gated);
};

const attentionTangent: Body<'attention_tangent'> = (node, place) => {
  const { kernels, scratch } = place;
  const { query, keyValue, probs, tquery, tkeyValue, tbias, tout, tprobs } = addressesOf(node, place);
  const { q, k, v, stepQ, stepKV } = packedHeads(query, keyValue, node.attributes);
  const { q: tq, k: tk, v: tv } = packedHeads(tquery, tkeyValue, node.attributes);
  const { batch: B, heads: H, dkv, queryLength: S, keyLength: T } = node.attributes;
  return () => kernels.attentionTangent(q, stepQ, k, v, stepKV, probs, tq, tk, tv, tbias, tout, tprobs, B, H, dkv, S, T, scratch);
};
const attentionGradTangent: Body<'attention_grad_tangent'> = (node, place) => {
  const { kernels, scratch } = place;
  const { query, keyValue, probs, dout, tquery, tkeyValue, tprobs, tdout, ...changes } = addressesOf(node, place);
  const { q, k, v, stepQ, stepKV } = packedHeads(query, keyValue, node.attributes);
  const { q: tq, k: tk, v: tv } = packedHeads(tquery, tkeyValue, node.attributes);
  const { q: tdq, k: tdk, v: tdv } = packedHeads(changes.tdquery, changes.tdkeyValue, node.attributes);
  const tds = place.isRead(node.outputs.tdscores) ? changes.tdscores : 0;
  const { batch: B, heads: H, dkv, queryLength: S, keyLength: T } = node.attributes;
  return () =>
    kernels.attentionGradTangent(
      q,
      stepQ,
      k,
      v,
      stepKV,
      probs,
      dout,
      tq,
      tk,
      tv,
      tprobs,
      tdout,
      tdq,
      tdk,
      tdv,
      tds,
      B,
      H,
      dkv,
      S,
      T,
      scratch,
    );
};

const crossEntropyGradTangent: Body<'cross_entropy_grad_tangent'> = (node, place) => {
  const { kernels } = place;
  const { logits, lse, labels, weights, tlogits, tdlogits } = addressesOf(node, place);
  const [rows, vocabulary] = [dimension(node.inputs.logits, 0), dimension(node.inputs.logits, 1)];
  return () => kernels.crossEntropyGradTangent(logits, lse, labels, weights, tlogits, tdlogits, rows, vocabulary);
};

export const TANGENT_BODIES: { readonly [Op in TangentName]: Body<Op> } = {
  rms_norm_tangent: rmsNormTangent,
  rms_norm_grad_tangent: rmsNormGradTangent,
  feed_forward_activation_tangent: activationTangent,
  feed_forward_activation_grad_tangent: activationGradTangent,
  attention_tangent: attentionTangent,
  attention_grad_tangent: attentionGradTangent,
  cross_entropy_grad_tangent: crossEntropyGradTangent,
};
