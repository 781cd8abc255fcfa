/**
 * Losses on their way from the device to the page. At full speed the training runs ahead of its losses: several steps
 * are in flight, their losses are fetched together and taken in in order, so that the device never waits for the host.
 * How many steps depends on how long they take: a command acts at the next step that is queued, and whoever waits for
 * what is in flight (a pause, a fusion) should not wait long. It changes no number, only when a loss is known.
 */
import { unheard } from '../../engine/jobs/later.ts';
import { isBaseline, type ModelId } from '../../experiment/experiment.ts';
import type { Event } from '../protocol.ts';
import type { RunRecord } from '../../run/record.ts';
import { Throttle } from '../../predict/throttle.ts';

interface Pending {
  readonly step: number;
  readonly model: ModelId;
  readonly loss: Promise<number>;
  /** Whether it is a loss on the probe set, or only watched for divergence. */
  readonly measured: boolean;
  /** When it was asked for (performance.now). */
  readonly asked: number;
}

export interface Divergence {
  readonly model: ModelId;
  readonly step: number;
  readonly loss: number;
}

/** A loss above this counts as diverged: a uniform guess over a million tokens is at 14. */
const DIVERGED = 50;
/**
 * Steps that may be in flight before the loop waits for the oldest: at first, and at most. Their losses come in two
 * halves.
 */
const AT_FIRST = 4;
export const MOST_IN_FLIGHT = 16;
/** Milliseconds from asking for a loss until it is there: fewer, and more steps may be in flight; more, and fewer. */
const SHORT = 80;
const LONG = 200;

export class Measurements {
  private readonly record: RunRecord;
  private readonly emit: (event: Event) => void;
  private pending: Pending[] = [];
  private inFlight = AT_FIRST;
  /** The step up to which losses are on their way to the host. */
  private fetched = Number.NEGATIVE_INFINITY;
  private fresh = new Map<ModelId, { steps: number[]; losses: number[] }>();
  private readonly throttle = new Throttle(90);
  private divergence: Divergence | null = null;
  private fallen: Divergence[] = [];

  constructor(record: RunRecord, emit: (event: Event) => void) {
    this.record = record;
    this.emit = emit;
  }

  expect(step: number, model: ModelId, loss: Promise<number>, measured: boolean): void {
    // A rejection (a lost device) surfaces when the loss is waited for.
    unheard(loss);
    this.pending.push({ step, model, loss, measured, asked: performance.now() });
  }

  /**
   * Takes in what has to be waited for now: all, or as much as leaves so many steps in flight as may be. Resolves with
   * the first divergence of the plan that there was.
   */
  async settle(all: boolean): Promise<Divergence | null> {
    if (!all) this.fetchHalf();
    const newest = this.pending.at(-1)?.step ?? 0;
    const isDue = ({ step }: Pending): boolean => all || newest - step >= this.inFlight;
    while (this.pending[0] && isDue(this.pending[0])) {
      const next = this.pending.shift();
      if (!next) break;
      const loss = await next.loss;
      if (!all) this.adapt(performance.now() - next.asked);
      if (next.measured) this.add(next.model, next.step, loss);
      if (Number.isFinite(loss) && loss <= DIVERGED) continue;
      const divergence = { model: next.model, step: next.step, loss };
      if (isBaseline(next.model)) {
        this.fallen.push(divergence);
        this.forget(next.model);
      } else {
        this.pending = [];
        this.divergence ??= divergence;
      }
    }
    return this.divergence;
  }

  /**
   * Sends for the losses of half of the steps that may be in flight, so that they are there when the other half is
   * queued.
   */
  private fetchHalf(): void {
    const [first, last] = [this.pending[0], this.pending.at(-1)];
    if (!first || !last) return;
    // A run may have gone back.
    if (last.step < this.fetched) this.fetched = Number.NEGATIVE_INFINITY;
    if (last.step - Math.max(this.fetched, first.step - 1) < this.inFlight / 2) return;
    this.fetched = last.step;
    // The first to wait for it has it fetched. A rejection surfaces later, as above.
    last.loss.catch(() => undefined);
  }

  private adapt(milliseconds: number): void {
    if (milliseconds < SHORT) this.inFlight = Math.min(2 * this.inFlight, MOST_IN_FLIGHT);
    else if (milliseconds > LONG) this.inFlight = Math.max(this.inFlight >> 1, 1);
  }

  /** The networks beside the plan that have diverged since the last call, which does not end the run. */
  takeFallen(): readonly Divergence[] {
    return this.fallen.splice(0);
  }

  /** Losses of a model that are on their way are not waited for. */
  forget(model: ModelId): void {
    this.pending = this.pending.filter((each) => each.model !== model);
  }

  add(model: ModelId, step: number, loss: number): void {
    this.record.measure(model, step, loss);
    const list = this.fresh.get(model) ?? { steps: [], losses: [] };
    this.fresh.set(model, list);
    list.steps.push(step);
    list.losses.push(loss);
  }

  /** Sends what is new; unless `now`, at most about ten times a second. */
  flush(now: boolean): void {
    if (this.fresh.size === 0 || (!this.throttle.ready() && !now)) return;
    for (const [model, { steps, losses }] of this.fresh)
      this.emit({ type: 'measured', model, steps: Float64Array.from(steps), losses: Float32Array.from(losses) });
    this.fresh = new Map();
  }
}
