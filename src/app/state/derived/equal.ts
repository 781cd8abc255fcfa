/**
 * Runs at equal steps and at equal compute. A run that grows later has cost less at the same step, so that a comparison
 * at equal steps alone favours early growth: both stand in the table.
 */
import { isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import { type CurveLike, lossAt } from '../../plot/curves/curve.ts';
import { spentUntil, type Work } from '../../plot/plan/work.ts';

/** A run as far as it got. */
export interface Comparable {
  readonly step: number;
  readonly work: Work;
  readonly curves: ReadonlyMap<ModelId, CurveLike>;
}

/** The loss that all of some runs have reached. */
export interface CommonGround {
  readonly step: number;
  readonly operations: number;
}

/** Null for fewer than two runs. */
export function commonGround(runs: readonly Comparable[]): CommonGround | null {
  if (runs.length < 2) return null;
  return {
    step: Math.min(...runs.map(({ step }) => step)),
    operations: Math.min(...runs.map(({ step, work }) => spentUntil(work, step))),
  };
}

export interface LossThere {
  readonly model: ModelId;
  readonly step: number;
  readonly loss: number;
}

/** The loss of a run at a step, of the last of its plan's networks that is there; null where none is. */
export function lossAtStep({ work, curves }: Comparable, step: number): LossThere | null {
  for (const { model } of work.stages.toReversed()) {
    if (isBaseline(model)) continue;
    const curve = curves.get(model);
    const loss = curve ? lossAt(curve, step) : null;
    if (loss !== null) return { model, step, loss };
  }
  return null;
}

/** The last step up to which a run has cost no more than so many operations. */
export function stepWithin({ work, step }: Comparable, operations: number): number {
  let [low, high] = [0, step];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (spentUntil(work, middle) <= operations * (1 + 1e-9)) low = middle;
    else high = middle - 1;
  }
  return low;
}
