/**
 * RMSProp (Tieleman & Hinton 2012, lecture 6.5) in PyTorch's form: v ← β2·v + (1 − β2)·g², θ ← θ − h·g / (√v + ε). It
 * is Adam with β1 = 0 whose mean is not corrected for beginning at zero: the first steps are 1/√(1 − β2) step sizes
 * long. Its flow is Adam's with β1 = 0 (Cattaneo et al. 2024, arXiv 2309.00079).
 */
import { stepValues } from '../../engine/operations/step-values.ts';
import { optimizerTitle } from '../../experiment/declared/optimizers.ts';
import { type AdamSettings, adamWith } from './adam.ts';
import type { Optimizer } from './optimizer.ts';

export function rmspropWith({ beta2, epsilon }: Pick<AdamSettings, 'beta2' | 'epsilon'>): Optimizer {
  // Adam's operation keeps the last gradient as its first moment, which costs memory and no number.
  const like = adamWith({ beta1: 0, beta2, epsilon });
  const title = optimizerTitle('rmsprop');
  return {
    ...like,
    name: 'rmsprop',
    title,
    values(stepSize, counts) {
      const uncorrected = counts.map(() => ({ correction1: 1, correction2: 1 }));
      return stepValues('adam', { stepSize, beta1: 0, beta2: Math.fround(beta2), epsilon }, uncorrected);
    },
    modifiedFlow: { kind: 'adaptive', title, beta1: 0, beta2, epsilon, epsilonIn: 'denominator', decay: 0 },
  };
}
