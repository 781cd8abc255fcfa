/** Optimizers by the name that the experiment uses. */
import type { OptimizerName } from '../../experiment/experiment.ts';
import { adafactor } from './adafactor.ts';
import { adam, adamw } from './adam.ts';
import { gradientDescent } from './gradient-descent.ts';
import { momentum } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';

export const OPTIMIZERS_BY_NAME: Readonly<Record<OptimizerName, Optimizer>> = { gd: gradientDescent, momentum, adam, adamw, adafactor };
