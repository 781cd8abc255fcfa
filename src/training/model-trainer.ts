/**
 * A model in training as a run sees it, wherever it trains: here (trainer.ts) or in a worker of its own
 * (worker/parallel/).
 */
import type { HostTensor } from '../engine/named-tensors.ts';
import type { T5Config } from '../model/config.ts';
import type { T5Model } from '../model/t5-model.ts';
import type { NormRelease, TrainerState } from './trainer-state.ts';

export interface ModelTrainer {
  readonly config: T5Config;
  readonly release: NormRelease | undefined;
  /**
   * Until another step may be queued: a worker of its own is kept few steps ahead, so that commands need not wait for
   * many.
   */
  ready(): Promise<void>;
  /** Queues the update from `step` to `step + 1`; resolves with the loss on the step's batch before the update. */
  step(step: number, stepSize: number): Promise<number>;
  moveTo(step: number): void;
  /** Loss on the probe set with the parameters after the steps queued so far. */
  probeLoss(): Promise<number>;
  /** ‖g‖² of the last step's gradient. */
  gradientNormSquared(): Promise<number>;
  parameters(): Promise<Map<string, HostTensor>>;
  state(): Promise<TrainerState>;
  /**
   * The model on the session's own device, with the parameters after the steps queued so far; the trainer's, to read
   * from.
   */
  local(): Promise<T5Model>;
  /** Bytes held on a device of its own. */
  readonly bytesApart: number;
  dispose(): void;
}
