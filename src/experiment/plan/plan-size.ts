/**
 * A plan in the words of the simple settings: its last step, its first growth, how large it gets; and
 * the size of every model.
 */
import { operatorRow } from '../declared/operators.ts';
import { type Experiment, growsOneSource, type ModelId, type ModelSize, type OperatorName, type PlanStage } from '../experiment.ts';
import { say } from './complaints.ts';
import { growsCopies, lastStep, operatorOf, schedule } from './plan.ts';

export interface PlanSize {
  readonly lastStep: number;
  /** Step of the first growth; null without one. */
  readonly firstGrowth: number | null;
  /** Size of the largest model, in widths of a source (or depths, where it is stacked). */
  readonly width: number;
  /** `self` if every growth is of copies of one model, `fuse` if some are not, null without a growth. */
  readonly operator: OperatorName | null;
}

/** How many sources every model holds: what a fusion adds up. */
function modelWidths(stages: readonly PlanStage[]): ReadonlyMap<ModelId, number> {
  const widths = new Map<ModelId, number>();
  for (const { model, sources } of stages)
    if (!widths.has(model)) widths.set(model, sources.length === 0 ? 1 : sources.reduce((sum, id) => sum + (widths.get(id) ?? 1), 0));
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
    operator: growths.length === 0 ? null : growths.every(growsCopies) ? 'self' : 'fuse',
  };
}

/** The operator of an experiment with a plan: the one that is wanted, where the plan has use for it. */
export function plannedOperator(stages: readonly PlanStage[], wanted: OperatorName): OperatorName {
  const rival = wanted !== 'self' && growsOneSource(wanted);
  return rival && stages.some(growsCopies) ? wanted : (planSize(stages).operator ?? wanted);
}

/** The experiment with another plan, and what the plan says of the simple settings. */
export function withPlan(experiment: Experiment, plan: readonly PlanStage[]): Experiment {
  const size = planSize(plan);
  return { ...experiment, plan, grow: size.firstGrowth, steps: size.lastStep, operator: plannedOperator(plan, experiment.operator) };
}

/** A fused model: widths and heads add up, depth and d_kv stay. A stacked one: depth is multiplied. */
export function grownSize(operator: OperatorName, sources: readonly ModelSize[]): ModelSize {
  const [first] = sources;
  if (first === undefined) throw new Error(say.noSources);
  if (operatorRow(operator).grows === 'deeper') return { ...first, layers: first.layers * sources.length };
  const sum = (field: 'd' | 'ff' | 'heads'): number => sources.reduce((total, size) => total + size[field], 0);
  return { ...first, d: sum('d'), ff: sum('ff'), heads: sum('heads') };
}

/**
 * The size of every model of a plan.
 * @throws an Error that names the field and both values where networks can't be fused
 */
export function modelSizes(
  experiment: Pick<Experiment, 'model' | 'operator'>,
  stages: readonly PlanStage[],
): ReadonlyMap<ModelId, ModelSize> {
  const sizes = new Map<ModelId, ModelSize>();
  for (const stage of stages) {
    const { model, sources } = stage;
    if (sizes.has(model)) continue;
    const parents = sources.map((id) => sizes.get(id) ?? experiment.model);
    const [first] = parents;
    const other = parents.findIndex(({ layers }) => layers !== first?.layers);
    if (first && other > 0) {
      const [one = '', another = ''] = [sources[0], sources[other]];
      throw new Error(say.layersDiffer(`${sources.join('+')}>${model}`, one, first.layers, another, parents[other]?.layers ?? 0));
    }
    sizes.set(model, first ? grownSize(operatorOf(experiment, stage), parents) : experiment.model);
  }
  return sizes;
}
