/**
 * Looks at a growth in the background, right after it and again after that of a branch: what is found goes to the page,
 * and the instant predictions that were asked for are drawn from it.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import { isIntegrated, type DrawnFlow, type StepSizeTable } from '../../experiment/experiment.ts';
import { spectralCurve } from '../../curves/spectral-curve.ts';
import type { Checkpoints } from '../../training/checkpoints.ts';
import { Job } from '../../engine/jobs/job.ts';
import { Aside } from '../../run/beside/aside.ts';
import { bracketAt, compositeAt, isFusion, type Lambdas, type Sliced, spectrumAt, timeOf } from './growth-work.ts';
import type { RunGrowth } from '../../run/growth/grow-stage.ts';
import type { CompositeReport, PredictionCost, SpectrumReport, PredictionNotice } from '../reports.ts';
import type { PredictionKey } from '../../run/reports.ts';
import { keyText, type RunRecord } from '../../run/record.ts';
import type { Run } from '../../run/run.ts';
import type { Snapshot } from '../../run/snapshot.ts';

export interface StudyParts {
  readonly record: RunRecord;
  readonly checkpoints: Checkpoints<Snapshot>;
  readonly emit: (event: PredictionNotice) => void;
  /** Whether someone looks: then a growth is studied whether it was asked for or not. */
  readonly watched: boolean;
}

export class GrowthStudy {
  private readonly parts: StudyParts;
  private readonly aside: Aside;
  private of: RunGrowth | null = null;
  private job: Job<Sliced> | null = null;
  private waiting = false;
  private spectrum: SpectrumReport | null = null;
  /** Steps behind the growth that the plan's spectral curve was drawn over. */
  private drawn = -1;

  constructor(parts: StudyParts) {
    this.parts = parts;
    this.aside = new Aside('growth-not-looked-at', parts.emit);
  }

  /** A step size may have become known. */
  wake(): void {
    this.waiting = false;
  }

  /** Works on the latest growth for about this long; whether there was something to do. */
  async advance(run: Run, milliseconds: number): Promise<boolean> {
    if (run.growth !== this.of) {
      await this.cancel();
      this.of = run.growth;
      this.spectrum = null;
      this.drawn = -1;
      if (run.growth) this.begin(run, run.growth);
    }
    const { job } = this;
    if (!job || job.isOver) return this.drawSpectral(run);
    if (this.waiting) return false;
    const state = await this.aside.make(() => job.advance(milliseconds));
    // There is no memory to look with, now or any more.
    if (state === undefined) await job.cancel();
    this.waiting = state === 'waiting';
    return true;
  }

  /**
   * Ends what is under way; the growth is looked at again if the run goes on from before it, or from somewhere else.
   */
  async cancel(): Promise<void> {
    this.waiting = false;
    await this.job?.cancel();
  }

  /** Another run, or the same on another device: what was not finished begins again. */
  async restart(): Promise<void> {
    const unfinished = this.job !== null && !this.job.isOver;
    await this.cancel();
    if (unfinished) this.of = null;
  }

  private begin(run: Run, growth: RunGrowth): void {
    const { experiment, optimizer, fullBatch } = run;
    const asked = experiment.predict.filter((name) => !isIntegrated(name));
    const fixed = !(experiment.norm === 'grouped' && experiment.release > 0);
    if (optimizer.modifiedFlow.kind === 'gradient-descent' && fullBatch && fixed) {
      if (this.parts.watched || asked.length > 0) this.job = new Job(this.study(run, growth));
    } else for (const name of asked) this.tell(name, { gradients: 0, progress: 1, state: 'done', window: null });
  }

