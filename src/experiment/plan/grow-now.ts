/** An experiment that is changed by hand: a growth here and now. */
import { type Experiment, FUSED_ID, growsOneSource, type ModelId, type OperatorName, type PlanStage } from '../experiment.ts';
import { fuseNow, growsCopies, isGrownFrom, lastStep, operatorOf, planOf, type ScheduledStage, schedule } from './plan.ts';
import { withPlan } from './plan-size.ts';

/** A growth that a run has had. */
interface Grown {
  readonly step: number;
  readonly target: ModelId;
}

/** The effect of Fuse at a step of a run. */
export type FusionNow =
  /** The plan itself fuses at this very step, and has not yet: it goes on. */
  | { readonly kind: 'planned'; readonly growths: readonly PlanStage[] }
  /** The next growth of the plan happens here, or what trains is fused with itself: the experiment is another one. */
  | { readonly kind: 'here'; readonly growths: readonly PlanStage[]; readonly experiment: Experiment }
  /** The plan has ended without a growth: the fused network gets as many steps again. */
  | { readonly kind: 'behind'; readonly growths: readonly PlanStage[]; readonly experiment: Experiment }
  /** Nothing can grow here any more: back to the last growth, and it is done there once more. The experiment stays. */
  | { readonly kind: 'again'; readonly growths: readonly PlanStage[]; readonly step: number };

/**
 * The effect of Fuse on a run that is at a step and has had these growths; null where it can do nothing.
 * @param grown in their order
 */
export function fusionNow(experiment: Experiment, step: number, grown: readonly Grown[]): FusionNow | null {
  if (step <= 0) return null;
  const stages = schedule(planOf(experiment));
  const due = growthsAt(stages, step).filter(({ model }) => !grown.some(({ target }) => target === model));
  if (due.length > 0) return { kind: 'planned', growths: due };
  if (step >= lastStep(stages) && grown.length === 0) {
    const ended = stages.filter(({ to }) => to === step).map(({ model }) => model);
    const changed = grownBehind(experiment, ended, step);
    return { kind: 'behind', growths: growthsAt(schedule(planOf(changed)), step), experiment: changed };
  }
  const changed = grownNow(experiment, stages, step);
  if (changed) return { kind: 'here', growths: growthsAt(schedule(planOf(changed)), step), experiment: changed };
  const last = grown.at(-1);
  return last ? { kind: 'again', growths: growthsAt(stages, last.step), step: last.step } : null;
}

const growthsAt = (stages: readonly ScheduledStage[], step: number): readonly ScheduledStage[] =>
  stages.filter((stage) => stage.from === step && stage.sources.length > 0 && (stage.to > stage.from || isGrownFrom(stages, stage)));

/**
 * With an operator that grows one network. Where the experiment meant to fuse several, its new weights would be zero,
 * and copies with zeros beside them stay copies for ever: they get the noise that a self-fusion has by default.
 */
function withSelf(experiment: Experiment, operator: OperatorName): Experiment {
  const alike = operator === 'self' && operator !== experiment.operator && experiment.offDiagonal === 'zero';
  return { ...experiment, operator, ...(alike ? ({ offDiagonal: 'noise', sigma: 0.3 } as const) : {}) };
}

/** The experiment whose next growth is at this step; null where nothing can grow. */
function grownNow(experiment: Experiment, stages: readonly ScheduledStage[], step: number): Experiment | null {
  const changed = fuseNow(stages, step, experiment.k);
  if (!changed) return null;
  const grown = changed.filter(({ sources }) => sources.length > 0);
  const [only] = grown;
  // A plan that `grow` can say stays one; the baseline's and the steps' meaning stay with it.
  if (experiment.plan || grown.length !== 1 || !only) return withPlan(experiment, changed);
  const here = { ...experiment, grow: step };
  return growsCopies(only) ? { ...withSelf(here, operatorOf(experiment, only)), k: only.sources.length } : here;
}

/**
 * The experiment with a growth behind a plan without one: of all models that are in training, or of copies of the only
 * one, for as many steps again.
 */
function grownBehind(experiment: Experiment, models: readonly ModelId[], step: number): Experiment {
  const { plan, operator } = experiment;
  if (!plan) return withSelf({ ...experiment, grow: step, steps: step * 2 }, growsOneSource(operator) ? operator : 'self');
  const sources = models.length > 1 ? models : Array.from({ length: experiment.k }, () => models[0] ?? 'A');
  return withPlan(experiment, [...plan, { model: models.includes(FUSED_ID) ? 'L' : FUSED_ID, steps: step, sources }]);
}
