/** Predictions as the page sees them: curves as they come, and what they cost. */
import type { Told } from '../experiment/messages/say.ts';
import { tell, tellError } from '../experiment/messages/tell.ts';
import { isIntegrated } from '../experiment/experiment.ts';
import { OutOfMemoryError } from '../engine/faults.ts';
import { meterOf } from '../model/work-meter.ts';
import { flowOf, predictsWhatIfs } from './flows/optimizer-flows.ts';
import type { PredictedPoints } from './prediction-task.ts';
import type { WarmStates } from './flows/flow-prediction.ts';
import { Predictions } from './predictions.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import { GrowthStudy } from './growth-study/growth-study.ts';
import { OrderStudy } from './order-study/order-study.ts';
import { DeviceRate } from './device-rate.ts';
import { type ParameterDistance, ParameterDistances } from './parameter-distances.ts';
import type { PredictionNotice } from './reports.ts';
import type { WhatIf } from '../experiment/plan/what-if.ts';
import type { PredictionKey } from '../run/reports.ts';
import { keyText, type RunRecord } from '../run/record.ts';
import type { Run } from '../run/run.ts';
import type { Snapshot } from '../run/snapshot.ts';
import { Throttle } from './throttle.ts';

type KnownCost = { key: PredictionKey; gradients: number; progress: number; state: PredictedPoints['state'] };

/** The parts of the predictions that are kept of a run that is put away; their points are in its record. */
export interface PredictionsKept {
  readonly costs: readonly KnownCost[];
  /** The run's own states where predictions began late, if one of those is not drawn to its end. */
  readonly late: WarmStates;
}

export class Theorist {
  private readonly record: RunRecord;
  private run: Run;
  private readonly emit: (event: PredictionNotice) => void;
  private predictions: Predictions;
  private readonly costs = new Map<string, KnownCost>();
  private readonly throttle = new Throttle(300);
  private readonly study: GrowthStudy;
  private readonly orders: OrderStudy;
  private readonly distances: ParameterDistances | null;
  private readonly rate = new DeviceRate();
  private readonly watched: boolean;
  /** The change of mind that is predicted now. */
  private asked: WhatIf | null = null;
  /** Notes on the plan's predictions that are not drawn, or on how far they hold. */
  private notes: readonly Told[] = [];

  constructor(
    run: Run,
    {
      record,
      checkpoints,
      emit,
      watched,
      measures,
    }: {
      record: RunRecord;
      checkpoints: Checkpoints<Snapshot>;
      emit: (event: PredictionNotice) => void;
      watched: boolean;
      measures: boolean;
    },
  ) {
    this.record = record;
    this.run = run;
    this.emit = emit;
    this.watched = watched;
    this.study = new GrowthStudy({ record, checkpoints, emit, watched });
    this.orders = new OrderStudy(emit);
    const distances = measures ? new ParameterDistances(checkpoints, (event) => this.tellDistance(event)) : null;
    this.distances = distances;
    this.predictions = new Predictions(
      run,
      distances ? (key, step, models) => distances.predicted(this.run, key, step, models) : undefined,
    );
  }

  /** The same predictions for a run that goes on from a snapshot. */
  adopt(run: Run): void {
    this.run = run;
    this.predictions.adopt(run);
  }

  /**
   * Predicts the plan as it is now. What was predicted of another one ends where they part.
   * @param validUntil the last step up to which they are the same
   */
  async startPlan(validUntil: number): Promise<void> {
    this.distances?.forgetAfter(validUntil);
    const models = [...new Set(this.run.stages.map(({ model }) => model))];
    this.record.voidPredictions(validUntil, models);
    this.emit({ type: 'prediction-void', after: validUntil, models });
    this.notes = (await this.withMemory(() => this.predictions.startPlan(validUntil))) ?? [];
    this.tellFlow();
    for (const told of this.notes) this.emit({ type: 'log', step: validUntil, ...told });
  }

  /** The predictions of a run that is put away. */
  kept(): PredictionsKept {
    const costs = [...this.costs.values()].filter(({ key }) => key.of !== 'what-if');
    const open = costs.some(({ key, state }) => key.of === 'plan' && state !== 'done');
    return { costs, late: open ? this.predictions.lateStates : new Map() };
  }

