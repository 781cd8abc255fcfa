/**
 * The one border between the page and the training worker: commands go in, events come out.
 * Both are discriminated unions; handle them exhaustively (`never` in the default branch).
 * The page never sees a tensor, only numbers in typed arrays that are transferred.
 */
import type { WorkBeside } from '../experiment/cost.ts';
import type { LocalSpectrum } from '../experiment/spectral-curve.ts';
import type { MapAxes, MeasuredBranch } from '../experiment/growth-map.ts';
import type { DrawnFlow, Experiment, ModelId, PredictionStart } from '../experiment/experiment.ts';
import type { ModifiedFlowDescription, Stability } from '../training/modified-flow.ts';

/** Which load an event belongs to: counted up by whoever sends the commands. */
export type RunId = number & { readonly __brand: 'RunId' };

/** A change of mind about a run that is under way: any subset of these. */
export interface WhatIf {
  readonly grow?: number;
  readonly h?: Experiment['h'];
  readonly h2?: Experiment['h2'];
}

export type Command =
  /** Take this experiment: load data, build models at step 0, report `ready`. Stops whatever ran, and a load under way. */
  | { readonly type: 'load'; readonly experiment: Experiment; readonly id?: RunId }
  | { readonly type: 'run' }
  | { readonly type: 'pause' }
  /** One step, then pause. */
  | { readonly type: 'step' }
  /** Back to step 0 of the loaded experiment. */
  | { readonly type: 'reset' }
  /** Grow here and now; training goes on without pressing anything (if it was running or not). */
  | { readonly type: 'fuse' }
  /** Step sizes may change while it runs; applies from the next step on. */
  | { readonly type: 'set-step-size'; readonly which: 'h' | 'h2'; readonly value: Experiment['h'] }
  | { readonly type: 'set-pace'; readonly pace: Experiment['pace'] }
  /** Draw predictions of a hypothetical; `null` takes the what-if away. `fuseNow`: growth at the current step. */
  | { readonly type: 'what-if'; readonly change: WhatIf | null }
  /** Run the hypothetical for real from the nearest checkpoint held in memory. */
  | { readonly type: 'run-branch'; readonly change: WhatIf }
  | { readonly type: 'cancel-prediction' }
  /** How far each flow is off after one step from here, with the step size and with a half and a quarter of it. Answered by `orders`. */
  | { readonly type: 'measure-orders' }
  /** The map of these lines (experiment/growth-map.ts): what is known of it and what the rest would cost; `fill`: work on the rest. Answered by `map`. */
  | { readonly type: 'map'; readonly axes: MapAxes; readonly fill: boolean }
  | { readonly type: 'stop-map' }
  /** Which tensor the weight picture shows (a Hugging Face parameter name), and of which model; without it, or where that is over, of the newest. */
  | { readonly type: 'show-weights'; readonly name: string; readonly model?: ModelId }
  /** Show what the networks make of this word as well, from now on; an empty text takes it away. Answered by `samples`. */
  | { readonly type: 'try-word'; readonly text: string }
  /** Continue after a divergence: go back to the checkpoint at `step` with another step size. */
  | { readonly type: 'go-back'; readonly step: number; readonly stepSize: number }
  /** Destroys the WebGPU device / throws in the worker: for tests of the recovery paths. */
  | { readonly type: 'test-fault'; readonly fault: 'device-lost' | 'crash' }
  /** Ask for the result files, with the data and the order of the batches if a trace is wanted, and a README if they are to be handed on; answered by `files`. */
  | { readonly type: 'export'; readonly trace?: boolean; readonly readme?: boolean }
  /** Answered by `pong` as soon as it arrives, whatever is being worked on. */
  | { readonly type: 'ping' };

export type Phase = 'loading' | 'ready' | 'training' | 'paused' | 'growing' | 'finished' | 'diverged' | 'failed';

