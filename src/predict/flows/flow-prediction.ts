/**
 * The predictions of one flow beside a run: those of the plan (from step 0 through the growth, from the growth on) and
 * that of a what-if. Generic over what a state of the flow is (dynamics.ts).
 */
import type { Pool } from '../../engine/device.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import type { Objective } from '../../engine/vector-space.ts';
import { isBaseline, type DrawnFlow, type Experiment, type ModelId, type PredictionStart } from '../../experiment/experiment.ts';
import { planOf, schedule, type ScheduledStage } from '../../experiment/plan/plan.ts';
import { growSlots } from '../../fusion/state/optimizer-state.ts';
import type { T5Config } from '../../model/config.ts';
import { TrajectoryPredictor, type NamedState, type PredictedStage } from '../../theory/integrate/trajectory.ts';
import type { Dynamics, HeldState } from './dynamics.ts';
import { growthNormFactors } from '../../run/growth/grow-stage.ts';
import { spentBy, taskOf, type Task } from '../prediction-task.ts';
import type { PredictionKey } from '../../run/reports.ts';
import type { Run } from '../../run/run.ts';
import type { Snapshot } from '../../run/snapshot.ts';
import { grow, planConfigs } from '../../run/setup/setup.ts';
import type { PredictedStepSizes } from '../../run/step-sizes/predicted-step-sizes.ts';
import { hypotheticalStepSizes } from '../../run/what-if.ts';

/** The predicted parameters of the models of a step. */
export type PredictedStep = (
  key: PredictionKey,
  step: number,
  models: readonly { readonly model: ModelId; readonly theta: Pool }[],
) => Promise<void>;

/** Whatever its states are. */
export interface FlowPrediction {
  /** Is told every step of the plan's predictions, and may read it before it resolves. */
  onStep: PredictedStep | undefined;
  /** For a run that goes on from a snapshot; what was kept stays, unless the device is another one. */
  adopt(run: Run): void;
  /** The plan's prediction; null where it can't start yet. `warm`: measured states by the step of a late start. */
  plan(from: PredictionStart, validUntil: number, warm: WarmStates): Promise<Task | null>;
  whatIf(experiment: Experiment, snapshot: Snapshot): Promise<Task | null>;
  /** The steps at which a plan's prediction starts that needs the run's own state there. */
  lateStarts(from: PredictionStart): readonly number[];
  dispose(): void;
}

export type WarmStates = ReadonlyMap<number, ReadonlyMap<ModelId, HeldState>>;

/** Predicted states of the models of one step, to start again from when the plan changes later on. */
interface Mark<S> {
  readonly step: number;
  readonly states: ReadonlyMap<ModelId, S>;
  readonly spent: number;
  dispose(): void;
}

interface SizesOfPlan<S, O extends Objective<S>> {
  at(step: number, models: readonly NamedState<S, O>[]): Promise<readonly number[] | undefined>;
  /** Gradients that they took so far, beside those of the flow. */
  gradients(): number;
}

/** Steps between marks. */
const MARK_EVERY = 10;
const MOST_MARKS = 40;

export class PredictionsOfFlow<S, O extends Objective<S>> implements FlowPrediction {
  onStep: PredictedStep | undefined;
  private readonly name: DrawnFlow;
  private readonly dynamics: Dynamics<S, O>;
  private readonly ownSizes: ((run: Run) => PredictedStepSizes) | undefined;
  private run: Run;
  private marks: Mark<S>[] = [];

  /** @param ownSizes step sizes that the plan's prediction makes itself, where it does not take the run's */
  constructor(run: Run, name: DrawnFlow, dynamics: Dynamics<S, O>, ownSizes?: (run: Run) => PredictedStepSizes) {
    this.run = run;
    this.name = name;
    this.dynamics = dynamics;
    this.ownSizes = ownSizes;
  }

  adopt(run: Run): void {
    // Marks of a lost device are lost with it.
    if (run.device !== this.run.device) this.marks = [];
    this.run = run;
  }

  dispose(): void {
    for (const mark of this.marks) mark.dispose();
    this.marks = [];
  }

  lateStarts(from: PredictionStart): readonly number[] {
    return this.windows(from).map(({ begins }) => begins);
  }

