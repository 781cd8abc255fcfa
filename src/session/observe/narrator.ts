/**
 * Says what happens to a run as it trains: growths, baselines that are left out, step sizes, norms that have become
 * one. For the page, the log and the result files.
 */
import type { ModelId } from '../../experiment/experiment.ts';
import { LIMITS } from '../../experiment/limits.ts';
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import { besideWords } from '../../run/beside/beside.ts';
import type { RunRecord } from '../../run/record.ts';
import type { GrowthReport } from '../../run/reports.ts';
import type { Run } from '../../run/run.ts';
import type { StepTaken } from '../../run/step-taken.ts';
import type { Measurements } from './measurements.ts';
import type { Event } from '../protocol.ts';

export interface NarratorParts {
  readonly run: Run;
  readonly record: RunRecord;
  readonly measurements: Measurements;
  readonly emit: (event: Event) => void;
}

export class Narrator {
  private readonly parts: NarratorParts;
  private readonly toldSizes = new Map<ModelId, number>();
  /** Models of whose step size it was told that it is as large as may be. */
  private readonly toldBounded = new Set<ModelId>();

  constructor(parts: NarratorParts) {
    this.parts = parts;
  }

  private say(told: Told): void {
    const { run, record, emit } = this.parts;
    record.events.push({ step: run.step, message: told.message });
    emit({ type: 'log', step: run.step, ...told });
  }

  growth(report: GrowthReport): void {
    const { run, emit } = this.parts;
    const { sources, target, loss } = report;
    emit({ type: 'growth', report, models: run.models() });
    this.say(tell('grew', { sources, target, fused: loss.fused, average: loss.average }));
  }

  /** Baselines that were left out, of which no loss is waited for any more; the others go on. */
  leftOut(): void {
    const { run, measurements, emit } = this.parts;
    for (const { model, step, reason, memory } of run.beside.drain()) {
      measurements.forget(model);
      const told = tell('left-out', { who: besideWords(model), step, why: reason });
      this.say(told);
      if (memory) emit({ type: 'fault', kind: 'out-of-memory', ...told, fatal: false });
    }
  }

  /** Models whose norms have become one. */
  normsReleased(models: readonly ModelId[]): void {
    for (const model of models) this.say(tell('norms-are-one', { model }));
  }

  /** Step sizes that are others than before. */
  stepSizes({ step, stepSizes, bounded }: StepTaken): void {
    for (const [model, value] of stepSizes) {
      if (this.toldSizes.get(model) !== value) this.parts.emit({ type: 'step-size', model, step, value });
      this.toldSizes.set(model, value);
    }
    const now = [...bounded].filter((model) => !this.toldBounded.has(model));
    if (now.length > 0) this.say(tell('step-size-bounded', { models: now, most: LIMITS.stepSize.max, step }));
    const over = [...this.toldBounded].filter((model) => stepSizes.has(model) && !bounded.has(model));
    if (over.length > 0) this.say(tell('step-size-held-again', { models: over, step }));
    for (const model of now) this.toldBounded.add(model);
    for (const model of over) this.toldBounded.delete(model);
  }

  /** Stages have turned: step sizes are said anew, whatever they were. */
  turned(): void {
    this.toldSizes.clear();
  }
}
