/**
 * A small experiment by every optimizer, as changes of it: for runs that are put away and go on with what the optimizer
 * holds.
 */
import type { OptimizerName } from '../../experiment/declared/optimizers.ts';
import type { Experiment } from '../../experiment/experiment.ts';

export const constant = (value: number) => ({ kind: 'constant', value }) as const;

const BY_OPTIMIZER: Readonly<Record<OptimizerName, Partial<Experiment>>> = {
  gd: {},
  momentum: { moments: 'transfer' },
  adam: { batch: 4, moments: 'transfer', h: constant(0.003) },
  adamw: { batch: 4, moments: 'fill', h: constant(0.003) },
  adafactor: { batch: 4, h: constant(0.003) },
  rmsprop: { moments: 'reset', h: constant(0.003) },
};

/** @param small with full batches */
export const byOptimizer = (small: Experiment): readonly (readonly [name: string, experiment: Experiment])[] =>
  Object.entries(BY_OPTIMIZER).map(([name, more]) => [name, { ...small, ...more, optimizer: name as OptimizerName }]);
