/** The course of a training: pace, growth when it is due, measurements, checkpoints, the end. */
import type { Experiment } from '../experiment/experiment.ts';
import { HeldSharpness } from '../theory/held-sharpness.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import type { Divergence, Measurements } from './measurements.ts';
import type { Event } from './protocol.ts';
import type { Record } from './record.ts';
import type { Run, RunGrowth, SharpnessMeasured, Snapshot } from './run.ts';
import { FUSED_ID } from './setup.ts';
import type { Theorist } from './theorist.ts';
import { Throttle } from './throttle.ts';
import type { Watcher } from './watcher.ts';

export type Outcome = 'worked' | 'idle' | 'finished' | 'diverged';

export interface LoopParts {
  readonly run: Run;
  readonly record: Record;
  readonly measurements: Measurements;
  readonly checkpoints: Checkpoints<Snapshot>;
  readonly theorist: Theorist;
  readonly watcher: Watcher;
  readonly emit: (event: Event) => void;
  readonly watched: boolean;
}

/** Steps between gradient norms. */
const NORM_EVERY = 5;

export class TrainingLoop {
  private readonly parts: LoopParts;
  private pace: Experiment['pace'];
  private nextStepAt = 0;
  private readonly rateThrottle = new Throttle(500);
  private rateSince = { time: performance.now(), step: 0 };
  private lastLambda: number | null = null;
  private toldSize: number | null = null;

  constructor(parts: LoopParts) {
    this.parts = parts;
    this.pace = parts.watched ? parts.run.experiment.pace : 'max';
  }

  get atFullSpeed(): boolean {
    return this.pace === 'max';
  }

  start(): void {
    const { run } = this.parts;
    this.nextStepAt = performance.now();
    this.rateSince = { time: performance.now(), step: run.step };
  }

  setPace(pace: Experiment['pace']): void {
    if (this.parts.watched) this.pace = pace;
    this.nextStepAt = performance.now();
  }

  millisecondsToNextStep(): number {
    return this.pace === 'max' ? 0 : this.nextStepAt - performance.now();
  }

  /** Measures and keeps the state at step 0. */
  async begin(): Promise<void> {
    const { run, record, measurements } = this.parts;
    for (const [id, trainer] of run.trainers) {
      measurements.add(id, run.step, await trainer.probeLoss());
      record.checkpoints.set(`${id}-${run.step}`, await trainer.state());
    }
    await this.checkpoint();
  }

  /** Trains for about this long. */
  async advance(milliseconds: number): Promise<Outcome> {
    const until = performance.now() + milliseconds;
    let outcome: Outcome = 'idle';
    do {
      if (this.millisecondsToNextStep() > 0) break;
      outcome = await this.oneStep();
      if (outcome !== 'worked') return outcome;
      if (this.pace !== 'max') this.nextStepAt = Math.max(this.nextStepAt + 1000 / this.pace, performance.now() - 1000 / this.pace);
    } while (performance.now() < until);
    return outcome;
  }

  /** One update of every model in training, with the growth before it if it is due. */
  async oneStep(): Promise<Outcome> {
    const { run, measurements, theorist, watcher, watched, emit } = this.parts;
    const { experiment } = run;
    if (run.step >= experiment.steps) return this.finish();
    if (run.growth === null && experiment.grow !== null && run.step >= experiment.grow) await this.grow();
    const measureDue = !run.fullBatch && run.step % this.measureEvery === 0;
    if (measureDue) for (const [id, trainer] of run.trainers) measurements.expect(run.step, id, trainer.probeLoss(), true);
    await this.watchSharpness();
    const taken = await run.advance((measured) => this.tellSharpness(measured));
    if (taken.stepSize !== this.toldSize) this.tellStepSize(taken.step, taken.stepSize);
    for (const [id, loss] of taken.losses) measurements.expect(taken.step, id, loss, run.fullBatch);
    if (watched && run.fullBatch && taken.step % NORM_EVERY === 0) {
      const loss = taken.losses.get(watcher.leading);
      if (loss) await watcher.gradientNorm(taken.step, loss, watcher.leading);
    }
    // A run at a pace has time to wait for its losses; at full speed they may lag behind.
    const diverged = await measurements.settle(!this.atFullSpeed);
    theorist.measured();
    measurements.flush(false);
    if (diverged) return this.diverge(diverged);
    if (run.step % this.checkpointEvery === 0 && run.step < experiment.steps) await this.checkpoint();
    this.rates(emit);
    if (run.step >= experiment.steps) return this.finish();
    return 'worked';
  }

  /** Everything that was asked for has arrived and was sent. */
  async settle(): Promise<void> {
    const { measurements } = this.parts;
    await measurements.settle(true);
    measurements.flush(true);
  }

