/**
 * Cooperative work: a generator that yields after every slice, so that whoever shares the thread with it decides when
 * it goes on, and may end it between any two slices. Ended early it runs its `finally` and `using` blocks, which give
 * back what it holds. This is the only place that steps a generator: others make a job of it, `within` their own work
 * or run it `toEnd`.
 */
import './dispose-symbols.ts';

/** The result of a slice when the work can't go on before something outside of it has changed. */
export const WAITING = 'waiting';

/**
 * `running`: goes on when it is its turn; `waiting`: as well, once what it waits for is there. A job that failed is
 * cancelled.
 */
export type JobState = 'running' | 'waiting' | 'done' | 'cancelled';

export type JobStep<Slice, Result> =
  | { readonly state: 'running' | 'waiting'; readonly slice: Slice }
  | { readonly state: 'done'; readonly result: Result }
  | { readonly state: 'cancelled' };

/** Told what comes out, from within `step`; of a job that was cancelled nothing more. */
export interface JobListener<Slice, Result> {
  readonly each?: (slice: Slice) => void;
  readonly ended?: (result: Result) => void;
}

const CANCELLED = { state: 'cancelled' } as const;

export class Job<Slice, Result = void> implements AsyncDisposable {
  private readonly work: AsyncGenerator<Slice, Result, undefined>;
  private readonly listener: JobListener<Slice, Result>;
  private current: JobState = 'running';

  constructor(work: AsyncGenerator<Slice, Result, undefined>, listener: JobListener<Slice, Result> = {}) {
    this.work = work;
    this.listener = listener;
  }

  get state(): JobState {
    return this.current;
  }

  get isOver(): boolean {
    return this.current === 'done' || this.current === 'cancelled';
  }

  /** One slice. Errors of the work come through, and end it. */
  async step(): Promise<JobStep<Slice, Result>> {
    if (this.isOver) return CANCELLED;
    let next: IteratorResult<Slice, Result>;
    try {
      next = await this.work.next();
    } catch (error) {
      this.current = 'cancelled';
      throw error;
    }
    // Cancelled meanwhile: nobody wants what came out.
    if (this.isOver) return CANCELLED;
    if (next.done === true) {
      this.current = 'done';
      this.listener.ended?.(next.value);
      return { state: 'done', result: next.value };
    }
    this.current = next.value === WAITING ? 'waiting' : 'running';
    this.listener.each?.(next.value);
    return { state: this.current, slice: next.value };
  }

  /**
   * At least one slice, and more until the time is up, the work waits or is over.
   * @param isEnough says after a slice whether to stop before that
   */
  async advance(milliseconds: number, isEnough: () => boolean = () => false): Promise<JobState> {
    const until = performance.now() + milliseconds;
    do await this.step();
    while (this.current === 'running' && performance.now() < until && !isEnough());
    return this.current;
  }

  /** Ends it, at the latest after the slice that is under way; what it holds is then given back. */
  async cancel(): Promise<void> {
    if (this.isOver) return;
    this.current = 'cancelled';
    await this.work.return(undefined as never);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cancel();
  }
}

/**
 * All slices of `work` as part of other work: that left early, this is left with it. @param each what a slice of it is
 * to the work around it
 */
export async function* within<Slice, Result, Around>(
  work: AsyncGenerator<Slice, Result, undefined>,
  each: (slice: Slice) => Around,
): AsyncGenerator<Around, Result, undefined> {
  await using job = new Job(work);
  for (;;) {
    const step = await job.step();
    if (step.state === 'done') return step.result;
    if (step.state === 'cancelled') throw new Error('work that belongs to other work was cancelled on its own');
    yield each(step.slice);
  }
}

/** Works to the end, for whoever shares the thread with nobody. Errors: work that waits, which would be for ever. */
export async function toEnd<Slice, Result>(work: AsyncGenerator<Slice, Result, undefined>, each?: (slice: Slice) => void): Promise<Result> {
  await using job = new Job(work);
  for (;;) {
    const step = await job.step();
    if (step.state === 'done') return step.result;
    if (step.state !== 'running') throw new Error(`the work is ${step.state}, and nothing else goes on that could change that`);
    each?.(step.slice);
  }
}
