/** Optimizers by the name that the experiment uses, with their usual settings or with the experiment's. */
import type { Experiment, OptimizerName } from '../../experiment/experiment.ts';
import { adafactor } from './adafactor.ts';
import { adam, adamw, adamwWith, adamWith } from './adam.ts';
import { gradientDescent } from './gradient-descent.ts';
import { momentum, momentumWith } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';

export const OPTIMIZERS_BY_NAME: Readonly<Record<OptimizerName, Optimizer>> = { gd: gradientDescent, momentum, adam, adamw, adafactor };

type Settings = Pick<Experiment, 'beta1' | 'beta2' | 'epsilon'>;
/** What of an experiment says which optimizer it has. */
export type OptimizerChoice = Pick<Experiment, 'optimizer'> & Settings;

const MADE: Readonly<Record<OptimizerName, (settings: Settings) => Optimizer>> = {
  gd: () => gradientDescent,
  momentum: momentumWith,
  adam: adamWith,
  adamw: adamwWith,
  adafactor: () => adafactor,
};

/** The optimizer of an experiment. */
export function optimizerOf(experiment: OptimizerChoice): Optimizer {
  return MADE[experiment.optimizer](experiment);
}
