/** Heavy ball as PyTorch has it: m ← β·m + g, θ ← θ − h·m (Polyak 1964). */
import { stepValues } from '../../engine/operations/step-values.ts';
import { OPTIMIZER_ROWS, optimizerTitle } from '../../experiment/declared/optimizers.ts';
import { valuesInput, type Optimizer } from './optimizer.ts';

export function momentumWith({ beta1: beta }: { readonly beta1: number }): Optimizer {
  return {
    name: 'momentum',
    title: optimizerTitle('momentum'),
    state: ['slot1'],
    secondMoments: 'elementwise',
    append(graph) {
      const parameters = graph.wholePool('parameters');
      const velocity = graph.wholePool('slot1');
      const gradients = graph.wholePool('gradients');
      graph.push('momentum', { parameters, gradients, velocity, values: valuesInput(graph) }, { parameters, velocity });
    },
    values(stepSize) {
      return stepValues('momentum', { stepSize, beta });
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
