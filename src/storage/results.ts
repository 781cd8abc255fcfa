/**
 * A run's result as data (schema `deep-fusion/result/1`) and as JSON, and the data that the run can be replayed with
 * elsewhere.
 */
import type { WorkBeside } from '../experiment/cost/cost.ts';
import type { Experiment, ModelId, DrawnFlow, StepSizeTable } from '../experiment/experiment.ts';
import { withFloats } from './checkpoint/hugging-face-json.ts';

export const RESULT_SCHEMA = 'deep-fusion/result/1';

interface ResultModel {
  readonly id: ModelId;
  /** Hugging Face's `config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly parameters: number;
  readonly parents: readonly ModelId[];
  /** First and last step it is trained, on the experiment's axis. */
  readonly from: number;
  readonly to: number;
}

interface Points {
  readonly model: ModelId;
  /** Updates from the start of the experiment. */
  readonly step: readonly number[];
  /** Mean cross-entropy per target token on the probe set, in nats. */
  readonly loss: readonly number[];
}
interface MeasuredCurve extends Points {
  readonly kind: 'measured';
}
export interface PredictedCurve extends Points {
  readonly kind: DrawnFlow;
  /** Step at which the prediction starts. */
  readonly from: number;
  readonly trustedUntil: number | null;
  /** Gradients it cost. */
  readonly gradients: number;
  /** `plan`: of the experiment as it is planned; `asked`: asked before a branch or a fusion was run. */
  readonly of: 'plan' | 'asked';
  /** The step that the training had come to when each point was made. */
  readonly madeAt: readonly number[];
  /** Whether all of the prediction, its first step left out, was made before the training got there. */
  readonly inAdvance: boolean;
  /** First step from which on it was, to its end; null where its end was not. */
  readonly inAdvanceFrom: number | null;
}
export type ResultCurve = MeasuredCurve | PredictedCurve;

interface ResultGrowth {
  readonly step: number;
  readonly operator: string;
  readonly sources: readonly ModelId[];
  readonly target: ModelId;
  readonly loss: { readonly sources: readonly number[]; readonly average: number; readonly fused: number };
  readonly gap: number;
  /** ‖logits − average‖ / ‖average‖ on the probe set. */
  readonly logitsError: number;
  /** Of several sources: what each norm would have made. */
  readonly norms?: Readonly<Record<string, { readonly gap: number; readonly logitsError: number }>>;
}

/** Numbers measured along the run, at steps of their own. */
export type ResultMetric =
  /** λ, the largest eigenvalue of the Hessian on the probe set, and h·λ. */
  | {
      readonly kind: 'sharpness';
      readonly model: ModelId;
      readonly step: readonly number[];
      readonly lambda: readonly number[];
      readonly hLambda: readonly number[];
    }
  /** ‖∇L‖, and (h/4)‖∇L‖²/L. */
  | {
      readonly kind: 'gradient';
      readonly model: ModelId;
      readonly step: readonly number[];
      readonly norm: readonly number[];
      readonly flatnessShare: readonly number[];
    }
  /**
   * ‖θ_run − θ_flow‖ of a prediction that starts at step `from`, and how far the run has come since its stage began.
   */
  | {
      readonly kind: 'distance';
      readonly model: ModelId;
      readonly prediction: DrawnFlow;
      readonly from: number;
      readonly step: readonly number[];
      readonly distance: readonly number[];
      readonly travelled: readonly number[];
    }
  /** How good a model's answers are at one step, on held-out examples of a task: a measurement an entry. */
  | {
      readonly kind: 'task';
      readonly model: ModelId;
      readonly task: string;
      readonly split: 'validation' | 'test';
      /**
       * `loss` (nats a token), `exact match`, `accuracy`, `matthews`, `character F1`, `symbol error rate`,
       * `phoneme error rate`.
       */
      readonly name: string;
      readonly step: number;
      readonly value: number;
      /** The score of guessing. */
      readonly chance: number;
      /** The score of the commonest answer, given every time; null where that says nothing. */
      readonly majority: number | null;
      /**
       * The score of naive Bayes, trained on the same examples; absent where there is no choice between few answers.
       */
      readonly bayes?: number;
    };