  async grow(): Promise<RunGrowth> {
    const { run, record, measurements, theorist, watcher, emit, watched } = this.parts;
    emit({ type: 'phase', phase: 'growing', step: run.step });
    await measurements.settle(true);
    await this.checkpoint();
    if (watched) await watcher.samples('before-growth');
    for (const id of run.sources) record.checkpoints.set(`${id}-${run.step}`, await run.trainer(id).state());
    const planned = run.experiment.grow;
    const growth = await run.grow();
    const { report } = growth;
    report.sources.forEach((id, i) => measurements.add(id, run.step, report.loss.sources[i] ?? Number.NaN));
    measurements.add(FUSED_ID, run.step, report.loss.fused);
    record.checkpoints.set(`${FUSED_ID}-${run.step}`, await run.trainer(FUSED_ID).state());
    watcher.release();
    emit({ type: 'growth', report, models: run.models() });
    measurements.flush(true);
    this.lastLambda = null;
    this.toldSize = null;
    record.events.push({ step: run.step, message: `Fused ${report.sources.join(' and ')} into ${report.target}; the loss changed by ${report.gap.toFixed(3)} against the average.` });
    emit({ type: 'log', step: run.step, message: `${report.sources.join(' and ')} became ${report.target}: loss ${report.loss.fused.toFixed(3)}, gap ${report.gap.toFixed(3)}` });
    // A growth at another step than planned makes another plan; and the predictions from the growth on start here.
    if (planned !== run.step || run.experiment.from.includes('growth')) await theorist.startPlan(run.step);
    emit({ type: 'phase', phase: 'training', step: run.step });
    return growth;
  }

  private tellStepSize(step: number, value: number): void {
    this.toldSize = value;
    for (const model of this.parts.run.trainers.keys()) this.parts.emit({ type: 'step-size', model, step, value });
  }

  /** The sharpness along the run, where the run does not measure it for itself. It changes no number of the training. */
  private async watchSharpness(): Promise<void> {
    const { run, watched } = this.parts;
    if (!watched || !run.fullBatch || run.experiment.optimizer === 'adam') return;
    if (run.sizes.needsSharpness(run.step)) return;
    const schedule = new HeldSharpness({ edge: 1, from: run.sizes.from });
    if (schedule.isRefresh(run.step)) this.tellSharpness(await run.sharpness());
  }

  private tellSharpness(measured: readonly SharpnessMeasured[]): void {
    const { run, emit } = this.parts;
    const spec = run.sizes.specAt(run.step);
    for (const { model, lambda } of measured) {
      const known = run.sizes.at(run.step);
      const h = known ?? (spec.kind === 'edge' ? spec.edge / Math.max(...measured.map((each) => each.lambda)) : Number.NaN);
      emit({ type: 'sharpness', model, step: run.step, lambda, hLambda: h * lambda });
    }
    this.lastLambda = Math.max(...measured.map(({ lambda }) => lambda));
  }

  private get measureEvery(): number {
    return Math.max(5, Math.ceil(this.parts.run.experiment.steps / 250));
  }

  private get checkpointEvery(): number {
    return Math.max(5, Math.ceil(this.parts.run.experiment.steps / 40));
  }

  private async checkpoint(): Promise<void> {
    const { run, checkpoints, measurements, emit } = this.parts;
    // Whoever goes back to a checkpoint has every loss before it.
    if (await measurements.settle(true)) return;
    checkpoints.put(run.step, await run.snapshot());
    emit({ type: 'checkpoints', steps: checkpoints.steps() });
  }

  private rates(emit: (event: Event) => void): void {
    if (!this.rateThrottle.ready()) return;
    const { run } = this.parts;
    const now = performance.now();
    const steps = run.step - this.rateSince.step;
    const perSecond = steps / Math.max((now - this.rateSince.time) / 1000, 1e-3);
    this.rateSince = { time: now, step: run.step };
    emit({ type: 'rates', stepsPerSecond: perSecond, tokensPerSecond: perSecond * run.data.tokensPerStep * run.trainers.size, megabytes: run.device.bytes() / 1e6 });
  }

  private async finish(): Promise<Outcome> {
    const { run, record, measurements } = this.parts;
    const diverged = await measurements.settle(true);
    if (diverged) return this.diverge(diverged);
    for (const [id, trainer] of run.trainers) {
      measurements.add(id, run.step, await trainer.probeLoss());
      record.checkpoints.set(`${id}-${run.step}`, await trainer.state());
    }
    await this.checkpoint();
    measurements.flush(true);
    this.parts.theorist.measured();
    return 'finished';
  }

  private async diverge({ step, loss }: Divergence): Promise<Outcome> {
    const { run, checkpoints, measurements, emit } = this.parts;
    measurements.flush(true);
    const stepSize = run.sizes.at(Math.max(step - 1, 0)) ?? run.sizes.at(step) ?? Number.NaN;
    const safe = checkpoints.nearestAtOrBefore(Math.max(0, step - 5));
    const edge = this.lastLambda !== null && this.lastLambda > 0 ? 2 / this.lastLambda : null;
    emit({ type: 'diverged', step, loss, stepSize, edge, backTo: safe?.step ?? 0, suggested: Number((stepSize / 2).toPrecision(2)) });
    return 'diverged';
  }
}
