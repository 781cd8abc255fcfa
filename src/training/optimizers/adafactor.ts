/**
 * Adafactor (Shazeer & Stern 2018, arXiv 1804.04235) as transformers has it, without first moment: second moments of a
 * matrix are kept as means over rows and over columns, β2 = 1 − t^-0.8, the update is clipped to an RMS of 1.
 *
 * The experiment's step size is relative (`scale_parameter` True, `relative_step` False): it is multiplied by the RMS
 * of the tensor, at least 1e-3. PyTorch's own Adafactor is the same with the step size bounded by t^-½; the plain
 * form takes the step size as it is. The variants are there to be compared with; the page offers the first.
 */
import { adafactorTable } from '../../engine/operations/adafactor-table.ts';
import { optimizerTitle } from '../../experiment/optimizers.ts';
import { ADAFACTOR_FLOW } from '../modified-flow.ts';
import { MAX_GROUPS, VALUES_LENGTH, valuesInput, type Optimizer } from './optimizer.ts';

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
    moments: ['moment1', 'moment2'],
    secondMoments: 'factored',
    append(graph, grouped) {
      const parameters = graph.wholePool('parameters');
      const rows = graph.wholePool('moment1');
      const columns = graph.wholePool('moment2');
      const groups = grouped ? [graph.wholePool('groups')] : [];
      graph.push(
        'adafactor',
        [parameters, graph.wholePool('gradients'), rows, columns, ...groups, valuesInput(graph), adafactorTable(graph)],
        [parameters, rows, columns],
        { grouped, scaled: variant.scaled },
      );
    },
    values(stepSize, counts) {
      if (counts.length > MAX_GROUPS) throw new Error(`adafactor: ${counts.length} step-count groups; at most ${MAX_GROUPS} fit`);
      const values = new Float32Array(VALUES_LENGTH);
      const bound = variant.bounded ? Math.max(...counts) ** -0.5 : Number.POSITIVE_INFINITY;
      values.set([Math.min(stepSize, bound), THRESHOLD, EPSILON1, EPSILON2]);
      counts.forEach((count, group) => {
        values[4 + 2 * group] = 1 - count ** DECAY_RATE;
      });
      return values;
    },
    modifiedFlow: ADAFACTOR_FLOW,
  };
}

export const adafactor: Optimizer = adafactorWith({ scaled: true, bounded: false });
