/**
 * Tangent rules of the operations: the nodes that compute how an operation's outputs change when its inputs do. What is
 * linear in what changes is its own tangent; the others have one (`…_tangent`, README.md). A product changes by both
 * factors, so its tangent is the product twice.
 */
import type { Graph } from '../graph.ts';
import type { Tensor } from '../tensor.ts';
import type { OperationName } from './catalogue.ts';
import type { Node, NodeOf } from './node.ts';

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
type TangentRule<Op extends OperationName> = (graph: Graph, node: NodeOf<Op> & Node, scope: TangentScope) => void;

const changeOf = (tensor: Tensor, scope: TangentScope): Tensor => {
  const change = scope.of(tensor);
  if (!change) throw new Error(`tangent: a tensor of shape [${tensor.shape.join(', ')}] does not change; the rule needs it to`);
  return change;
};
const maybeChangeOf = (tensor: Tensor | undefined, scope: TangentScope): Tensor | undefined => tensor && changeOf(tensor, scope);

// Linear in what changes, and reading nothing else that does: their own tangents.
const embed: TangentRule<'embed'> = (graph, node, scope) => {
  const { table, ids } = node.inputs;
  graph.push('embed', { table: changeOf(table, scope), ids }, { y: scope.target(node.outputs.y, node).target });
};
const embedGrad: TangentRule<'embed_grad'> = (graph, node, scope) => {
  const { dy, index } = node.inputs;
  const { target, accumulate } = scope.target(node.outputs.dtable, node);
  graph.push('embed_grad', { dy: changeOf(dy, scope), index }, { dtable: target }, { accumulate });
};
const positionBias: TangentRule<'position_bias'> = (graph, node, scope) => {
  const { table, bucket } = node.inputs;
  graph.push('position_bias', { table: changeOf(table, scope), bucket }, { bias: scope.target(node.outputs.bias, node).target });
};
const positionBiasGrad: TangentRule<'position_bias_grad'> = (graph, node, scope) => {
  const { dbias, bucket } = node.inputs;
  const { target, accumulate } = scope.target(node.outputs.dtable, node);
  graph.push('position_bias_grad', { dbias: changeOf(dbias, scope), bucket }, { dtable: target }, { accumulate });
};
const attentionBiasGrad: TangentRule<'attention_bias_grad'> = (graph, node, scope) => {
  const { target, accumulate } = scope.target(node.outputs.dbias, node);
  const { batch } = node.attributes;
  graph.push('attention_bias_grad', { dscores: changeOf(node.inputs.dscores, scope) }, { dbias: target }, { batch, accumulate });
};
const mixGrad: TangentRule<'mix_grad'> = (graph, node, scope) => {
  const { dc, weight } = node.inputs;
  const { target } = scope.target(node.outputs.dpart, node);
  graph.push('mix_grad', { dc: changeOf(dc, scope), weight }, { dpart: target }, node.attributes);
};
const add: TangentRule<'add'> = (graph, node, scope) => {
  const { a, b } = node.inputs;
  graph.push('add', { a: changeOf(a, scope), b: changeOf(b, scope) }, { c: scope.target(node.outputs.c, node).target });
};
/** w·a + (1 − w)·b, where w does not change. */
const mix: TangentRule<'mix'> = (graph, node, scope) => {
  const { a, b, weight } = node.inputs;
  graph.push('mix', { a: changeOf(a, scope), b: changeOf(b, scope), weight }, { c: scope.target(node.outputs.c, node).target });
};

/** c = alpha·a·b (+ add): the change of a with b, then that of b with a added to it. */
const matmul: TangentRule<'matmul'> = (graph, node, scope) => {
  const { a, b, add } = node.inputs;
  const [ta, tb, tadd] = [scope.of(a), scope.of(b), add && scope.of(add)];
  const { target, accumulate } = scope.target(node.outputs.c, node);
  const products = [...(ta ? [{ a: ta, b }] : []), ...(tb ? [{ a, b: tb }] : [])];
  if (products.length === 0) throw new Error('tangent: no factor of a product changes');
  products.forEach((factors, index) =>
    graph.push(
      'matmul',
      { ...factors, add: index === 0 ? tadd : undefined },
      { c: target },
      { ...node.attributes, accumulate: accumulate || index > 0 },
    ),
  );
};

const rmsNorm: TangentRule<'rms_norm'> = (graph, node, scope) => {
  const { x, scale } = node.inputs;
  const { y, r } = node.outputs;
  const { groups } = node.attributes;
  const [ty, tr] = [scope.target(y, node).target, scope.target(r, node).target];
  graph.push('rms_norm_tangent', { x, scale, r, tx: changeOf(x, scope), tscale: changeOf(scale, scope) }, { ty, tr }, { groups });
};

