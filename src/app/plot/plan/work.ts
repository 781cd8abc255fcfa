/**
 * The stages of an experiment with what a step of each costs: operations as the worker counts them, or, before it has,
 * by the task's shape.
 */
import { contenderStages, costTo, stepCosts, TYPICAL_SHAPE, type WayCost } from '../../../experiment/cost/cost.ts';
import { taskRow } from '../../../experiment/declared/tasks.ts';
import { ENSEMBLE_ID, type Experiment, isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import { planOf, type ScheduledStage, schedule } from '../../../experiment/plan/plan.ts';
import type { ModelReport } from '../../../run/reports.ts';

export interface Work {
  /** Stages of the plan, and those of the baselines behind them. */
  readonly stages: readonly ScheduledStage[];
  /** Operations of a training step, by model. */
  readonly perStep: ReadonlyMap<ModelId, number>;
  /** Whether the worker has counted them. */
  readonly exact: boolean;
}

export function workOf(experiment: Experiment, models: readonly Pick<ModelReport, 'id' | 'flopsPerStep'>[]): Work {
  const planned = schedule(planOf(experiment));
  const stages = [...planned, ...contenderStages(experiment, planned)];
  const reported = new Map(models.map(({ id, flopsPerStep }) => [id, flopsPerStep]));
  const exact = stages.every(({ model }) => model === ENSEMBLE_ID || (reported.get(model) ?? 0) > 0);
  return {
    stages,
    exact,
    perStep: exact
      ? reported
      : stepCosts(experiment, planned, { ...TYPICAL_SHAPE, ...taskRow(experiment.task).shape(experiment.examples, experiment) }),
  };
}

/** Operations of everything in the plan up to a step. */
export function spentUntil({ stages, perStep }: Work, step: number): number {
  return stages
    .filter(({ model }) => !isBaseline(model))
    .reduce((sum, { model, from, to }) => sum + (perStep.get(model) ?? 0) * Math.max(0, Math.min(to, step) - from), 0);
}

/** The work that it took to bring a model to a step: its own training and that of all it has grown from. */
export function wayTo({ stages, perStep }: Work, model: ModelId, step: number): WayCost {
  return costTo(stages, perStep, model, step);
}

/** The same in seconds, as the steps were timed here; null while a network has not been timed. */
export function inSeconds(work: Work, seconds: ReadonlyMap<ModelId, number>): Work | null {
  const known = work.stages.every(({ model, steps }) => steps === 0 || model === ENSEMBLE_ID || (seconds.get(model) ?? 0) > 0);
  return known ? { ...work, perStep: seconds, exact: true } : null;
}