  plan(from: PredictionStart, validUntil: number, warm: WarmStates): Promise<Task | null> {
    if (this.dynamics.window) return this.withinWindow(from, warm);
    return from === 'growth' ? this.fromGrowth() : this.fromStart(validUntil);
  }

  async whatIf(experiment: Experiment, snapshot: Snapshot): Promise<Task | null> {
    if (this.dynamics.window) return null;
    using own = new Resources();
    const given = new Map([...snapshot.trainers].filter(([id]) => !isBaseline(id)));
    // A growth at the very step of the snapshot still needs its sources, which end there.
    const plan = schedule(planOf(experiment)).filter(({ to, model }) => to > snapshot.step || (to === snapshot.step && given.has(model)));
    const stages = await this.stages(experiment, plan, given, snapshot.step, own);
    const configs = this.configs(experiment);
    const sizes = own.use(hypotheticalStepSizes(this.run, experiment, snapshot));
    const predictor = new TrajectoryPredictor<S, O>({
      ...this.method,
      stages,
      stepSizeAt: async (step, models) => {
        this.dynamics.at?.(step);
        const known = await sizes.at(step, await this.points(configs, models));
        return known.map((size) => this.dynamics.time(size));
      },
    });
    return taskOf({ flow: this.name, from: 'growth', of: 'what-if' }, predictor, 0, own, () => sizes.gradients);
  }

  /** The predicted models as points of their losses. */
  private async points(configs: ReadonlyMap<ModelId, T5Config>, models: readonly NamedState<S, O>[]): Promise<readonly NamedState<Pool>[]> {
    const points: NamedState<Pool>[] = [];
    for (const { model, theta } of models) {
      const objective = await this.run.objective(configOf(configs, model));
      points.push({ model, objective, theta: this.dynamics.parameters(theta) });
    }
    return points;
  }

  private get method() {
    const { dynamics } = this;
    return { flow: (objective: O) => dynamics.flow(objective), integrator: dynamics.integrator };
  }

  /** From the latest growth on: what grew there, and what needs nothing else. */
  private async fromGrowth(): Promise<Task | null> {
    using own = new Resources();
    const { run } = this;
    const { growth } = run;
    if (!growth) return null;
    const { target, step } = growth.report;
    const reached = new Set<ModelId>([target]);
    const plan = run.stages.filter((stage) => {
      const grows = stage.sources.length > 0 && stage.from >= step && stage.sources.every((id) => reached.has(id));
      if (grows) reached.add(stage.model);
      return reached.has(stage.model);
    });
    const given = new Map([[target, { parameters: growth.fused, slots: growth.slots }]]);
    const stages = await this.stages(run.experiment, plan, given, step, own);
    const sizes = this.planSizes('growth', own);
    const predictor = new TrajectoryPredictor<S, O>({
      ...this.method,
      stages,
      stepSizeAt: (at, models) => sizes.at(at, models),
    });
    return taskOf({ flow: this.name, from: 'growth', of: 'plan' }, predictor, this.dynamics.gradientsPerEnd, own, sizes.gradients);
  }

  private async fromStart(validUntil: number): Promise<Task> {
    using own = new Resources();
    const { run, dynamics } = this;
    // Marks are of the models that start at random, while they train side by side.
    const starting = run.stages.filter(({ sources, continues }) => sources.length === 0 && continues === null);
    const firstEnd = Math.min(...starting.map(({ to }) => to));
    const mark = this.takeMark(Math.min(validUntil, firstEnd));
    const stages: PredictedStage<S, O>[] = [];
    let spentBefore = mark?.spent ?? 0;
    for (const stage of run.stages) {
      if (stage.to === stage.from) continue;
      const { model, from, to } = stage;
      if (stage.sources.length > 0) stages.push(await this.grownStage(run.experiment, run.stages, stage));
      else if (stage.continues !== null) stages.push({ model, from, to, start: { kind: 'continued' } });
      else {
        const objective = await dynamics.objective(await run.objective(run.configOf(model)));
        const marked = mark?.states.get(model);
        const theta = marked ?? (await dynamics.start(objective, { parameters: run.initial(model), slots: {} }));
        if (!marked) {
          spentBefore += dynamics.gradientsPerEnd;
          own.adopt(theta, (state) => objective.space.dispose(state));
        }
        stages.push({ model, from: mark?.step ?? from, to, start: { kind: 'given', objective, theta } });
      }
    }
    const predictor = new TrajectoryPredictor<S, O>({
      ...this.method,
      stages,
      stepSizeAt: (step, models) => {
        if (step < firstEnd && models.length === starting.length) this.putMark(step, models, () => spentBy(task));
        return sizes.at(step, models);
      },
    });
    const sizes = this.planSizes('0', own);
    const task = taskOf({ flow: this.name, from: '0', of: 'plan' }, predictor, spentBefore, own, sizes.gradients);
    return task;
  }

