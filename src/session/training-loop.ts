/** The course of a training: pace, growth when it is due, measurements, checkpoints, the end. */
import { tell } from '../experiment/messages/tell.ts';
import { Job, WAITING } from '../engine/jobs/job.ts';
import { batchSize } from '../experiment/cost/cost.ts';
import { ENSEMBLE_ID, type Experiment } from '../experiment/experiment.ts';
import { meterOf } from '../model/work-meter.ts';
import { isRefresh } from '../experiment/cost/sharpness-steps.ts';
import { edgeOf } from '../training/modified-flow.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import { Aside } from '../run/beside/aside.ts';
import { Answers } from './observe/answers.ts';
import type { Divergence, Measurements } from './observe/measurements.ts';
import { Narrator } from './observe/narrator.ts';
import { Pacer } from './pacer.ts';
import type { Event } from './protocol.ts';
import type { RunRecord } from '../run/record.ts';
import type { Run } from '../run/run.ts';
import type { SharpnessMeasured, StepTaken } from '../run/step-taken.ts';
import { isGrown, type Snapshot, snapshotEvery } from '../run/snapshot.ts';
import type { Theorist } from '../predict/theorist.ts';
import { Throttle } from '../predict/throttle.ts';
import type { Watcher } from './observe/watcher.ts';

/** How a training ends, and what came of a step. */
export type Ending = 'finished' | 'diverged';
export type Outcome = 'worked' | Ending;

export interface LoopParts {
  readonly run: Run;
  readonly record: RunRecord;
  readonly measurements: Measurements;
  readonly checkpoints: Checkpoints<Snapshot>;
  readonly theorist: Theorist;
  readonly watcher: Watcher;
  readonly emit: (event: Event) => void;
  readonly watched: boolean;
  /** Whether sharpness and gradient norms are measured along the run. */
  readonly measures: boolean;
}

/** Steps between gradient norms. */
const NORM_EVERY = 5;

export class TrainingLoop {
  private readonly parts: LoopParts;
  private readonly pacer: Pacer;
  private readonly rateThrottle = new Throttle(500);
  private rateSince = { time: performance.now(), step: 0 };
  private readonly lambdas: (SharpnessMeasured & { readonly step: number })[] = [];
  /** The growth past which was last asked, and the share that is predicted while the training waits. */
  private seam = -1;
  private held: number | null = null;
  private readonly job: Job<'worked' | typeof WAITING, Ending>;
  private ending: Ending | null = null;
  private readonly shownSharpness: Aside;
  private readonly ensemble: Aside;
  private readonly answers: Answers;
  readonly narrator: Narrator;

  constructor(parts: LoopParts) {
    this.parts = parts;
    this.shownSharpness = new Aside('sharpness-not-measured', parts.emit);
    this.ensemble = new Aside('ensemble-not-measured', parts.emit);
    this.answers = new Answers(parts);
    this.narrator = new Narrator(parts);
    this.pacer = new Pacer(parts.watched ? parts.run.experiment.pace : 'max');
    this.job = new Job(this.train(), { ended: (ending) => (this.ending = ending) });
  }

  get atFullSpeed(): boolean {
    return this.pacer.pace === 'max';
  }

  start(): void {
    const { run } = this.parts;
    this.pacer.start();
    this.rateSince = { time: performance.now(), step: run.step };
  }

  setPace(pace: Experiment['pace']): void {
    if (this.parts.watched) this.pacer.pace = pace;
    else this.pacer.start();
  }

  millisecondsToNextStep(): number {
    return this.pacer.remaining();
  }

  /** A sleep until the next step was due took so many milliseconds more than that. */
  overslept(milliseconds: number): void {
    this.pacer.overslept(milliseconds);
  }

  /** Measures and keeps the state at step 0. `between`: called before each network, may throw to end it. */
  async begin(between?: () => Promise<void>): Promise<void> {
    const { run, record, measurements, watched, emit } = this.parts;
    const flops = new Map(run.models().map(({ id, flopsPerStep }) => [id, flopsPerStep]));
    // A loss is the forward pass of the probe set, a step three times that of its batch. The first one may compile: the
    // fastest counts.
    const share = run.data.probe.batch / (3 * batchSize(run.experiment));
    let flopsPerSecond = 0;
    for (const [id, trainer] of run.trainers) {
      await between?.();
      const before = performance.now();
      const loss = await trainer.probeLoss();
      const seconds = Math.max(performance.now() - before, 0.1) / 1000;
      flopsPerSecond = Math.max(flopsPerSecond, ((flops.get(id) ?? 0) * share) / seconds);
      measurements.add(id, run.step, loss);
      record.checkpoints.set(`${id}-${run.step}`, await trainer.state());
    }
    if (watched && flopsPerSecond > 0) emit({ type: 'calibrated', flopsPerSecond });
    await this.measureEnsemble();
    await this.answers.measure(run.trainers.keys(), 'now');
    await this.checkpoint();
  }