export interface AdapterReport {
  readonly kind: 'webgpu' | 'webgpu-software' | 'wasm' | 'reference';
  /** E.g. `Intel Iris Xe`; empty for wasm. */
  readonly description: string;
  /** Why this one, in words for the badge. */
  readonly reason: string;
}

export interface ModelReport {
  readonly id: ModelId;
  readonly parameters: number;
  readonly dModel: number;
  /** First and last step this model is trained, on the experiment's axis. */
  readonly from: number;
  readonly to: number;
  readonly parents: readonly ModelId[];
  /** Operations of one training step: with the steps it gives compute along the run (experiment/cost.ts, `costTo`). */
  readonly flopsPerStep: number;
}

export interface SampleRow {
  readonly source: string;
  readonly target: string;
  /** Model id → what it generates greedily now. */
  readonly outputs: Readonly<Record<ModelId, string>>;
}

/** A word that the reader typed, and what the networks make of it. */
export interface OwnWord {
  readonly source: string;
  /** The right answer; null where the task knows none. */
  readonly target: string | null;
  /** Characters that are not in the task's alphabet: the networks are given the token for unknown ones in their place. */
  readonly unknown: readonly string[];
  /** Whether it is one of the training examples. */
  readonly trained: boolean;
  /** Why the task can't take it; null if it can. */
  readonly problem: string | null;
  /** Empty where the task can't take it. */
  readonly outputs: Readonly<Record<ModelId, string>>;
}

/** A block of a fused tensor: rows × columns in the checkpoint's layout ([out, in]). */
export interface BlockReport {
  /** Model id of the source, or `new`. */
  readonly origin: ModelId | 'new';
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly meanAbsolute: number;
}

export interface WeightPicture {
  readonly model: ModelId;
  readonly name: string;
  /** Names of the tensors one can choose. */
  readonly names: readonly string[];
  /** Cells of the averaged picture, row-major mean |w|; at most 28 × 28. */
  readonly height: number;
  readonly width: number;
  readonly cells: Float32Array;
  /** Size of the tensor itself. */
  readonly rows: number;
  readonly columns: number;
  readonly blocks: readonly BlockReport[];
  /** How the weights move; null before there were two looks at the model. */
  readonly change: WeightChange | null;
}

/** Mean |Δw| of a step: how far the weights came between two looks, divided by the steps between them. */
export interface WeightChange {
  readonly steps: number;
  /** As `cells` of the picture. */
  readonly cells: Float32Array;
  /** By block, in their order. */
  readonly blocks: readonly number[];
}

/** How far a fused network is from the average of its sources, at the moment of growth. */
export interface NormGap {
  readonly gap: number;
  readonly logitsError: number;
}

export interface GrowthReport {
  readonly step: number;
  readonly operator: Experiment['operator'];
  readonly sources: readonly ModelId[];
  readonly target: ModelId;
  readonly loss: { readonly sources: readonly number[]; readonly average: number; readonly fused: number };
  /** `fused - average`: the change of the loss at the moment of growth. */
  readonly gap: number;
  /** ‖logits − average‖ / ‖average‖ on the probe set, at the moment of growth. */
  readonly logitsError: number;
  /** Of several sources: the gap that each norm leaves, the run's own among them. Empty for a growth of one network. */
  readonly norms: Readonly<Partial<Record<Experiment['norm'], NormGap>>>;
  readonly parameters: { readonly sources: readonly number[]; readonly target: number; readonly new: number };
}

export interface PredictionKey {
  readonly flow: DrawnFlow;
  /** From step 0 through the growth, or from the growth on. */
  readonly from: PredictionStart;
  /** `plan`: the experiment as it is; `what-if`: the hypothetical; `asked`: what was asked before it was run, and is tested by the run. */
  readonly of: 'plan' | 'what-if' | 'asked';
}

export interface PredictionCost {
  readonly gradients: number;
  /** 0…1 */
  readonly progress: number;
  readonly state: 'running' | 'done' | 'cancelled' | 'waiting';
  /** Of what holds around the growth only: the first step past its window; `null` where it holds to its end, and for flows, whose trust follows from the curves (curves/trust.ts). */
  readonly window: number | null;
}

