/** Predictions that were made of a branch before it was run: kept as they stood when Run this branch was pressed. */
import { say } from '../../text/en/screen/state.ts';
import { type Trust, trustOf } from '../../../curves/trust.ts';
import type { DrawnFlow, Experiment, ModelId } from '../../../experiment/experiment.ts';
import { FLOW_ROWS, HEADLINE } from '../../../experiment/declared/flows.ts';
import { mapFamily, placeOnMap } from '../../../experiment/map/growth-map.ts';
import { planOf } from '../../../experiment/plan/plan.ts';
import type { MapReport } from '../../../predict/reports.ts';
import { type CurveLike, lastStep } from '../../plot/curves/curve.ts';
import { errorCurve, meanAbsolute } from '../../plot/curves/prediction-error.ts';
import { bandOf } from './trust.ts';
import type { ChartCurves } from '../../plot/curves/series.ts';

export interface Foretold {
  readonly experiment: Experiment;
  /** `modified flow`; in words. */
  readonly by: string;
  /** The network that the branch ends with. */
  readonly model: ModelId;
  readonly curve: CurveLike;
}

/**
 * The most telling prediction of a branch comes first: the control is weaker than the corrected flows, time rescaling
 * than any integrated one.
 */
const STRENGTH: readonly string[] = [...HEADLINE, 'time-rescaling'];
const strength = (flow: string): number => (STRENGTH.includes(flow) ? STRENGTH.indexOf(flow) : STRENGTH.length);

/**
 * The what-if curve that reaches farthest, of equals the strongest; where none reaches the end, what the map says of
 * its end. Null where nothing was predicted.
 */
export function foretell(experiment: Experiment, data: ChartCurves, map: MapReport | null): Foretold | null {
  const model = planOf(experiment).at(-1)?.model ?? '';
  const found: { readonly flow: string; readonly curve: CurveLike; readonly reach: number }[] = [];
  for (const [key, models] of data.predicted) {
    const [flow = '', , of] = key.split('|');
    const curve = models.get(model);
    const reach = curve && curve.length > 0 ? (lastStep(curve) ?? -1) : -1;
    // At its first step a prediction is the measurement it begins from.
    if (of === 'what-if' && curve && curve.length > 1) found.push({ flow, curve: copied(curve), reach });
  }
  const [best] = found.toSorted((a, b) => b.reach - a.reach || strength(a.flow) - strength(b.flow));
  if (best && best.reach >= experiment.steps) return { experiment, by: words(best.flow), model, curve: best.curve };
  const place = map && map.family === mapFamily(experiment) ? placeOnMap(experiment, map.axes.held) : null;
  const cell = place ? map?.cells.find(({ grow, after }) => grow === place.grow && after === place.after) : undefined;
  for (const flow of ['gradient-flow', 'spectral', 'time-rescaling'] as const) {
    const loss = cell?.predicted[flow];
    if (loss === undefined) continue;
    return {
      experiment,
      by: say.ofTheMap(words(flow)),
      model,
      curve: { steps: Float64Array.of(experiment.steps), losses: Float32Array.of(loss), length: 1 },
    };
  }
  return best ? { experiment, by: words(best.flow), model, curve: best.curve } : null;
}

const words = (flow: string): string => (flow === 'time-rescaling' ? say.timeRescaling : FLOW_ROWS[flow as DrawnFlow].words);

/** The arrays behind a curve are written on by the next what-if. */
function copied({ steps, losses, length }: CurveLike): CurveLike {
  return { steps: steps.slice(0, length), losses: losses.slice(0, length), length };
}

/** A prediction beside what was measured, of the network that the run has come to. */
export interface PredictionOutcome {
  readonly flow: string;
  /**
   * At the newest measured step of that network: the predicted loss, and prediction − measurement; null where the
   * prediction ends before.
   */
  readonly last: { readonly loss: number; readonly off: number } | null;
  /** Mean of |prediction − measurement| over the steps of that network that both have. */
  readonly mean: number;
  /** How far it is trusted, over all networks of the prediction (curves/trust.ts). */
  readonly trust: Trust;
  /** Made before the branch was run. */
  readonly before: boolean;
  /** When it was made, in words; null where that is not known. */
  readonly said: string | null;
}

/** Prediction and measurement at the newest measured step, from the differences along the curve. */
export function lastOf(errors: CurveLike, measured: CurveLike): PredictionOutcome['last'] {
  const end = errors.length - 1;
  const [off, now] = [errors.losses[end], measured.losses[measured.length - 1]];
  if (off === undefined || now === undefined || errors.steps[end] !== lastStep(measured)) return null;
  return { loss: now + off, off };
}

/** How well a branch was foretold; null before it has a step to compare. */
export function foretoldOutcome({ by, model, curve }: Foretold, data: ChartCurves): PredictionOutcome | null {
  const measured = data.measured.get(model);
  if (!measured || measured.length === 0) return null;
  const errors = errorCurve(curve, measured);
  const mean = meanAbsolute(errors);
  if (mean === null || (curve.length > 1 && errors.length < 2)) return null;
  return {
    flow: say.beforeTheBranchWasRun(by),
    last: lastOf(errors, measured),
    mean,
    trust: trustOf(bandOf(data.measured), [{ measured, predicted: curve }]),
    before: true,
    said: say.saidInAdvance,
  };
}
