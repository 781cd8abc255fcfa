/**
 * Prediction minus measurement along a run, and the band within which a prediction counts as trusted: 1 % of the
 * drop of the loss so far (at 5 % the flows cannot be told apart).
 */
import type { ModelId } from '../../experiment/experiment.ts';
import { type CurveLike, firstStep, lastStep, lossAt } from './curve.ts';
import { type ChartCurves, isMean } from './series.ts';

/** Share of the drop so far within which a prediction is trusted. */
export const TRUSTED_SHARE = 0.01;
/** The drop counts as at least this share of the starting loss: in the first steps nothing has dropped yet. As the worker judges it. */
export const LEAST_DROP = 0.05;

/**
 * What a prediction of a model is compared with: the mean of several runs where there is one (mini-batch flows are of that
 * mean), else the run. Undefined where there is neither, or for the mean itself.
 */
export function referenceOf({ measured, predicted }: ChartCurves, key: string, model: ModelId): CurveLike | undefined {
  if (isMean(key)) return undefined;
  const [, from, of] = key.split('|');
  return predicted.get(`shuffled-runs|${from}|${of}`)?.get(model) ?? measured.get(model);
}

/**
 * `predicted - measured` at every measured step that the prediction covers; the prediction, whose points may lie
 * farther apart, is interpolated. Steps where either is not finite are left out.
 */
export function errorCurve(predicted: CurveLike, measured: CurveLike): CurveLike {
  const steps = new Float64Array(measured.length);
  const losses = new Float32Array(measured.length);
  let length = 0;
  let j = 0;
  const last = predicted.length - 1;
  for (let i = 0; i < measured.length; i++) {
    const step = measured.steps[i] ?? NaN;
    if (step < (firstStep(predicted) ?? Infinity)) continue;
    if (step > (lastStep(predicted) ?? -Infinity)) break;
    while (j < last && (predicted.steps[j + 1] ?? Infinity) <= step) j++;
    const left = predicted.losses[j] ?? NaN;
    const at = predicted.steps[j] ?? NaN;
    const span = (predicted.steps[j + 1] ?? NaN) - at;
    const value = at === step || j === last ? left : left + (((predicted.losses[j + 1] ?? NaN) - left) * (step - at)) / span;
    const error = value - (measured.losses[i] ?? NaN);
    if (!Number.isFinite(error)) continue;
    steps[length] = step;
    losses[length] = error;
    length++;
  }
  return { steps, losses, length };
}

/**
 * Half width of the trusted band along the run: `TRUSTED_SHARE` of (loss at the start − loss now), where "now" is the
 * mean over the models alive at that step; never shrinking, as the drop is the largest so far, and never below `LEAST_DROP` of the start.
 * `stages` are measured curves, side by side (the sources) or one after the other (then the fused model).
 */
export function trustedBand(stages: readonly CurveLike[], from: number): CurveLike {
  const all = new Set<number>();
  for (const stage of stages) for (let i = 0; i < stage.length; i++) all.add(stage.steps[i] ?? NaN);
  const ordered = Float64Array.from([...all].filter((step) => step >= from)).sort();
  const losses = new Float32Array(ordered.length);
  let start = NaN;
  let drop = 0;
  let length = 0;
  const steps = new Float64Array(ordered.length);
  for (const step of ordered) {
    let sum = 0;
    let alive = 0;
    for (const stage of stages) {
      const loss = lossAt(stage, step);
      if (loss === null) continue;
      sum += loss;
      alive++;
    }
    if (alive === 0) continue;
    const mean = sum / alive;
    if (Number.isNaN(start)) start = mean;
    drop = Math.max(drop, start - mean);
    steps[length] = step;
    losses[length] = TRUSTED_SHARE * Math.max(drop, LEAST_DROP * Math.abs(start));
    length++;
  }
  return { steps, losses, length };
}

/** Mean of |error| over a curve; `null` without points. */
export function meanAbsolute(curve: CurveLike): number | null {
  if (curve.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < curve.length; i++) sum += Math.abs(curve.losses[i] ?? 0);
  return sum / curve.length;
}

/** A symmetric round bound for the error axis that holds `extremes` and at least the band. */
export function errorBound(largest: number): number {
  if (!(largest > 0)) return 0.01;
  const power = 10 ** Math.floor(Math.log10(largest * 1.05));
  for (const factor of [1, 1.5, 2, 3, 5, 7.5]) if (factor * power >= largest * 1.05) return Number((factor * power).toPrecision(6));
  return 10 * power;
}
