/** The wasm bodies of the tangent operations, as bodies.ts has those of the others. */
import type { Node } from '../graph.ts';
import { flag } from '../operations/attributes.ts';
import { attentionSizes, countPacked, dimension, heads, input, isRelu, isSilu, output, type Body, type Placement } from './bodies.ts';

const widthsOf = (node: Node): readonly number[] => node.attributes['groups'] as readonly number[];
/** Addresses of the inputs from the first on. */
const addresses = (node: Node, place: Placement): number[] => node.inputs.map((tensor) => place.address(tensor));

const rmsNormTangent: Body = (node, place) => {
  const { kernels } = place;
  const [x, scale, r, tx, tscale] = addresses(node, place) as [number, number, number, number, number];
  const [ty, tr, rows] = [place.address(output(node, 0)), place.address(output(node, 1)), dimension(input(node, 0), 0)];
  const widths = widthsOf(node);
  const groups = place.integers(widths);
  return () => kernels.rmsNormTangent(x, scale, r, tx, tscale, ty, tr, rows, groups, widths.length);
};
const rmsNormGradTangent: Body = (node, place) => {
  const { kernels } = place;
  const [x, scale, r, dy, tx, tdy, add = 0] = addresses(node, place) as [number, number, number, number, number, number, number?];
  const [tdx, rows] = [place.address(output(node, 0)), dimension(input(node, 0), 0)];
  const widths = widthsOf(node);
  const groups = place.integers(widths);
  return () => kernels.rmsNormGradTangent(x, scale, r, dy, tx, tdy, add, tdx, rows, groups, widths.length);
};

const activationTangent: Body = (node, place) => {
  const { kernels } = place;
  const [u, tu] = addresses(node, place) as [number, number];
  const ty = output(node, 0);
  const [to, rows, width] = [place.address(ty), dimension(ty, 0), dimension(ty, 1)];
  const [silu, gated] = [isSilu(node), flag(node.attributes, 'gated')];
  if (silu !== null) return () => kernels.smoothActivationTangent(u, tu, to, rows, width, silu, gated);
  const relu = isRelu(node);
  return () => kernels.activationTangent(u, tu, to, rows, width, relu, gated);
};
const activationGradTangent: Body = (node, place) => {
  const { kernels } = place;
  const [u, dy, tu, tdy] = addresses(node, place) as [number, number, number, number];
  const [to, rows, width] = [place.address(output(node, 0)), dimension(input(node, 1), 0), dimension(input(node, 1), 1)];
  const [silu, gated] = [isSilu(node), flag(node.attributes, 'gated')];
  if (silu !== null) return () => kernels.smoothActivationGradTangent(u, dy, tu, tdy, to, rows, width, silu, gated);
  const relu = isRelu(node);
  return () => kernels.activationGradTangent(u, dy, tu, tdy, to, rows, width, relu, gated);
};

const attentionTangent: Body = (node, place) => {
  const { kernels, scratch } = place;
  const count = countPacked(node);
  const { q, k, v, stepQ, stepKV } = heads(node, node.inputs, place);
  const { q: tq, k: tk, v: tv } = heads(node, node.inputs.slice(count + 1), place);
  const probs = place.address(input(node, count));
  const tbias = flag(node.attributes, 'hasBias') ? place.address(input(node, 2 * count + 1)) : 0;
  const [tout, tprobs] = [place.address(output(node, 0)), place.address(output(node, 1))];
  const [B, H, dkv, S, T] = attentionSizes(node);
  return () => kernels.attentionTangent(q, stepQ, k, v, stepKV, probs, tq, tk, tv, tbias, tout, tprobs, B, H, dkv, S, T, scratch);
};
const attentionGradTangent: Body = (node, place) => {
  const { kernels, scratch } = place;
  const count = countPacked(node);
  const { q, k, v, stepQ, stepKV } = heads(node, node.inputs, place);
  const { q: tq, k: tk, v: tv } = heads(node, node.inputs.slice(count + 2), place);
  const { q: tdq, k: tdk, v: tdv } = heads(node, node.outputs, place);
  const [probs, dout] = [place.address(input(node, count)), place.address(input(node, count + 1))];
  const [tprobs, tdout] = [place.address(input(node, 2 * count + 2)), place.address(input(node, 2 * count + 3))];
  const scores = output(node, count);
  const tds = place.isRead(scores) ? place.address(scores) : 0;
  const [B, H, dkv, S, T] = attentionSizes(node);
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

const crossEntropyGradTangent: Body = (node, place) => {
  const { kernels } = place;
  const [logits, lse, labels, weights, tlogits] = addresses(node, place) as [number, number, number, number, number];
  const [to, rows, vocabulary] = [place.address(output(node, 0)), dimension(input(node, 0), 0), dimension(input(node, 0), 1)];
  return () => kernels.crossEntropyGradTangent(logits, lse, labels, weights, tlogits, to, rows, vocabulary);
};

export const TANGENT_BODIES: Readonly<Record<string, Body>> = {
  rms_norm_tangent: rmsNormTangent,
  rms_norm_grad_tangent: rmsNormGradTangent,
  feed_forward_activation_tangent: activationTangent,
  feed_forward_activation_grad_tangent: activationGradTangent,
  attention_tangent: attentionTangent,
  attention_grad_tangent: attentionGradTangent,
  cross_entropy_grad_tangent: crossEntropyGradTangent,
};
