/**
 * Who shares a step size that is held to the sharpness: what begins together before, or after, a growth takes that of
 * the sharpest.
 */
import { type Experiment, type ModelId, stepSizeAfter } from '../experiment.ts';
import { planOf, schedule } from './plan.ts';

export interface SharedStepSizes {
  readonly before: readonly (readonly ModelId[])[];
  readonly after: readonly (readonly ModelId[])[];
}

/**
 * Networks of the plan that share one table of step sizes, by whether they train before or after a growth. What trains
 * beside the plan has its own.
 */
export function sharedStepSizes(experiment: Experiment): SharedStepSizes {
  const stages = schedule(planOf(experiment));
  const grown = new Set(stages.flatMap(({ model, sources }) => (sources.length > 0 ? model : [])));
  const groups = (after: boolean): readonly (readonly ModelId[])[] => {
    const { kind } = after ? stepSizeAfter(experiment) : experiment.h;
    if (kind !== 'edge') return [];
    const byStart = new Map<number, Set<ModelId>>();
    for (const { model, from, to } of stages)
      if (grown.has(model) === after && to > from) byStart.set(from, (byStart.get(from) ?? new Set()).add(model));
    return [...byStart.values()].filter(({ size }) => size > 1).map((models) => [...models]);
  };
  return { before: groups(false), after: groups(true) };
}
