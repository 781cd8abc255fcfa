/** The cost of steps where stages have data of their own, and the stages that a baseline follows. */
import { addedFlops, baselineStages, stepCosts, stepFlops } from '../../experiment/cost/cost.ts';
import type { Experiment, ModelId, ModelSize, PlanStage } from '../../experiment/experiment.ts';
import { followedAt } from '../../experiment/plan/followed.ts';
import type { ScheduledStage } from '../../experiment/plan/plan.ts';
import { modelSizes } from '../../experiment/plan/plan-size.ts';
import { hasOtherData, type RunData, taskShape } from '../setup/setup.ts';

/**
 * Operations of one training step of every model, baselines included: the mean over its steps where its stages have
 * data of their own.
 */
export function runCosts(experiment: Experiment, stages: readonly ScheduledStage[], data: RunData): ReadonlyMap<ModelId, number> {
  if (!hasOtherData(data)) return stepCosts(experiment, stages, taskShape(data));
  const sizes = modelSizes(experiment, stages);
  const of = (size: ModelSize, stage: PlanStage): number => {
    const own = data.of(stage);
    return stepFlops(size, taskShape(own), own.source.shape.batch, experiment.optimizer, addedFlops(experiment));
  };
  /** @param trained the stages whose data it trains on, and for how many steps */
  const perStep = (size: ModelSize, trained: readonly (readonly [stage: PlanStage, steps: number])[]): number => {
    const steps = trained.reduce((sum, [, count]) => sum + count, 0);
    return trained.reduce((sum, [stage, count]) => sum + count * of(size, stage), 0) / Math.max(1, steps);
  };
  const own = (id: ModelId): readonly (readonly [PlanStage, number])[] =>
    stages.filter(({ model }) => model === id).map((stage) => [stage, stage.steps]);
  const costs = new Map([...sizes].map(([id, size]) => [id, perStep(size, own(id))] as const));
  for (const { model, sources, from, to } of baselineStages(experiment, stages)) {
    const size = sizes.get(sources[0] ?? stages.at(-1)?.model ?? '') ?? experiment.model;
    costs.set(model, perStep(size, followed(stages, model, from, to)));
  }
  return costs;
}

/**
 * The stages whose data a baseline trains on, and for how many steps. Of stages side by side, which it takes in turn,
 * the first stands for all.
 */
function followed(stages: readonly ScheduledStage[], model: ModelId, from: number, to: number): readonly (readonly [PlanStage, number])[] {
  const edges = [...new Set([from, to, ...stages.flatMap((stage) => [stage.from, stage.to])])].filter((step) => from <= step && step <= to);
  edges.sort((a, b) => a - b);
  return edges.flatMap((step, i) => {
    const [stage] = followedAt(stages, model, step);
    const next = edges[i + 1];
    return stage && next !== undefined ? [[stage, next - step] as const] : [];
  });
}
