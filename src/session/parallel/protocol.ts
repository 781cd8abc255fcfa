/** Between a session and a worker that trains one model: commands with a number, and to each its answer, in order. */
import type { Told } from '../../experiment/messages/say.ts';
import type { HostTensor } from '../../engine/named-tensors.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import type { OptimizerChoice } from '../../training/optimizers/registry.ts';
import type { BatchSource, TrainerState } from '../../training/trainer.ts';

export type TrainerCommand =
  | {
      readonly type: 'create';
      readonly optimizer: OptimizerChoice;
      readonly shape: BatchSource['shape'];
      readonly probe: TokenBatch;
      /** Every step is made on the probe set; else its batch comes with it. */
      readonly fullBatch: boolean;
      readonly state: TrainerState;
    }
  | { readonly type: 'step'; readonly step: number; readonly stepSize: number; readonly batch: TokenBatch | null }
  | { readonly type: 'probe-loss' | 'gradient-norm' | 'parameters' | 'state' | 'dispose' };

/** The answer to each command. */
export interface TrainerAnswers {
  /** Bytes on the worker's device. */
  readonly create: number;
  readonly step: number;
  readonly 'probe-loss': number;
  readonly 'gradient-norm': number;
  readonly parameters: Map<string, HostTensor>;
  readonly state: TrainerState;
  /** Bytes still held; none, unless something leaks. */
  readonly dispose: number;
}

export type Numbered<T> = T & { readonly number: number };

export type TrainerReply =
  | { readonly number: number; readonly answer: TrainerAnswers[keyof TrainerAnswers] }
  /** The worker can't go on. */
  | { readonly number: number; readonly error: Told };

/** A worker as the session sees it; a Web Worker, a thread of Node, a test. */
export interface TrainerPort {
  post(command: Numbered<TrainerCommand>): void;
  /** Who listens: called once, before the first command. */
  listen(onReply: (reply: TrainerReply) => void, onFailure: (why: Told) => void): void;
  terminate(): void;
}
