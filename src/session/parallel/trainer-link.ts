/** Questions to a worker that trains, and their answers. */
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { TrainerAnswers, TrainerCommand, TrainerPort, TrainerReply } from './protocol.ts';

/** A worker that trains has died, or could not do what it was asked: training goes on without such workers. */
export class SourceWorkerError extends ToldError {
  override readonly name = 'SourceWorkerError';
}

interface Waiting {
  readonly resolve: (answer: TrainerAnswers[keyof TrainerAnswers]) => void;
  readonly reject: (error: Error) => void;
}

export class TrainerLink {
  private readonly port: TrainerPort;
  private readonly waiting = new Map<number, Waiting>();
  private number = 0;
  private failure: SourceWorkerError | null = null;

  constructor(port: TrainerPort) {
    this.port = port;
    port.listen(
      (reply) => this.settle(reply),
      (why) => this.fail(why),
    );
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  /** Questions under way; 0 when the worker rests. */
  get open(): number {
    return this.waiting.size;
  }

  /** Rejects with a SourceWorkerError once the worker has failed. */
  ask<C extends TrainerCommand>(command: C): Promise<TrainerAnswers[C['type']]> {
    if (this.failure) return Promise.reject(this.failure);
    const number = this.number++;
    const answered = new Promise<TrainerAnswers[keyof TrainerAnswers]>((resolve, reject) => this.waiting.set(number, { resolve, reject }));
    this.port.post({ ...command, number });
    // The server answers a command with what TrainerAnswers says.
    return answered as Promise<TrainerAnswers[C['type']]>;
  }

  terminate(): void {
    this.fail(tell('worker-ended'));
  }

  private settle(reply: TrainerReply): void {
    if ('error' in reply) return this.fail(reply.error);
    const waiting = this.waiting.get(reply.number);
    this.waiting.delete(reply.number);
    waiting?.resolve(reply.answer);
  }

  private fail(why: Told): void {
    if (this.failure) return;
    this.failure = new SourceWorkerError(tell('source-worker-stopped', { why }));
    this.port.terminate();
    for (const { reject } of this.waiting.values()) reject(this.failure);
    this.waiting.clear();
  }
}
