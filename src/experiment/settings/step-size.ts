/** Step sizes, before the growth and after it: a number, a table, or held to the sharpness. */
import { type Range, setting } from './setting.ts';

export const STEP_SIZES: Range = { min: 0.0001, max: 10 };
/** Held sharpness hλ; gradient descent diverges on a quadratic from 2 on, 4 shows that well enough. */
export const HELD_SHARPNESS: Range = { min: 0.01, max: 4 };

export const h = setting({
  type: { is: 'step-size', same: false, edgeKey: 'edge' },
  what: 'a step size',
  words: 'step size',
  help: 'step size before the growth',
});

export const h2 = setting({
  type: { is: 'step-size', same: true, edgeKey: 'edge2' },
  what: 'a step size',
  words: 'step size after growth',
  help: 'step size after the growth; null: as before it',
});
