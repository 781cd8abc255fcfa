/**
 * The training that it took to reach a loss: the run as planned, the large network from scratch or without reading, the
 * small one alone, all small ones asked together. A loss counts as reached at the first measured point at or below it.
 */
import { ALONE_ID, ENSEMBLE_ID, isBaseline, type ModelId, SCRATCH_ID, UNREAD_ID } from '../../../experiment/experiment.ts';
import type { WayCost } from '../../../experiment/cost/cost.ts';
import type { CurveLike } from '../../plot/curves/curve.ts';
import { spentUntil, wayTo, type Work } from '../../plot/plan/work.ts';

export type Contender = 'run' | 'scratch' | 'unread' | 'alone' | 'ensemble';

/**
 * The rivals of the run: the large network from scratch; without it the small one alone, or the large one
 * without reading.
 */
export const RIVALS = ['scratch', 'alone', 'unread'] as const satisfies readonly Contender[];

export interface Reached extends WayCost {
  readonly model: ModelId;
  readonly step: number;
}

export interface CostAtLoss {
  readonly who: Contender;
  /** Null where the loss was not reached. */
  readonly at: Reached | null;
}

export type Measured = ReadonlyMap<ModelId, CurveLike>;

/** First step at which a curve is at or below a loss; null if it never was. */
export function reach(curve: CurveLike | undefined, loss: number): number | null {
  if (!curve) return null;
  for (let i = 0; i < curve.length; i++) if ((curve.losses[i] ?? Infinity) <= loss) return curve.steps[i] ?? null;
  return null;
}

/** The lowest loss of a curve; infinite without one. */
function least(curve: CurveLike | undefined): number {
  let low = Infinity;
  for (let i = 0; i < (curve?.length ?? 0); i++) low = Math.min(low, curve?.losses[i] ?? Infinity);
  return low;
}

/** Networks of the small one alone, one after the other: what it was, and what it is beyond the growth. */
function smallOnes(work: Work): readonly ModelId[] {
  const source = work.stages.find(({ model }) => model === ALONE_ID)?.sources[0];
  return source === undefined ? [] : [source, ALONE_ID];
}

/** The networks of everyone who trains, in the order of the table. */
function networksOf(work: Work): ReadonlyMap<Contender, readonly ModelId[]> {
  const trained = [...new Set(work.stages.map(({ model }) => model))];
  const only = (id: ModelId): readonly ModelId[] => trained.filter((model) => model === id);
  const all: readonly (readonly [Contender, readonly ModelId[]])[] = [
    ['run', trained.filter((id) => !isBaseline(id))],
    ['scratch', only(SCRATCH_ID)],
    ['unread', only(UNREAD_ID)],
    ['alone', smallOnes(work)],
    ['ensemble', only(ENSEMBLE_ID)],
  ];
  return new Map(all.filter(([who, models]) => who === 'run' || models.length > 0));
}

function first(
  work: Work,
  measured: Measured,
  models: readonly ModelId[],
  loss: number,
  totalOf: (step: number, way: WayCost) => number,
): Reached | null {
  let best: Reached | null = null;
  for (const model of models) {
    const step = reach(measured.get(model), loss);
    if (step === null || (best && best.step <= step)) continue;
    const way = wayTo(work, model, step);
    best = { model, step, total: totalOf(step, way), criticalPath: way.criticalPath };
  }
  return best;
}

/** Everyone who trains, in the order of the table. The run pays for all its networks, whichever of them got there. */
export function costsAtLoss(work: Work, measured: Measured, loss: number): readonly CostAtLoss[] {
  return [...networksOf(work)].map(([who, models]) => ({
    who,
    at: first(work, measured, models, loss, (step, way) => (who === 'run' ? spentUntil(work, step) : way.total)),
  }));
}

/** The lowest loss that several have all reached, rounded up so that it counts as reached; null before there is one. */
function lowestOf(contenders: readonly Contender[], lowest: (who: Contender) => number): number | null {
  const loss = Math.max(...contenders.map(lowest));
  if (!Number.isFinite(loss)) return null;
  const unit = loss < 0.1 ? 1000 : 100;
  return Math.ceil(loss * unit - 1e-6) / unit;
}

function lowestIn(work: Work, measured: Measured): (who: Contender) => number {
  const networks = networksOf(work);
  return (who) => Math.min(...(networks.get(who) ?? []).map((id) => least(measured.get(id))));
}

/** The lowest loss that the run and a baseline both reached; null before there is one. */
export function commonLoss(work: Work, measured: Measured): number | null {
  const lowest = lowestIn(work, measured);
  const rival = RIVALS.find((who) => Number.isFinite(lowest(who)));
  return lowestOf(rival ? ['run', rival] : ['run'], lowest);
}

/** The lowest loss that everyone who trains has reached; null while one of them has none. */
export function lossOfAll(work: Work, measured: Measured): number | null {
  return lowestOf([...networksOf(work).keys()], lowestIn(work, measured));
}

export interface Within {
  readonly loss: number;
  /** It trained for less than the budget: with more it could only get lower. */
  readonly short: boolean;
}

/**
 * The lowest loss that each could have had within a cost, early stopping allowed; null where none is to be had for so
 * little. The run is as low as the lowest of its networks.
 */
export function lossesWithin(
  work: Work,
  measured: Measured,
  budget: number,
  by: 'total' | 'criticalPath',
): ReadonlyMap<Contender, Within | null> {
  type CostOf = (model: ModelId, step: number) => number;
  const lowest = (models: readonly ModelId[], costOf: CostOf): Within | null => {
    const all = models.map((model) => within(measured.get(model), (step) => costOf(model, step), budget));
    const loss = Math.min(...all.map(({ least }) => least));
    return Number.isFinite(loss) ? { loss, short: Math.max(...all.map(({ spent }) => spent)) < 0.98 * budget } : null;
  };
  const own: CostOf = (model, step) => wayTo(work, model, step)[by];
  return new Map(
    [...networksOf(work)].map(([who, models]) => [
      who,
      lowest(models, who === 'run' && by === 'total' ? (_, step) => spentUntil(work, step) : own),
    ]),
  );
}

/**
 * Lowest loss of a curve up to the last step that a budget pays for, and what its whole training took; cost grows with
 * the step.
 */
function within(curve: CurveLike | undefined, costAt: (step: number) => number, budget: number): { least: number; spent: number } {
  const length = curve?.length ?? 0;
  const costOf = (index: number): number => costAt(curve?.steps[index] ?? 0);
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (costOf(middle) <= budget * (1 + 1e-9)) low = middle + 1;
    else high = middle;
  }
  let least = Infinity;
  for (let i = 0; i < low; i++) least = Math.min(least, curve?.losses[i] ?? Infinity);
  return { least, spent: length > 0 ? costOf(length - 1) : 0 };
}

/** `0.41`: this much less than the other; negative: more. Null where either did not get there. */
export function saving(one: Reached | null, other: Reached | null, by: 'total' | 'criticalPath'): number | null {
  if (!one || !other || other[by] <= 0) return null;
  return 1 - one[by] / other[by];
}
