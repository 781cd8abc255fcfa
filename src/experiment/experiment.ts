/**
 * An experiment: plain data that fixes every number of a run. The link, the JSON file and the
 * command line are three spellings of this one value. Nothing here knows React, tfjs or the worker.
 */
import { type OperatorName, operatorRow } from './declared/operators.ts';
import type { Settings } from './settings/registry.ts';
import type { ModelId, StepSize, StepSizeTable } from './settings/values.ts';

export { type DrawnFlow, type IntegratedFlow, isIntegrated, type PredictionName, PREDICTIONS } from './declared/flows.ts';
export { type MomentsPolicy, MOMENTS, type NormKind, NORMS, type OffDiagonal, OFF_DIAGONALS } from './declared/norms.ts';
export { type OperatorName, OPERATORS } from './declared/operators.ts';
export { type OptimizerName, OPTIMIZERS } from './declared/optimizers.ts';
export { type BaselineName, BASELINES, type PredictionStart, PREDICTION_STARTS } from './settings/beside.ts';
export { type AdapterChoice, ADAPTERS } from './settings/running.ts';
export { OPTIMIZER_DEFAULTS } from './settings/optimizer.ts';
export type { ModelId, ModelSize, PlanStage, StageOptions, StepSize, StepSizeTable } from './settings/values.ts';
export { type TaskId, TASKS } from './declared/tasks.ts';

/**
 * Versions of the grammar: what a preset's name means, and which recorded tables hold. Each stays as it is for ever.
 */
export const GRAMMARS = [1, 2] as const;
export type Grammar = (typeof GRAMMARS)[number];
/** The version in which new experiments are written, and in which a link or file is read that says none. */
export const NEWEST_GRAMMAR = 2;

/** An experiment: every setting by its name (settings/registry.ts says what each means), and what it started from. */
export interface Experiment extends Settings {
  /** Version of the grammar: the presets and recorded tables that hold for it. */
  readonly v: Grammar;
  /** The preset this experiment started from; what equals it is left out of the link. */
  readonly preset: string;
}

export const FUSED_ID: ModelId = 'M';
export const SCRATCH_ID: ModelId = 'S';
export const ALONE_ID: ModelId = 'alone';
export const ENSEMBLE_ID: ModelId = 'ensemble';
/** The last model from random weights, on the last task alone. */
export const UNREAD_ID: ModelId = 'unread';
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
  return id === SCRATCH_ID || id === ENSEMBLE_ID || id === UNREAD_ID || isAlone(id);
}

/** Operators that grow one source, `k` times as large; `fuse` joins several. */
export function growsOneSource(operator: OperatorName): boolean {
  return operatorRow(operator).from === 'one';
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
