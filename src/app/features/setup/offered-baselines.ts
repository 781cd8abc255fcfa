/** The baselines that the page offers for an experiment: in Setup, and where nothing trains beside it yet. */
import { type BaselineName, type Experiment, growsOneSource } from '../../../experiment/experiment.ts';

/**
 * Of one network there is no average. The network that never read the texts is left to a link: where all stages have one task, it
 * is the one from scratch once more.
 */
export function offeredBaselines({ operator, plan }: Pick<Experiment, 'operator' | 'plan'>): readonly BaselineName[] {
  return growsOneSource(operator) && plan === undefined ? ['scratch', 'alone'] : ['scratch', 'alone', 'ensemble'];
}
