/** The state that a trainer starts from and can be read back as, and where its examples come from. */
import type { NamedTensors } from '../engine/named-tensors.ts';
import type { TokenBatch } from '../model/batch-inputs.ts';
import type { T5Config } from '../model/config.ts';
import type { StateRole } from './optimizers/optimizer.ts';

/** Where a training step gets its examples. */
export interface BatchSource {
  readonly shape: { readonly batch: number; readonly sourceLength: number; readonly targetLength: number };
  /** `undefined`: the batch never changes (full batch), take `probe`. */
  readonly at: ((step: number) => TokenBatch) | undefined;
  readonly probe: TokenBatch;
}

/** A model's whole state in host memory: enough to go on with bit-equal training. */
export interface TrainerState {
  readonly config: T5Config;
  readonly parameters: NamedTensors;
  /** The optimizer's own values for each parameter. */
  readonly slots: Readonly<Partial<Record<StateRole, NamedTensors>>>;
  /** Step-count group of each element, for weights born at a growth; undefined: all in group 0. */
  readonly groups: NamedTensors | undefined;
  /** Updates that each group has had. */
  readonly counts: readonly number[];
  /** While grouped norms are released into one (`config.norm_release`). */
  readonly release?: NormRelease;
}

/** Of a model whose optimizer has not taken a step yet. */
export const freshState = (config: T5Config, parameters: NamedTensors): TrainerState => ({
  config,
  parameters,
  slots: {},
  groups: undefined,
  counts: [0],
});

/** The share of the grouped norm falls evenly from 1 at step `from` to 0 after `steps` more. */
export interface NormRelease {
  readonly from: number;
  readonly steps: number;
}

export function groupedShare({ from, steps }: NormRelease, step: number): number {
  return Math.min(1, Math.max(0, 1 - (step - from) / steps));
}
