/**
 * What an operation must say of itself to take part in gradients: how its inputs' gradients are made from its
 * outputs' gradients, written as further nodes of the same graph. The meaning of each operation stands in README.md.
 */
import type { Graph, Node, Tensor } from '../graph.ts';

/**
 * Where the gradient of a tensor goes. `add` is what has been collected so far (or undefined); the rule writes
 * gradient + add and returns the tensor that now holds it.
 */
export interface GradientSink {
  /** The gradient of an output of the node; undefined if nothing depends on it. */
  gradientOf(tensor: Tensor): Tensor | undefined;
  /** Whether the gradient of this input is needed. */
  wants(tensor: Tensor): boolean;
  /** What has been collected for the tensor so far, to be added by a fused epilogue; taking it empties the slot. */
  take(tensor: Tensor): Tensor | undefined;
  /** Puts a gradient for a tensor; added to what is there. */
  give(tensor: Tensor, gradient: Tensor): void;
  /** For tensors of the parameter pool: the place in the gradient pool and whether it has been written before (then accumulate). */
  parameterGradient(tensor: Tensor): { readonly target: Tensor; readonly accumulate: boolean };
}

export interface GradientRule {
  (graph: Graph, node: Node, sink: GradientSink): void;
}