  /** Where a flow with a window starts and ends, stage by stage. */
  private windows(
    from: PredictionStart,
  ): readonly { readonly begins: number; readonly ends: number; readonly models: readonly ModelId[] }[] {
    const { window } = this.dynamics;
    if (!window) return [];
    const begun = this.run.stages.filter(({ sources, continues }) =>
      from === '0' ? sources.length === 0 && continues === null : sources.length > 0,
    );
    return [...new Set(begun.map((stage) => stage.from))].flatMap((start) => {
      const begins = start + window.warmUp;
      const stages = begun.filter((stage) => stage.from === start && stage.to > begins);
      if (stages.length === 0) return [];
      const ends = Math.min(begins + window.steps, ...stages.map(({ to }) => to));
      return [{ begins, ends, models: stages.map(({ model }) => model) }];
    });
  }

  /** From the run's own state at the latest late start that was reached. */
  private async withinWindow(from: PredictionStart, warm: WarmStates): Promise<Task | null> {
    using own = new Resources();
    const window = this.windows(from).findLast(({ begins }) => warm.has(begins));
    const states = window && warm.get(window.begins);
    if (!window || !states) return null;
    const stages: PredictedStage<S, O>[] = [];
    for (const model of window.models) {
      const held = states.get(model);
      if (held) stages.push(await this.givenStage(this.run.configOf(model), model, window.begins, window.ends, held, own));
    }
    if (stages.length === 0) return null;
    const sizes = this.planSizes(from, own);
    const predictor = new TrajectoryPredictor<S, O>({
      ...this.method,
      stages,
      stepSizeAt: (at, models) => sizes.at(at, models),
    });
    return taskOf({ flow: this.name, from, of: 'plan' }, predictor, stages.length * this.dynamics.gradientsPerEnd, own, sizes.gradients);
  }

  /** Time of a step of each model: with the run's own step sizes, or with those that the prediction makes itself. */
  private planSizes(from: PredictionStart, owner: Resources): SizesOfPlan<S, O> {
    const { dynamics } = this;
    const key: PredictionKey = { flow: this.name, from, of: 'plan' };
    const own = this.ownSizes?.(this.run);
    if (own) owner.use(own);
    return {
      gradients: () => own?.gradients ?? 0,
      at: async (step, models) => {
        dynamics.at?.(step);
        await this.onStep?.(
          key,
          step,
          models.map(({ model, theta }) => ({ model, theta: dynamics.parameters(theta) })),
        );
        const sizes = own
          ? await own.at(step, await this.points(this.configs(this.run.experiment), models))
          : models.map(({ model }) => this.run.stepSizeOf(model, step));
        return sizes.every((size) => size !== undefined) ? sizes.map((size) => dynamics.time(size)) : undefined;
      },
    };
  }

  private configs(experiment: Experiment): ReadonlyMap<ModelId, T5Config> {
    return planConfigs(experiment, schedule(planOf(experiment)), this.run.data.task.vocabularySize, this.run.data.given);
  }

  private async givenStage(
    config: T5Config,
    model: ModelId,
    from: number,
    to: number,
    held: HeldState,
    owner: Resources,
  ): Promise<PredictedStage<S, O>> {
    const objective = await this.dynamics.objective(await this.run.objective(config));
    const theta = owner.adopt(await this.dynamics.start(objective, held), (state) => objective.space.dispose(state));
    return { model, from, to, start: { kind: 'given', objective, theta } };
  }