export interface Result {
  readonly link: string;
  readonly experiment: Experiment;
  readonly adapter: { readonly kind: string; readonly description: string };
  readonly models: readonly ResultModel[];
  readonly curves: readonly ResultCurve[];
  readonly growth: readonly ResultGrowth[];
  /** The step sizes that were used, by model. */
  readonly stepSize: Readonly<Record<ModelId, StepSizeTable>>;
  /**
   * Models whose step size is held to the sharpest of them, so that their tables are one; every other table is its
   * model's own.
   */
  readonly stepSizeShared?: readonly (readonly ModelId[])[];
  readonly cost: {
    readonly flops: Readonly<Record<ModelId, number>>;
    readonly total: number;
    readonly criticalPath: number;
    /** Operations of one step of each model: with it, every curve can be drawn over compute again. */
    readonly perStep: Readonly<Record<ModelId, number>>;
    /**
     * Operations of what is no training and in none of the numbers above: losses on the probe set and samples, the
     * sharpness, predictions.
     */
    readonly beside?: WorkBeside;
    readonly seconds: number;
    /** Seconds of one step of each model by itself, on this device: the median of those that were timed. */
    readonly secondsPerStep?: Readonly<Record<ModelId, number>>;
  };
  readonly metrics: readonly ResultMetric[];
  readonly events: readonly Readonly<Record<string, unknown>>[];
  /** Names of all files of this result, below its folder: what a later run may replace. */
  readonly files: readonly string[];
}

/** Lists of numbers, and lists of such lists, stay on one line: a curve is a line of the file. */
function pretty(value: unknown, indent: string): string {
  const flat = (item: unknown): boolean =>
    item === null || typeof item !== 'object' || (Array.isArray(item) && item.every((x) => x === null || typeof x !== 'object'));
  if (flat(value) || (Array.isArray(value) && value.every(flat))) return JSON.stringify(value) ?? 'null';
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => deeper + pretty(item, deeper)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  return `{\n${entries.map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${pretty(item, deeper)}`).join(',\n')}\n${indent}}`;
}

/** JSON has no NaN and no infinity; a diverged loss is `null`. */
export function resultJson(result: Result): string {
  for (const { model, kind, step, loss } of result.curves)
    if (step.length !== loss.length)
      throw new Error(`result: the ${kind} curve of ${model} has ${step.length} steps and ${loss.length} losses`);
  return withFloats(`${pretty({ schema: RESULT_SCHEMA, ...result }, '')}\n`);
}

/** Token ids of a set, [examples][positions]; `labels` are -100 where ignored. */
export interface TracedSet {
  readonly input_ids: readonly (readonly number[])[];
  readonly attention_mask: readonly (readonly number[])[];
  readonly labels: readonly (readonly number[])[];
  readonly decoder_input_ids: readonly (readonly number[])[];
}

export interface Trace {
  readonly train: TracedSet;
  readonly probe: TracedSet;
  /**
   * Indices into `train` of every step's examples, by step; for a full batch one list per step is not needed and this
   * is empty.
   */
  readonly order: readonly (readonly number[])[];
  /**
   * Where stages have data of their own, or examples are drawn anew in each pass over them: the same of every stage
   * that has begun, its `train` as it was drawn for its steps, `order` from its first step on.
   */
  readonly stages?: readonly (Omit<Trace, 'stages'> & { readonly model: string; readonly from: number; readonly to: number })[];
}

/** Flat rows as they go to the engine → nested lists. */
export function tracedSet(batch: {
  readonly batch: number;
  readonly sourceLength: number;
  readonly targetLength: number;
  readonly inputIds: ArrayLike<number>;
  readonly attentionMask: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly decoderInputIds: ArrayLike<number>;
}): TracedSet {
  const rows = (flat: ArrayLike<number>, width: number): number[][] => {
    if (flat.length !== batch.batch * width) throw new Error(`trace: ${flat.length} ids are not ${batch.batch} rows of ${width}`);
    return Array.from({ length: batch.batch }, (_, row) => Array.from({ length: width }, (_, column) => flat[row * width + column] ?? 0));
  };
  return {
    input_ids: rows(batch.inputIds, batch.sourceLength),
    attention_mask: rows(batch.attentionMask, batch.sourceLength),
    labels: rows(batch.labels, batch.targetLength),
    decoder_input_ids: rows(batch.decoderInputIds, batch.targetLength),
  };
}
