/**
 * Predicted trajectories beside a run: those of the plan (from step 0 through the growth, and from the growth on)
 * and those of a what-if. Worked on in slices between training steps, with pools of their own, so that a prediction
 * changes no number of the training. Which flows there are is asked of the optimizer (optimizer-flows.ts).
 */
import type { Told } from '../experiment/messages/say.ts';
import { flowsIn } from '../experiment/declared/flows.ts';
import {
  type DrawnFlow,
  isBaseline,
  isIntegrated,
  type IntegratedFlow,
  type ModelId,
  type PredictionStart,
} from '../experiment/experiment.ts';
import type { PredictedSharpness } from './flows/central-prediction.ts';
import type { HeldState } from './flows/dynamics.ts';
import type { FlowPrediction, PredictedStep, WarmStates } from './flows/flow-prediction.ts';
import { notesOf, predictionsOf, undrawn } from './flows/optimizer-flows.ts';
import { type PredictedPoints, spentBy, type Task } from './prediction-task.ts';
import type { PredictionKey } from '../run/reports.ts';
import { keyText } from '../run/record.ts';
import type { Run } from '../run/run.ts';
import type { Snapshot } from '../run/snapshot.ts';
import { unpredictable } from './unpredictable.ts';
import { type WhatIf, withWhatIf } from '../experiment/plan/what-if.ts';

export class Predictions {
  private run: Run;
  private tasks: Task[] = [];
  private readonly flows = new Map<DrawnFlow, FlowPrediction>();
  private readonly sharpness: PredictedSharpness[] = [];
  /** The run's own states where a prediction begins late, by step. */
  private readonly warm = new Map<number, ReadonlyMap<ModelId, HeldState>>();

  private readonly onStep: PredictedStep | undefined;

  /** @param onStep is told the predicted parameters of every step of the plan, and may read them before it resolves */
  constructor(run: Run, onStep?: PredictedStep) {
    this.run = run;
    this.onStep = onStep;
  }

  /** Goes on for a run that was restored from a snapshot of the same models; predicted states are kept. */
  adopt(run: Run): void {
    for (const flow of this.flows.values()) flow.adopt(run);
    this.run = run;
  }

  /** A prediction that waited for a step size may go on. */
  wake(): void {
    for (const task of this.tasks) if (task.state === 'waiting') task.state = 'running';
  }

  private flow(name: DrawnFlow): FlowPrediction | null {
    const known = this.flows.get(name);
    if (known) return known;
    const made = predictionsOf(name, this.run, this.sharpness);
    if (made) {
      made.onStep = this.onStep;
      this.flows.set(name, made);
    }
    return made;
  }

  /**
   * Starts the plan's predictions, from where an earlier one is still right.
   * @param validUntil the last step up to which nothing changed since the last start
   * @returns what is not drawn and why, and how far it holds
   */
  async startPlan(validUntil: number): Promise<readonly Told[]> {
    await this.cancel('plan');
    if (unpredictable(this.run)) return [];
    const { experiment } = this.run;
    for (const step of this.warm.keys()) if (step > validUntil) this.warm.delete(step);
    for (const from of experiment.from) await this.start(from, validUntil);
    return notesOf(this.run);
  }

  /**
   * Begins what of the plan's predictions was not drawn to its end before the run was put away: its first points come
   * again.
   * @param drawn keys of those that were
   */
  async resumePlan(drawn: ReadonlySet<string>, warm: WarmStates): Promise<readonly Told[]> {
    if (unpredictable(this.run)) return [];
    for (const [step, states] of warm) this.warm.set(step, states);
    for (const from of this.run.experiment.from) await this.start(from, 0, drawn);
    return notesOf(this.run);
  }

  /** The run's own states where predictions began late. */
  get lateStates(): WarmStates {
    return new Map(this.warm);
  }

  /** Starts those of the plan that begin there, and leaves the others. */
  async startFrom(from: PredictionStart, validUntil: number): Promise<void> {
    if (unpredictable(this.run)) return;
    await this.end(({ key }) => key.of === 'plan' && key.from === from);
    await this.start(from, validUntil);
  }

  /** Predictions of the what-if become those that were made of the run before it was run. */
  keepAsked(): void {
    this.tasks = this.tasks.map((task) => (task.key.of === 'what-if' ? { ...task, key: { ...task.key, of: 'asked' } } : task));
  }

