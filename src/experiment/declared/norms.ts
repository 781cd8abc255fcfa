/**
 * Names of the norms after a fusion and of the ways to treat the optimizer's state, with the effect of each in two
 * sentences with its source: for the page and the command line.
 */
import { spokenRows } from '../messages/language.ts';
import { ids } from '../rows.ts';

interface Words {
  readonly title: string;
  /** Two sentences. */
  readonly explanation: string;
  readonly source: string;
}

/** The source of a choice that the abstract of Deep Fusion (arXiv 2306.11903) does not name. */
const OURS = 'ours, no paper';

const ENGLISH_NORM_ROWS = {
  shared: {
    title: 'shared',
    explanation:
      'One RMS over the joint width divides all blocks alike, as in every standard T5. Different networks have different RMS, so the fused one is not their mean: that is the fusion gap.',
    source: OURS,
  },
  grouped: {
    title: 'grouped',
    explanation:
      'Every block keeps the RMS of its own, so the fused network is exactly the mean of its sources. It is no standard T5 until it is released into one shared norm.',
    source: OURS,
  },
  compensated: {
    title: 'shared, compensated',
    explanation:
      'One RMS, and each block’s scale times a constant that is fitted on the probe set. It cannot close the gap, as the RMS scatters from token to token, but it helps where the sources’ scales differ much.',
    source: OURS,
  },
} as const satisfies Readonly<Record<string, Words>>;

export const NORM_FIELDS = ['title', 'explanation', 'source'] as const;
export const NORM_WORDS = spokenRows('norms', ENGLISH_NORM_ROWS, NORM_FIELDS);
export type NormKind = keyof typeof NORM_WORDS;
export const NORMS = ids(NORM_WORDS);

const ENGLISH_MOMENTS_ROWS = {
  reset: {
    title: 'reset',
    explanation:
      'All moments and step counts begin at zero, as if training had just begun. What the optimizer knew of the old weights is lost.',
    source: 'the simplest way, no paper',
  },
  transfer: {
    title: 'transfer',
    explanation:
      'Moments are fused by the same rule as their weights, with the factors by which gradients change. New weights begin with a step count of their own, so that their first steps are no larger than the step size.',
    source: OURS,
  },
  fill: {
    title: 'fill',
    explanation:
      'As transfer, and new weights get the moments of the blocks beside them. After a self-fusion these are the ones they would have had.',
    source: OURS,
  },
  naive: {
    title: 'naive zeros',
    explanation:
      'New weights get zero moments and the old step count, so their bias is not corrected: late in training their first hundred updates add up to several times what they should. A control, to see what transfer is for.',
    source: 'a control, no paper',
  },
} as const satisfies Readonly<Record<string, Words>>;

export const MOMENTS_FIELDS = ['title', 'explanation', 'source'] as const;
export const MOMENTS_WORDS = spokenRows('moments', ENGLISH_MOMENTS_ROWS, MOMENTS_FIELDS);
export type MomentsPolicy = keyof typeof MOMENTS_WORDS;
export const MOMENTS = ids(MOMENTS_WORDS);

const ENGLISH_OFF_DIAGONAL_ROWS = {
  zero: {
    title: 'zero',
    explanation: 'The new blocks start at zero, so at first nothing passes between the networks. They learn from the first step on.',
    source: OURS,
  },
  noise: {
    title: 'noise',
    explanation: 'Small random values, σ times the RMS of the blocks on the diagonal. After a self-fusion they tell the copies apart.',
    source: OURS,
  },
  random: {
    title: 'random, like a new layer',
    explanation: 'The layer’s own init, σ times. What the networks computed is disturbed from the start.',
    source: OURS,
  },
} as const satisfies Readonly<Record<string, Words>>;

export const OFF_DIAGONAL_FIELDS = ['title', 'explanation', 'source'] as const;
export const OFF_DIAGONAL_EXPLANATIONS = spokenRows('offDiagonals', ENGLISH_OFF_DIAGONAL_ROWS, OFF_DIAGONAL_FIELDS);
export type OffDiagonal = keyof typeof OFF_DIAGONAL_EXPLANATIONS;
export const OFF_DIAGONALS = ids(OFF_DIAGONAL_EXPLANATIONS);