/** How a cell of the map can be predicted for less than a run. */
export type MapPredictor = 'gradient-flow' | 'time-rescaling' | 'spectral';

export interface MapCell {
  readonly grow: number;
  readonly after: number;
  /** Σh of the whole run; null where a held step size is not known yet. */
  readonly time: number | null;
  /** Predicted final losses; left out where there is none. */
  readonly predicted: Readonly<Partial<Record<MapPredictor, number>>>;
}

export interface MapReport {
  readonly axes: MapAxes;
  /** Which experiments are cells of it (experiment/growth-map.ts, `mapFamily`). */
  readonly family: string;
  /** Row by row, as the axes say. */
  readonly cells: readonly MapCell[];
  readonly state: 'idle' | 'filling' | 'filled';
  /** Gradients spent on it so far. */
  readonly gradients: number;
  /** What filling the rest is thought to cost, in gradients, and what running all cells would. */
  readonly estimate: number;
  readonly running: number;
  /** Why gradient flow and spectrum are left out, in words; null if they are not. */
  readonly unpredicted: string | null;
  /** Why there is no map at all; null if there is one. */
  readonly reason: string | null;
}
export type { Stability };
/** As the optimizer says it; with mini-batches, of so many an epoch, gradient descent follows a flow of its own. */
export type FlowReport = ModifiedFlowDescription | { readonly kind: 'mini-batch'; readonly batches: number };

/** The Gauss–Newton spectrum at a growth: what the loss for every step size is made of (experiment/spectral-curve.ts). */
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
export interface SplitNorms {
  readonly old: number;
  readonly new: number;
  readonly total: number;
}