  /** Least share that is drawn of those under way, hypotheticals left out; null where none is. */
  get underWay(): number | null {
    const running = this.tasks.filter(({ key, state }) => key.of !== 'what-if' && state === 'running');
    return running.length === 0 ? null : Math.min(...running.map(({ progress }) => progress));
  }

  /** Predictions of the plan by every flow that was asked for; the stronger one is drawn first. */
  private async start(from: PredictionStart, validUntil: number, drawn?: ReadonlySet<string>): Promise<void> {
    const asked = this.run.experiment.predict
      .filter(isIntegrated)
      .sort(byStrength)
      .filter((name) => undrawn(name, this.run) === null);
    // The runs of other shufflings, which mini-batch flows are compared with, are made with them.
    for (const name of asked.length > 0 ? [...asked, 'shuffled-runs' as const] : []) {
      if (drawn?.has(keyText({ flow: name, from, of: 'plan' }))) continue;
      const flow = this.flow(name);
      const task = await flow?.plan(from, validUntil, this.warm);
      if (task) this.tasks.push(task);
    }
  }

  /** Keys of the plan's predictions that were started. */
  get planned(): readonly PredictionKey[] {
    return this.tasks.flatMap(({ key }) => (key.of === 'plan' ? key : []));
  }

  /** Whether a prediction begins at this step of the run, from the run's own state there. */
  beginsAt(step: number): boolean {
    const { experiment } = this.run;
    return !this.warm.has(step) && experiment.from.some((from) => this.beginsLate(from, step));
  }

  private beginsLate(from: PredictionStart, step: number): boolean {
    return [...this.flows.values()].some((flow) => flow.lateStarts(from).includes(step));
  }

  /** The run is at a step where a prediction begins: it is drawn from there on. */
  async beginLate(): Promise<void> {
    const { run } = this;
    const states = new Map<ModelId, HeldState>();
    for (const [id, trainer] of run.trainers) if (!isBaseline(id)) states.set(id, await trainer.state());
    this.warm.set(run.step, states);
    for (const from of run.experiment.from) {
      if (!this.beginsLate(from, run.step)) continue;
      await this.end((task) => task.key.of === 'plan' && task.key.from === from);
      await this.start(from, run.step);
    }
  }

  /** The sharpness that a central flow predicted since the last call. */
  takeSharpness(): readonly PredictedSharpness[] {
    return this.sharpness.splice(0);
  }

  /** Starts the prediction of a what-if from the nearest snapshot at or before the change. */
  async startWhatIf(change: WhatIf, snapshot: Snapshot): Promise<void> {
    await this.cancel('what-if');
    if (unpredictable(this.run)) return;
    const experiment = withWhatIf(this.run.experiment, change);
    const name = experiment.predict.length === 1 && experiment.predict[0] === 'gradient-flow' ? 'gradient-flow' : 'modified-flow';
    const flow = this.flow(name);
    const task = await flow?.whatIf(experiment, snapshot);
    if (task) this.tasks.unshift(task);
  }

  /** Works for about this long; returns what came out, what-ifs first. */
  async advance(milliseconds: number): Promise<PredictedPoints | null> {
    const task = this.tasks.find((each) => each.state === 'running');
    if (!task) return null;
    const slice = await task.predictor.advance({ milliseconds });
    task.spent = slice.gradients;
    task.progress = slice.progress;
    task.state = slice.divergedAt === null ? slice.state : 'done';
    if (task.state === 'done' || task.state === 'cancelled') task.dispose();
    return {
      key: task.key,
      points: slice.points,
      gradients: spentBy(task),
      progress: slice.progress,
      state: task.state,
    };
  }

  /** Cancels those of the plan, of the what-if, or all; returns the keys of those that were under way. */
  async cancel(of?: PredictionKey['of']): Promise<PredictionKey[]> {
    return this.end((task) => of === undefined || task.key.of === of);
  }

  private async end(which: (task: Task) => boolean): Promise<PredictionKey[]> {
    const cancelled = this.tasks.filter(which);
    this.tasks = this.tasks.filter((task) => !cancelled.includes(task));
    for (const task of cancelled) {
      await task.predictor.cancel();
      task.dispose();
    }
    return cancelled.filter((task) => task.state !== 'done').map((task) => task.key);
  }

  async dispose(): Promise<void> {
    await this.cancel();
    for (const flow of this.flows.values()) flow.dispose();
    this.flows.clear();
  }
}

const WORK = flowsIn('work');
const byStrength = (a: IntegratedFlow, b: IntegratedFlow): number => WORK.indexOf(a) - WORK.indexOf(b);
