/**
 * Forward-mode differentiation of a graph: appends the nodes that carry a change of the parameters, held in the pool
 * `direction`, through the nodes that are there. Over a gradient that is the exact Hessian–vector product (forward over
 * reverse, Pearlmutter 1994): the change of the gradient pool's slices goes into the pool `product`. Over a forward
 * pass it is the change of the outputs, J·direction.
 *
 * The nodes that were there depend on the parameters only: the graph's seam lies behind them, so that further
 * directions at the same parameters cost the tangent nodes alone.
 */
import type { Graph } from './graph.ts';
import { accumulates, type Node } from './operations/node.ts';
import { appendTangentOf, type TangentScope } from './operations/tangent-rules.ts';
import type { Tensor } from './tensor.ts';

/** Appends the tangents of all nodes; gives the change of a tensor, where it changes. Marks the seam. */
export function appendTangents(graph: Graph): (tensor: Tensor) => Tensor | undefined {
  const known = [...graph.nodes];
  const changes = new Map<number, Tensor>();
  const written = new Set<number>();
  const scope: TangentScope = {
    of(tensor) {
      const { storage } = tensor;
      return storage.kind === 'pool' && storage.role === 'parameters' ? graph.counterpart(tensor, 'direction') : changes.get(tensor.id);
    },
    target(output, node) {
      const { storage } = output;
      const target =
        changes.get(output.id) ??
        (storage.kind === 'pool' && storage.role === 'gradients' ? graph.counterpart(output, 'product') : graph.scratch(output.shape));
      changes.set(output.id, target);
      const accumulate = accumulates(node) && written.has(output.id);
      written.add(output.id);
      return { target, accumulate };
    },
  };
  graph.seam = known.length;
  for (const node of known) {
    if (!node.reads.some((input) => scope.of(input))) continue;
    appendTangentOf(graph, node, scope);
  }
  return scope.of;
}

/** Leaves out the nodes that nothing needs which is kept: an output of the graph, or the pool of this role. */
export function keepOnly(graph: Graph, role: 'gradients' | 'product'): void {
  const needed = new Set<number>();
  const wanted = ({ id, storage }: Tensor): boolean =>
    needed.has(id) || storage.kind === 'output' || (storage.kind === 'pool' && storage.role === role);
  const kept: Node[] = [];
  const before = graph.seam ?? 0;
  let seam = 0;
  for (let index = graph.nodes.length - 1; index >= 0; index--) {
    const node = graph.nodes[index] as Node;
    if (!node.writes.some(wanted)) continue;
    kept.push(node);
    if (index < before) seam++;
    for (const input of node.reads) needed.add(input.id);
  }
  graph.nodes.splice(0, graph.nodes.length, ...kept.reverse());
  if (graph.seam !== undefined) graph.seam = seam;
}
