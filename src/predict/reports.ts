/**
 * Predictions as they are told to others: their cost, the flow in use, what was found at a growth, and the map. Plain
 * data, which the page may import.
 */
import type { Told } from '../experiment/messages/say.ts';
import type { WorkBeside } from '../experiment/cost/cost.ts';
import type { DrawnFlow, ModelId } from '../experiment/experiment.ts';
import type { LocalSpectrum } from '../curves/spectral-curve.ts';
import type { MapAxes, MeasuredBranch, NoMap } from '../experiment/map/growth-map.ts';
import type { ModifiedFlowDescription } from '../training/modified-flow.ts';
import type { Notice, PredictionKey } from '../run/reports.ts';

export type { Stability } from '../training/modified-flow.ts';

export interface PredictionCost {
  readonly gradients: number;
  /** 0…1 */
  readonly progress: number;
  readonly state: 'running' | 'done' | 'cancelled' | 'waiting';
  /**
   * Of what holds around the growth only: the first step past its window; `null` where it holds to its end, and for
   * flows, whose trust follows from the curves (curves/trust.ts).
   */
  readonly window: number | null;
}

/** How a cell of the map can be predicted for less than a run. */
export type MapPredictor = 'gradient-flow' | 'time-rescaling' | 'spectral';

/** The prediction of a run at a step. */
export interface MapForecast {
  /** Σh of the run until there; null where a held step size is not known yet. */
  readonly time: number | null;
  /** Predicted losses; left out where there is none. */
  readonly predicted: Readonly<Partial<Record<MapPredictor, number>>>;
}

/**
 * At its end, and where it has cost as much as the cheapest run of the map (experiment/map/growth-map.ts,
 * `equalCompute`).
 */
export interface MapCell extends MapForecast {
  readonly grow: number;
  readonly after: number;
  readonly within?: MapForecast & { readonly step: number };
}

export interface MapReport {
  readonly axes: MapAxes;
  /** Which experiments are cells of it (experiment/map/growth-map.ts, `mapFamily`). */
  readonly family: string;
  /** Row by row, as the axes say. */
  readonly cells: readonly MapCell[];
  /** The cost of the cheapest of its runs, in operations; 0 where that is not known. */
  readonly operations: number;
  readonly state: 'idle' | 'filling' | 'filled';
  /** Gradients spent on it so far. */
  readonly gradients: number;
  /** The estimated cost of filling the rest, in gradients, and of running all cells. */
  readonly estimate: number;
  readonly running: number;
  /** Why gradient flow and spectrum are left out, in words; null if they are not. */
  readonly unpredicted: Told | null;
  /** Why there is no map at all; null if there is one. */
  readonly reason: NoMap | null;
}

/** As the optimizer says it; with mini-batches, of so many an epoch, gradient descent follows a flow of its own. */
export type FlowReport = ModifiedFlowDescription | { readonly kind: 'mini-batch'; readonly batches: number };

/** The Gauss–Newton spectrum at a growth: what the loss for every step size is made of (curves/spectral-curve.ts). */
export interface SpectrumReport extends LocalSpectrum {
  readonly model: ModelId;
  /** The growth step. */
  readonly step: number;
  /** Largest eigenvalue of the Hessian there, and of the sources before it, in the growth's order. */
  readonly lambda: number;
  readonly sourceLambdas: readonly number[];
  /** Gradients that measuring these cost, of the grown model and of the sources. */
  readonly lambdaGradients: number;
}

/** Norms of a vector of the grown model on the inherited and on the new weights. */
interface SplitNorms {
  readonly old: number;
  readonly new: number;
  readonly total: number;
}

/** The Lie bracket of a growth, at any step sizes (theory/growth/composite.ts). */
export interface BracketReport {
  readonly model: ModelId;
  readonly step: number;
  readonly bracket: SplitNorms;
  /** Gradient of the sum of the sources' losses, and of the grown model's, at the growth. */
  readonly g1: SplitNorms;
  readonly g2: SplitNorms;
  /**
   * g2·bracket: n1 steps of h1 and n2 of h2 around the growth add n1·h1·n2·h2/2 times this to the loss, to first order.
   */
  readonly alongBracket: number;
  /**
   * Largest sharpness of the sources, and that of the grown model: the window is n·max(h1·λ1, h2·λ2) ≤ 2, since every
   * H1 comes with an h1.
   */
  readonly lambdas: readonly [before: number, after: number];
  /** P on the untied head: 1/k² for a fusion of k; 1 elsewhere. */
  readonly metric: number;
  readonly gradients: number;
}

