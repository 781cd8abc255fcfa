/**
 * Clipping of the gradient by its global norm (Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063);
 * `training/optimizers/clipped.ts` does it.
 */
import { or, real, setting } from './setting.ts';

export const clip = setting({
  type: or(real(0.0001, 1_000), 'off', undefined),
  what: 'a norm of the gradient',
  words: 'clipping of the gradient',
  help: 'a gradient with a larger norm over all weights is shortened to it before the optimizer sees it; absent: none is',
  optional: true,
  // Square, sum and scale.
  flops: 3,
  field: {
    row: 'optimizer',
    label: 'Clip the gradient',
    note: 'One that is longer than this is shortened to it before the optimizer sees it. Not predicted.',
    start: 1,
  },
});
