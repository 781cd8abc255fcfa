/** Gradient descent: θ ← θ − h·g. Its modified flow: Barrett & Dherin 2021, arXiv 2009.11162. */
import { optimizerTitle } from '../../experiment/declared/optimizers.ts';
import { GRADIENT_DESCENT_FLOW } from '../modified-flow.ts';
import { stepValues } from '../../engine/operations/step-values.ts';
import { valuesInput, type Optimizer } from './optimizer.ts';

export const gradientDescent: Optimizer = {
  name: 'gd',
  title: optimizerTitle('gd'),
  state: [],
  secondMoments: 'elementwise',
  append(graph) {
    const parameters = graph.wholePool('parameters');
    graph.push('sgd', { parameters, gradients: graph.wholePool('gradients'), values: valuesInput(graph) }, { parameters });
  },
  values(stepSize) {
    return stepValues('sgd', { stepSize });
  },
  modifiedFlow: GRADIENT_DESCENT_FLOW,
};
