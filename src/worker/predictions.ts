/**
 * Predicted trajectories beside a run: those of the plan (from step 0 through the growth, and from the growth on)
 * and those of a what-if. Worked on in slices between training steps, with pools of their own, so that a prediction
 * changes no number of the training.
 */
import type { Pool } from '../engine/device.ts';
import { recordedTables } from '../experiment/recordedTables.ts';
import { FUSED_ID, stepSizeAfter, type Experiment, type ModelId, type PredictionName, type PredictionStart, type StepSize } from '../experiment/experiment.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import { SharpnessProbe } from '../theory/sharpness.ts';
import { reasonForNoFlow } from '../theory/flows.ts';
import { TrajectoryPredictor, type PredictedStage, type StageState } from '../theory/trajectory.ts';
import { MINI_BATCH_FLOW } from '../training/modified-flow.ts';
import type { PredictionKey, WhatIf } from './protocol.ts';
import type { Run, Snapshot } from './run.ts';
import { fusedConfig, grow, sourceConfig } from './setup.ts';
import { StepSizes } from './step-sizes.ts';

export interface PredictedPoints {
  readonly key: PredictionKey;
  readonly points: readonly { readonly model: ModelId; readonly step: number; readonly loss: number }[];
  readonly gradients: number;
  readonly progress: number;
  readonly state: 'running' | 'waiting' | 'done' | 'cancelled';
}

interface Task {
  readonly key: PredictionKey;
  readonly predictor: TrajectoryPredictor<Pool>;
  /** Gradients spent on the part of the curve that was kept from an earlier start. */
  readonly spentBefore: number;
  spent: number;
  state: PredictedPoints['state'];
  dispose(): void;
}

/** Predicted parameters of the models of one step, to start again from when the plan changes later on. */
interface Mark {
  readonly step: number;
  readonly thetas: ReadonlyMap<ModelId, Pool>;
  readonly spent: number;
}

/** Steps between marks. */
const MARK_EVERY = 10;
const MOST_MARKS = 40;

/** Why an experiment has no prediction; null if it has. */
export function unpredictable(run: Run): string | null {
  const reason = reasonForNoFlow(run.optimizer.modifiedFlow);
  if (reason) return reason;
  if (!run.fullBatch) return reasonForNoFlow(MINI_BATCH_FLOW);
  return null;
}

export class Predictions {
  private run: Run;
  private tasks: Task[] = [];
  /** Marks by flow, of predictions from step 0. */
  private readonly marks = new Map<PredictionName, Mark[]>();

  constructor(run: Run) {
    this.run = run;
  }

  /** Goes on for a run that was restored from a snapshot of the same models; predicted parameters are kept. */
  adopt(run: Run): void {
    if (run.device !== this.run.device) this.marks.clear();
    this.run = run;
  }

  /** A prediction that waited for a step size may go on. */
  wake(): void {
    for (const task of this.tasks) if (task.state === 'waiting') task.state = 'running';
  }

  /**
   * Starts the plan's predictions, from where an earlier one is still right.
   * @param validUntil the last step up to which nothing changed since the last start
   */
  async startPlan(validUntil: number): Promise<void> {
    await this.cancel('plan');
    if (unpredictable(this.run)) return;
    const { experiment } = this.run;
    for (const from of experiment.from) {
      if (from === 'growth' && !this.run.growth) continue;
      for (const flow of experiment.predict) this.tasks.push(await this.planTask(flow, from, validUntil));
    }
  }

  /** Starts the predictions of a what-if from the nearest snapshot at or before the change. */
  async startWhatIf(change: WhatIf, snapshot: Snapshot): Promise<void> {
    await this.cancel('what-if');
    if (unpredictable(this.run)) return;
    const experiment = applyWhatIf(this.run.experiment, change);
    const flow: PredictionName = experiment.predict.includes('modified-flow') ? 'modified-flow' : (experiment.predict[0] ?? 'modified-flow');
    this.tasks.unshift(await this.whatIfTask(flow, experiment, snapshot));
  }

  /** Works for about this long; returns what came out, what-ifs first. */
  async advance(milliseconds: number): Promise<PredictedPoints | null> {
    const task = this.tasks.find((each) => each.state === 'running');
    if (!task) return null;
    const slice = await task.predictor.advance({ milliseconds });
    task.spent = slice.gradients;
    task.state = slice.divergedAt === null ? slice.state : 'done';
    if (task.state === 'done' || task.state === 'cancelled') task.dispose();
    return { key: task.key, points: slice.points, gradients: task.spentBefore + slice.gradients, progress: slice.progress, state: task.state };
  }

