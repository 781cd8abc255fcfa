/** The optimizers by the name that the experiment uses: the code half of experiment/declared/optimizers.ts. */
import type { Experiment } from '../../experiment/experiment.ts';
import { type OptimizerName, OPTIMIZERS } from '../../experiment/declared/optimizers.ts';
import { OPTIMIZER_DEFAULTS } from '../../experiment/settings/optimizer.ts';
import { adafactor } from './adafactor.ts';
import { adamwWith, adamWith } from './adam.ts';
import { clipped } from './clipped.ts';
import { gradientDescent } from './gradient-descent.ts';
import { momentumWith } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';
import { rmspropWith } from './rmsprop.ts';

type Settings = Pick<Experiment, 'beta1' | 'beta2' | 'epsilon'>;
/** The settings of an experiment that choose its optimizer. */
export type OptimizerChoice = Pick<Experiment, 'optimizer' | 'clip'> & Settings;

const MADE: Readonly<Record<OptimizerName, (settings: Settings) => Optimizer>> = {
  gd: () => gradientDescent,
  momentum: momentumWith,
  adam: adamWith,
  adamw: adamwWith,
  adafactor: () => adafactor,
  rmsprop: rmspropWith,
};

/** The optimizer of an experiment. */
export function optimizerOf(experiment: OptimizerChoice): Optimizer {
  const optimizer = MADE[experiment.optimizer](experiment);
  return experiment.clip === undefined ? optimizer : clipped(optimizer, experiment.clip);
}

/** Each with its usual settings. */
export const OPTIMIZERS_BY_NAME = Object.fromEntries(OPTIMIZERS.map((name) => [name, MADE[name](OPTIMIZER_DEFAULTS)])) as Readonly<
  Record<OptimizerName, Optimizer>
>;