  /** Trains for about this long; `waiting`: no step is due, or past a growth nothing is predicted yet. */
  async advance(milliseconds: number): Promise<Outcome | typeof WAITING> {
    const state = await this.job.advance(milliseconds);
    return this.ending ?? (state === 'waiting' ? WAITING : 'worked');
  }

  /** Step by step to the end. */
  private async *train(): AsyncGenerator<'worked' | typeof WAITING, Ending, undefined> {
    for (;;) {
      while (this.millisecondsToNextStep() > 0 || (await this.holds())) yield WAITING;
      const outcome = await this.oneStep();
      if (outcome !== 'worked') return outcome;
      this.pacer.stepped();
      yield 'worked';
    }
  }

  /** Trains no further. */
  async dispose(): Promise<void> {
    await this.job.cancel();
    this.answers.release();
  }

  /** One step at once, whatever the pace, unless it has to wait for a prediction. */
  async step(): Promise<Outcome | typeof WAITING> {
    return (await this.holds()) ? WAITING : this.oneStep();
  }

  /** Whether the training waits, at a growth, until what is past it is predicted. */
  private async holds(): Promise<boolean> {
    const { run, theorist } = this.parts;
    const atGrowth = run.experiment.wait === true && run.step < run.end && this.atSeam();
    // The plan's predictions come to where they wait for a step size, or past it, before anything else is asked.
    if (atGrowth && this.seam !== run.step && theorist.underWay === null) {
      this.seam = run.step;
      await this.settle();
      await theorist.predictPast(await run.snapshot());
    }
    this.tellHolding(atGrowth ? theorist.underWay : null);
    return this.held !== null;
  }

  /** At a growth: before it is carried out, or after one that was carried out by hand while the run was paused. */
  private atSeam(): boolean {
    const { run } = this.parts;
    return run.beginning().some(({ sources }) => sources.length > 0) || isGrown(run);
  }

  private tellHolding(progress: number | null): void {
    const share = progress === null ? null : Math.floor(progress * 100) / 100;
    if (share !== this.held) this.parts.emit({ type: 'holding', progress: share });
    // The speed is that of the training: the time in which it waited is no part of it.
    if (share !== null || this.held !== null) this.rateSince = { time: performance.now(), step: this.parts.run.step };
    this.held = share;
  }

  /** One update of every model in training, with the growth before it if it is due. */
  private async oneStep(): Promise<Outcome> {
    const { run, record, measurements, theorist, emit } = this.parts;
    if (run.step >= run.end) return this.finish();
    if (run.needsTurn()) await this.turn();
    await this.measureDue();
    await this.watchSharpness();
    const timed = record.times.isDue(run.trainers.keys(), run.step);
    // What is timed waits for nothing that was asked for before it.
    if (timed) await measurements.settle(true);
    const taken = await run.advance((measured) => this.tellSharpness(measured), timed);
    this.narrator.leftOut();
    record.times.add(taken.seconds);
    this.narrator.stepSizes(taken);
    for (const [id, loss] of taken.losses) measurements.expect(taken.step, id, loss, run.fullBatch);
    await this.gradientNorms(taken);
    // A run at a pace has time to wait for its losses; at full speed they may lag behind.
    const diverged = await measurements.settle(!this.atFullSpeed);
    for (const { model, loss } of measurements.takeFallen())
      if (run.trainers.has(model)) run.beside.leaveOut(model, tell('left-out-diverged', { loss }));
    this.narrator.leftOut();
    theorist.measured();
    measurements.flush(false);
    if (diverged) return this.diverge(diverged);
    await theorist.reached(run.step);
    if (run.step % this.checkpointEvery === 0 && run.step < run.end) await this.checkpoint();
    this.rates(emit);
    if (run.step >= run.end) return this.finish();
    return 'worked';
  }