  /** Cancels those of the plan, of the what-if, or all; returns the keys of those that were under way. */
  async cancel(of?: PredictionKey['of']): Promise<PredictionKey[]> {
    const cancelled = this.tasks.filter((task) => of === undefined || task.key.of === of);
    this.tasks = this.tasks.filter((task) => !cancelled.includes(task));
    for (const task of cancelled) {
      await task.predictor.cancel();
      task.dispose();
    }
    return cancelled.filter((task) => task.state !== 'done').map((task) => task.key);
  }

  async dispose(): Promise<void> {
    await this.cancel();
    for (const marks of this.marks.values()) for (const mark of marks) this.disposeMark(mark);
    this.marks.clear();
  }

  private disposeMark(mark: Mark): void {
    for (const theta of mark.thetas.values()) this.run.device.disposePool(theta);
  }

  private async planTask(flow: PredictionName, from: PredictionStart, validUntil: number): Promise<Task> {
    const { run } = this;
    const { experiment } = run;
    const growAt = run.growth?.report.step ?? experiment.grow;
    const small = await run.objective(sourceConfig(experiment, run.data.task.vocabularySize));
    const key: PredictionKey = { flow, from, of: 'plan' };
    const sizeAt = (step: number): number | undefined => (growAt !== null && step >= growAt ? run.sizesAfter(growAt) : run.before).at(step);
    if (from === 'growth' && run.growth) {
      const large = await run.objective(fusedConfig(experiment, run.data.task.vocabularySize));
      const theta = large.space.fromTensors(run.growth.fused);
      const stages: PredictedStage<Pool>[] = [{ model: FUSED_ID, from: run.growth.report.step, to: experiment.steps, start: { kind: 'given', objective: large, theta } }];
      const predictor = new TrajectoryPredictor<Pool>({ flow, stages, stepSizeAt: sizeAt });
      return { key, predictor, spentBefore: 0, spent: 0, state: 'running', dispose: once(() => large.space.dispose(theta)) };
    }
    const mark = this.takeMark(flow, Math.min(validUntil, growAt ?? validUntil));
    const stages: PredictedStage<Pool>[] = [];
    const owned: Pool[] = [];
    for (const id of run.sources) {
      const marked = mark?.thetas.get(id);
      const theta = marked ?? small.space.fromTensors(run.initial(id));
      if (!marked) owned.push(theta);
      stages.push({ model: id, from: mark?.step ?? 0, to: growAt ?? experiment.steps, start: { kind: 'given', objective: small, theta } });
    }
    if (growAt !== null) stages.push(await this.grownStage(experiment, growAt));
    const marks = this.marks.get(flow) ?? [];
    this.marks.set(flow, marks);
    const predictor: TrajectoryPredictor<Pool> = new TrajectoryPredictor<Pool>({
      flow,
      stages,
      stepSizeAt: (step, models) => {
        if (step < (growAt ?? experiment.steps)) this.putMark(marks, step, models, task);
        return sizeAt(step);
      },
    });
    const task: Task = { key, predictor, spentBefore: mark?.spent ?? 0, spent: 0, state: 'running', dispose: once(() => owned.forEach((theta) => small.space.dispose(theta))) };
    return task;
  }

  private async whatIfTask(flow: PredictionName, experiment: Experiment, snapshot: Snapshot): Promise<Task> {
    const { run } = this;
    const growAt = experiment.grow;
    const small = await run.objective(sourceConfig(experiment, run.data.task.vocabularySize));
    const large = await run.objective(fusedConfig(experiment, run.data.task.vocabularySize));
    const stages: PredictedStage<Pool>[] = [];
    const owned: (() => void)[] = [];
    for (const [id, state] of snapshot.trainers) {
      const objective = id === FUSED_ID ? large : small;
      if (id !== FUSED_ID && !run.sources.includes(id)) continue;
      const theta = objective.space.fromTensors(state.parameters);
      owned.push(() => objective.space.dispose(theta));
      const to = id === FUSED_ID || growAt === null ? experiment.steps : growAt;
      stages.push({ model: id, from: snapshot.step, to: Math.max(to, snapshot.step), start: { kind: 'given', objective, theta } });
    }
    if (growAt !== null && !snapshot.trainers.has(FUSED_ID)) stages.push(await this.grownStage(experiment, growAt));
    const sizes = new HypotheticalStepSizes(run, experiment, snapshot);
    owned.push(() => sizes.dispose());
    const predictor = new TrajectoryPredictor<Pool>({ flow, stages, stepSizeAt: (step, models) => sizes.at(step, models) });
    const key: PredictionKey = { flow, from: 'growth', of: 'what-if' };
    return { key, predictor, spentBefore: 0, spent: 0, state: 'running', dispose: once(() => owned.forEach((release) => release())) };
  }

