/**
 * Reverse-mode differentiation of a graph: appends to the graph the nodes that write ∂loss/∂parameter into the
 * gradient pool. Every parameter's slice is written by each run (the first write replaces, later ones accumulate),
 * so nothing has to be cleared between steps.
 */
import type { Graph } from './graph.ts';
import { appendGradientOf, type GradientSink } from './operations/gradient-rules.ts';
import type { Tensor } from './tensor.ts';

/**
 * Where differentiation starts, if not at a loss: at a tensor of the graph, with ∂(anything)/∂(that tensor) in `seed`,
 * of the same shape.
 */
export interface SeededOutput {
  readonly from: Tensor;
  readonly seed: Tensor;
}

/**
 * Appends the gradient of `loss` (a tensor [1] written by a `sum` node), or of ⟨seed, from⟩ with respect to the
 * parameters: Jᵀ·seed with J the Jacobian of `from`. A seed is an input, so that it can be set before each run.
 */
export function appendGradient(graph: Graph, loss: Tensor | SeededOutput): void {
  const seeded = 'seed' in loss ? loss : null;
  if (seeded !== null && seeded.seed.size !== seeded.from.size)
    throw new Error(`gradient: the seed has ${seeded.seed.size} values; the tensor it belongs to has ${seeded.from.size}`);
  const forward = [...graph.nodes];
  const depends = parameterDependent(graph);
  const collected = new Map<number, Tensor>();
  const written = new Set<number>();
  const sink: GradientSink = {
    gradientOf: (tensor) => collected.get(tensor.id),
    wants: (tensor) => depends.has(tensor.id),
    withdraw: (tensor) => {
      const found = collected.get(tensor.id);
      collected.delete(tensor.id);
      return found;
    },
    give: (tensor, gradient) => {
      const found = collected.get(tensor.id);
      if (!found) {
        collected.set(tensor.id, gradient);
        return;
      }
      const sum = graph.scratch(tensor.shape);
      graph.push('add', { a: found, b: gradient }, { c: sum });
      collected.set(tensor.id, sum);
    },
    parameterGradient: (tensor) => {
      if (tensor.storage.kind !== 'pool' || tensor.storage.role !== 'parameters')
        throw new Error('gradient: only tensors of the parameter pool have a gradient slice');
      const accumulate = written.has(tensor.id);
      written.add(tensor.id);
      return { target: graph.counterpart(tensor, 'gradients'), accumulate };
    },
  };
  if (seeded !== null) collected.set(seeded.from.id, seeded.seed);
  for (const node of forward.reverse()) {
    const isLoss = seeded === null && node.writes.some((output) => output === loss);
    if (!isLoss && !node.writes.some((output) => collected.has(output.id))) continue;
    appendGradientOf(graph, node, sink);
  }
  const missing = [...graph.parametersInUse()].filter((tensor) => !written.has(tensor.id));
  if (missing.length > 0) throw new Error(`gradient: ${missing.length} parameters get no gradient from this loss`);
}

/** Ids of the tensors that depend on a parameter. */
function parameterDependent(graph: Graph): ReadonlySet<number> {
  const depends = new Set<number>();
  for (const tensor of graph.tensors) if (tensor.storage.kind === 'pool' && tensor.storage.role === 'parameters') depends.add(tensor.id);
  for (const node of graph.nodes)
    if (node.reads.some((input) => depends.has(input.id))) for (const output of node.writes) depends.add(output.id);
  return depends;
}
