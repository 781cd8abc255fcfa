/** Heavy ball as PyTorch has it: m ← β·m + g, θ ← θ − h·m (Polyak 1964). */
import { OPTIMIZER_ROWS, optimizerTitle } from '../../experiment/optimizers.ts';
import { VALUES_LENGTH, valuesInput, type Optimizer } from './optimizer.ts';

export function momentumWith({ beta1: beta }: { readonly beta1: number }): Optimizer {
  return {
    name: 'momentum',
    title: optimizerTitle('momentum'),
    moments: ['moment1'],
    secondMoments: 'elementwise',
    append(graph) {
      const parameters = graph.wholePool('parameters');
      const moment1 = graph.wholePool('moment1');
      graph.push('momentum', [parameters, graph.wholePool('gradients'), moment1, valuesInput(graph)], [parameters, moment1]);
    },
    values(stepSize) {
      const values = new Float32Array(VALUES_LENGTH);
      values[0] = stepSize;
      values[1] = beta;
      return values;
    },
    modifiedFlow: {
      kind: 'inertial',
      beta,
      smoothTo: (1 - Math.sqrt(beta)) ** 2,
      edge: OPTIMIZER_ROWS.momentum.held.edge({ beta1: beta }),
    },
  };
}

export const momentum: Optimizer = momentumWith({ beta1: 0.9 });
