/** How far a run has come from the curves that its link brought along, once both exist. */
import type { ModelId } from '../../../../experiment/experiment.ts';
import { isBaseline } from '../../../../experiment/experiment.ts';
import { type CurveLike, firstStep, lastStep, lossAt } from '../../../plot/curves/curve.ts';

type Curves = ReadonlyMap<ModelId, CurveLike>;

export interface Apart {
  readonly model: ModelId;
  readonly step: number;
  /** Loss of the run minus that of the link. */
  readonly difference: number;
}

/**
 * Of the network that both have and that begins last (the fused one, where both have fused), at the last step that both
 * know; `null` where there is none.
 */
export function apart(measured: Curves, linked: Curves): Apart | null {
  const common = [...measured].filter(([model, { length }]) => length > 1 && linked.has(model) && !isBaseline(model));
  const [newest] = common.toSorted(([, a], [, b]) => (firstStep(b) ?? 0) - (firstStep(a) ?? 0));
  if (!newest) return null;
  const [model, mine] = newest;
  const theirs = linked.get(model);
  if (!theirs) return null;
  const step = Math.min(lastStep(mine) ?? 0, lastStep(theirs) ?? 0);
  const [own, other] = [lossAt(mine, step), lossAt(theirs, step)];
  return own === null || other === null ? null : { model, step, difference: own - other };
}
