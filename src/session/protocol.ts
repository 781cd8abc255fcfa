/**
 * The one border between the page and the training worker: commands go in, events come out.
 * Both are discriminated unions; handle them exhaustively (`never` in the default branch).
 * The page never sees a tensor, only numbers in typed arrays that are transferred.
 */
import type { Experiment, ModelId, TaskId } from '../experiment/experiment.ts';
import type { MapAxes } from '../experiment/map/growth-map.ts';
import type { WhatIf } from '../experiment/plan/what-if.ts';
import type {
  AdapterReport,
  AttentionChoice,
  AttentionReport,
  GrowthReport,
  MetricReport,
  ModelReport,
  NetworkReport,
  OwnTaken,
  Notice,
  OwnToken,
  OwnWord,
  SampleRow,
  WeightPicture,
} from '../run/reports.ts';
import type { Told } from '../experiment/messages/say.ts';
import type { KeptEvent, KeptRequest } from '../keep/reports.ts';
import type { PredictionEvent } from '../predict/reports.ts';

/** Which load an event belongs to: counted up by whoever sends the commands. */
export type RunId = number & { readonly __brand: 'RunId' };

/** As storage/files.ts makes them. */
interface ResultFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Command =
  /**
   * Take this experiment: load data, build models at step 0, report `ready`. Stops whatever ran, and a load under way.
   */
  | { readonly type: 'load'; readonly experiment: Experiment; readonly id?: RunId }
  /** Goes on with a kept run where it was left: `ready`, then `paused`, or what it ended with. */
  | { readonly type: 'take-up'; readonly kept: string; readonly id?: RunId }
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
  /**
   * How far each flow is off after one step from here, with the step size and with a half and a quarter of it. Answered
   * by `orders`.
   */
  | { readonly type: 'measure-orders' }
  /**
   * The map of these lines (experiment/map/growth-map.ts): what is known of it and what the rest would cost; `fill`:
   * work on the rest. Answered by `map`.
   */
  | { readonly type: 'map'; readonly axes: MapAxes; readonly fill: boolean }
  | { readonly type: 'stop-map' }
  /**
   * Which tensor the weight picture shows (a Hugging Face parameter name), and of which model; without it, or where
   * that is over, of the newest.
   */
  | { readonly type: 'show-weights'; readonly name: string; readonly model?: ModelId }
  /**
   * Show what the networks make of this word as well, from now on; an empty text takes it away. Answered by `samples`.
   */
  | { readonly type: 'try-word'; readonly text: string }
  /** Look at which words a network attends to, from now on; null: no more. Answered by `attention`. */
  | { readonly type: 'show-attention'; readonly choice: AttentionChoice | null }
  /** Continue after a divergence: go back to the checkpoint at `step` with another step size. */
  | { readonly type: 'go-back'; readonly step: number; readonly stepSize: number }
  /** Destroys the WebGPU device / throws in the worker: for tests of the recovery paths. */
  | { readonly type: 'test-fault'; readonly fault: 'device-lost' | 'crash' }
  /**
   * Ask for the result files, with the data and the order of the batches if a trace is wanted, a README if they are to
   * be handed on, and whatever belongs to the result besides; answered by `files`.
   */
  | { readonly type: 'export'; readonly trace?: boolean; readonly readme?: boolean; readonly besides?: readonly ResultFile[] }
  /**
   * Reads networks from files that were dropped or chosen together: folders, zips, or the files of one. Answered by
   * `networks`; an experiment takes them by their marks.
   */
  | { readonly type: 'open-networks'; readonly label: string; readonly files: readonly ResultFile[] }
  /** Takes a text or pairs of the reader's own, which experiments name by its mark. Answered by `own`. */
  | { readonly type: 'take-own'; readonly text: string }
  /** Keeps the run as it is now: the page is about to be hidden, or left. */
  | { readonly type: 'keep' }
  /**
   * Asks of the runs that are kept on this device, or changes them. Answered at once by `kept`, `kept-curves` or
   * `kept-file`.
   */
  | { readonly type: 'kept'; readonly request: KeptRequest }
  /** Answered by `pong` as soon as it arrives, whatever is being worked on. */
  | { readonly type: 'ping' };

export type Phase = 'loading' | 'ready' | 'training' | 'paused' | 'growing' | 'finished' | 'diverged' | 'failed';

export type Event =
  | Notice
  | PredictionEvent
  | KeptEvent
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
  /**
   * The run is of this experiment from now on: a growth at another step than planned, or a branch, changed it. What is
   * on the screen, and what a link of it says.
   */
  | { readonly type: 'experiment'; readonly experiment: Experiment }
  /** New points of measured curves (append); loss on the probe set with the parameters after `steps[i]` updates. */
  | { readonly type: 'measured'; readonly model: ModelId; readonly steps: Float64Array; readonly losses: Float32Array }
  /** Points after this step are void (reset, branch, back to a checkpoint). `-1` clears everything. */
  | { readonly type: 'rewound'; readonly step: number }
  | { readonly type: 'rates'; readonly stepsPerSecond: number; readonly tokensPerSecond: number; readonly megabytes: number }
  /** Seconds of a training step of each model by itself, on this device (step-times.ts). */
  | { readonly type: 'times'; readonly secondsPerStep: Readonly<Record<ModelId, number>> }
  | { readonly type: 'step-size'; readonly model: ModelId; readonly step: number; readonly value: number }
  | { readonly type: 'sharpness'; readonly model: ModelId; readonly step: number; readonly lambda: number; readonly hLambda: number }
  | { readonly type: 'gradient-norm'; readonly model: ModelId; readonly step: number; readonly squared: number; readonly loss: number }
  | { readonly type: 'growth'; readonly report: GrowthReport; readonly models: readonly ModelReport[] }
  /** How good answers are, on held-out examples. */
  | { readonly type: 'task-metrics'; readonly metrics: readonly MetricReport[] }
  /** The training waits at a growth until what is past it is predicted, of which this share is; null: it goes on. */
  | { readonly type: 'holding'; readonly progress: number | null }
  | {
      readonly type: 'samples';
      /** Their task: stages may have tasks of their own. */
      readonly task: TaskId;
      readonly rows: readonly SampleRow[];
      /** The reader's own word; null while none was typed. */
      readonly own: OwnWord | null;
      readonly exact: Readonly<Record<ModelId, number>>;
      readonly of: number;
      readonly step: number;
      readonly moment: 'now' | 'before-growth';
    }
  | { readonly type: 'attention'; readonly report: AttentionReport }
  /** Networks from files that are open now, or why none of these is. */
  | { readonly type: 'networks'; readonly networks: readonly NetworkReport[]; readonly refused: Told | null }
  /** A text or pairs of the reader's own that were taken, or why they can't be. */
  | { readonly type: 'own'; readonly taken: OwnTaken | null; readonly refused: Told | null }
  /** The next token of a network's answer to what the reader typed; at position 0 an answer begins. */
  | { readonly type: 'own-token'; readonly model: ModelId; readonly position: number; readonly token: OwnToken }
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
  | { readonly type: 'files'; readonly files: readonly ResultFile[] };
