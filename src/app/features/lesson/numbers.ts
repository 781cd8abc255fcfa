/** Numbers that lessons read off a run. */
import type { ModelId } from '../../../experiment/experiment.ts';
import { lastLoss, lossAt } from '../../plot/curves/curve.ts';
import type { State } from '../../state/state.ts';

/** The measured loss of a network at a step; of its newest step where none is named. */
export function lossOf({ chart }: Pick<State, 'chart'>, model: ModelId, step?: number): number | null {
  const curve = chart.measured.get(model);
  if (!curve) return null;
  return step === undefined ? lastLoss(curve) : lossAt(curve, step);
}

/** Where a fused network began, beside its sources; `null` before the growth. */
export function startOfFused({ growth }: Pick<State, 'growth'>) {
  if (!growth) return null;
  const [a = NaN, b = a] = growth.loss.sources;
  return { a, b, fused: growth.loss.fused, average: growth.loss.average, gap: growth.gap, at: growth.step };
}
