/** The baselines that the page offers for an experiment: in Setup, and where nothing trains beside it yet. */
import { type BaselineName, type Experiment, growsOneSource } from '../../../experiment/experiment.ts';
import { hasOwnData } from '../../../experiment/plan/stage-options.ts';

/**
 * Of one network there is no average. Where all stages have one task, the network that learns the last one alone is the
 * one from scratch once more.
 */
export function offeredBaselines({ operator, plan }: Pick<Experiment, 'operator' | 'plan'>): readonly BaselineName[] {
  if (growsOneSource(operator) && plan === undefined) return ['scratch', 'alone'];
  return plan?.some(hasOwnData) === true ? ['scratch', 'unread', 'alone', 'ensemble'] : ['scratch', 'alone', 'ensemble'];
}
