/**
 * The trajectory that a flow predicts, from step 0 *through* the growth: the sources are integrated side by side,
 * the *predicted* sources are grown into the large model, and that goes on. Nothing measured enters it but the
 * starting parameters and the table of step sizes.
 *
 * Work is done in slices of one evaluation of the field, so that training and commands go on in between; a prediction
 * waits where the run has not decided its step size yet, and can be cancelled at any time.
 */
import type { ModelId } from '../experiment/experiment.ts';
import type { Objective, VectorSpace } from '../engine/vector-space.ts';
import type { Flow, FlowName } from './flows.ts';
import { createFlow } from './flows.ts';
import type { Integrator } from './integrators.ts';
import { stepDoubling } from './integrators.ts';

/** A model in mid-prediction. */
export interface StageState<V> {
  readonly objective: Objective<V>;
  readonly theta: V;
}

/** What a growth returns: `theta` is the predictor's from then on; `release` is called when it is no longer needed. */
export interface GrownStage<V> extends StageState<V> {
  release?(): void;
}

export interface PredictedStage<V> {
  readonly model: ModelId;
  /** First and last step on the experiment's axis. */
  readonly from: number;
  readonly to: number;
  readonly start: /** The parameters at `from`: copied, they stay the caller's. */
    | ({ readonly kind: 'given' } & StageState<V>)
    /** Grown from the predicted parameters of stages that end at or before `from`, in this order; they stay the predictor's. */
    | { readonly kind: 'grown'; readonly sources: readonly ModelId[]; grow(thetas: readonly V[]): Promise<GrownStage<V>> };
}

export interface PredictorOptions<V> {
  /** By name, or made for each model's objective: for flows that need more than that (principal-flow.ts, adaptive-flow.ts). */
  readonly flow: FlowName | ((objective: Objective<V>) => Flow<V>);
  /** In any order. Stages of the same step range go side by side. */
  readonly stages: readonly PredictedStage<V>[];
  /**
   * Step size of the step from `step` to `step + 1`; undefined: not known yet. `models` are the predicted models of
   * that step, for a caller that derives the step size from them; they are not to be changed or kept.
   */
  stepSizeAt(step: number, models: readonly StageState<V>[]): number | undefined | Promise<number | undefined>;
  /** Default: Runge–Kutta 4 with step doubling. */
  readonly integrator?: (space: VectorSpace<V>, objective: Objective<V>) => Integrator<V>;
}

export interface PredictedPoint {
  readonly model: ModelId;
  readonly step: number;
  readonly loss: number;
}

export type PredictorState = 'running' | 'waiting' | 'done' | 'cancelled';

export interface Slice {
  readonly state: PredictorState;
  /** Points since the last slice, in order of step. */
  readonly points: readonly PredictedPoint[];
  /** Gradients spent so far, in all. */
  readonly gradients: number;
  /** 0…1, by steps. */
  readonly progress: number;
  /** The step at which the predicted loss stopped being finite, if it did; the prediction ends there. */
  readonly divergedAt: number | null;
}

/** How much one slice may do: it ends as soon as one of them is used up. At least one evaluation is done. */
export interface Budget {
  readonly milliseconds?: number;
  readonly gradients?: number;
}

interface ActiveStage<V> {
  readonly stage: PredictedStage<V>;
  readonly objective: Objective<V>;
  readonly theta: V;
  readonly flow: Flow<V>;
  readonly integrator: Integrator<V>;
  release(): void;
}

export class TrajectoryPredictor<V> {
  private readonly options: PredictorOptions<V>;
  private readonly work: AsyncGenerator<'worked' | 'waiting', void, undefined>;
  private readonly first: number;
  private readonly last: number;
  private points: PredictedPoint[] = [];
  private state: PredictorState = 'running';
  private gradients = 0;
  private reached: number;
  private divergedAt: number | null = null;
  private busy = false;

  /** Errors: no stage, a stage that ends before it starts, a growth without its sources. Allocates nothing yet. */
  constructor(options: PredictorOptions<V>) {
    const { stages } = options;
    if (stages.length === 0) throw new Error('a prediction needs at least one stage');
    for (const { model, from, to, start } of stages) {
      if (!Number.isInteger(from) || !Number.isInteger(to) || to < from)
        throw new Error(`model ${model} is predicted from step ${from} to ${to}; these must be whole numbers in order`);
      if (start.kind === 'given') continue;
      for (const source of start.sources) {
        const parent = stages.find((other) => other.model === source);
        if (parent === undefined || parent.to > from)
          throw new Error(
            `model ${model} grows at step ${from} from ${source}, which ${parent === undefined ? 'is not among the stages' : `ends only at ${parent.to}`}`,
          );
      }
    }
    this.options = options;
    this.first = Math.min(...stages.map(({ from }) => from));
    this.last = Math.max(...stages.map(({ to }) => to));
    this.reached = this.first;
    this.work = this.predict();
  }

