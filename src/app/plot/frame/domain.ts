/** The range of losses to show: everything measured, and of a prediction what is within reach of it. */
import { type CurveLike, lossRange } from '../curves/curve.ts';
import type { LossScale } from './projection.ts';
import type { ChartCurves } from '../curves/series.ts';
import { lossDomain } from './ticks.ts';

/** Before anything is measured. */
const EMPTY: readonly [number, number] = [0.3, 4];
/** A prediction that runs away may stretch the axis by this factor beyond what was measured, no more. */
const REACH_UP = 1.5;
const REACH_DOWN = 10;

/** Domain of the loss axis between two steps. A run that diverges is shown to `ceiling` times its first loss. */
export function domainOf(data: ChartCurves, scale: LossScale, from: number, to: number, ceiling = 3): readonly [number, number] {
  const measured = lossRange(data.measured.values(), from, to);
  const predictions: CurveLike[] = [...data.predicted.values()].flatMap((models) => [...models.values()]);
  const predicted = lossRange(predictions, from, to);
  if (!measured && !predicted) return lossDomain(...EMPTY, scale);
  const starts = [...data.measured.values()].map((curve) => curve.losses[0] ?? NaN).filter(Number.isFinite);
  const cap = starts.length > 0 ? ceiling * Math.max(...starts) : Infinity;
  let [low, high] = measured ?? predicted ?? EMPTY;
  high = Math.min(high, cap);
  low = Math.min(low, high);
  if (predicted && measured) {
    low = Math.min(low, Math.max(predicted[0], low / REACH_DOWN));
    high = Math.max(high, Math.min(predicted[1], high * REACH_UP));
  }
  return lossDomain(low, high, scale);
}
