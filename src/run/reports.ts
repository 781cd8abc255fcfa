/**
 * The run as it is told to others: models, growths, samples, weights, and the names of its curves. Plain data, which
 * the page may import.
 */
import type { Said, Told } from '../experiment/messages/say.ts';
import type { CorpusId } from '../experiment/declared/texts.ts';
import type { DrawnFlow, Experiment, ModelId, ModelSize, PredictionStart, TaskId } from '../experiment/experiment.ts';

export interface AdapterReport {
  readonly kind: 'webgpu' | 'webgpu-software' | 'wasm' | 'reference';
  /** E.g. `Intel Iris Xe`; empty for wasm. */
  readonly description: string;
  /** Why this one; null where none was needed yet. */
  readonly reason: Told | null;
  /** It is the one that was asked for by name. */
  readonly asked?: true;
}

export interface ModelReport {
  readonly id: ModelId;
  readonly parameters: number;
  readonly dModel: number;
  /** First and last step this model is trained, on the experiment's axis. */
  readonly from: number;
  readonly to: number;
  readonly parents: readonly ModelId[];
  /**
   * Operations of one training step: with the steps it gives compute along the run (experiment/cost/cost.ts, `costTo`).
   */
  readonly flopsPerStep: number;
}

/** A network from a file that was opened. */
export interface NetworkReport {
  /** Where it was found: `my-t5`, `result/checkpoints/M-300`. */
  readonly name: string;
  /** By which an experiment names it (experiment/settings/source.ts). */
  readonly mark: string;
  readonly model: ModelSize;
  readonly parameters: number;
  /** Rows of its embedding. */
  readonly vocabulary: number;
  /** Tokens of the tokenizer.json beside it; null where there is none. */
  readonly tokens: number | null;
  readonly form: { readonly activation: string; readonly gated: boolean; readonly tied: boolean; readonly scaled: boolean };
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
  /**
   * Characters that are not in the task's alphabet: the networks are given the token for unknown ones in their place.
   */
  readonly unknown: readonly string[];
  /** Whether it is one of the training examples. */
  readonly trained: boolean;
  /** Why the task can't take it; null if it can. */
  readonly problem: Told | null;
  /** Empty where the task can't take it. */
  readonly outputs: Readonly<Record<ModelId, string>>;
}

/** A token of the answer to what the reader typed, as it was chosen. */
export interface OwnToken {
  readonly text: string;
  readonly probability: number;
  /** The next best tokens: the likeliest others, in falling order. */
  readonly rivals: readonly { readonly text: string; readonly probability: number }[];
}

/** Encoder: a text on itself; decoder: an answer on what was said of it; cross: an answer on the text. */
export type AttentionKind = 'encoder' | 'decoder' | 'cross';

/** The part of the attention that is looked at. */
export interface AttentionChoice {
  /** Without it, or where that is not in training, of the newest. */
  readonly model?: ModelId;
  /** A row of the samples; one past them: what the reader typed, or another text in its place. */
  readonly row: number;
  readonly kind: AttentionKind;
  readonly layer: number;
}

/** Attention of one layer while a network answers one text. */
export interface AttentionReport {
  readonly model: ModelId;
  readonly step: number;
  readonly row: number;
  readonly kind: AttentionKind;
  readonly layer: number;
  /** How many layers there are to choose from. */
  readonly layers: number;
  /** Tokens that ask, and tokens that are looked at; empty: nothing was said yet. */
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  /** By head: the source that it came from, or `new`; of a network that was not fused, itself. */
  readonly origins: readonly (ModelId | 'new')[];
  /** Heads × queries × keys; each row sums to 1. */
  readonly weights: Float32Array;
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
  /**
   * `plan`: the experiment as it is; `what-if`: the hypothetical; `asked`: what was asked before it was run, and is
   * tested by the run.
   */
  readonly of: 'plan' | 'what-if' | 'asked';
}

export type FaultKind = 'no-webgpu' | 'device-lost' | 'out-of-memory' | 'worker' | 'data' | 'refused' | 'not-built';

/** How good the answers of a model are, at a step (run/metrics/task-metrics.ts). */
export interface MetricReport {
  readonly model: ModelId;
  readonly task: TaskId;
  /** The text whose gaps were filled; absent where the task fills none. */
  readonly corpus?: CorpusId;
  readonly split: 'validation' | 'test';
  readonly name: string;
  readonly step: number;
  readonly value: number;
  /** The score of guessing; for a loss, that of a uniform guess. */
  readonly chance: number;
  /** The score of the commonest answer, given every time; null where that says nothing. */
  readonly majority: number | null;
  /** The score of naive Bayes, which counts words; absent where there is no choice between few answers. */
  readonly bayes?: number;
}

/** The quantity that is measured: of one network there may be several tasks, texts, splits and measures. */
export const metricKey = ({ model, task, corpus, split, name }: Omit<MetricReport, 'step' | 'value' | 'chance' | 'majority'>): string =>
  [model, task, corpus ?? '', split, name].join('|');

/** A text or pairs of the reader's own, as they can be used. */
export interface OwnTaken {
  readonly mark: string;
  readonly kind: 'text' | 'pairs';
  /** Words of the text, or pairs. */
  readonly size: number;
  /** Pairs to train on; of a text, places where a part may begin. */
  readonly train: number;
}

/** Said beside the numbers: what went wrong, and what happened. */
export type Notice =
  /** Something went wrong; `fatal` means the worker can't go on. */
  | {
      readonly type: 'fault';
      readonly kind: FaultKind;
      readonly message: string;
      readonly said: Said;
      readonly fatal: boolean;
      /** The same run goes on from a checkpoint, or is loaded again. Absent: whatever was training trains on. */
      readonly goesBack?: true;
    }
  | ({ readonly type: 'log'; readonly step: number } & Told);
