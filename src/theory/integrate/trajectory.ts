/**
 * The trajectory that a flow predicts, from step 0 *through* the growth: the sources are integrated side by side,
 * the *predicted* sources are grown into the large model, and that goes on. Nothing measured enters it but the
 * starting parameters and the table of step sizes.
 *
 * Work is done in slices of one evaluation of the field, so that training and commands go on in between; a prediction
 * waits where the run has not decided its step size yet, and can be cancelled at any time.
 */
import type { ModelId } from '../../experiment/experiment.ts';
import { Job, type JobState, WAITING, within } from '../../engine/jobs/job.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import type { Objective, VectorSpace } from '../../engine/vector-space.ts';
import type { Flow, FlowName } from '../flows/flows.ts';
import { createFlow } from '../flows/flows.ts';
import type { Integrator } from './integrators.ts';
import { stepDoubling } from './integrators.ts';

/**
 * A model in mid-prediction: a state of the flow (its parameters, perhaps with their velocity) and the loss over such
 * states.
 */
export interface StageState<V, O extends Objective<V> = Objective<V>> {
  readonly objective: O;
  readonly theta: V;
}

/** A state and whose it is. */
export interface NamedState<V, O extends Objective<V> = Objective<V>> extends StageState<V, O> {
  readonly model: ModelId;
}

/** The result of a growth: `theta` is the predictor's from then on; `release` is called when it is no longer needed. */
export interface GrownStage<V, O extends Objective<V> = Objective<V>> extends StageState<V, O> {
  /** Spent on making it. */
  readonly gradients?: number;
  release?(): void;
}

export interface PredictedStage<V, O extends Objective<V> = Objective<V>> {
  readonly model: ModelId;
  /** First and last step on the experiment's axis. */
  readonly from: number;
  readonly to: number;
  readonly start: /** The state at `from`: copied, it stays the caller's. */
    | ({ readonly kind: 'given' } & StageState<V, O>)
    /** Goes on from the predicted end of the model's stage before. */
    | { readonly kind: 'continued' }
    /**
     * Grown from the predicted states of stages that end at or before `from`, in this order; they stay the predictor's.
     */
    | {
        readonly kind: 'grown';
        readonly sources: readonly ModelId[];
        grow(sources: readonly StageState<V, O>[]): Promise<GrownStage<V, O>>;
      };
}

export interface PredictorOptions<V, O extends Objective<V> = Objective<V>> {
  /**
   * By name, or made for each model's objective: for flows that need more than that (principal-flow.ts,
   * adaptive-flow.ts).
   */
  readonly flow: FlowName | ((objective: O) => Flow<V>);
  /** In any order. Stages of the same step range go side by side. */
  readonly stages: readonly PredictedStage<V, O>[];
  /**
   * Step size of the step from `step` to `step + 1`, one for all or one for each of the models; undefined: not known
   * yet. `models` are the predicted models of that step, for a caller that derives the step size from them; they are
   * not to be changed or kept.
   */
  stepSizeAt(step: number, models: readonly NamedState<V, O>[]): StepSizes | Promise<StepSizes>;
  /** Default: Runge–Kutta 4 with step doubling. */
  readonly integrator?: ((space: VectorSpace<V>, objective: O) => Integrator<V>) | undefined;
}

/** An objective whose loss is a mean says how far apart those were that it last took the mean of. */
export interface Spread {
  readonly spread?: number;
}

type StepSizes = number | readonly number[] | undefined;

export interface PredictedPoint {
  readonly model: ModelId;
  readonly step: number;
  readonly loss: number;
  /** Standard deviation behind the loss, where it is a mean. */
  readonly spread?: number;
}

export interface Slice {
  readonly state: JobState;
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

interface ActiveStage<V, O extends Objective<V>> extends NamedState<V, O> {
  readonly stage: PredictedStage<V, O>;
  readonly flow: Flow<V>;
  readonly integrator: Integrator<V>;
  readonly own: Resources;
}

/** A slice has ended: go on, or wait for a step size. */
type Sliced = 'worked' | typeof WAITING;

export class TrajectoryPredictor<V, O extends Objective<V> = Objective<V>> {
  private readonly options: PredictorOptions<V, O>;
  private readonly job: Job<Sliced>;
  private readonly first: number;
  private readonly last: number;
  private points: PredictedPoint[] = [];
  private gradients = 0;
  private reached: number;
  private divergedAt: number | null = null;
  private busy = false;

