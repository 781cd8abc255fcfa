/**
 * Adam (Kingma & Ba 2015, arXiv 1412.6980) in PyTorch's form, ε outside the root and after the correction, and AdamW
 * (Loshchilov & Hutter 2019, arXiv 1711.05101), which shrinks every weight by the factor 1 − h·decay first. Each
 * step-count group has a bias correction of its own: weights that are born at a growth with zero moments would
 * otherwise take steps several times too large (the design's figure: 464 step sizes instead of 100 in the first 100
 * updates).
 */
import { stepValues } from '../../engine/operations/step-values.ts';
import { optimizerTitle } from '../../experiment/declared/optimizers.ts';
import { valuesInput, type Optimizer } from './optimizer.ts';

/** PyTorch's default for AdamW, on all parameters. */
export const DECAY = 0.01;

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** PyTorch's defaults. */
const DEFAULTS: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

function adamLike(
  { name, decay }: { readonly name: 'adam' | 'adamw'; readonly decay: number },
  { beta1, beta2, epsilon }: AdamSettings,
): Optimizer {
  // The engine computes with float32 values of β: corrections from the float64 ones would leave 1 − β₂ off by 5e-5.
  const [b1, b2] = [Math.fround(beta1), Math.fround(beta2)];
  const title = optimizerTitle(name);
  return {
    name,
    title,
    state: ['slot1', 'slot2'],
    secondMoments: 'elementwise',
    append(graph, grouped) {
      const parameters = graph.wholePool('parameters');
      const moment1 = graph.wholePool('slot1');
      const moment2 = graph.wholePool('slot2');
      const gradients = graph.wholePool('gradients');
      const groups = grouped ? graph.wholePool('groups') : undefined;
      graph.push(
        'adam',
        { parameters, gradients, moment1, moment2, groups, values: valuesInput(graph) },
        { parameters, moment1, moment2 },
        { decay },
      );
    },
    values(stepSize, counts) {
      const corrections = counts.map((count) => ({ correction1: 1 - b1 ** count, correction2: 1 - b2 ** count }));
      return stepValues('adam', { stepSize, beta1: b1, beta2: b2, epsilon }, corrections);
    },
    modifiedFlow: { kind: 'adaptive', title, beta1, beta2, epsilon, epsilonIn: 'denominator', decay },
  };
}

export const adamWith = (settings: AdamSettings): Optimizer => adamLike({ name: 'adam', decay: 0 }, settings);
export const adamwWith = (settings: AdamSettings): Optimizer => adamLike({ name: 'adamw', decay: DECAY }, settings);

export const adam: Optimizer = adamWith(DEFAULTS);
export const adamw: Optimizer = adamwWith(DEFAULTS);
