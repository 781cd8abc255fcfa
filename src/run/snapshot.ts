/** A run as it was at a step, in host memory: enough to go on from there with the same bits. */
import type { ModelId } from '../experiment/experiment.ts';
import { Checkpoints } from '../training/checkpoints.ts';
import type { TrainerState } from '../training/trainer.ts';
import type { LeftOut } from './beside/beside.ts';
import type { RunGrowth } from './growth/grow-stage.ts';
import type { GivenStages } from './setup/trained-data.ts';
import type { SharpnessMemory } from './step-sizes/sharpness-probes.ts';
import type { StepSizesState } from './step-sizes/step-sizes.ts';

export interface Snapshot {
  readonly step: number;
  readonly trainers: ReadonlyMap<ModelId, TrainerState>;
  /** End states of stages that a later growth needs, by stage. */
  readonly held: ReadonlyMap<number, TrainerState>;
  readonly sizes: ReadonlyMap<string, StepSizesState>;
  /** The directions along which the sharpness that step sizes are held to was last found, by model. */
  readonly directions: ReadonlyMap<ModelId, SharpnessMemory>;
  /** The stages whose data each model was given to train on. */
  readonly given: GivenStages;
  readonly growths: readonly RunGrowth[];
  /** Baselines that were left out before. */
  readonly leftOut: readonly LeftOut[];
}

/** Whether a snapshot is from after the growth at its step. */
export const isGrown = ({ step, growths }: Pick<Snapshot, 'step' | 'growths'>): boolean =>
  growths.some(({ report }) => report.step === step);

/** Bytes of a snapshot in host memory. */
export function snapshotBytes(snapshot: Snapshot): number {
  let bytes = 0;
  for (const { top, second } of snapshot.directions.values())
    for (const tensors of [top, second]) for (const tensor of tensors.values()) bytes += tensor.data.byteLength;
  for (const { parameters, slots, groups } of [...snapshot.trainers.values(), ...snapshot.held.values()]) {
    for (const tensors of [parameters, slots.slot1, slots.slot2, groups]) {
      for (const tensor of tensors?.values() ?? []) bytes += tensor.data.byteLength;
    }
  }
  return bytes;
}

/** Memory for checkpoints to go back to. */
const CHECKPOINT_BYTES = 192e6;

export const runCheckpoints = (): Checkpoints<Snapshot> => new Checkpoints<Snapshot>(CHECKPOINT_BYTES, snapshotBytes);

/** Steps between snapshots of a run of so many steps. */
export function snapshotEvery(steps: number): number {
  return Math.max(5, Math.ceil(steps / 40));
}
