/**
 * Losses on their way from the device to the page. On a GPU a loss arrives a few steps after it was asked for; points
 * go to the record as they arrive and to the page in batches.
 */
import { isBaseline, type ModelId } from '../experiment/experiment.ts';
import type { Event } from './protocol.ts';
import type { RunRecord } from '../run/record.ts';
import { Throttle } from '../predict/throttle.ts';

interface Pending {
  readonly step: number;
  readonly model: ModelId;
  readonly loss: Promise<number>;
  /** Whether it is a loss on the probe set, or only watched for divergence. */
  readonly measured: boolean;
}

export interface Divergence {
  readonly model: ModelId;
  readonly step: number;
  readonly loss: number;
}

/** A loss above this counts as diverged: a uniform guess over a million tokens is at 14. */
const DIVERGED = 50;
/** Losses that may be on their way before the loop waits for the oldest. */
const IN_FLIGHT = 16;

export class Measurements {
  private readonly record: RunRecord;
  private readonly emit: (event: Event) => void;
  private pending: Pending[] = [];
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
    loss.catch(() => undefined);
    this.pending.push({ step, model, loss, measured });
  }

  /** Takes in what has to be waited for now: all, or so many that at most IN_FLIGHT are under way. Resolves with the first divergence of the plan that there was. */
  async settle(all: boolean): Promise<Divergence | null> {
    while (this.pending.length > (all ? 0 : IN_FLIGHT)) {
      const next = this.pending.shift();
      if (!next) break;
      const loss = await next.loss;
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

  /** What trains beside the plan and has diverged since the last call: no end of the run. */
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