  /** Measurements that are made now and then, before a step. */
  private async measureDue(): Promise<void> {
    const { run, measurements, measures } = this.parts;
    const isDue = (every: number): boolean => run.step % every === 0;
    if (!run.fullBatch && isDue(this.measureEvery))
      for (const [id, trainer] of run.trainers) measurements.expect(run.step, id, trainer.probeLoss(), true);
    if (isDue(this.measureEvery)) await this.measureEnsemble();
    if (measures && isDue(4 * this.measureEvery)) await this.answers.measure(run.trainers.keys(), 'now');
  }

  /** Everything that was asked for has arrived and was sent. */
  async settle(): Promise<void> {
    const { measurements } = this.parts;
    await measurements.settle(true);
    measurements.flush(true);
  }

  /** Stages end and begin: networks are fused where the plan says so. */
  async turn(): Promise<void> {
    const { run, record, measurements, theorist, watcher, emit, watched } = this.parts;
    const planned = run.experiment;
    const growing = run.beginning().some(({ sources }) => sources.length > 0);
    if (growing) emit({ type: 'phase', phase: 'growing', step: run.step });
    await measurements.settle(true);
    await this.checkpoint(growing);
    if (watched && growing) await watcher.samples('before-growth');
    const ending = new Set([...run.ending(), ...run.trained.switching()]);
    for (const id of ending) {
      measurements.add(id, run.step, await run.trainer(id).probeLoss());
      record.checkpoints.set(`${id}-${run.step}`, await run.trainer(id).state());
    }
    await this.measureEnsemble();
    await this.answers.measure(ending, 'end');
    // The start of a stage is kept as well: with it anyone can replay the stage elsewhere.
    const before = new Set(run.trainers.values());
    const grown = await run.turn();
    for (const [id, trainer] of run.trainers) {
      if (before.has(trainer)) continue;
      if (!grown.some(({ report }) => report.target === id)) measurements.add(id, run.step, await trainer.probeLoss());
      record.checkpoints.set(`${id}-${run.step}`, await trainer.state());
    }
    await this.answers.begun(before);
    for (const { report } of grown) {
      measurements.add(report.target, run.step, report.loss.fused);
      this.narrator.growth(report);
    }
    this.narrator.leftOut();
    this.narrator.normsReleased(await run.finishReleases());
    watcher.release();
    measurements.flush(true);
    this.narrator.turned();
    // Predictions from the growth on start here.
    if (grown.length > 0 && planned.from.includes('growth')) await theorist.startGrowth();
    if (growing) emit({ type: 'phase', phase: 'training', step: run.step });
  }

  /**
   * The control of a fusion, where it is asked for. It is waited for: the networks' parameters must not move meanwhile.
   */
  private async measureEnsemble(): Promise<void> {
    const { run, measurements } = this.parts;
    const loss = await this.ensemble.make(() => run.ensemble.measure());
    if (loss !== undefined && loss !== null && Number.isFinite(loss)) measurements.add(ENSEMBLE_ID, run.step, loss);
  }

  /** Norms of the gradients that the models have just gone down, all asked for before one is waited for. */
  private async gradientNorms({ step, losses, stepSizes }: StepTaken): Promise<void> {
    const { run, record, watcher, measures, emit } = this.parts;
    if (!measures || !run.fullBatch || step % NORM_EVERY !== 0) return;
    const before = performance.now();
    const norms = [...losses].map(([model, expected]) => ({ model, expected, asked: run.trainers.get(model)?.gradientNormSquared() }));
    for (const { model, expected, asked } of norms) {
      const [squared, loss] = [await asked, await expected];
      if (squared === undefined) continue;
      record.metrics.gradient(model, step, { squared, loss, h: stepSizes.get(model) ?? Number.NaN });
      if (model === watcher.leading) emit({ type: 'gradient-norm', model, step, squared, loss });
    }
    record.measuringSeconds += (performance.now() - before) / 1000;
  }