/** The gradient is linear in scale·dy: the change of the scale is the operation itself with the change in its place. */
const rmsNormGrad: TangentRule<'rms_norm_grad'> = (graph, node, scope) => {
  const { x, scale, r, dy, add } = node.inputs;
  const { attributes } = node;
  const byScale = graph.scratch(x.shape);
  graph.push('rms_norm_grad', { x, scale: changeOf(scale, scope), r, dy, add: add && scope.of(add) }, { dx: byScale }, attributes);
  const { target } = scope.target(node.outputs.dx, node);
  const changes = { tx: changeOf(x, scope), tdy: changeOf(dy, scope) };
  graph.push('rms_norm_grad_tangent', { x, scale, r, dy, ...changes, add: byScale }, { tdx: target }, attributes);
};

/** Σ dy·x·r is linear in each of the three. */
const rmsNormScaleGrad: TangentRule<'rms_norm_scale_grad'> = (graph, node, scope) => {
  const { x, r, dy } = node.inputs;
  const { target, accumulate } = scope.target(node.outputs.dscale, node);
  const changed = [
    { x: changeOf(x, scope), r, dy },
    { x, r: changeOf(r, scope), dy },
    { x, r, dy: changeOf(dy, scope) },
  ];
  changed.forEach((factors, index) =>
    graph.push('rms_norm_scale_grad', factors, { dscale: target }, { groups: node.attributes.groups, accumulate: accumulate || index > 0 }),
  );
};

const activation: TangentRule<'feed_forward_activation'> = (graph, node, scope) => {
  const { u } = node.inputs;
  const { target } = scope.target(node.outputs.y, node);
  graph.push('feed_forward_activation_tangent', { u, tu: changeOf(u, scope) }, { ty: target }, node.attributes);
};
const activationGrad: TangentRule<'feed_forward_activation_grad'> = (graph, node, scope) => {
  const { u, dy } = node.inputs;
  const { target } = scope.target(node.outputs.du, node);
  const changes = { tu: changeOf(u, scope), tdy: changeOf(dy, scope) };
  graph.push('feed_forward_activation_grad_tangent', { u, dy, ...changes }, { tdu: target }, node.attributes);
};

const attention: TangentRule<'attention'> = (graph, node, scope) => {
  const { query, keyValue, bias } = node.inputs;
  const { out, probs } = node.outputs;
  const { causal: _, ...sizes } = node.attributes;
  const [tout, tprobs] = [scope.target(out, node).target, scope.target(probs, node).target];
  const changes = { tquery: changeOf(query, scope), tkeyValue: maybeChangeOf(keyValue, scope), tbias: bias && scope.of(bias) };
  graph.push('attention_tangent', { query, keyValue, probs, ...changes }, { tout, tprobs }, sizes);
};
const attentionGrad: TangentRule<'attention_grad'> = (graph, node, scope) => {
  const { query, keyValue, probs, dout } = node.inputs;
  const { dquery, dkeyValue, dscores } = node.outputs;
  const changes = {
    tquery: changeOf(query, scope),
    tkeyValue: maybeChangeOf(keyValue, scope),
    tprobs: changeOf(probs, scope),
    tdout: changeOf(dout, scope),
  };
  const targets = {
    tdquery: scope.target(dquery, node).target,
    tdkeyValue: dkeyValue && scope.target(dkeyValue, node).target,
    tdscores: scope.target(dscores, node).target,
  };
  graph.push('attention_grad_tangent', { query, keyValue, probs, dout, ...changes }, targets, node.attributes);
};

const crossEntropyGrad: TangentRule<'cross_entropy_grad'> = (graph, node, scope) => {
  const { logits } = node.inputs;
  const { target } = scope.target(node.outputs.dlogits, node);
  graph.push('cross_entropy_grad_tangent', { ...node.inputs, tlogits: changeOf(logits, scope) }, { tdlogits: target });
};

/** Nobody asks how the loss changes: that is ⟨gradient, direction⟩. */
const nothing = (): void => {};

/** Why an operation has no rule: said where a tangent is taken through it. */
const OF_A_TANGENT = 'it is part of a tangent itself, and no third derivative is asked for';
const UPDATE = 'it is part of an optimizer’s step';

const TANGENT_RULES: { readonly [Op in OperationName]: TangentRule<Op> | string } = {
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
  cross_entropy: nothing,
  cross_entropy_grad: crossEntropyGrad,
  sum: nothing,
  sum_squares: 'only norms of whole pools are made with it',
  add,
  mix,
  mix_grad: mixGrad,
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
export function appendTangentOf<Op extends OperationName>(graph: Graph, node: NodeOf<Op> & Node, scope: TangentScope): void {
  const rule: TangentRule<Op> | string = TANGENT_RULES[node.op];
  if (typeof rule === 'string') throw new Error(`tangent: the operation ${node.op} has no tangent rule: ${rule}`);
  rule(graph, node, scope);
}
