/**
 * Gradient rules of the operations, as nodes (README.md says what each operation means): how the gradients of a node's
 * inputs are made from those of its outputs. Each rule adds what has been collected for an input (`sink.withdraw`)
 * inside its own kernel where the operation can, instead of a sum of its own.
 */
import type { Graph } from '../graph.ts';
import type { Tensor } from '../tensor.ts';
import type { OperationName } from './catalogue.ts';
import type { NodeOf } from './node.ts';

/** Where gradients are found and put. */
export interface GradientSink {
  /** The gradient of an output of the node; undefined if nothing depends on it. */
  gradientOf(tensor: Tensor): Tensor | undefined;
  /** Whether the gradient of this input is needed. */
  wants(tensor: Tensor): boolean;
  /**
   * The gradient that was collected for the tensor so far, which the rule must add to what it gives; nothing is left of
   * it here.
   */
  withdraw(tensor: Tensor): Tensor | undefined;
  /** Puts a gradient for a tensor; added to what is there. */
  give(tensor: Tensor, gradient: Tensor): void;
  /**
   * For tensors of the parameter pool: the place in the gradient pool and whether it has been written before (then
   * accumulate).
   */
  parameterGradient(tensor: Tensor): { readonly target: Tensor; readonly accumulate: boolean };
}

export type GradientRule<Op extends OperationName> = (graph: Graph, node: NodeOf<Op>, sink: GradientSink) => void;

/** The gradient of the node's output that others read; the rules are only called where it exists. */
const incoming = (output: Tensor, sink: GradientSink): Tensor => {
  const gradient = sink.gradientOf(output);
  if (!gradient) throw new Error('gradient: nothing depends on the output whose gradient a rule asks for');
  return gradient;
};

const embed: GradientRule<'embed'> = (graph, { inputs: { table, ids }, outputs: { y } }, sink) => {
  if (ids.storage.kind !== 'input') throw new Error('gradient: embed needs its ids as an input');
  const index = graph.input(`${ids.storage.name}_index`, [(table.shape[0] ?? 0) + 1 + ids.size], 'int32');
  const { target, accumulate } = sink.parameterGradient(table);
  graph.push('embed_grad', { dy: incoming(y, sink), index }, { dtable: target }, { accumulate });
};

const rmsNorm: GradientRule<'rms_norm'> = (graph, { inputs: { x, scale }, outputs: { y, r }, attributes: { groups } }, sink) => {
  const dy = incoming(y, sink);
  const { target, accumulate } = sink.parameterGradient(scale);
  graph.push('rms_norm_scale_grad', { x, r, dy }, { dscale: target }, { groups, accumulate });
  if (!sink.wants(x)) return;
  const add = sink.withdraw(x);
  const dx = graph.scratch(x.shape);
  graph.push('rms_norm_grad', { x, scale, r, dy, add }, { dx }, { groups });
  sink.give(x, dx);
};

const isParameter = (tensor: Tensor): boolean => tensor.storage.kind === 'pool' && tensor.storage.role === 'parameters';

/** For y = alpha·x·Wᵀ (+ add), the only form the models use forward. */
const matmul: GradientRule<'matmul'> = (graph, { inputs: { a: x, b: w, add }, outputs: { c: y }, attributes }, sink) => {
  if (attributes.transposeA || !attributes.transposeB) throw new Error('gradient: only the product x·Wᵀ has a gradient rule');
  const dy = incoming(y, sink);
  const { alpha } = attributes;
  if (add && sink.wants(add)) sink.give(add, dy);
  if (!isParameter(w)) throw new Error('gradient: the second factor of a product must be a parameter');
  const { target, accumulate } = sink.parameterGradient(w);
  graph.push('matmul', { a: dy, b: x }, { c: target }, { transposeA: true, alpha, accumulate });
  if (!sink.wants(x)) return;
  const collected = sink.withdraw(x);
  const dx = graph.scratch(x.shape);
  graph.push('matmul', { a: dy, b: w, add: collected }, { c: dx }, { alpha });
  sink.give(x, dx);
};

const feedForwardActivation: GradientRule<'feed_forward_activation'> = (graph, { inputs: { u }, outputs: { y }, attributes }, sink) => {
  const du = graph.scratch(u.shape);
  graph.push('feed_forward_activation_grad', { u, dy: incoming(y, sink) }, { du }, attributes);
  sink.give(u, du);
};

const positionBias: GradientRule<'position_bias'> = (graph, { inputs: { table, bucket }, outputs: { bias } }, sink) => {
  const { target, accumulate } = sink.parameterGradient(table);
  graph.push('position_bias_grad', { dbias: incoming(bias, sink), bucket }, { dtable: target }, { accumulate });
};

