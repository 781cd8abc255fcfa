/** Prediction minus measurement along a run, and the band within which a prediction counts as trusted. */
import { trustBand } from '../../../curves/trust.ts';
import { isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import { type CurveLike, firstStep, lastStep } from './curve.ts';
import { type ChartCurves, isMean } from './series.ts';

/**
 * The curve that a prediction of a model is compared with: the mean of several runs where there is one (mini-batch
 * flows are of that mean), else the run. Undefined where there is neither, or for the mean itself.
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

/** Half width of the trusted band along the run (curves/trust.ts), from a step on. */
export function trustedBand(measured: ReadonlyMap<ModelId, CurveLike>, from: number): CurveLike {
  const planned = [...measured].filter(([id]) => !isBaseline(id)).map(([, curve]) => curve);
  const band = trustBand(planned).filter(({ step }) => step >= from);
  return {
    steps: Float64Array.from(band, ({ step }) => step),
    losses: Float32Array.from(band, ({ width }) => width),
    length: band.length,
  };
}

/** Mean of |error| over a curve; `null` without points. */
export function meanAbsolute(curve: CurveLike): number | null {
  if (curve.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < curve.length; i++) sum += Math.abs(curve.losses[i] ?? 0);
  return sum / curve.length;
}

/**
 * Mean |prediction − measurement| over the measured steps of these models: what is called “off by” everywhere. `null`
 * if they never meet.
 */
export function meanError(chart: ChartCurves, key: string, models: readonly ModelId[]): number | null {
  let sum = 0;
  let points = 0;
  for (const id of models) {
    const predicted = chart.predicted.get(key)?.get(id);
    const measured = referenceOf(chart, key, id);
    if (!predicted || !measured) continue;
    const error = errorCurve(predicted, measured);
    // Where only its first step is known, a prediction is still the measurement it began from.
    if (error.length < 2) continue;
    for (let i = 0; i < error.length; i++) sum += Math.abs(error.losses[i] ?? 0);
    points += error.length;
  }
  return points > 1 ? sum / points : null;
}

/** A symmetric round bound for the error axis that holds `extremes` and at least the band. */
export function errorBound(largest: number): number {
  if (!(largest > 0)) return 0.01;
  const power = 10 ** Math.floor(Math.log10(largest * 1.05));
  for (const factor of [1, 1.5, 2, 3, 5, 7.5]) if (factor * power >= largest * 1.05) return Number((factor * power).toPrecision(6));
  return 10 * power;
}
