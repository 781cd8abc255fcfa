/** What a plan amounts to in the words of the simple settings: its last step, its first growth, how wide it gets, how many models it trains at once. */
import type { ModelId, OperatorName, PlanStage } from './experiment.ts';
import { lastStep, schedule } from './plan.ts';

export interface PlanSize {
  readonly lastStep: number;
  /** Step of the first growth; null without one. */
  readonly firstGrowth: number | null;
  /** Width of the widest model, in widths of a source. */
  readonly width: number;
  /** `self` if every growth fuses copies of one model, `fuse` if some do not, null without a growth. */
  readonly operator: OperatorName | null;
}

/** Width of every model, in widths of a source: widths add up in a fusion. */
export function modelWidths(stages: readonly PlanStage[]): ReadonlyMap<ModelId, number> {
  const widths = new Map<ModelId, number>();
  for (const { model, sources } of stages) if (!widths.has(model)) widths.set(model, sources.length === 0 ? 1 : sources.reduce((sum, id) => sum + (widths.get(id) ?? 1), 0));
  return widths;
}

/** @throws an Error if the stages are no plan (plan.ts) */
export function planSize(stages: readonly PlanStage[]): PlanSize {
  const scheduled = schedule(stages);
  const growths = scheduled.filter(({ sources }) => sources.length > 0);
  return {
    lastStep: lastStep(scheduled),
    firstGrowth: growths.length === 0 ? null : Math.min(...growths.map(({ from }) => from)),
    width: Math.max(...modelWidths(scheduled).values()),
    operator: growths.length === 0 ? null : growths.every(({ sources }) => new Set(sources).size === 1) ? 'self' : 'fuse',
  };
}
