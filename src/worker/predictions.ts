/**
 * Predicted trajectories beside a run: those of the plan (from step 0 through the growth, and from the growth on)
 * and those of a what-if. Worked on in slices between training steps, with pools of their own, so that a prediction
 * changes no number of the training.
 */
import type { Pool } from '../engine/device.ts';
import {
  isBaseline,
  stepSizeAfter,
  type Experiment,
  type ModelId,
  type PredictionName,
  type PredictionStart,
} from '../experiment/experiment.ts';
import { planOf, schedule, type ScheduledStage } from '../experiment/plan.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import type { T5Config } from '../model/config.ts';
import { CentralFlow } from '../theory/central-flow.ts';
import type { FlowName } from '../theory/flows.ts';
import { reasonForNoFlow } from '../theory/flows.ts';
import { TrajectoryPredictor, type PredictedStage, type PredictorOptions, type StageState } from '../theory/trajectory.ts';
import { MINI_BATCH_FLOW } from '../training/modified-flow.ts';
import { withSharpness, type PredictedSharpness } from './central-prediction.ts';
import { growthNormFactors } from './grow-stage.ts';
import type { PredictionKey, WhatIf } from './protocol.ts';
import type { Run } from './run.ts';
import type { Snapshot } from './snapshot.ts';
import { grow, planConfigs } from './setup.ts';
import { applyWhatIf, HypotheticalStepSizes } from './what-if.ts';

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
  if (run.experiment.norm === 'grouped' && run.experiment.release > 0)
    return 'Not predicted while grouped norms are released into one: the loss itself changes from step to step.';
  if (run.stages.some(({ index, from, to }) => from === to && run.stages.some(({ sourceStages }) => sourceStages.includes(index))))
    return 'Not predicted where a network grows as soon as it has begun.';
  if (run.stages.some(({ continues }) => continues !== null)) return 'Not predicted where a network is trained in several stages.';
  const steps = [...new Set(run.stages.map(({ from }) => from))];
  const mixed = steps.some((step) => new Set(run.stagesAt(step).map(({ from, sources }) => `${from} ${sources.length > 0}`)).size > 1);
  if (mixed) return 'Not predicted where networks before and after a growth train side by side.';
  return null;
}

/** Why this flow is not drawn for an experiment that others are drawn for; null if it is. */
function undrawn(flow: PredictionName, experiment: Experiment): string | null {
  if (flow !== 'central-flow') return null;
  const constant = experiment.h.kind === 'constant' && stepSizeAfter(experiment).kind === 'constant';
  return constant
    ? null
    : 'The central flow is for a constant step size: it is not drawn where the step size changes or is held to the sharpness.';
}

export class Predictions {
  private run: Run;
  private tasks: Task[] = [];
  /** Marks by flow, of predictions from step 0. */
  private readonly marks = new Map<PredictionName, Mark[]>();
  private sharpness: PredictedSharpness[] = [];

  constructor(run: Run) {
    this.run = run;
  }

