/**
 * Gradient rules of the operations, as nodes (README.md says what each operation means). Each rule adds what has
 * been collected for an input (`sink.take`) inside its own kernel where the operation can, instead of a sum of its own.
 */
import type { Graph, Node, Tensor } from '../graph.ts';
import type { GradientRule, GradientSink } from './operation.ts';

const at = (list: readonly Tensor[], index: number, node: Node): Tensor => {
  const tensor = list[index];
  if (!tensor) throw new Error(`gradient: ${node.op} has no tensor ${index}`);
  return tensor;
};

/** The gradient of the node's first output; the rules are only called where it exists. */
const incoming = (node: Node, sink: GradientSink): Tensor => {
  const gradient = sink.gradientOf(at(node.outputs, 0, node));
  if (!gradient) throw new Error(`gradient: nothing depends on ${node.op}`);
  return gradient;
};

const embed: GradientRule = (graph, node, sink) => {
  const table = at(node.inputs, 0, node);
  const ids = at(node.inputs, 1, node);
  if (ids.storage.kind !== 'input') throw new Error('gradient: embed needs its ids as an input');
  const index = graph.input(`${ids.storage.name}_index`, [(table.shape[0] ?? 0) + 1 + ids.size], 'int32');
  const { target, accumulate } = sink.parameterGradient(table);
  graph.push('embed_grad', [incoming(node, sink), index], [target], { accumulate });
};

const rmsNorm: GradientRule = (graph, node, sink) => {
  const x = at(node.inputs, 0, node);
  const scale = at(node.inputs, 1, node);
  const r = at(node.outputs, 1, node);
  const dy = incoming(node, sink);
  const groups = node.attributes['groups'] as readonly number[];
  const { target, accumulate } = sink.parameterGradient(scale);
  graph.push('rms_norm_scale_grad', [x, r, dy], [target], { groups, accumulate });
  if (!sink.wants(x)) return;
  const add = sink.take(x);
  const dx = graph.scratch(x.shape);
  graph.push('rms_norm_grad', [x, scale, r, dy, ...(add ? [add] : [])], [dx], { groups });
  sink.give(x, dx);
};

const isParameter = (tensor: Tensor): boolean => tensor.storage.kind === 'pool' && tensor.storage.role === 'parameters';

/** For y = alpha·x·Wᵀ (+ add), the only form the models use forward. */
const matmul: GradientRule = (graph, node, sink) => {
  if (node.attributes['transposeA'] || !node.attributes['transposeB'])
    throw new Error('gradient: only the product x·Wᵀ has a gradient rule');
  const x = at(node.inputs, 0, node);
  const w = at(node.inputs, 1, node);
  const add = node.inputs[2];
  const dy = incoming(node, sink);
  const alpha = node.attributes['alpha'] as number;
  if (add && sink.wants(add)) sink.give(add, dy);
  if (!isParameter(w)) throw new Error('gradient: the second factor of a product must be a parameter');
  const { target, accumulate } = sink.parameterGradient(w);
  graph.push('matmul', [dy, x], [target], { transposeA: true, transposeB: false, alpha, accumulate });
  if (!sink.wants(x)) return;
  const collected = sink.take(x);
  const dx = graph.scratch(x.shape);
  graph.push('matmul', [dy, w, ...(collected ? [collected] : [])], [dx], {
    transposeA: false,
    transposeB: false,
    alpha,
    accumulate: false,
  });
  sink.give(x, dx);
};

const feedForwardActivation: GradientRule = (graph, node, sink) => {
  const u = at(node.inputs, 0, node);
  const du = graph.scratch(u.shape);
  graph.push('feed_forward_activation_grad', [u, incoming(node, sink)], [du], node.attributes);
  sink.give(u, du);
};

const positionBias: GradientRule = (graph, node, sink) => {
  const table = at(node.inputs, 0, node);
  const { target, accumulate } = sink.parameterGradient(table);
  graph.push('position_bias_grad', [incoming(node, sink), at(node.inputs, 1, node)], [target], { accumulate });
};

const attention: GradientRule = (graph, node, sink) => {
  const { packed, batch, heads, dkv, queryLength, keyLength, hasBias } = node.attributes;
  const factors = node.inputs.slice(0, packed === 'qkv' ? 1 : 2);
  const probs = at(node.outputs, 1, node);
  const gradients = factors.map((factor) => graph.scratch(factor.shape));
  const dscores = graph.scratch(probs.shape);
  graph.push('attention_grad', [...factors, probs, incoming(node, sink)], [...gradients, dscores], {
    packed: packed as string,
    batch: batch as number,
    heads: heads as number,
    dkv: dkv as number,
    queryLength: queryLength as number,
    keyLength: keyLength as number,
  });
  factors.forEach((factor, index) => {
    const gradient = gradients[index];
    if (gradient) sink.give(factor, gradient);
  });
  if (hasBias) collectBias(graph, node, sink, at(node.inputs, factors.length, node), dscores);
};

/** Every layer of a stack uses the same bias: its gradient is summed in place. */
function collectBias(graph: Graph, node: Node, sink: GradientSink, bias: Tensor, dscores: Tensor): void {
  const collected = sink.take(bias);
  const target = collected ?? graph.scratch(bias.shape);
  graph.push('attention_bias_grad', [dscores], [target], {
    batch: node.attributes['batch'] as number,
    accumulate: collected !== undefined,
  });
  sink.give(bias, target);
}

const crossEntropy: GradientRule = (graph, node, sink) => {
  const logits = at(node.inputs, 0, node);
  const labels = at(node.inputs, 1, node);
  const weights = at(node.inputs, 2, node);
  const dlogits = graph.scratch(logits.shape);
  graph.push('cross_entropy_grad', [logits, at(node.outputs, 1, node), labels, weights], [dlogits]);
  sink.give(logits, dlogits);
};

/** c = w·a + (1 − w)·b. */
const mix: GradientRule = (graph, node, sink) => {
  const weight = at(node.inputs, 2, node);
  for (const [index, rest] of [
    [0, false],
    [1, true],
  ] as const) {
    const part = at(node.inputs, index, node);
    if (!sink.wants(part)) continue;
    const gradient = graph.scratch(part.shape);
    graph.push('mix_grad', [incoming(node, sink), weight], [gradient], { rest });
    sink.give(part, gradient);
  }
};

/** The loss is Σ rowLoss, so each row's gradient is 1 and `cross_entropy_grad` already holds the weights: only marks the path. */
const sum: GradientRule = (_graph, node, sink) => {
  sink.give(at(node.inputs, 0, node), at(node.outputs, 0, node));
};

export const GRADIENT_RULES: Readonly<Record<string, GradientRule>> = {
  embed,
  rms_norm: rmsNorm,
  matmul,
  feed_forward_activation: feedForwardActivation,
  position_bias: positionBias,
  attention,
  cross_entropy: crossEntropy,
  mix,
  sum,
};