/** The Lie bracket of a growth, at any step sizes (theory/composite.ts). */
export interface BracketReport {
  readonly model: ModelId;
  readonly step: number;
  readonly bracket: SplitNorms;
  /** Gradient of the sum of the sources' losses, and of the grown model's, at the growth. */
  readonly g1: SplitNorms;
  readonly g2: SplitNorms;
  /** g2·bracket: n1 steps of h1 and n2 of h2 around the growth add n1·h1·n2·h2/2 times this to the loss, to first order. */
  readonly alongBracket: number;
  /** Largest sharpness of the sources, and that of the grown model: the window is n·max(h1·λ1, h2·λ2) ≤ 2, since every H1 comes with an h1. */
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

export type FaultKind = 'no-webgpu' | 'device-lost' | 'out-of-memory' | 'worker' | 'data' | 'refused' | 'not-built';

export type Event =
  /** The load of this id has begun: what comes from here on is of that experiment, what came before it is not. */
  | { readonly type: 'begun'; readonly id: RunId }
  | { readonly type: 'pong' }
  | { readonly type: 'phase'; readonly phase: Phase; readonly step: number }
  | { readonly type: 'loading'; readonly what: 'data' | 'engine' | 'kernels' | 'models'; readonly done: number; readonly total: number }
  | {
      readonly type: 'ready';
      readonly adapter: AdapterReport;
      readonly models: readonly ModelReport[];
      readonly megaflopsPerStep: number;
      readonly vocabulary: number;
    }
  /** The run is of this experiment from now on: a growth at another step than planned, or a branch, changed it. What is on the screen, and what a link of it says. */
  | { readonly type: 'experiment'; readonly experiment: Experiment }
  /** New points of measured curves (append); loss on the probe set with the parameters after `steps[i]` updates. */
  | { readonly type: 'measured'; readonly model: ModelId; readonly steps: Float64Array; readonly losses: Float32Array }
  /** Points after this step are void (reset, branch, back to a checkpoint). `-1` clears everything. */
  | { readonly type: 'rewound'; readonly step: number }
  | { readonly type: 'rates'; readonly stepsPerSecond: number; readonly tokensPerSecond: number; readonly megabytes: number }
  /** Operations a second of this device, from measuring the loss at step 0: for an estimate of how long the run will take. */
  | { readonly type: 'calibrated'; readonly flopsPerSecond: number }
  /** Seconds of a training step of each model by itself, on this device (step-times.ts). */
  | { readonly type: 'times'; readonly secondsPerStep: Readonly<Record<ModelId, number>> }
  /** Operations spent so far on what is no training: losses on the probe set and samples, the sharpness, predictions and studies. */
  | { readonly type: 'spent-beside'; readonly flops: WorkBeside }
  | { readonly type: 'step-size'; readonly model: ModelId; readonly step: number; readonly value: number }
  | { readonly type: 'sharpness'; readonly model: ModelId; readonly step: number; readonly lambda: number; readonly hLambda: number }
  /** Largest h·λ that the central flow predicts for the models of a step. */
  | { readonly type: 'predicted-sharpness'; readonly step: number; readonly lambda: number; readonly hLambda: number }
  | { readonly type: 'gradient-norm'; readonly model: ModelId; readonly step: number; readonly squared: number; readonly loss: number }
  | { readonly type: 'growth'; readonly report: GrowthReport; readonly models: readonly ModelReport[] }
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
  /** What was found at a growth, as it comes. */
  | ({ readonly type: 'growth-spectrum' } & SpectrumReport)
  | ({ readonly type: 'growth-bracket' } & BracketReport)
  | ({ readonly type: 'growth-composite' } & CompositeReport)
  /** Where the run and a prediction are both held: ‖θ_run - θ_flow‖, and how far the run has moved since its stage began. */
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
      readonly notes: readonly string[];
      readonly whatIfs: boolean;
      /** The plan's predictions that are being made; one that begins in mid-run is among them from there on. */
      readonly planned: readonly PredictionKey[];
    }
  | { readonly type: 'prediction-cleared'; readonly of: PredictionKey['of'] }
  /** The plan is another one: what was predicted of it after this step, and of networks that it has no more, is void. */
  | { readonly type: 'prediction-void'; readonly after: number; readonly models: readonly ModelId[] }
  /** The hypothetical is run: what was predicted of it stays, as `asked`. */
  | { readonly type: 'prediction-kept' }
  /** The training waits at a growth until what is past it is predicted, of which this share is; null: it goes on. */
  | { readonly type: 'holding'; readonly progress: number | null }
  | { readonly type: 'prediction-unavailable'; readonly reason: string }
  | { readonly type: 'map'; readonly report: MapReport }
  /** A run with a growth has come to its end, or diverged: a measured cell of its map. */
  | { readonly type: 'branch'; readonly branch: MeasuredBranch }
  | {
      readonly type: 'samples';
      readonly rows: readonly SampleRow[];
      /** The reader's own word; null while none was typed. */
      readonly own: OwnWord | null;
      readonly exact: Readonly<Record<ModelId, number>>;
      readonly of: number;
      readonly step: number;
      readonly moment: 'now' | 'before-growth';
    }
  | { readonly type: 'weights'; readonly picture: WeightPicture; readonly step: number }
  /** Relative distance between twin blocks, total and over the off-diagonals. */
  | { readonly type: 'symmetry'; readonly step: number; readonly total: number; readonly offDiagonal: number }
  | { readonly type: 'checkpoints'; readonly steps: readonly number[] }
  | {
      readonly type: 'diverged';
      readonly step: number;
      readonly loss: number;
      readonly stepSize: number;
      readonly edge: number | null;
      readonly backTo: number;
      readonly suggested: number;
    }
  /** Something went wrong; `fatal` means the worker can't go on. */
  | { readonly type: 'fault'; readonly kind: FaultKind; readonly message: string; readonly fatal: boolean }
  | { readonly type: 'log'; readonly step: number; readonly message: string }
  | { readonly type: 'files'; readonly files: readonly { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> }[] };