  /** Goes on for a run that was restored from a snapshot of the same models; predicted parameters are kept. */
  adopt(run: Run): void {
    // Marks of a lost device are lost with it.
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
   * @returns what is not drawn, and why
   */
  async startPlan(validUntil: number): Promise<readonly string[]> {
    await this.cancel('plan');
    const notes: string[] = [];
    if (unpredictable(this.run)) return notes;
    const { experiment } = this.run;
    for (const from of experiment.from) {
      if (from === 'growth' && !this.run.growth) continue;
      // The stronger prediction is drawn first.
      for (const flow of [...experiment.predict].sort(byStrength)) {
        const reason = undrawn(flow, experiment);
        if (reason === null) this.tasks.push(await owning((owned) => this.planTask(flow, from, validUntil, owned)));
        else if (!notes.includes(reason)) notes.push(reason);
      }
    }
    return notes;
  }

  /** The sharpness that a central flow predicted since the last call. */
  takeSharpness(): readonly PredictedSharpness[] {
    const taken = this.sharpness;
    this.sharpness = [];
    return taken;
  }

  /** How a flow of the experiment is integrated: past the edge by steps of the central flow. */
  private methodOf(flow: PredictionName): Pick<PredictorOptions<Pool>, 'flow' | 'integrator'> & { at(step: number): void } {
    if (flow !== 'central-flow') return { flow: flow satisfies FlowName, at: () => undefined };
    let step = 0;
    const report = (lambda: number, h: number): void => {
      const last = this.sharpness.at(-1);
      if (last?.step === step && last.hLambda >= h * lambda) return;
      if (last?.step === step) this.sharpness.pop();
      this.sharpness.push({ step, lambda, hLambda: h * lambda });
    };
    return {
      flow: 'modified-flow',
      integrator: (_space, objective) => withSharpness(new CentralFlow(objective), report),
      at: (next) => {
        step = next;
      },
    };
  }

  /** Starts the predictions of a what-if from the nearest snapshot at or before the change. */
  async startWhatIf(change: WhatIf, snapshot: Snapshot): Promise<void> {
    await this.cancel('what-if');
    if (unpredictable(this.run)) return;
    const experiment = applyWhatIf(this.run.experiment, change);
    const flow = experiment.predict.length === 1 && experiment.predict[0] === 'gradient-flow' ? 'gradient-flow' : 'modified-flow';
    this.tasks.unshift(await owning((owned) => this.whatIfTask(flow, experiment, snapshot, owned)));
  }

  /** Works for about this long; returns what came out, what-ifs first. */
  async advance(milliseconds: number): Promise<PredictedPoints | null> {
    const task = this.tasks.find((each) => each.state === 'running');
    if (!task) return null;
    const slice = await task.predictor.advance({ milliseconds });
    task.spent = slice.gradients;
    task.state = slice.divergedAt === null ? slice.state : 'done';
    if (task.state === 'done' || task.state === 'cancelled') task.dispose();
    return {
      key: task.key,
      points: slice.points,
      gradients: task.spentBefore + slice.gradients,
      progress: slice.progress,
      state: task.state,
    };
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

  private async planTask(flow: PredictionName, from: PredictionStart, validUntil: number, owned: (() => void)[]): Promise<Task> {
    const { run } = this;
    const key: PredictionKey = { flow, from, of: 'plan' };
    const release = once(() => owned.forEach((each) => each()));
    const { growth } = run;
    if (from === 'growth' && growth) {
      const { target, step } = growth.report;
      const stages = await this.stages(
        run.experiment,
        run.stages.filter((stage) => stage.from >= step),
        new Map([[target, growth.fused]]),
        step,
        owned,
      );
      const { at: mark, ...method } = this.methodOf(flow);
      const stepSizeAt = (step: number): number | undefined => {
        mark(step);
        return run.stepSizeAt(step);
      };
      const predictor = new TrajectoryPredictor<Pool>({ ...method, stages, stepSizeAt });
      return { key, predictor, spentBefore: 0, spent: 0, state: 'running', dispose: release };
    }
    // Marks are of the models that start at random, while they train side by side.
    const firstEnd = Math.min(...run.stages.filter(({ sources }) => sources.length === 0).map(({ to }) => to));
    const mark = this.takeMark(flow, Math.min(validUntil, firstEnd));
    const stages: PredictedStage<Pool>[] = [];
    for (const stage of run.stages) {
      if (stage.to === stage.from) continue;
      if (stage.sources.length > 0) {
        stages.push(await this.grownStage(run.experiment, run.stages, stage));
        continue;
      }
      const objective = await run.objective(run.configOf(stage.model));
      const marked = mark?.thetas.get(stage.model);
      const theta = marked ?? objective.space.fromTensors(run.initial(stage.model));
      if (!marked) owned.push(() => objective.space.dispose(theta));
      stages.push({ model: stage.model, from: mark?.step ?? stage.from, to: stage.to, start: { kind: 'given', objective, theta } });
    }
    const marks = this.marks.get(flow) ?? [];
    this.marks.set(flow, marks);
    const { at: nowAt, ...method } = this.methodOf(flow);
    const predictor: TrajectoryPredictor<Pool> = new TrajectoryPredictor<Pool>({
      ...method,
      stages,
      stepSizeAt: (step, models) => {
        nowAt(step);
        if (step < firstEnd) this.putMark(marks, step, models, task);
        return run.stepSizeAt(step);
      },
    });
    const task: Task = { key, predictor, spentBefore: mark?.spent ?? 0, spent: 0, state: 'running', dispose: release };
    return task;
  }

  private async whatIfTask(
    flow: Exclude<PredictionName, 'central-flow'>,
    experiment: Experiment,
    snapshot: Snapshot,
    owned: (() => void)[],
  ): Promise<Task> {
    const given = new Map(
      [...snapshot.trainers].filter(([id]) => !isBaseline(id)).map(([id, { parameters }]) => [id, parameters] as const),
    );
    // A growth at the very step of the snapshot still needs its sources, which end there.
    const plan = schedule(planOf(experiment)).filter(({ to, model }) => to > snapshot.step || (to === snapshot.step && given.has(model)));
    const stages = await this.stages(experiment, plan, given, snapshot.step, owned);
    const sizes = new HypotheticalStepSizes(this.run, experiment, snapshot);
    owned.push(() => sizes.dispose());
    const predictor = new TrajectoryPredictor<Pool>({ flow, stages, stepSizeAt: (step, models) => sizes.at(step, models) });
    const key: PredictionKey = { flow, from: 'growth', of: 'what-if' };
    return { key, predictor, spentBefore: 0, spent: 0, state: 'running', dispose: once(() => owned.forEach((release) => release())) };
  }

  /** Stages of a plan from a step on, with these parameters there. */
  private async stages(
    experiment: Experiment,
    plan: readonly ScheduledStage[],
    given: ReadonlyMap<ModelId, NamedTensors>,
    from: number,
    owned: (() => void)[],
  ): Promise<PredictedStage<Pool>[]> {
    const configs = planConfigs(experiment, schedule(planOf(experiment)), this.run.data.task.vocabularySize);
    const stages: PredictedStage<Pool>[] = [];
    for (const stage of plan) {
      const parameters = given.get(stage.model);
      const config = configs.get(stage.model);
      if (stage.to === stage.from || !config) continue;
      if (!parameters) {
        stages.push(await this.grownStage(experiment, plan, stage));
        continue;
      }
      const objective = await this.run.objective(config);
      const theta = objective.space.fromTensors(parameters);
      owned.push(() => objective.space.dispose(theta));
      stages.push({ model: stage.model, from, to: stage.to, start: { kind: 'given', objective, theta } });
    }
    return stages;
  }

  /** The *predicted* sources are fused as the measured ones are. */
  private async grownStage(experiment: Experiment, plan: readonly ScheduledStage[], stage: ScheduledStage): Promise<PredictedStage<Pool>> {
    const { run } = this;
    const configs = planConfigs(experiment, schedule(planOf(experiment)), run.data.task.vocabularySize);
    const large = await run.objective(configOf(configs, stage.model));
    const sources = [...new Set(stage.sources)];
    return {
      model: stage.model,
      from: stage.from,
      to: stage.to,
      start: {
        kind: 'grown',
        sources,
        grow: async (thetas) => {
          const grown: { name: ModelId; config: T5Config; parameters: NamedTensors }[] = [];
          for (const [i, name] of sources.entries()) {
            const config = configOf(configs, name);
            const theta = thetas[i];
            if (!theta)
              throw new Error(
                `the prediction of ${stage.model} lacks ${name}; the plan trains ${plan.map(({ model }) => model).join(', ')}`,
              );
            grown.push({ name, config, parameters: await (await run.objective(config)).space.toTensors(theta) });
          }
          const factors = experiment.norm === 'compensated' ? await growthNormFactors(run.device, stage, grown, run.data.probe) : new Map();
          return { objective: large, theta: large.space.fromTensors(grow(experiment, stage, grown, factors).parameters) };
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
    const starting = this.run.stages
      .filter(({ sources, continues }) => sources.length === 0 && continues === null)
      .map(({ model }) => model);
    if (step % MARK_EVERY !== 0 || marks.length >= MOST_MARKS || (marks.at(-1)?.step ?? -1) >= step || models.length !== starting.length)
      return;
    const thetas = new Map<ModelId, Pool>();
    starting.forEach((id, i) => {
      const model = models[i];
      if (!model) return;
      const copy = model.objective.space.create();
      model.objective.space.copy(model.theta, copy);
      thetas.set(id, copy);
    });
    marks.push({ step, thetas, spent: task.spentBefore + task.spent });
  }
}

const STRENGTH: Readonly<Record<PredictionName, number>> = { 'gradient-flow': 0, 'modified-flow': 1, 'central-flow': 2 };
/** What a task owns is given back if it can't be made. */
async function owning(make: (owned: (() => void)[]) => Promise<Task>): Promise<Task> {
  const owned: (() => void)[] = [];
  try {
    return await make(owned);
  } catch (error) {
    for (const release of owned) release();
    throw error;
  }
}

const byStrength = (a: PredictionName, b: PredictionName): number => STRENGTH[b] - STRENGTH[a];

function configOf(configs: ReadonlyMap<ModelId, T5Config>, id: ModelId): T5Config {
  const config = configs.get(id);
  if (!config) throw new Error(`the plan has no model ${id}`);
  return config;
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
