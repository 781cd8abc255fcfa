/**
 * Tangent rules of the operations: the nodes that compute how an operation's outputs change when its inputs do. What is
 * linear in what changes is its own tangent; the others have one (`…_tangent`, README.md). A product changes by both
 * factors, so its tangent is the product twice.
 */
import type { Graph, Node, Tensor } from '../graph.ts';

/** Where changes are found and put. */
export interface TangentScope {
  /** The change of a tensor; undefined where nothing in it changes. */
  of(tensor: Tensor): Tensor | undefined;
  /**
   * Where the change of an output goes. `accumulate`: something has been written there for an earlier part of the same
   * output, and the node adds to its output, too.
   */
  target(output: Tensor, node: Node): { readonly target: Tensor; readonly accumulate: boolean };
}
type TangentRule = (graph: Graph, node: Node, scope: TangentScope) => void;

const at = (list: readonly Tensor[], index: number, node: Node): Tensor => {
  const tensor = list[index];
  if (!tensor) throw new Error(`tangent: ${node.op} has no tensor ${index}`);
  return tensor;
};
const changeOf = (node: Node, index: number, scope: TangentScope): Tensor => {
  const change = scope.of(at(node.inputs, index, node));
  if (!change) throw new Error(`tangent: input ${index} of ${node.op} does not change; the rule needs it to`);
  return change;
};

/** Operations that are linear in their first input (and read nothing else that changes). */
const linear: TangentRule = (graph, node, scope) => {
  const { target, accumulate } = scope.target(at(node.outputs, 0, node), node);
  graph.push(node.op, [changeOf(node, 0, scope), ...node.inputs.slice(1)], [target], {
    ...node.attributes,
    ...('accumulate' in node.attributes ? { accumulate } : {}),
  });
};

/** c = alpha·a·b (+ add): the change of a with b, then that of b with a added to it. */
const matmul: TangentRule = (graph, node, scope) => {
  const [a, b, add] = [at(node.inputs, 0, node), at(node.inputs, 1, node), node.inputs[2]];
  const [ta, tb, tadd] = [scope.of(a), scope.of(b), add && scope.of(add)];
  const { target, accumulate } = scope.target(at(node.outputs, 0, node), node);
  const products: (readonly Tensor[])[] = [...(ta ? [[ta, b]] : []), ...(tb ? [[a, tb]] : [])];
  if (products.length === 0) throw new Error('tangent: no factor of a product changes');
  products.forEach((factors, index) =>
    graph.push('matmul', index === 0 && tadd ? [...factors, tadd] : factors, [target], {
      ...node.attributes,
      accumulate: accumulate || index > 0,
    }),
  );
};

const rmsNorm: TangentRule = (graph, node, scope) => {
  const [x, scale, r] = [at(node.inputs, 0, node), at(node.inputs, 1, node), at(node.outputs, 1, node)];
  const outputs = node.outputs.map((output) => scope.target(output, node).target);
  const groups = node.attributes['groups'] as readonly number[];
  graph.push('rms_norm_tangent', [x, scale, r, changeOf(node, 0, scope), changeOf(node, 1, scope)], outputs, { groups });
};

/** The gradient is linear in scale·dy: the change of the scale is the operation itself with the change in its place. */
const rmsNormGrad: TangentRule = (graph, node, scope) => {
  const [x, scale, r, dy] = [0, 1, 2, 3].map((index) => at(node.inputs, index, node)) as [Tensor, Tensor, Tensor, Tensor];
  const add = node.inputs[4] && scope.of(node.inputs[4]);
  const { attributes } = node;
  const byScale = graph.scratch(x.shape);
  graph.push('rms_norm_grad', [x, changeOf(node, 1, scope), r, dy, ...(add ? [add] : [])], [byScale], attributes);
  const { target } = scope.target(at(node.outputs, 0, node), node);
  graph.push('rms_norm_grad_tangent', [x, scale, r, dy, changeOf(node, 0, scope), changeOf(node, 3, scope), byScale], [target], attributes);
};

