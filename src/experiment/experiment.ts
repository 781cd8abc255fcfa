/**
 * What an experiment is: plain data that fixes every number of a run. The link, the JSON file and the
 * command line are three spellings of this one value. Nothing here knows React, tfjs or the worker.
 */

/** Versions of the grammar: what a preset's name means, and which recorded tables hold. Each stays as it is for ever. */
export const GRAMMARS = [1, 2] as const;
export type Grammar = (typeof GRAMMARS)[number];
/** What new experiments are written in, and what a link or file is read in that says no version. */
export const NEWEST_GRAMMAR = 2;

export const TASKS = ['reverse', 'sort', 'pronounce'] as const;
export const OPTIMIZERS = ['gd', 'momentum', 'adam', 'adamw', 'adafactor'] as const;
export const OPERATORS = ['fuse', 'self', 'stack', 'net2net', 'bert2bert-fpi', 'bert2bert-aki', 'random', 'scratch'] as const;
export const OFF_DIAGONALS = ['zero', 'noise', 'random'] as const;
export const NORMS = ['shared', 'grouped', 'compensated'] as const;
export const MOMENTS = ['reset', 'transfer', 'fill', 'naive'] as const;
export const PREDICTIONS = [
  'gradient-flow',
  'modified-flow',
  'modified-flow-exact',
  'third-order-flow',
  'self-held',
  'principal-flow',
  'central-flow',
  'composite',
  'spectral',
] as const;
export const PREDICTION_STARTS = ['0', 'growth'] as const;
export const BASELINES = ['scratch', 'alone', 'ensemble'] as const;
export const ADAPTERS = ['auto', 'webgpu', 'wasm'] as const;

export type TaskId = (typeof TASKS)[number];
export type OptimizerName = (typeof OPTIMIZERS)[number];
export type OperatorName = (typeof OPERATORS)[number];
export type OffDiagonal = (typeof OFF_DIAGONALS)[number];
export type NormKind = (typeof NORMS)[number];
export type MomentsPolicy = (typeof MOMENTS)[number];
export type PredictionName = (typeof PREDICTIONS)[number];
/**
 * What is drawn for a prediction: `sign-flow` is the control of Adam, in the place of the gradient flow; `shuffled-runs`
 * the mean of several runs of mini-batches, which their flows are compared with; `composite-without-bracket` the control
 * of the composite.
 */
export type DrawnFlow = PredictionName | 'sign-flow' | 'shuffled-runs' | 'composite-without-bracket';
/** Predictions that integrate a flow along the run; the others look at the growth alone. */
export type IntegratedFlow = Exclude<PredictionName, 'composite' | 'spectral'>;
export function isIntegrated(name: PredictionName): name is IntegratedFlow {
  return name !== 'composite' && name !== 'spectral';
}
export type PredictionStart = (typeof PREDICTION_STARTS)[number];
export type BaselineName = (typeof BASELINES)[number];
export type AdapterChoice = (typeof ADAPTERS)[number];

/** The usual settings of momentum and Adam: what an experiment has that says nothing of them. */
export const OPTIMIZER_DEFAULTS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
export type OptimizerSetting = keyof typeof OPTIMIZER_DEFAULTS;
/** Which of them an optimizer has. */
export const OPTIMIZER_SETTINGS: Readonly<Record<OptimizerName, readonly OptimizerSetting[]>> = {
  gd: [],
  momentum: ['beta1'],
  adam: ['beta1', 'beta2', 'epsilon'],
  adamw: ['beta1', 'beta2', 'epsilon'],
  adafactor: [],
};

/**
 * For which optimizers a step size can be held to λmax of the loss: gradient descent is at its edge of stability where hλ is
 * 2, momentum at 2(1 + β1). Adam and Adafactor divide by what they remember of the gradients: their edge is one of the
 * preconditioned Hessian (38/h for Adam at β1 = 0.9: Cohen et al. 2022, arXiv 2207.14484), of which λmax of the loss says
 * nothing. They get a step size with which they learn on the presets instead; null: held.
 */
export const INSTEAD_OF_HELD: Readonly<Record<OptimizerName, number | null>> = {
  gd: null,
  momentum: null,
  adam: 0.003,
  adamw: 0.003,
  adafactor: 0.01,
};

/** A step size that may change with the step: `[[0, 0.5], [10, 0.13]]` holds .5 for steps 0–9, then .13. First step is 0 of the experiment's axis; sorted, never empty. */
export type StepSizeTable = readonly (readonly [step: number, size: number])[];

/** A step size of a stage: constant, a table, or held to the sharpness (`edge / λmax`). */
export type StepSize =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'table'; readonly table: StepSizeTable }
  | { readonly kind: 'edge'; readonly edge: number };

/** The size of one source model; encoder and decoder have the same number of layers. */
export interface ModelSize {
  readonly d: number;
  readonly ff: number;
  readonly heads: number;
  readonly dkv: number;
  readonly layers: number;
}

/** A stage of a training graph: it trains one model for some steps. See plan.ts. */
export interface PlanStage {
  readonly model: ModelId;
  readonly steps: number;
  /** Models it is grown from; empty where it starts at random or goes on. Twice the same: a self-fusion. */
  readonly sources: readonly ModelId[];
}

