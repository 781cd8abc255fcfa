/** An experiment that was changed by hand: a growth here and now. */
import { type Experiment, FUSED_ID, type ModelId } from './experiment.ts';
import { fuseNow, growsCopies, operatorOf, type ScheduledStage } from './plan.ts';
import { withPlan } from './plan-size.ts';

/**
 * The experiment whose next growth is at this step; null where nothing can grow.
 * @param stages the experiment's plan
 */
export function grownNow(experiment: Experiment, stages: readonly ScheduledStage[], step: number): Experiment | null {
  const changed = fuseNow(stages, step, experiment.k);
  if (!changed) return null;
  const grown = changed.filter(({ sources }) => sources.length > 0);
  const [only] = grown;
  // A plan that `grow` can say stays one; the baseline's and the steps' meaning stay with it.
  if (experiment.plan || grown.length !== 1 || !only) return withPlan(experiment, changed);
  return { ...experiment, grow: step, ...(growsCopies(only) ? { operator: operatorOf(experiment, only), k: only.sources.length } : {}) };
}

/** The experiment with a growth behind a plan without one: of all models that are in training, or of copies of the only one, for as many steps again. */
export function grownBehind(experiment: Experiment, models: readonly ModelId[], step: number): Experiment {
  const { plan } = experiment;
  if (!plan) return { ...experiment, grow: step, steps: step * 2 };
  const sources = models.length > 1 ? models : Array.from({ length: experiment.k }, () => models[0] ?? 'A');
  return withPlan(experiment, [...plan, { model: models.includes(FUSED_ID) ? 'L' : FUSED_ID, steps: step, sources }]);
}