  private async *study(run: Run, growth: RunGrowth): AsyncGenerator<Sliced, void, undefined> {
    const { emit, checkpoints } = this.parts;
    this.spectrum = yield* spectrumAt(run, growth);
    const { values, weights } = this.spectrum;
    // Arrays that are sent are given away, so this sends copies.
    emit({ type: 'growth-spectrum', ...this.spectrum, values: values.slice(), weights: weights.slice() });
    this.drawSpectral(run);
    const composite = run.experiment.predict.includes('composite');
    if (!isFusion(growth)) {
      if (composite) this.tell('composite', { gradients: 0, progress: 1, state: 'done', window: null });
      if (composite) this.note(run, tell('composite-for-fusions', { operator: growth.report.operator }));
      return;
    }
    const lambdas: Lambdas = [Math.max(...this.spectrum.sourceLambdas), this.spectrum.lambda];
    if (composite) this.tell('composite', { gradients: 0, progress: 0, state: 'running', window: null });
    emit({ type: 'growth-bracket', ...(yield* bracketAt(run, growth, lambdas)) });
    const report = yield* compositeAt(run, growth, lambdas, checkpoints);
    emit({ type: 'growth-composite', ...report });
    if (composite) this.drawComposite(run, growth, report, lambdas);
  }

  private note({ step }: Run, told: Told): void {
    this.parts.record.events.push({ step, message: told.message });
    this.parts.emit({ type: 'log', step, ...told });
  }

  /** The plan's own curve, as far as its step sizes are known; whether there was something new to draw. */
  private drawSpectral(run: Run): boolean {
    const { spectrum } = this;
    if (!spectrum || !run.experiment.predict.includes('spectral')) return false;
    const end = run.stages.find(({ model }) => model === spectrum.model)?.to ?? spectrum.step;
    const table: (readonly [number, number])[] = [];
    let to = spectrum.step;
    for (; to < end; to++) {
      const h = run.stepSizeAt(to);
      if (h === undefined) break;
      if (table.at(-1)?.[1] !== h) table.push([to, h]);
    }
    if (to - spectrum.step <= this.drawn) return false;
    this.drawn = to - spectrum.step;
    const curve = spectralCurve({ spectrum, table: table satisfies StepSizeTable, from: spectrum.step, to, lambda: spectrum.lambda });
    this.draw('spectral', spectrum.model, curve.steps, curve.losses, run.step);
    this.tell('spectral', {
      gradients: spectrum.gradients,
      progress: (to - spectrum.step) / Math.max(1, end - spectrum.step),
      state: to === end ? 'done' : 'waiting',
      window: curve.trustedUntil,
    });
    return true;
  }

  private drawComposite(run: Run, growth: RunGrowth, { points, step, model, h1, h2, gradients }: CompositeReport, lambdas: Lambdas): void {
    const steps = Float64Array.from([step, ...points.map(({ n }) => step + n)]);
    const { fused } = growth.report.loss;
    if (points.length > 0) {
      this.draw('composite', model, steps, [fused, ...points.map(({ withBracket }) => withBracket.loss)], run.step);
      this.draw('composite-without-bracket', model, steps, [fused, ...points.map(({ without }) => without.loss)], run.step);
    } else this.note(run, tell('composite-beyond-window', { time: timeOf(h1, h2, lambdas) }));
    for (const flow of ['composite', 'composite-without-bracket'] as const)
      this.tell(flow, { gradients, progress: 1, state: 'done', window: null });
  }

  /** @param reached the step that the training has come to */
  private draw(flow: DrawnFlow, model: string, steps: Float64Array, losses: ArrayLike<number>, reached: number): void {
    const key: PredictionKey = { flow, from: 'growth', of: 'plan' };
    const madeAt = Float64Array.from(steps, (step, i) => this.parts.record.predict(key, model, step, losses[i] ?? Number.NaN, reached));
    this.parts.emit({ type: 'predicted', key, model, steps: Float64Array.from(steps), losses: Float32Array.from(losses), madeAt });
  }

  private tell(flow: DrawnFlow, cost: PredictionCost): void {
    const key: PredictionKey = { flow, from: 'growth', of: 'plan' };
    const kept = this.parts.record.predictions.get(keyText(key));
    if (kept) Object.assign(kept, { gradients: cost.gradients, window: cost.window });
    this.parts.emit({ type: 'prediction-state', key, cost });
  }
}
