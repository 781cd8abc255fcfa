/**
 * An optimizer that sees no gradient longer than a norm, over all weights together (Pascanu, Mikolov & Bengio 2013,
 * arXiv 1211.5063; PyTorch's clip_grad_norm_). A shorter one stays as it is, to the bit.
 */
import { tell } from '../../experiment/messages/tell.ts';
import type { Optimizer } from './optimizer.ts';

export function clipped(optimizer: Optimizer, norm: number): Optimizer {
  return {
    ...optimizer,
    append(graph, grouped) {
      const gradients = graph.wholePool('gradients');
      const squares = graph.scratch([1]);
      graph.push('sum_squares', { x: gradients }, { y: squares });
      graph.push('clip', { x: gradients, squares }, { x: gradients }, { norm });
      optimizer.append(graph, grouped);
    },
    modifiedFlow: {
      kind: 'none',
      unavailable: tell('unpredicted-clipped', { norm }),
    },
  };
}
