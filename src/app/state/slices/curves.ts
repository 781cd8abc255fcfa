/** The curves that are measured and predicted along the run. */
import type { ModelId } from '../../../experiment/experiment.ts';
import type { FlowReport, MapReport, PredictionCost } from '../../../predict/reports.ts';
import type { MetricReport } from '../../../run/reports.ts';
import type { Course, Curve } from '../../plot/curves/growable.ts';

interface ChartData {
  readonly measured: ReadonlyMap<ModelId, Curve>;
  /** Key: `${flow}|${from}|${of}`. */
  readonly predicted: ReadonlyMap<string, ReadonlyMap<ModelId, Curve>>;
  /** The step that the training had come to when each predicted point was made. */
  readonly made?: ReadonlyMap<string, ReadonlyMap<ModelId, Course>>;
  /** Standard deviations of those that are means over several runs. */
  readonly spreads?: ReadonlyMap<string, ReadonlyMap<ModelId, Curve>>;
}

/** h·λmax along the run, with the curvature itself (1 / step size units). */
export interface SharpnessCurve {
  readonly steps: Float64Array;
  readonly hLambda: Float32Array;
  readonly lambda: Float32Array;
  readonly length: number;
  readonly gaps?: NonNullable<Curve['gaps']>;
}

export interface CurvesSlice {
  readonly chart: ChartData;
  /** The cost and the progress of each prediction. Key: as in `ChartData.predicted`. */
  readonly predictionCosts: ReadonlyMap<string, PredictionCost>;
  /** Why there is no prediction, in words; `null` if there can be one. */
  readonly unavailable: string | null;
  /** Growth step × step size after it, as the worker predicts it; `null` until it was asked for. */
  readonly map: MapReport | null;
  /** The flow that the optimizer says it follows; `null` before the first load. */
  readonly flow: FlowReport | null;
  /** Notes on predictions that were asked for and are not drawn, or on how far they hold. */
  readonly flowNotes: readonly string[];
  /** Whether hypotheticals are predicted for this optimizer. */
  readonly whatIfs: boolean;
  readonly sharpness: ReadonlyMap<ModelId, SharpnessCurve>;
  readonly stepSizes: ReadonlyMap<ModelId, Course>;
  /** How good answers are, in the order in which it was measured. */
  readonly metrics: readonly MetricReport[];
  /** The newest ‖∇L‖² and loss of every model. */
  readonly gradientNorms: ReadonlyMap<ModelId, { readonly step: number; readonly squared: number; readonly loss: number }>;
}

export const noCurves = (): CurvesSlice => ({
  chart: { measured: new Map(), predicted: new Map() },
  predictionCosts: new Map(),
  unavailable: null,
  map: null,
  flow: null,
  flowNotes: [],
  whatIfs: true,
  sharpness: new Map(),
  stepSizes: new Map(),
  metrics: [],
  gradientNorms: new Map(),
});
