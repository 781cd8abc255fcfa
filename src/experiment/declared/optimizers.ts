/**
 * The optimizers, one row each: everything about an optimizer that is plain data. Its step stands in
 * `training/optimizers/`, in a file of the optimizer's name; a row without one, or one without a row, does not compile.
 */
import { spokenRows } from '../messages/language.ts';
import { ids } from '../rows.ts';

/** Numbers that an optimizer may have; each is a setting of the experiment. */
export type OptimizerSetting = 'beta1' | 'beta2' | 'epsilon';

export interface OptimizerRow {
  /** In the middle of a sentence: `gradient descent`. */
  readonly words: string;
  /** One or two sentences for a choice. */
  readonly note: string;
  /** The numbers that it has; the others mean nothing beside it. */
  readonly settings: readonly OptimizerSetting[];
  /** Operations a parameter and step; the comment of a row counts them. */
  readonly flops: number;
  /** Values that it keeps for each parameter from step to step: nothing to carry over at a growth if it is 0. */
  readonly state: 0 | 1 | 2;
  /**
   * `edge`: h·λmax up to which it is stable on a quadratic, so that a step size can be held to the sharpness. Where an
   * optimizer divides by what it remembers of the gradients, its edge is one of the preconditioned Hessian (38/h for
   * Adam at β1 = 0.9: Cohen et al. 2022, arXiv 2207.14484), of which λmax of the loss says nothing; `instead` is then a
   * step size with which it learns on the presets.
   */
  readonly held: { readonly edge: (settings: { readonly beta1: number }) => number } | { readonly instead: number };
  /** Which differential equation it follows: `training/modified-flow.ts` has its numbers. */
  readonly flow: 'gradient-descent' | 'inertial' | 'adaptive' | 'none';
  /** Advice for replaying a run elsewhere, as a paragraph of the README of its result. */
  readonly replay?: string;
}

const ENGLISH_OPTIMIZER_ROWS = {
  // θ -= h g
  gd: {
    words: 'gradient descent',
    note: 'Predicted with a full batch.',
    settings: [],
    flops: 2,
    state: 0,
    held: { edge: () => 2 },
    flow: 'gradient-descent',
  },
  // m = β m + g, θ -= h m
  momentum: {
    words: 'momentum',
    note: 'Heavy ball. Predicted with a full batch.',
    settings: ['beta1'],
    flops: 4,
    state: 1,
    held: { edge: ({ beta1 }) => 2 * (1 + beta1) },
    flow: 'inertial',
  },
  // m 3, v 4, two corrections 2; root, + ε, divide, scale, subtract 5
  adam: {
    words: 'Adam',
    note: 'Learns fastest and wants step sizes near 0.001.',
    settings: ['beta1', 'beta2', 'epsilon'],
    flops: 14,
    state: 2,
    held: { instead: 0.003 },
    flow: 'adaptive',
  },
  // One more than Adam: the decay
  adamw: {
    words: 'AdamW',
    note: 'Adam with weight decay beside the gradient. Wants step sizes near 0.001.',
    settings: ['beta1', 'beta2', 'epsilon'],
    flops: 15,
    state: 2,
    held: { instead: 0.003 },
    flow: 'adaptive',
  },
  // Square, + ε and two sums 4, two factors 2, squares of update and parameter summed 4, scale, subtract 2
  adafactor: {
    words: 'Adafactor',
    note: 'Keeps second moments by row and by column. Its step size is relative to the weights. Not predicted.',
    settings: [],
    flops: 12,
    state: 2,
    held: { instead: 0.01 },
    flow: 'none',
    // Measured with examples/replay.py (README of the project).
    replay: `Adafactor is chaotic at larger step sizes: after 50 steps of the first fusion Hugging Face itself differs in the loss
between float32 and float64 by 2e-7 at a step size of 0.003, by 3e-5 at 0.01 and by 2e-3 at 0.03. A replay elsewhere can be
no closer than that.`,
  },
  // v 4; root, + ε, divide, scale, subtract 5
  rmsprop: {
    words: 'RMSProp',
    note: 'Divides by the root of the mean square of the gradients, a mean that begins at zero: its first steps are long. Wants step sizes near 0.001.',
    settings: ['beta2', 'epsilon'],
    flops: 9,
    state: 2,
    held: { instead: 0.001 },
    flow: 'adaptive',
  },
} as const satisfies Readonly<Record<string, OptimizerRow>>;

export const OPTIMIZER_FIELDS = ['words', 'note'] as const;
export const OPTIMIZER_ROWS = spokenRows('optimizers', ENGLISH_OPTIMIZER_ROWS, OPTIMIZER_FIELDS);

export type OptimizerName = keyof typeof OPTIMIZER_ROWS;
export const OPTIMIZERS = ids(OPTIMIZER_ROWS);
/** The row of an optimizer, with what every row has. */
export const optimizerRow = (name: OptimizerName): OptimizerRow => OPTIMIZER_ROWS[name];
interface Steps {
  readonly optimizer: OptimizerName;
  readonly clip?: number;
}
/** Which differential equation a run follows: of clipped gradients none is known. */
export const flowKindOf = ({ optimizer, clip }: Steps): OptimizerRow['flow'] =>
  clip === undefined ? optimizerRow(optimizer).flow : 'none';
/** Whether λmax of the loss says where the run's edge of stability is. */
export const saysEdge = ({ optimizer, clip }: Steps): boolean => clip === undefined && 'edge' in optimizerRow(optimizer).held;
/**
 * Whether a run takes the steps of gradient descent itself, of which theory knows the most: on a full batch, every
 * gradient as it is.
 */
export function isPlainDescent(experiment: Steps & { readonly batch: 'full' | number }): boolean {
  return flowKindOf(experiment) === 'gradient-descent' && experiment.batch === 'full';
}
/** At the beginning of a sentence, and alone: `Gradient descent`. */
export function optimizerTitle(name: OptimizerName): string {
  const { words } = OPTIMIZER_ROWS[name];
  return words.charAt(0).toUpperCase() + words.slice(1);
}
/** A step size in place of one that is held to the sharpness; null where it can be held. */
export function insteadOfHeld(name: OptimizerName): number | null {
  const { held } = optimizerRow(name);
  return 'instead' in held ? held.instead : null;
}

/** Where a flow holds: largest values, but for the least ε. */
export interface AdaptiveWindow {
  readonly stepSize: number;
  readonly beta2: number;
  readonly smallestEpsilon: number;
  readonly largestEpsilon: number;
}

/**
 * Where the flow of optimizers that divide by the root of the mean square (`flow: 'adaptive'`) was found to hold on T5:
 * there it is closer with its correction than without, for each of three seeds. With an average of gradients as Adam
 * has it (`npm run validate-theory -- --only optimizers`), and without one (β1 = 0: RMSProp), where the correction is
 * larger and ends sooner. Between them it was found not to hold: at β1 = 0.5 and β2 = 0.95 it is 40 times as far off as
 * without.
 */
export const ADAPTIVE_WINDOWS: Readonly<Record<'averaged' | 'plain', AdaptiveWindow>> = {
  averaged: { stepSize: 3e-4, beta2: 0.95, smallestEpsilon: 5e-3, largestEpsilon: 5e-2 },
  plain: { stepSize: 1e-4, beta2: 0.8, smallestEpsilon: 1e-2, largestEpsilon: 5e-2 },
};
/** The least β1 of an average of gradients with which the flow was found to hold. */
export const LEAST_AVERAGE = 0.9;