export interface Experiment {
  /** Version of the grammar: the presets and recorded tables that hold for it. */
  readonly v: Grammar;
  /** The preset this experiment started from; what equals it is left out of the link. */
  readonly preset: string;
  readonly task: TaskId;
  /** Number of training examples. */
  readonly examples: number;
  /** Number of probe examples; with `batch: 'full'` the probe set is the training set. */
  readonly probe: number;
  readonly model: ModelSize;
  readonly seed: number;
  readonly optimizer: OptimizerName;
  /** Decay of the optimizer's average of gradients: of momentum's velocity, of Adam's first moment. Only for those that have one. */
  readonly beta1: number;
  /** Decay of the average of squared gradients (Adam, AdamW). */
  readonly beta2: number;
  /** What Adam and AdamW add to the root. */
  readonly epsilon: number;
  /** Step size before the growth. */
  readonly h: StepSize;
  /** Step size after the growth. `null`: as before it. */
  readonly h2: StepSize | null;
  readonly batch: 'full' | number;
  /** Growth step: sources train to here, then fuse. `null`: never (a single model, unless the user presses Fuse now). */
  readonly grow: number | null;
  /** Last step, counted from 0 through the growth. */
  readonly steps: number;
  /** A general training graph (plan.ts); absent: the one that `grow`, `steps`, `k` and `operator` stand for. */
  readonly plan?: readonly PlanStage[];
  readonly operator: OperatorName;
  /** Number of sources; for an operator that grows one, how many times as large it gets. */
  readonly k: number;
  readonly offDiagonal: OffDiagonal;
  /** Scale of `noise` / `random` off-diagonals, relative to the RMS of the diagonal block / to the layer's own init. */
  readonly sigma: number;
  /** Scale of the noise on the diagonal copies of a self-fusion, relative to the RMS of the diagonal block; 0: exact copies. */
  readonly diagonal: number;
  readonly norm: NormKind;
  /** Steps after a growth over which grouped norms become one; 0: they stay grouped. */
  readonly release: number;
  readonly moments: MomentsPolicy;
  readonly predict: readonly PredictionName[];
  readonly from: readonly PredictionStart[];
  /** The training waits at a growth until what is past it is predicted. It costs time and changes no number; absent: it does not wait. */
  readonly wait?: boolean;
  /** What trains beside the plan for comparison: the largest model from random init; the first source alone, beyond the growth; all sources alone, asked together. */
  readonly baseline: readonly BaselineName[];
  readonly adapter: AdapterChoice;
  /** Upper bound of steps a second, so that a small run can be watched; `max`: as fast as it goes. */
  readonly pace: number | 'max';
}

/**
 * Letters of the models: sources are A, B, C, D …; the fused network is M; the baselines are S (from scratch), `alone` (the
 * first source, trained on), `aloneB`, `aloneC`, … (the others, likewise) and `ensemble` (all of these asked together: its
 * curve is the loss of their averaged logits).
 */
export type ModelId = string;
export const FUSED_ID: ModelId = 'M';
export const SCRATCH_ID: ModelId = 'S';
export const ALONE_ID: ModelId = 'alone';
export const ENSEMBLE_ID: ModelId = 'ensemble';
/** A source beyond its growth, without it. The first one has the plain name. */
export function aloneId(source: ModelId, isFirst: boolean): ModelId {
  return isFirst ? ALONE_ID : `${ALONE_ID}${source}`;
}
/** Whether it is a source trained on alone for the ensemble's sake: its own curve is not drawn. */
export function isMember(id: ModelId): boolean {
  return id !== ALONE_ID && isAlone(id);
}
/** Whether it is a source beyond its growth, without it. */
export function isAlone(id: ModelId): boolean {
  return id.startsWith(ALONE_ID);
}
/** Names of a plan begin with a capital letter, so that only `S` can be mistaken. */
export function isBaseline(id: ModelId): boolean {
  return id === SCRATCH_ID || id === ENSEMBLE_ID || isAlone(id);
}

/** Operators that grow one source, `k` times as large; `fuse` joins several. */
export function growsOneSource(operator: OperatorName): boolean {
  return operator !== 'fuse';
}

export function sourceIds(experiment: Pick<Experiment, 'operator' | 'k'>): readonly ModelId[] {
  if (growsOneSource(experiment.operator)) return ['A'];
  return Array.from({ length: experiment.k }, (_, i) => String.fromCharCode(65 + i));
}

/** Seed of the n-th source (0 for A): `seed + n`, so that `seed=3` trains "seeds 3 and 4". */
export function sourceSeed(experiment: Pick<Experiment, 'seed'>, n: number): number {
  return experiment.seed + n;
}

/** The step size of the stage after the growth. */
export function stepSizeAfter(experiment: Experiment): StepSize {
  return experiment.h2 ?? experiment.h;
}

/** Value of a table at a step: the last entry at or before it. */
export function tableAt(table: StepSizeTable, step: number): number {
  let size = table[0]?.[1];
  for (const [from, value] of table) {
    if (from > step) break;
    size = value;
  }
  if (size === undefined) throw new Error('a step-size table needs at least one entry, e.g. 0:0.1');
  return size;
}