  /**
   * Of a run that was put away: what was drawn stays with its cost and when it was said, what was under way is drawn to
   * its end.
   */
  async resume({ costs, late }: PredictionsKept): Promise<void> {
    const drawn = new Set<string>();
    for (const cost of costs) {
      // Of what was asked of another plan than the one that goes on, nothing more is drawn.
      const over = cost.state === 'done' || cost.key.of === 'asked';
      if (!over || this.hasSpread(cost.key)) continue;
      const known = { ...cost, state: cost.state === 'done' ? ('done' as const) : ('cancelled' as const) };
      this.costs.set(keyText(cost.key), known);
      drawn.add(keyText(cost.key));
      this.tell(known);
    }
    this.notes = (await this.withMemory(() => this.predictions.resumePlan(drawn, late))) ?? [];
    this.tellFlow();
  }

  /** How far its runs are apart is not kept: it is made again. */
  private hasSpread({ flow }: PredictionKey): boolean {
    return flow === 'shuffled-runs';
  }

  /** Begins the predictions that start at a growth, once the plan has come to it; other predictions stay. */
  async startGrowth(): Promise<void> {
    await this.withMemory(() => this.predictions.startFrom('growth', this.run.step));
    this.tellFlow();
  }

  private tellFlow(): void {
    const { run, notes } = this;
    this.emit({ type: 'flow', flow: flowOf(run), notes, whatIfs: predictsWhatIfs(run), planned: this.predictions.planned });
  }

  /** The run has come to a step; some predictions begin in its middle. */
  async reached(step: number): Promise<void> {
    if (!this.predictions.beginsAt(step)) return;
    await this.withMemory(() => this.predictions.beginLate());
    this.tellFlow();
  }

  /** A prediction for which there is no memory ends, and says so; the training beside it goes on. */
  private async withMemory<T>(predict: () => Promise<T>): Promise<T | undefined> {
    try {
      return await predict();
    } catch (error) {
      if (!(error instanceof OutOfMemoryError)) throw error;
      await this.cancel();
      this.emit({ type: 'fault', kind: 'out-of-memory', ...tell('prediction-stopped', { why: tellError(error) }), fatal: false });
      return undefined;
    }
  }

  /** How far each flow is off after one step from here, and how that falls with the step size. */
  async measureOrders(): Promise<void> {
    if (flowOf(this.run).kind !== 'gradient-descent') throw new Error('the orders are those of gradient descent with a full batch');
    await this.orders.ask(this.run);
  }

  async startWhatIf(change: WhatIf, snapshot: Snapshot): Promise<void> {
    this.asked = change;
    await this.withMemory(() => this.predictions.startWhatIf(change, snapshot));
    this.emit({ type: 'prediction-cleared', of: 'what-if' });
    this.forget('what-if');
  }

  /**
   * The hypothetical is about to be run: where it is this one, what was predicted of it stays, and goes on to its end.
   * @param from the step that it is run from: on its way the training has come no further, wherever it stood before
   */
  async keepAsked(change: WhatIf, from: number): Promise<void> {
    const isThis = JSON.stringify(this.asked) === JSON.stringify(change);
    await this.dropAsked();
    if (!isThis) return;
    this.asked = null;
    this.predictions.keepAsked();
    this.record.keepAsked(from);
    for (const [text, cost] of [...this.costs]) {
      if (cost.key.of !== 'what-if') continue;
      const key: PredictionKey = { ...cost.key, of: 'asked' };
      this.costs.delete(text);
      this.costs.set(keyText(key), { ...cost, key });
    }
    this.emit({ type: 'prediction-kept', step: from });
  }

  /** The step of the fusion that is asked of, where nothing else is; else null. */
  get askedFusion(): number | null {
    const { grow, ...others } = this.asked ?? {};
    return grow === undefined || Object.keys(others).length > 0 ? null : grow;
  }

  async endWhatIf(): Promise<void> {
    this.asked = null;
    await this.predictions.cancel('what-if');
    this.forget('what-if');
    this.emit({ type: 'prediction-cleared', of: 'what-if' });
  }

  /** Drops the predictions of a what-if: it was of another plan than the one that goes on. */
  async dropAsked(): Promise<void> {
    await this.predictions.cancel('asked');
    this.forget('asked');
    this.emit({ type: 'prediction-cleared', of: 'asked' });
  }

  /** Another run is taken up: what was asked of it goes on, everything else ends. */
  async leave(): Promise<void> {
    await this.study.restart();
    await this.orders.cancel();
    await this.predictions.cancel('plan');
    await this.endWhatIf();
  }

  /**
   * The run is at a growth: where nothing is predicted past it yet, because the plan's step sizes are held and not
   * known there, it is predicted from here with those that the predicted networks ask for.
   */
  async predictPast(snapshot: Snapshot): Promise<void> {
    const { run, record } = this;
    if (!run.experiment.predict.some(isIntegrated) || this.asked !== null || !predictsWhatIfs(run)) return;
    if (this.underWay !== null || record.isPredictedPast(run.step)) return;
    await this.startWhatIf({}, snapshot);
    await this.keepAsked({}, run.step);
  }

