/** Heavy ball as PyTorch has it: m ← β·m + g, θ ← θ − h·m, β = 0.9 (Polyak 1964). */
import { VALUES_LENGTH, valuesInput, type Optimizer } from './optimizer.ts';
import { MOMENTUM_FLOW } from '../modified-flow.ts';

const BETA = 0.9;

export const momentum: Optimizer = {
  name: 'momentum',
  title: 'Momentum',
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
    values[1] = BETA;
    return values;
  },
  modifiedFlow: MOMENTUM_FLOW,
};