  /**
   * The sharpness along the run, of the models for which the run does not measure it. It changes no number of the
   * training.
   */
  private async watchSharpness(): Promise<void> {
    const { run, record, measures } = this.parts;
    if (!measures || !run.fullBatch || edgeOf(run.optimizer.modifiedFlow) === null) return;
    const due = [...run.trainers.keys()].filter((id) => {
      const sizes = run.sizesOfModel(id);
      return !sizes.measures(run.step) && isRefresh(sizes.from, run.step);
    });
    const before = performance.now();
    const measured = due.length > 0 ? await this.shownSharpness.make(() => run.sharpness(due)) : undefined;
    record.measuringSeconds += (performance.now() - before) / 1000;
    if (measured) this.tellSharpness(measured);
  }

  private tellSharpness(measured: readonly SharpnessMeasured[]): void {
    const { run, record, emit } = this.parts;
    for (const { model, lambda } of measured) {
      const h = run.sizesOfModel(model).at(run.step) ?? Number.NaN;
      record.metrics.sharpness(model, run.step, lambda, h * lambda);
      emit({ type: 'sharpness', model, step: run.step, lambda, hLambda: h * lambda });
      this.lambdas.push({ model, step: run.step, lambda });
    }
  }

  private get measureEvery(): number {
    return Math.max(5, Math.ceil(this.parts.run.end / 250));
  }

  private get checkpointEvery(): number {
    return snapshotEvery(this.parts.run.end);
  }

  private async checkpoint(pinned = false): Promise<void> {
    const { run, checkpoints, measurements, emit } = this.parts;
    // Whoever goes back to a checkpoint has every loss before it.
    if (await measurements.settle(true)) return;
    checkpoints.put(run.step, await run.snapshot(), pinned);
    emit({ type: 'checkpoints', steps: checkpoints.steps() });
  }

  private rates(emit: (event: Event) => void): void {
    if (!this.rateThrottle.ready()) return;
    const { run, record } = this.parts;
    emit({ type: 'times', secondsPerStep: record.times.medians() });
    emit({ type: 'spent-beside', flops: meterOf(run.device).flops });
    const now = performance.now();
    const steps = run.step - this.rateSince.step;
    const perSecond = steps / Math.max((now - this.rateSince.time) / 1000, 1e-3);
    this.rateSince = { time: now, step: run.step };
    emit({
      type: 'rates',
      stepsPerSecond: perSecond,
      tokensPerSecond: perSecond * run.trained.current.tokensPerStep * run.trainers.size,
      megabytes: run.bytes() / 1e6,
    });
  }

  private async finish(): Promise<Ending> {
    const { run, record, measurements, emit } = this.parts;
    const diverged = await measurements.settle(true);
    if (diverged) return this.diverge(diverged);
    emit({ type: 'times', secondsPerStep: record.times.medians() });
    this.narrator.normsReleased(await run.finishReleases());
    await this.measureEnsemble();
    await this.answers.measure(run.trainers.keys(), 'end');
    for (const [id, trainer] of run.trainers) {
      measurements.add(id, run.step, await trainer.probeLoss());
      record.checkpoints.set(`${id}-${run.step}`, await trainer.state());
    }
    await this.checkpoint();
    measurements.flush(true);
    this.parts.theorist.measured();
    emit({ type: 'spent-beside', flops: meterOf(run.device).flops });
    return 'finished';
  }

  private async diverge({ model, step, loss }: Divergence): Promise<Ending> {
    const { run, checkpoints, measurements, emit } = this.parts;
    measurements.flush(true);
    const stepSize = run.stepSizeOf(model, Math.max(step - 1, 0)) ?? Number.NaN;
    // Not to before the network began: the step size that was too large for it is not the one before.
    const begun = run.stages.findLast((stage) => stage.model === model && stage.from <= step)?.from ?? 0;
    const safe = checkpoints.nearestAtOrBefore(Math.max(begun, step - 5));
    // The sharpness where the run can go back to; during a divergence it says nothing.
    const own = this.lambdas.filter((each) => each.model === model);
    const lambda = (own.findLast((each) => each.step <= (safe?.step ?? 0)) ?? own[0])?.lambda ?? 0;
    const stableTo = edgeOf(run.optimizer.modifiedFlow);
    const edge = stableTo !== null && lambda > 0 && Number.isFinite(lambda) ? stableTo / lambda : null;
    const suggested = Math.min(stepSize / 2, edge === null ? Number.POSITIVE_INFINITY : 0.75 * edge);
    emit({ type: 'diverged', step, loss, stepSize, edge, backTo: safe?.step ?? 0, suggested: Number(suggested.toPrecision(2)) });
    return 'diverged';
  }
}
