/**
 * The loss of a T5 on a batch over float64 arrays that lie as a pool does, with Gauss–Newton products from differences
 * of the logits: what the engine's curvature is measured against. Its Hessian products are the differences of its
 * gradient.
 */
import { appendGradient } from '../../engine/gradient.ts';
import { Graph } from '../../engine/graph.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { Float64Program } from '../../engine/testing/float64.ts';
import type { HessianProduct, Objective, VectorSpace } from '../../engine/vector-space.ts';
import { batchInputs, type TokenBatch } from '../../model/batch-inputs.ts';
import type { T5Config } from '../../model/config.ts';
import { centralDifferenceProduct } from '../../theory/hessian-product.ts';
import { flatten } from '../../model/pool-tensors.ts';
import { appendT5, GROUPED_SHARE, t5Layout } from '../../model/t5-graph.ts';

/**
 * Width of the differences, as a share of ‖θ‖/‖v‖. Along the top eigenvector of a trained T5 truncation takes 2e-3 at
 * 1e-5 and falls with the square of the width; rounding is 1e-16 over the width.
 */
const WIDTH = 1e-7;

export interface Float64Objective extends Objective<Float64Array> {
  lossAndGradient(theta: Float64Array, gradient: Float64Array): number;
  hessianProduct(): HessianProduct<Float64Array>;
  /** Products with JᵀH_outJ. */
  gaussNewtonProduct(): HessianProduct<Float64Array>;
  fromTensors(tensors: NamedTensors): Float64Array;
}

/** @param share of the grouped norm, for a model whose norms are being released */
export function float64Objective(config: T5Config, batch: TokenBatch, space: VectorSpace<Float64Array>, share = 1): Float64Objective {
  const layout = t5Layout(config);
  const inputs = batchInputs(batch, config.vocab_size);
  const programOf = (make: (graph: Graph) => void): Float64Program => {
    const graph = new Graph(layout);
    make(graph);
    const program = new Float64Program(graph);
    for (const { storage } of graph.inputs) {
      if (storage.kind !== 'input') continue;
      const data = storage.name === GROUPED_SHARE ? [share] : inputs.get(storage.name);
      if (data) program.setInput(storage.name, data);
    }
    return program;
  };
  const gradientProgram = programOf((graph) => {
    const { loss } = appendT5(graph, config, batch, { loss: true, keep: false });
    if (!loss) throw new Error('the graph has no loss');
    appendGradient(graph, loss);
  });
  const forward = programOf((graph) => appendT5(graph, config, batch, { loss: false, keep: true }));
  const vjp = programOf((graph) => {
    const { logits } = appendT5(graph, config, batch, { loss: false, keep: false });
    appendGradient(graph, { from: logits, seed: graph.input('seed', logits.shape, 'float32') });
  });
  const none = new Float64Array(0);
  const logits = (theta: Float64Array): Float64Array => {
    forward.run(theta, none);
    return forward.output('logits').slice();
  };
  const lossAndGradient = (theta: Float64Array, gradient: Float64Array): number => {
    gradientProgram.run(theta, gradient);
    return gradientProgram.output('loss')[0]!;
  };
  const weights = inputs.get('label_weights')!;
  const objective: Float64Objective = {
    space,
    lossAndGradient,
    loss: (theta) => lossAndGradient(theta, new Float64Array(layout.size)),
    fromTensors: (tensors) => Float64Array.from(flatten(tensors, layout)),
    hessianProduct: () => centralDifferenceProduct(objective, WIDTH),
    gaussNewtonProduct: () => ({
      gradientsPerProduct: 2,
      apply(theta, v, out) {
        const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
        const epsilon = (WIDTH * norm(theta)) / norm(v);
        const at = (sign: number): Float64Array => logits(theta.map((value, i) => value + sign * epsilon * v[i]!));
        const [z, plus, minus] = [logits(theta), at(1), at(-1)];
        const Jv = plus.map((value, i) => (value - minus[i]!) / (2 * epsilon));
        const V = config.vocab_size;
        const u = new Float64Array(z.length);
        batch.labels.forEach((label, row) => {
          if (label < 0) return;
          const e = z.slice(row * V, (row + 1) * V).map(Math.exp);
          const total = e.reduce((sum, value) => sum + value, 0);
          const mean = e.reduce((sum, value, i) => sum + (value / total) * Jv[row * V + i]!, 0);
          e.forEach((value, i) => (u[row * V + i] = weights[row]! * (value / total) * (Jv[row * V + i]! - mean)));
        });
        vjp.setInput('seed', u);
        vjp.run(theta, out);
        return Promise.resolve();
      },
      dispose() {},
    }),
  };
  return objective;
}