  /** The *predicted* sources are fused as the measured ones are. */
  private async grownStage(experiment: Experiment, growAt: number): Promise<PredictedStage<Pool>> {
    const { run } = this;
    const config = sourceConfig(experiment, run.data.task.vocabularySize);
    const small = await run.objective(config);
    const large = await run.objective(fusedConfig(experiment, run.data.task.vocabularySize));
    return {
      model: FUSED_ID,
      from: growAt,
      to: experiment.steps,
      start: {
        kind: 'grown',
        sources: run.sources,
        grow: async (thetas) => {
          const parameters: NamedTensors[] = [];
          for (const theta of thetas) parameters.push(await small.space.toTensors(theta));
          const grown = grow(experiment, parameters.map((each, i) => ({ name: run.sources[i] ?? '', config, parameters: each })));
          return { objective: large, theta: large.space.fromTensors(grown.parameters) };
        },
      },
    };
  }

  private takeMark(flow: PredictionName, validUntil: number): Mark | undefined {
    const marks = this.marks.get(flow) ?? [];
    for (const mark of marks) if (mark.step > validUntil) this.disposeMark(mark);
    const kept = marks.filter((mark) => mark.step <= validUntil);
    this.marks.set(flow, kept);
    return kept.at(-1);
  }

  private putMark(marks: Mark[], step: number, models: readonly StageState<Pool>[], task: Task): void {
    const { run } = this;
    if (step % MARK_EVERY !== 0 || marks.length >= MOST_MARKS || (marks.at(-1)?.step ?? -1) >= step || models.length !== run.sources.length) return;
    const thetas = new Map<ModelId, Pool>();
    run.sources.forEach((id, i) => {
      const model = models[i];
      if (!model) return;
      const copy = model.objective.space.create();
      model.objective.space.copy(model.theta, copy);
      thetas.set(id, copy);
    });
    marks.push({ step, thetas, spent: task.spentBefore + task.spent });
  }
}

/** Step sizes of a what-if: the run's own where they are known, else as the hypothetical plan says; a held sharpness is measured on the predicted models. */
class HypotheticalStepSizes {
  private readonly growAt: number | null;
  private readonly before: StepSizes;
  private readonly after: StepSizes | null;
  private readonly probes = new Map<Pool, SharpnessProbe<Pool>>();

  constructor(run: Run, experiment: Experiment, snapshot: Snapshot) {
    this.growAt = experiment.grow;
    const recorded = recordedTables(experiment);
    const sameH = same(experiment.h, run.experiment.h);
    this.before = sameH ? StepSizes.restore(run.before.state()) : new StepSizes(experiment.h, snapshot.step, recorded?.before);
    const grownAt = run.growth?.report.step ?? null;
    const spec: StepSize = stepSizeAfter(experiment);
    if (this.growAt === null) this.after = null;
    else if (run.after && grownAt === this.growAt && same(spec, stepSizeAfter(run.experiment))) this.after = StepSizes.restore(run.after.state());
    else this.after = new StepSizes(spec, this.growAt, recorded?.after);
  }

  async at(step: number, models: readonly StageState<Pool>[]): Promise<number | undefined> {
    const sizes = this.growAt !== null && step >= this.growAt && this.after ? this.after : this.before;
    if (sizes.needsSharpness(step)) {
      const lambdas: number[] = [];
      for (const { objective, theta } of models) {
        let probe = this.probes.get(theta);
        if (!probe) {
          // A rough sharpness is enough for a hypothetical, and each iteration costs two gradients.
          probe = new SharpnessProbe(objective, { tolerance: 0.03 });
          this.probes.set(theta, probe);
        }
        lambdas.push((await probe.measure(theta)).lambda);
      }
      sizes.refresh(step, lambdas);
    }
    return sizes.at(step);
  }

  dispose(): void {
    for (const probe of this.probes.values()) probe.dispose();
    this.probes.clear();
  }
}

const same = (a: StepSize, b: StepSize): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The experiment with a change of mind applied. */
export function applyWhatIf(experiment: Experiment, change: WhatIf): Experiment {
  return {
    ...experiment,
    ...(change.grow === undefined ? {} : { grow: Math.max(0, Math.min(change.grow, experiment.steps)) }),
    ...(change.h === undefined ? {} : { h: change.h }),
    ...(change.h2 === undefined ? {} : { h2: change.h2 }),
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