/** Σ dy·x·r is linear in each of the three. */
const rmsNormScaleGrad: TangentRule = (graph, node, scope) => {
  const factors = [0, 1, 2].map((index) => at(node.inputs, index, node));
  const { target, accumulate } = scope.target(at(node.outputs, 0, node), node);
  factors.forEach((_, index) => {
    const inputs = factors.map((factor, i) => (i === index ? changeOf(node, index, scope) : factor));
    graph.push(node.op, inputs, [target], { ...node.attributes, accumulate: accumulate || index > 0 });
  });
};

const activation: TangentRule = (graph, node, scope) => {
  const { target } = scope.target(at(node.outputs, 0, node), node);
  graph.push('feed_forward_activation_tangent', [at(node.inputs, 0, node), changeOf(node, 0, scope)], [target], node.attributes);
};
const activationGrad: TangentRule = (graph, node, scope) => {
  const { target } = scope.target(at(node.outputs, 0, node), node);
  const changes = [changeOf(node, 0, scope), changeOf(node, 1, scope)];
  graph.push('feed_forward_activation_grad_tangent', [...node.inputs, ...changes], [target], node.attributes);
};

const attention: TangentRule = (graph, node, scope) => {
  const { packed, batch, heads, dkv, queryLength, keyLength } = node.attributes as Record<string, number | string>;
  const count = packed === 'qkv' ? 1 : 2;
  const factors = node.inputs.slice(0, count);
  const bias = node.attributes['hasBias'] ? scope.of(at(node.inputs, count, node)) : undefined;
  const probs = at(node.outputs, 1, node);
  const outputs = node.outputs.map((output) => scope.target(output, node).target);
  const changes = factors.map((_, index) => changeOf(node, index, scope));
  graph.push('attention_tangent', [...factors, probs, ...changes, ...(bias ? [bias] : [])], outputs, {
    packed: packed as string,
    batch: batch as number,
    heads: heads as number,
    dkv: dkv as number,
    queryLength: queryLength as number,
    keyLength: keyLength as number,
    hasBias: bias !== undefined,
  });
};
const attentionGrad: TangentRule = (graph, node, scope) => {
  const outputs = node.outputs.map((output) => scope.target(output, node).target);
  const changes = node.inputs.map((_, index) => changeOf(node, index, scope));
  graph.push('attention_grad_tangent', [...node.inputs, ...changes], outputs, node.attributes);
};

const crossEntropyGrad: TangentRule = (graph, node, scope) => {
  const { target } = scope.target(at(node.outputs, 0, node), node);
  graph.push('cross_entropy_grad_tangent', [...node.inputs, changeOf(node, 0, scope)], [target]);
};

/** a + b, or w·a + (1 − w)·b, where w does not change. */
const sum: TangentRule = (graph, node, scope) => {
  const { target } = scope.target(at(node.outputs, 0, node), node);
  graph.push(node.op, [changeOf(node, 0, scope), changeOf(node, 1, scope), ...node.inputs.slice(2)], [target], node.attributes);
};

/** Nobody asks how the loss changes: that is ⟨gradient, direction⟩. */
const nothing: TangentRule = () => {};

export const TANGENT_RULES: Readonly<Record<string, TangentRule>> = {
  embed: linear,
  embed_grad: linear,
  rms_norm: rmsNorm,
  rms_norm_grad: rmsNormGrad,
  rms_norm_scale_grad: rmsNormScaleGrad,
  matmul,
  feed_forward_activation: activation,
  feed_forward_activation_grad: activationGrad,
  position_bias: linear,
  position_bias_grad: linear,
  attention,
  attention_grad: attentionGrad,
  attention_bias_grad: linear,
  cross_entropy: nothing,
  cross_entropy_grad: crossEntropyGrad,
  sum: nothing,
  add: sum,
  mix: sum,
  mix_grad: linear,
};