/** The composite against the run, n steps on either side of the growth. */
export interface CompositeReport {
  readonly model: ModelId;
  readonly step: number;
  readonly h1: number;
  readonly h2: number;
  readonly points: readonly CompositePoint[];
  readonly gradients: number;
}

export interface CompositePoint {
  readonly n: number;
  readonly measured: number;
  /** Loss, and ‖θ - θ_run‖, after n steps behind the growth. */
  readonly withBracket: { readonly loss: number; readonly distance: number };
  readonly without: { readonly loss: number; readonly distance: number };
}

/** The error of one step from where a run was, flow by flow, as the step size is halved (theory/local-orders.ts). */
export interface OrderReport {
  readonly model: ModelId;
  readonly step: number;
  /** The run's step size there, a half and a quarter of it. */
  readonly sizes: readonly number[];
  readonly rows: readonly { readonly flow: DrawnFlow; readonly errors: readonly number[] }[];
  /** Errors of about this size are rounding. */
  readonly rounding: number;
  readonly gradients: number;
}

/** Predictions as they come. */
export type PredictionEvent =
  /**
   * Operations spent so far on what is no training: losses on the probe set and samples, the sharpness, predictions and
   * studies.
   */
  | { readonly type: 'spent-beside'; readonly flops: WorkBeside }
  /**
   * Operations a second of this device, for saying how long the run takes: from measuring the loss at step 0, then from
   * predictions.
   */
  | { readonly type: 'calibrated'; readonly flopsPerSecond: number }
  /** Largest h·λ that the central flow predicts for the models of a step. */
  | { readonly type: 'predicted-sharpness'; readonly step: number; readonly lambda: number; readonly hLambda: number }
  /** Replaces the curve with this key for this model from `steps[0]` on. */
  | {
      readonly type: 'predicted';
      readonly key: PredictionKey;
      readonly model: ModelId;
      readonly steps: Float64Array;
      readonly losses: Float32Array;
      /** The step that the training had come to when each point was made. */
      readonly madeAt: Float64Array;
      /** Standard deviations, where the losses are means over several runs. */
      readonly spreads?: Float32Array;
    }
  /** The findings at a growth, as they come. */
  | ({ readonly type: 'growth-spectrum' } & SpectrumReport)
  | ({ readonly type: 'growth-bracket' } & BracketReport)
  | ({ readonly type: 'growth-composite' } & CompositeReport)
  /**
   * Where the run and a prediction are both held: ‖θ_run - θ_flow‖, and how far the run has moved since its stage
   * began.
   */
  | {
      readonly type: 'parameter-distance';
      readonly key: PredictionKey;
      readonly model: ModelId;
      readonly step: number;
      readonly distance: number;
      readonly travelled: number;
    }
  | { readonly type: 'orders'; readonly report: OrderReport }
  | { readonly type: 'prediction-state'; readonly key: PredictionKey; readonly cost: PredictionCost }
  /**
   * Which flow the optimizer of this run follows; what of the predictions that were asked for is not drawn, or how far
   * it holds; and whether hypotheticals are predicted.
   */
  | {
      readonly type: 'flow';
      readonly flow: FlowReport;
      readonly notes: readonly Told[];
      readonly whatIfs: boolean;
      /** The plan's predictions that are being made; one that begins in mid-run is among them from there on. */
      readonly planned: readonly PredictionKey[];
    }
  | { readonly type: 'prediction-cleared'; readonly of: PredictionKey['of'] }
  /**
   * The plan is another one: what was predicted of it after this step, and of networks that it has no more, is void.
   */
  | { readonly type: 'prediction-void'; readonly after: number; readonly models: readonly ModelId[] }
  /** The hypothetical is run: what was predicted of it stays, as `asked`. */
  | { readonly type: 'prediction-kept'; readonly step: number }
  | { readonly type: 'prediction-unavailable'; readonly reason: Told }
  | { readonly type: 'map'; readonly report: MapReport }
  /** A run with a growth has come to its end, or diverged: a measured cell of its map. */
  | { readonly type: 'branch'; readonly branch: MeasuredBranch };

/** All that a prediction says while it is made. */
export type PredictionNotice = Notice | PredictionEvent;