  /** Stages of a plan from a step on, with these models there. */
  private async stages(
    experiment: Experiment,
    plan: readonly ScheduledStage[],
    given: ReadonlyMap<ModelId, HeldState>,
    step: number,
    owner: Resources,
  ): Promise<PredictedStage<S, O>[]> {
    const configs = this.configs(experiment);
    const stages: PredictedStage<S, O>[] = [];
    for (const stage of plan) {
      const { model, from, to } = stage;
      const config = configs.get(model);
      if (to === from || !config) continue;
      const held = given.get(model);
      const goesOn = stages.some((before) => before.model === model);
      if (goesOn) stages.push({ model, from, to, start: { kind: 'continued' } });
      else if (held) stages.push(await this.givenStage(config, model, Math.max(step, from), to, held, owner));
      else stages.push(await this.grownStage(experiment, plan, stage));
    }
    return stages;
  }

  /** The *predicted* sources are fused as the measured ones are, with what their optimizer would hold. */
  private async grownStage(experiment: Experiment, plan: readonly ScheduledStage[], stage: ScheduledStage): Promise<PredictedStage<S, O>> {
    const { run, dynamics } = this;
    const configs = this.configs(experiment);
    const large = await dynamics.objective(await run.objective(configOf(configs, stage.model)));
    const names = [...new Set(stage.sources)];
    return {
      model: stage.model,
      from: stage.from,
      to: stage.to,
      start: {
        kind: 'grown',
        sources: names,
        grow: async (states) => {
          const ends: (readonly HeldState[])[] = [];
          for (const [i, name] of names.entries()) {
            const state = states[i];
            if (!state)
              throw new Error(
                `the prediction of ${stage.model} lacks ${name}; the plan trains ${plan.map(({ model }) => model).join(', ')}`,
              );
            ends.push(await endsOf(dynamics, state.objective, state.theta));
          }
          const grown: HeldState[] = [];
          for (let member = 0; member < (ends[0]?.length ?? 0); member++) {
            const sources = names.map((name, i) => ({ name, config: configOf(configs, name), ...ends[i]![member]! }));
            grown.push(await this.grown(experiment, stage, sources));
          }
          const theta = dynamics.members ? await dynamics.members.join(large, grown) : await dynamics.start(large, grown[0]!);
          return { objective: large, theta, gradients: (names.length + 1) * dynamics.gradientsPerEnd };
        },
      },
    };
  }

  /** One growth, of the parameters and of what the optimizer holds. */
  private async grown(
    experiment: Experiment,
    stage: ScheduledStage,
    sources: readonly (HeldState & { name: ModelId; config: T5Config })[],
  ): Promise<HeldState> {
    const { device, data } = this.run;
    const factors = experiment.norm === 'compensated' ? await growthNormFactors(device, stage, sources, data.probe) : new Map();
    const grown = grow(experiment, stage, sources, factors);
    const states = sources.map(({ config, slots }) => ({ config, slots, groups: undefined, counts: [0] }));
    const { slots } = growSlots(experiment.moments, states, grown.provenance, grown.config);
    return { parameters: grown.parameters, slots };
  }

  private takeMark(validUntil: number): Mark<S> | undefined {
    for (const mark of this.marks) if (mark.step > validUntil) mark.dispose();
    this.marks = this.marks.filter((mark) => mark.step <= validUntil);
    return this.marks.at(-1);
  }

  private putMark(step: number, models: readonly NamedState<S, O>[], spent: () => number): void {
    const { marks } = this;
    if (step % MARK_EVERY !== 0 || marks.length >= MOST_MARKS || (marks.at(-1)?.step ?? -1) >= step) return;
    using own = new Resources();
    const states = new Map<ModelId, S>();
    for (const { model, objective, theta } of models) {
      const { space } = objective;
      const copy = own.adopt(space.create(), (state) => space.dispose(state));
      space.copy(theta, copy);
      states.set(model, copy);
    }
    const kept = own.move();
    marks.push({ step, states, spent: spent(), dispose: () => kept.dispose() });
  }
}

async function endsOf<S, O extends Objective<S>>(dynamics: Dynamics<S, O>, objective: O, state: S): Promise<readonly HeldState[]> {
  return dynamics.members ? dynamics.members.ends(objective, state) : [await dynamics.end(objective, state)];
}

function configOf(configs: ReadonlyMap<ModelId, T5Config>, id: ModelId): T5Config {
  const config = configs.get(id);
  if (!config) throw new Error(`the plan has no model ${id}; it has ${[...configs.keys()].join(', ')}`);
  return config;
}
