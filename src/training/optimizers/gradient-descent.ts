/** Gradient descent: θ ← θ − h·g. Its modified flow: Barrett & Dherin 2021, arXiv 2009.11162. */
import { optimizerTitle } from '../../experiment/optimizers.ts';
import { GRADIENT_DESCENT_FLOW } from '../modified-flow.ts';
import { VALUES_LENGTH, valuesInput, type Optimizer } from './optimizer.ts';

export const gradientDescent: Optimizer = {
  name: 'gd',
  title: optimizerTitle('gd'),
  moments: [],
  secondMoments: 'elementwise',
  append(graph) {
    const parameters = graph.wholePool('parameters');
    graph.push('sgd', [parameters, graph.wholePool('gradients'), valuesInput(graph)], [parameters]);
  },
  values(stepSize) {
    const values = new Float32Array(VALUES_LENGTH);
    values[0] = stepSize;
    return values;
  },
  modifiedFlow: GRADIENT_DESCENT_FLOW,
};