const attention: GradientRule<'attention'> = (graph, { inputs, outputs: { out, probs }, attributes }, sink) => {
  const { query, keyValue, bias } = inputs;
  const { causal: _, ...sizes } = attributes;
  const dquery = graph.scratch(query.shape);
  const dkeyValue = keyValue && graph.scratch(keyValue.shape);
  const dscores = graph.scratch(probs.shape);
  graph.push('attention_grad', { query, keyValue, probs, dout: incoming(out, sink) }, { dquery, dkeyValue, dscores }, sizes);
  sink.give(query, dquery);
  if (keyValue && dkeyValue) sink.give(keyValue, dkeyValue);
  if (bias) collectBias(graph, bias, dscores, sizes.batch, sink);
};

/** Every layer of a stack uses the same bias: its gradient is summed in place. */
function collectBias(graph: Graph, bias: Tensor, dscores: Tensor, batch: number, sink: GradientSink): void {
  const collected = sink.withdraw(bias);
  const dbias = collected ?? graph.scratch(bias.shape);
  graph.push('attention_bias_grad', { dscores }, { dbias }, { batch, accumulate: collected !== undefined });
  sink.give(bias, dbias);
}

const crossEntropy: GradientRule<'cross_entropy'> = (graph, { inputs: { logits, labels, weights }, outputs: { lse } }, sink) => {
  const dlogits = graph.scratch(logits.shape);
  graph.push('cross_entropy_grad', { logits, lse, labels, weights }, { dlogits });
  sink.give(logits, dlogits);
};

/** c = w·a + (1 − w)·b. */
const mix: GradientRule<'mix'> = (graph, { inputs: { a, b, weight }, outputs: { c } }, sink) => {
  for (const [part, rest] of [
    [a, false],
    [b, true],
  ] as const) {
    if (!sink.wants(part)) continue;
    const dpart = graph.scratch(part.shape);
    graph.push('mix_grad', { dc: incoming(c, sink), weight }, { dpart }, { rest });
    sink.give(part, dpart);
  }
};

/**
 * The loss is Σ rowLoss, so each row's gradient is 1 and `cross_entropy_grad` already holds the weights: only marks the
 * path.
 */
const sum: GradientRule<'sum'> = (_graph, { inputs: { x }, outputs: { y } }, sink) => sink.give(x, y);

/** Why an operation has no rule: said where somebody differentiates through it. */
const OF_A_GRADIENT = 'it is part of a gradient itself; tangents go through it (tangent-rules.ts)';
const OF_A_TANGENT = 'it is part of a tangent';
const UPDATE = 'it is part of an optimizer’s step';

const GRADIENT_RULES: { readonly [Op in OperationName]: GradientRule<Op> | string } = {
  embed,
  rms_norm: rmsNorm,
  matmul,
  feed_forward_activation: feedForwardActivation,
  position_bias: positionBias,
  attention,
  cross_entropy: crossEntropy,
  mix,
  sum,
  add: 'only gradients add',
  sum_squares: 'only norms of whole pools are made with it',
  embed_grad: OF_A_GRADIENT,
  rms_norm_grad: OF_A_GRADIENT,
  rms_norm_scale_grad: OF_A_GRADIENT,
  feed_forward_activation_grad: OF_A_GRADIENT,
  position_bias_grad: OF_A_GRADIENT,
  attention_grad: OF_A_GRADIENT,
  attention_bias_grad: OF_A_GRADIENT,
  cross_entropy_grad: OF_A_GRADIENT,
  mix_grad: OF_A_GRADIENT,
  rms_norm_tangent: OF_A_TANGENT,
  rms_norm_grad_tangent: OF_A_TANGENT,
  feed_forward_activation_tangent: OF_A_TANGENT,
  feed_forward_activation_grad_tangent: OF_A_TANGENT,
  attention_tangent: OF_A_TANGENT,
  attention_grad_tangent: OF_A_TANGENT,
  cross_entropy_grad_tangent: OF_A_TANGENT,
  clip: UPDATE,
  sgd: UPDATE,
  momentum: UPDATE,
  adam: UPDATE,
  adafactor: UPDATE,
};

/** Applies the rule of a node. Throws where its operation has none. */
export function appendGradientOf<Op extends OperationName>(graph: Graph, node: NodeOf<Op>, sink: GradientSink): void {
  const rule: GradientRule<Op> | string = GRADIENT_RULES[node.op];
  if (typeof rule === 'string') throw new Error(`gradient: the operation ${node.op} has no gradient rule: ${rule}`);
  rule(graph, node, sink);
}
