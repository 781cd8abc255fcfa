/**
 * Adafactor (Shazeer & Stern 2018, arXiv 1804.04235) as transformers has it, without first moment: second moments of a
 * matrix are kept as means over rows and over columns, β2 = 1 − t^-0.8, the update is clipped to an RMS of 1.
 *
 * The experiment's step size is relative (`scale_parameter` True, `relative_step` False): it is multiplied by the RMS
 * of the tensor, at least 1e-3. PyTorch's own Adafactor is the same with the step size bounded by t^-½; the plain
 * form takes the step size as it is. The variants are there to be compared with; the page offers the first.
 */
import { adafactorTable } from '../../engine/operations/adafactor-table.ts';
import { stepValues } from '../../engine/operations/step-values.ts';
import { optimizerTitle } from '../../experiment/declared/optimizers.ts';
import { ADAFACTOR_FLOW } from '../modified-flow.ts';
import { valuesInput, type Optimizer } from './optimizer.ts';

const DECAY_RATE = -0.8;
const THRESHOLD = 1;
/** Added to every square. */
const EPSILON1 = 1e-30;
/** Smallest RMS that a relative step size is multiplied by. */
const EPSILON2 = 1e-3;

export function adafactorWith(variant: { readonly scaled: boolean; readonly bounded: boolean }): Optimizer {
  return {
    name: 'adafactor',
    title: optimizerTitle('adafactor'),
    state: ['slot1', 'slot2'],
    secondMoments: 'factored',
    append(graph, grouped) {
      const parameters = graph.wholePool('parameters');
      const gradients = graph.wholePool('gradients');
      const rowMeans = graph.wholePool('slot1');
      const columnMeans = graph.wholePool('slot2');
      const groups = grouped ? graph.wholePool('groups') : undefined;
      graph.push(
        'adafactor',
        { parameters, gradients, rowMeans, columnMeans, groups, values: valuesInput(graph), table: adafactorTable(graph) },
        { parameters, rowMeans, columnMeans },
        { scaled: variant.scaled },
      );
    },
    values(stepSize, counts) {
      const bound = variant.bounded ? Math.max(...counts) ** -0.5 : Number.POSITIVE_INFINITY;
      return stepValues(
        'adafactor',
        { stepSize: Math.min(stepSize, bound), threshold: THRESHOLD, epsilon1: EPSILON1, epsilon2: EPSILON2 },
        counts.map((count) => ({ beta2: 1 - count ** DECAY_RATE })),
      );
    },
    modifiedFlow: ADAFACTOR_FLOW,
  };
}

export const adafactor: Optimizer = adafactorWith({ scaled: true, bounded: false });
