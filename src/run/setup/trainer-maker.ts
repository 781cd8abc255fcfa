/**
 * Who makes the trainers of a run: here, in the thread of the run, or somebody who has threads to give
 * (session/parallel/).
 */
import type { Device } from '../../engine/device.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import { optimizerOf } from '../../training/optimizers/registry.ts';
import { Trainer, type BatchSource, type TrainerState } from '../../training/trainer.ts';

export interface TrainerRequest {
  readonly device: Device;
  readonly experiment: Experiment;
  readonly source: BatchSource;
  readonly state: TrainerState;
  /** Operations of one step of this model. */
  readonly flopsPerStep: number;
  /** Models that train at this step, this one included. */
  readonly sideBySide: number;
}

/** Makes trainers; `TrainerWorkers`, or one that makes them all here. */
export interface TrainerMaker {
  make(request: TrainerRequest): Promise<ModelTrainer>;
}

export const trainHere: TrainerMaker = {
  make: ({ device, experiment, source, state }) => Trainer.create(device, optimizerOf(experiment), source, state),
};
