/** Values of settings that are more than a number or a word. */
import type { TaskId } from '../declared/tasks.ts';
import type { CorpusId } from '../declared/texts.ts';

/**
 * A step size that may change with the step: `[[0, 0.5], [10, 0.13]]` holds .5 for steps 0–9, then .13. First step is 0
 * of the experiment's axis; sorted, never empty.
 */
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

/**
 * Letters of the models: sources are A, B, C, D …; the fused network is M; the baselines are S (from scratch), `alone`
 * (the first source, trained on), `aloneB`, `aloneC`, … (the others, likewise) and `ensemble` (all of these asked
 * together: its curve is the loss of their averaged logits).
 */
export type ModelId = string;

/** A stage's own settings; those that are missing are the experiment's (plan/stage-options.ts). */
export interface StageOptions {
  readonly task?: TaskId;
  readonly corpus?: CorpusId;
  readonly examples?: number;
  /** A constant step size. */
  readonly h?: number;
}

/** A stage of a training graph: it trains one model for some steps. See plan.ts. */
export interface PlanStage extends StageOptions {
  readonly model: ModelId;
  readonly steps: number;
  /** Models it is grown from; empty where it starts at random or goes on. Twice the same: a self-fusion. */
  readonly sources: readonly ModelId[];
}
