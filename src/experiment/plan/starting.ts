/** The networks of a plan that begin from nothing of the plan's own: at random, or from a file. */
import type { Experiment, ModelId } from '../experiment.ts';
import { planOf } from './plan.ts';

export const startingModels = (experiment: Experiment): readonly ModelId[] => [
  ...new Set(
    planOf(experiment)
      .filter(({ sources }) => sources.length === 0)
      .map(({ model }) => model),
  ),
];