  /** Stops what is under way; curves drawn so far stay. */
  async cancel(): Promise<void> {
    await this.study.restart();
    await this.orders.cancel();
    for (const key of await this.predictions.cancel()) {
      const cost = this.costs.get(keyText(key));
      if (cost) this.tell({ ...cost, state: 'cancelled' });
    }
  }

  /** Share of what is under way that is drawn, of the plan and of what was asked; null where nothing is. */
  get underWay(): number | null {
    return this.predictions.underWay;
  }

  /** A step size became known, or a point was measured. */
  measured(): void {
    this.predictions.wake();
    this.study.wake();
  }

  /** Looks at the latest growth; like the next two, for about this long, and whether there was something to do. */
  studyGrowth(milliseconds: number): Promise<boolean> {
    return this.study.advance(this.run, milliseconds);
  }

  async findOrders(milliseconds: number): Promise<boolean> {
    return (await this.withMemory(() => this.orders.advance(milliseconds))) === true;
  }

  async predict(milliseconds: number): Promise<boolean> {
    await this.distances?.compare(this.run);
    const result = await this.timed(() => this.predictions.advance(milliseconds));
    if (result) this.publish(result);
    for (const predicted of this.predictions.takeSharpness()) this.emit({ type: 'predicted-sharpness', ...predicted });
    return result !== null;
  }

  /** Predictions are the longest work of one kind that a device is seen at: how fast it is follows from them. */
  private async timed(advance: () => Promise<PredictedPoints | null>): Promise<PredictedPoints | null> {
    const [before, spent] = [performance.now(), meterOf(this.run.device).flops.predictions];
    const result = (await this.withMemory(advance)) ?? null;
    const flopsPerSecond = this.rate.add(meterOf(this.run.device).flops.predictions - spent, performance.now() - before);
    if (this.watched && flopsPerSecond !== null) this.emit({ type: 'calibrated', flopsPerSecond });
    return result;
  }

  /** Every distance that can be known by now is. */
  async settle(run: Run): Promise<void> {
    await this.distances?.compare(run);
  }

  private tellDistance(event: ParameterDistance): void {
    const { key, model, step, distance, travelled } = event;
    if (key.of === 'plan') this.record.metrics.distance({ model, flow: key.flow, from: key.from }, step, [distance, travelled]);
    this.emit(event);
  }

  async dispose(): Promise<void> {
    await this.study.cancel();
    await this.orders.cancel();
    await this.predictions.dispose();
  }

  private publish(result: PredictedPoints): void {
    const byModel = new Map<string, { steps: number[]; losses: number[]; madeAt: number[]; spreads: number[] }>();
    for (const { model, step, loss, spread } of result.points) {
      const list = byModel.get(model) ?? { steps: [], losses: [], madeAt: [], spreads: [] };
      byModel.set(model, list);
      list.steps.push(step);
      list.losses.push(loss);
      list.madeAt.push(this.record.predict(result.key, model, step, loss, this.run.step));
      if (spread !== undefined) list.spreads.push(spread);
    }
    for (const [model, { steps, losses, madeAt, spreads }] of byModel)
      this.emit({
        type: 'predicted',
        key: result.key,
        model,
        steps: Float64Array.from(steps),
        losses: Float32Array.from(losses),
        madeAt: Float64Array.from(madeAt),
        ...(spreads.length > 0 ? { spreads: Float32Array.from(spreads) } : {}),
      });
    const text = keyText(result.key);
    const before = this.costs.get(text);
    const cost = { key: result.key, gradients: result.gradients, progress: result.progress, state: result.state };
    this.costs.set(text, cost);
    const prediction = this.record.predictions.get(text);
    if (prediction) prediction.gradients = result.gradients;
    if (before?.state !== result.state || this.throttle.ready()) this.tell(cost);
  }

  private tell(cost: { key: PredictionKey; gradients: number; progress: number; state: PredictedPoints['state'] }): void {
    const { key, gradients, progress, state } = cost;
    this.emit({ type: 'prediction-state', key, cost: { gradients, progress, state, window: null } });
    this.emit({ type: 'spent-beside', flops: meterOf(this.run.device).flops });
  }

  private forget(of: PredictionKey['of']): void {
    for (const [text, { key }] of this.costs) {
      if (key.of !== of) continue;
      this.costs.delete(text);
      this.record.predictions.delete(text);
    }
    this.record.forget(of);
  }
}
