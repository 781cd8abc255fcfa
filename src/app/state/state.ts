/** What the page knows. All of it follows from the experiment, the worker's events and a few choices of the reader. */
import type { WorkBeside } from '../../experiment/cost.ts';
import type { Experiment, ModelId } from '../../experiment/experiment.ts';
import type { MeasuredBranch } from '../../experiment/growth-map.ts';
import type { AdapterReport, FaultKind, GrowthReport, ModelReport, OwnWord, SampleRow, WeightPicture, WhatIf } from '../../run/reports.ts';
import type {
  BracketReport,
  CompositeReport,
  FlowReport,
  MapReport,
  OrderReport,
  PredictionCost,
  SpectrumReport,
} from '../../predict/reports.ts';
import type { Event, Phase } from '../../session/protocol.ts';
import type { Course, Curve } from '../plot/curves/growable.ts';
import type { WeightMeans } from './heard/weight-courses.ts';

export interface ChartData {
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
}

export interface SamplesReport {
  readonly rows: readonly SampleRow[];
  /** The reader's own word; null while none was typed. */
  readonly own: OwnWord | null;
  /** Model → share or number of exact answers, as the worker counted them, of `of`. */
  readonly exact: Readonly<Record<ModelId, number>>;
  readonly of: number;
  readonly step: number;
}

export interface LogEntry {
  readonly step: number;
  readonly message: string;
}

/** Something that went wrong, kept until it is dismissed or the run starts again. */
export interface Fault {
  readonly kind: FaultKind | 'silent';
  readonly message: string;
  readonly fatal: boolean;
  readonly step: number;
}

export type Theme = 'light' | 'dark';

export interface State {
  /** The experiment on the screen; the page edits it. */
  readonly experiment: Experiment;
  /** The experiment as the worker runs it, with what was changed by hand meanwhile (a fusion, a branch). `null` before the first load. */
  readonly running: Experiment | null;
  /** The experiment as it was last loaded: where Reset goes back to. */
  readonly loaded: Experiment | null;
  readonly phase: Phase;
  readonly step: number;
  readonly loading: { readonly what: Extract<Event, { type: 'loading' }>['what']; readonly done: number; readonly total: number } | null;
  readonly adapter: AdapterReport | null;
  readonly models: readonly ModelReport[];
  readonly megaflopsPerStep: number;
  readonly rates: { readonly stepsPerSecond: number; readonly tokensPerSecond: number; readonly megabytes: number } | null;
  readonly chart: ChartData;
  /** The latest growth. */
  readonly growth: GrowthReport | null;
  /** All of them, in their order. */
  readonly growths: readonly GrowthReport[];
  /** What each prediction has cost and how far it has come. Key: as in `ChartData.predicted`. */
  readonly predictionCosts: ReadonlyMap<string, PredictionCost>;
  /** Why there is no prediction, in words; `null` if there can be one. */
  readonly unavailable: string | null;
  /** Growth step × step size after it, as the worker predicts it; `null` until it was asked for. */
  readonly map: MapReport | null;
  /** Runs that came to their end since the page was opened, the newest of each experiment: measured cells of maps. */
  readonly branches: readonly MeasuredBranch[];
  /** The flow that the optimizer says it follows; `null` before the first load. */
  readonly flow: FlowReport | null;
  /** What of the asked-for predictions is not drawn, or how far it holds. */
  readonly flowNotes: readonly string[];
  /** Whether hypotheticals are predicted for this optimizer. */
  readonly whatIfs: boolean;
  readonly sharpness: ReadonlyMap<ModelId, SharpnessCurve>;
  readonly stepSizes: ReadonlyMap<ModelId, Course>;
  /** The newest ‖∇L‖² and loss of every model. */
  readonly gradientNorms: ReadonlyMap<ModelId, { readonly step: number; readonly squared: number; readonly loss: number }>;
  /** What was found at the latest growth: the spectrum that instant curves are made of, and the composite of the steps around it. */
  readonly spectrum: SpectrumReport | null;
  readonly composite: CompositeReport | null;
  /** The Lie bracket of every growth step that was tried, in order. */
  readonly brackets: readonly BracketReport[];
  /** The error of one step, flow by flow, as it was last measured; `null` before that was asked for. */
  readonly orders: OrderReport | null;
  /** The newest ‖θ_run − θ_flow‖. Key: `${flow}|${from}|${of}|${model}`. */
  readonly distances: ReadonlyMap<string, { readonly step: number; readonly distance: number; readonly travelled: number }>;
  /** Seconds of training that had passed at a step (pauses left out). */
  readonly clock: Course;
  /** Seconds of a training step of each network by itself, on this device. */
  readonly stepSeconds: ReadonlyMap<ModelId, number>;
  /** Operations a second of this device, as far as it is known; it outlives a run. */
  readonly flopsPerSecond: number | null;
  /** Operations spent on what is no training, by what for; null before any is known. */
  readonly spentBeside: WorkBeside | null;
  readonly checkpoints: readonly number[];
  /** The training waits at a growth for the prediction, of which this share is drawn; `null`: it does not wait. */
  readonly holding: number | null;
  readonly samples: SamplesReport | null;
  readonly samplesBefore: SamplesReport | null;
  readonly weights: WeightPicture | null;
  /** Means of the tensor shown, along the run. */
  readonly weightMeans: WeightMeans;
  readonly symmetry: { readonly step: number; readonly total: number; readonly offDiagonal: number } | null;
  readonly diverged: Extract<Event, { type: 'diverged' }> | null;
  readonly faults: readonly Fault[];
  readonly log: readonly LogEntry[];
  /** Problems of the link that opened the page, or of the file that was opened in it, in words. */
  readonly problems: readonly string[];
  readonly problemsIn: 'link' | 'file';

  readonly whatIf: WhatIf | null;
  /** Who asked: the Fuse button under the pointer (nothing to run as a branch), or the reader's own change. */
  readonly whatIfBy: 'fuse' | null;
  /** The step the pointer or the keyboard reads, or `null`. */
  readonly hover: number | null;
  readonly scale: 'log' | 'linear';
  readonly axis: 'steps' | 'compute' | 'time';
  readonly theme: Theme;
  /** Whether Run was pressed since the experiment was loaded: the first visit's screen goes away. */
  readonly started: boolean;
  /** Whether Run was ever pressed: the first visit's screen shows until then. */
  readonly visited: boolean;
  readonly presenting: boolean;
  /** Whether the Theory tab is open: then Run this branch stands under its sliders. */
  readonly theoryOpen: boolean;
}