  /**
   * Errors: no stage, a stage that ends before it starts, a growth without its sources, a stage that goes on from none.
   * Allocates nothing yet.
   */
  constructor(options: PredictorOptions<V, O>) {
    const { stages } = options;
    if (stages.length === 0) throw new Error('a prediction needs at least one stage');
    for (const { model, from, to, start } of stages) {
      if (!Number.isInteger(from) || !Number.isInteger(to) || to < from)
        throw new Error(`model ${model} is predicted from step ${from} to ${to}; these must be whole numbers in order`);
      if (start.kind === 'given') continue;
      if (start.kind === 'continued') {
        if (!stages.some((other) => other.model === model && other.from < from && other.to <= from))
          throw new Error(`model ${model} goes on at step ${from} from a stage before, which is not among the stages`);
        continue;
      }
      for (const source of start.sources) {
        const own = stages.filter((other) => other.model === source);
        const parent = own.find((other) => other.to <= from) ?? own[0];
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
    this.job = new Job(this.predict());
  }

  /**
   * Goes on within the budget. Not to be called again before it has resolved. Errors of the objective come through, and
   * end the prediction.
   */
  async advance(budget: Budget): Promise<Slice> {
    if (this.busy) throw new Error('this prediction is being advanced already; await that first');
    if (!this.job.isOver) {
      this.busy = true;
      const mayReach = this.gradients + (budget.gradients ?? Number.POSITIVE_INFINITY);
      try {
        await this.job.advance(budget.milliseconds ?? Number.POSITIVE_INFINITY, () => this.gradients >= mayReach);
      } finally {
        this.busy = false;
      }
    }
    const {
      points,
      job: { state },
    } = this;
    this.points = [];
    const progress = state === 'done' ? 1 : (this.reached - this.first) / Math.max(this.last - this.first, 1);
    return { state, points, gradients: this.gradients, progress, divergedAt: this.divergedAt };
  }

  /** Ends the prediction and gives everything back, at the latest after the evaluation that is under way. */
  cancel(): Promise<void> {
    return this.job.cancel();
  }

  private async *predict(): AsyncGenerator<Sliced, void, undefined> {
    const active = new Map<ModelId, ActiveStage<V, O>>();
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
        const known = yield* this.stepSizes(step, moving);
        for (const [i, model] of moving.entries()) {
          const loss = yield* this.integrate(model, known.sizes[i]!);
          if (!known.reported) this.report(model, step, loss);
        }
      }
    } finally {
      this.drop(active, () => true);
    }
  }

  /** Asks for the step sizes, and waits for them if need be; the losses at this step are shown while it waits. */
  private async *stepSizes(
    step: number,
    moving: readonly ActiveStage<V, O>[],
  ): AsyncGenerator<typeof WAITING, { sizes: readonly number[]; reported: boolean }, undefined> {
    let reported = false;
    for (;;) {
      const h = await this.options.stepSizeAt(step, moving);
      if (h !== undefined) {
        const sizes = typeof h === 'number' ? moving.map(() => h) : h;
        if (sizes.length !== moving.length)
          throw new Error(
            `${sizes.length} step sizes were given at step ${step} for ${moving.length} models; one for each, or one for all`,
          );
        for (const size of sizes)
          if (!(size > 0) || !Number.isFinite(size))
            throw new Error(`the step size at step ${step} is ${size}; it must be a positive number`);
        return { sizes, reported };
      }
      if (!reported) {
        for (const model of moving) await this.reportLoss(model, step);
        reported = true;
      }
      yield WAITING;
    }
  }

  /** One optimizer step along the flow; returns the loss before it. */
  private async *integrate({ flow, integrator, theta }: ActiveStage<V, O>, h: number): AsyncGenerator<'worked', number, undefined> {
    const { loss } = yield* within(integrator.step(flow, theta, h), (spent) => {
      this.gradients += spent;
      return 'worked' as const;
    });
    return loss;
  }

  private async begin(stage: PredictedStage<V, O>, active: ReadonlyMap<ModelId, ActiveStage<V, O>>): Promise<ActiveStage<V, O>> {
    const { start, model } = stage;
    if (start.kind === 'continued') return { ...active.get(model)!, stage };
    using own = new Resources();
    let state: GrownStage<V, O>;
    if (start.kind === 'given') {
      const { objective } = start;
      const theta = objective.space.create();
      objective.space.copy(start.theta, theta);
      state = { objective, theta };
    } else {
      state = await start.grow(start.sources.map((source) => active.get(source)!));
      this.gradients += state.gradients ?? 0;
      own.defer(() => state.release?.());
    }
    const { objective, theta } = state;
    own.adopt(theta, (vector) => objective.space.dispose(vector));
    const named = this.options.flow;
    const flow = own.use(typeof named === 'function' ? named(objective) : createFlow(named, objective));
    const integrator = own.use(this.options.integrator?.(objective.space, objective) ?? stepDoubling(objective.space));
    return { model, stage, objective, theta, flow, integrator, own: own.move() };
  }

  /** Whether a model still moves, or waits to go on or to be grown into a later one. */
  private isNeeded({ stage, model }: ActiveStage<V, O>, step: number): boolean {
    if (stage.to > step) return true;
    return this.options.stages.some(
      (later) =>
        later.from > step &&
        ((later.start.kind === 'grown' && later.start.sources.includes(model)) ||
          (later.start.kind === 'continued' && later.model === model)),
    );
  }

  private drop(active: Map<ModelId, ActiveStage<V, O>>, isDone: (model: ActiveStage<V, O>) => boolean): void {
    for (const [id, model] of active) {
      if (!isDone(model)) continue;
      active.delete(id);
      model.own.dispose();
    }
  }

  private async reportLoss({ stage, objective, theta, integrator }: ActiveStage<V, O>, step: number): Promise<void> {
    const loss = await objective.loss(theta);
    this.report({ stage, objective }, step, integrator.shownLoss?.(loss) ?? loss);
  }

  private report({ stage, objective }: Pick<ActiveStage<V, O>, 'stage' | 'objective'>, step: number, loss: number): void {
    const { spread } = objective as Objective<V> & Spread;
    this.points.push({ model: stage.model, step, loss, ...(spread === undefined ? {} : { spread }) });
    if (!Number.isFinite(loss)) this.divergedAt ??= step;
  }
}