  /** Goes on within the budget. Not to be called again before it has resolved. Errors of the objective come through, and end the prediction. */
  async advance(budget: Budget): Promise<Slice> {
    if (this.busy) throw new Error('this prediction is being advanced already; await that first');
    if (this.state === 'running' || this.state === 'waiting') {
      this.busy = true;
      this.state = 'running';
      const until = performance.now() + (budget.milliseconds ?? Number.POSITIVE_INFINITY);
      const mayReach = this.gradients + (budget.gradients ?? Number.POSITIVE_INFINITY);
      try {
        do {
          const { done, value } = await this.work.next();
          if (this.isCancelled()) break;
          if (done === true) this.state = 'done';
          else if (value === 'waiting') this.state = 'waiting';
        } while (this.state === 'running' && this.gradients < mayReach && performance.now() < until);
      } catch (error) {
        this.state = 'cancelled';
        throw error;
      } finally {
        this.busy = false;
      }
    }
    const { points } = this;
    this.points = [];
    const progress = this.state === 'done' ? 1 : (this.reached - this.first) / Math.max(this.last - this.first, 1);
    return { state: this.state, points, gradients: this.gradients, progress, divergedAt: this.divergedAt };
  }

  /** Ends the prediction and gives everything back, at the latest after the evaluation that is under way. */
  async cancel(): Promise<void> {
    if (this.state === 'done' || this.state === 'cancelled') return;
    this.state = 'cancelled';
    await this.work.return();
  }

  private isCancelled(): boolean {
    return this.state === 'cancelled';
  }

  private async *predict(): AsyncGenerator<'worked' | 'waiting', void, undefined> {
    const active = new Map<ModelId, ActiveStage<V>>();
    try {
      for (let step = this.first; step <= this.last && this.divergedAt === null; step++) {
        this.reached = step;
        for (const stage of this.options.stages) {
          if (stage.from === step) active.set(stage.model, await this.begin(stage, active));
        }
        for (const model of active.values()) {
          if (model.stage.to === step) await this.reportLoss(model, step);
        }
        this.drop(active, (model) => !this.isNeeded(model, step));
        const moving = [...active.values()].filter(({ stage }) => stage.to > step);
        if (moving.length === 0) continue;
        const known = yield* this.stepSize(step, moving);
        for (const model of moving) {
          const loss = yield* this.integrate(model, known.h);
          if (!known.reported) this.report(model.stage.model, step, loss);
        }
      }
    } finally {
      this.drop(active, () => true);
    }
  }

  /** Asks for the step size, and waits for it if need be; the losses at this step are shown while it waits. */
  private async *stepSize(
    step: number,
    moving: readonly ActiveStage<V>[],
  ): AsyncGenerator<'waiting', { h: number; reported: boolean }, undefined> {
    let reported = false;
    for (;;) {
      const h = await this.options.stepSizeAt(step, moving);
      if (h !== undefined) {
        if (!(h > 0) || !Number.isFinite(h)) throw new Error(`the step size at step ${step} is ${h}; it must be a positive number`);
        return { h, reported };
      }
      if (!reported) {
        for (const model of moving) await this.reportLoss(model, step);
        reported = true;
      }
      yield 'waiting';
    }
  }

  /** One optimizer step along the flow; returns the loss before it. */
  private async *integrate({ flow, integrator, theta }: ActiveStage<V>, h: number): AsyncGenerator<'worked', number, undefined> {
    const step = integrator.step(flow, theta, h);
    try {
      for (;;) {
        const { done, value } = await step.next();
        if (done === true) return value.loss;
        this.gradients += value;
        yield 'worked';
      }
    } finally {
      await step.return({ loss: Number.NaN, substeps: 0, relativeError: null });
    }
  }

  private async begin(stage: PredictedStage<V>, active: ReadonlyMap<ModelId, ActiveStage<V>>): Promise<ActiveStage<V>> {
    const { start } = stage;
    let state: GrownStage<V>;
    if (start.kind === 'given') {
      const theta = start.objective.space.create();
      start.objective.space.copy(start.theta, theta);
      state = { objective: start.objective, theta };
    } else {
      state = await start.grow(start.sources.map((source) => active.get(source)!.theta));
    }
    const { objective, theta } = state;
    const named = this.options.flow;
    const flow = typeof named === 'function' ? named(objective) : createFlow(named, objective);
    const integrator = this.options.integrator?.(objective.space, objective) ?? stepDoubling(objective.space);
    const release = (): void => {
      flow.dispose();
      integrator.dispose();
      objective.space.dispose(theta);
      state.release?.();
    };
    return { stage, objective, theta, flow, integrator, release };
  }

  /** Whether a model still moves, or waits to be grown into a later one. */
  private isNeeded({ stage }: ActiveStage<V>, step: number): boolean {
    if (stage.to > step) return true;
    return this.options.stages.some(({ from, start }) => from > step && start.kind === 'grown' && start.sources.includes(stage.model));
  }

  private drop(active: Map<ModelId, ActiveStage<V>>, isDone: (model: ActiveStage<V>) => boolean): void {
    for (const [id, model] of active) {
      if (!isDone(model)) continue;
      active.delete(id);
      model.release();
    }
  }

  private async reportLoss({ stage, objective, theta, integrator }: ActiveStage<V>, step: number): Promise<void> {
    const loss = await objective.loss(theta);
    this.report(stage.model, step, integrator.shownLoss?.(loss) ?? loss);
  }

  private report(model: ModelId, step: number, loss: number): void {
    this.points.push({ model, step, loss });
    if (!Number.isFinite(loss)) this.divergedAt ??= step;
  }
}
