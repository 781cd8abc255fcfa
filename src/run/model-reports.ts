/** The models of a plan as the page draws them. */
import { baselineStages } from '../experiment/cost/cost.ts';
import { planOf, schedule } from '../experiment/plan/plan.ts';
import type { Experiment, ModelId } from '../experiment/experiment.ts';
import type { ScheduledStage } from '../experiment/plan/plan.ts';
import { countParameters, type T5Config } from '../model/config.ts';
import type { ModelReport } from './reports.ts';
import { planConfigs, type RunData } from './setup/setup.ts';
import { runCosts } from './metrics/stage-costs.ts';

/**
 * One report a model, in the order of the stages.
 * @param flops operations of one training step, by model
 */
export function modelReports(
  stages: readonly ScheduledStage[],
  configs: ReadonlyMap<ModelId, T5Config>,
  flops: ReadonlyMap<ModelId, number>,
): ModelReport[] {
  const reports = new Map<ModelId, ModelReport>();
  for (const { model, from, to, sources } of stages) {
    const config = configs.get(model);
    if (!config) throw new Error(`the plan has no model ${model}; it has ${[...configs.keys()].join(', ')}`);
    const before = reports.get(model);
    reports.set(model, {
      id: model,
      parameters: countParameters(config),
      dModel: config.d_model,
      from: before?.from ?? from,
      to,
      parents: before?.parents ?? [...new Set(sources)],
      flopsPerStep: flops.get(model) ?? 0,
    });
  }
  return [...reports.values()];
}

/** The same for an experiment of which nothing is made yet. */
export function plannedModels(experiment: Experiment, data: RunData): ModelReport[] {
  const stages = schedule(planOf(experiment));
  return modelReports(
    [...stages, ...baselineStages(experiment, stages)],
    planConfigs(experiment, stages, data.task.vocabularySize, data.given),
    runCosts(experiment, stages, data),
  );
}
