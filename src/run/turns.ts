/** The stages of a plan that end and begin at a step of its run. */
import { isBaseline, type ModelId } from '../experiment/experiment.ts';
import { isGrownFrom, type ScheduledStage } from '../experiment/plan/plan.ts';
import type { RunGrowth } from './growth/grow-stage.ts';

/** The parts of a run that decide it. */
interface Course {
  readonly step: number;
  readonly stages: readonly ScheduledStage[];
  readonly growths: readonly RunGrowth[];
  readonly trainers: ReadonlyMap<ModelId, unknown>;
}

/** Models in training none of whose stages is on any more. */
export function endingAt({ step, stages, trainers }: Course): readonly ModelId[] {
  return [...trainers.keys()].filter(
    (id) => !isBaseline(id) && !stages.some(({ model, from, to }) => model === id && from <= step && step < to),
  );
}

/**
 * Stages that begin at this step and have not begun. One of no steps begins only for what grows from it.
 * @param held end states of stages, by stage
 */
export function beginningAt(run: Course, held: ReadonlyMap<number, unknown>): readonly ScheduledStage[] {
  const hasBegun = ({ index, model, sources }: ScheduledStage): boolean =>
    sources.length > 0 ? run.growths.some(({ report }) => report.target === model) : run.trainers.has(model) || held.has(index);
  return run.stages.filter(
    (stage) => stage.from === run.step && (stage.to > stage.from || isGrownFrom(run.stages, stage)) && !hasBegun(stage),
  );
}
