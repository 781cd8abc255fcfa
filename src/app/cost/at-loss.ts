/**
 * What it took to reach a loss: the run as planned, the large network from scratch, the small one alone. A loss counts as
 * reached at the first measured point at or below it.
 */
import { ALONE_ID, isBaseline, type ModelId, SCRATCH_ID } from '../../experiment/experiment.ts';
import type { WayCost } from '../../experiment/cost.ts';
import type { CurveLike } from '../chart/curve.ts';
import { spentUntil, wayTo, type Work } from './work.ts';

export type Contender = 'run' | 'scratch' | 'alone';

export interface Reached extends WayCost {
  readonly model: ModelId;
  readonly step: number;
}

export interface CostAtLoss {
  readonly who: Contender;
  /** Null where the loss was not reached. */
  readonly at: Reached | null;
}

type Measured = ReadonlyMap<ModelId, CurveLike>;

/** First step at which a curve is at or below a loss; null if it never was. */
export function reach(curve: CurveLike | undefined, loss: number): number | null {
  if (!curve) return null;
  for (let i = 0; i < curve.length; i++) if ((curve.losses[i] ?? Infinity) <= loss) return curve.steps[i] ?? null;
  return null;
}

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
  const planned = [...new Set(work.stages.map(({ model }) => model))].filter((id) => !isBaseline(id));
  const found: CostAtLoss[] = [{ who: 'run', at: first(work, measured, planned, loss, (step) => spentUntil(work, step)) }];
  if (work.stages.some(({ model }) => model === SCRATCH_ID))
    found.push({ who: 'scratch', at: first(work, measured, [SCRATCH_ID], loss, (_, way) => way.total) });
  const small = smallOnes(work);
  if (small.length > 0) found.push({ who: 'alone', at: first(work, measured, small, loss, (_, way) => way.total) });
  return found;
}

/** The lowest loss that the run and a baseline both reached, rounded up so that it counts as reached; null before there is one. */
export function commonLoss(work: Work, measured: Measured): number | null {
  const planned = work.stages.map(({ model }) => model).filter((id) => !isBaseline(id));
  const run = Math.min(...planned.map((id) => least(measured.get(id))));
  const scratch = work.stages.some(({ model }) => model === SCRATCH_ID) ? least(measured.get(SCRATCH_ID)) : Infinity;
  const alone = Math.min(...smallOnes(work).map((id) => least(measured.get(id))));
  const rival = Number.isFinite(scratch) ? scratch : alone;
  const loss = Number.isFinite(rival) ? Math.max(run, rival) : run;
  if (!Number.isFinite(loss)) return null;
  const unit = loss < 0.1 ? 1000 : 100;
  return Math.ceil(loss * unit - 1e-6) / unit;
}

/** `0.41`: this much less than the other; negative: more. Null where either did not get there. */
export function saving(one: Reached | null, other: Reached | null, by: 'total' | 'criticalPath'): number | null {
  if (!one || !other || other[by] <= 0) return null;
  return 1 - one[by] / other[by];
}
