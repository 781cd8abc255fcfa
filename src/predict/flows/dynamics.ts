/**
 * How a model moves along a flow: what a state of the flow is besides the parameters, how it follows from what the
 * optimizer holds and says it again, and how much time one step takes. With it a prediction starts in the middle of a
 * run, and goes through a growth as the run does: what the optimizer would hold is grown with the parameters.
 */
import type { Pool } from '../../engine/device.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective, type VectorSpace } from '../../engine/vector-space.ts';
import type { Flow } from '../../theory/flows/flows.ts';
import { bufferOf, inertialFlow, movingStart, phaseObjective, type Phase, type PhaseObjective } from '../../theory/flows/inertial-flow.ts';
import type { Integrator } from '../../theory/integrate/integrators.ts';
import type { StateRole } from '../../training/optimizers/optimizer.ts';
import type { T5Objective } from '../../training/t5-objective.ts';

/** A model between two updates, in host memory. */
export interface HeldState {
  readonly parameters: NamedTensors;
  readonly slots: Readonly<Partial<Record<StateRole, NamedTensors>>>;
}

export interface Dynamics<S, O extends Objective<S>> {
  flow(objective: O): Flow<S>;
  readonly integrator?: (space: VectorSpace<S>, objective: O) => Integrator<S>;
  /** Time that one step of this size takes. */
  time(stepSize: number): number;
  objective(of: T5Objective): O | Promise<O>;
  /** The parameters in a state. */
  parameters(state: S): Pool;
  /**
   * The state of a model that is there between two updates; without moments it stands still. The caller disposes of it.
   */
  start(objective: O, held: HeldState): Promise<S>;
  /** The parameters and the optimizer's moments of a state. */
  end(objective: O, state: S): Promise<HeldState>;
  /** Where a state is of several runs: one by one, for a growth, which has to grow each. */
  readonly members?: {
    ends(objective: O, state: S): Promise<readonly HeldState[]>;
    join(objective: O, held: readonly HeldState[]): Promise<S>;
  };
  /** Gradients that one `start` or `end` costs. */
  readonly gradientsPerEnd: number;
  /** Told at which step the models are, before they move. */
  at?(step: number): void;
  /** Where the flow holds only for a while: so many steps after a stage began, for so many. */
  readonly window?: { readonly warmUp: number; readonly steps: number };
}

/** Flows of first order: the parameters are the state. */
export function firstOrder(
  flow: (objective: T5Objective) => Flow<Pool>,
  more: Partial<Pick<Dynamics<Pool, T5Objective>, 'integrator' | 'time' | 'at' | 'window'>> = {},
): Dynamics<Pool, T5Objective> {
  return {
    flow,
    time: (stepSize) => stepSize,
    objective: (of) => of,
    parameters: (state) => state,
    start: ({ space }, { parameters }) => Promise.resolve(space.fromTensors(parameters)),
    end: async ({ space }, state) => ({ parameters: await space.toTensors(state), slots: {} }),
    gradientsPerEnd: 0,
    ...more,
  };
}

export type PoolPhase = Phase<Pool>;
export type PoolPhaseObjective = PhaseObjective<Pool, T5Objective>;

/** Heavy ball: parameters and velocity. A step of size lr takes the time lr/(1-β), whatever the velocity. */
export function inertial(beta: number): Dynamics<PoolPhase, PoolPhaseObjective> {
  return {
    flow: ({ of }) => inertialFlow(of, beta),
    time: heavyBallTime(beta),
    objective: (of) => phaseObjective<Pool, T5Objective>(of),
    parameters: ({ position }) => position,
    async start({ of }, { parameters, slots }) {
      const { space } = of;
      using own = new Resources();
      const buffer = slots.slot1 && space.fromTensors(slots.slot1, own);
      return await movingStart(of, space.fromTensors(parameters, own), beta, buffer);
    },
    async end({ of }, state) {
      const { space } = of;
      using own = new Resources();
      const [buffer] = createVectors(space, 1, own);
      await bufferOf(of, state, beta, buffer);
      return { parameters: await space.toTensors(state.position), slots: { slot1: await space.toTensors(buffer) } };
    },
    gradientsPerEnd: 1,
  };
}

/** Time of a step of heavy ball: its effective step size. */
export const heavyBallTime =
  (beta: number) =>
  (stepSize: number): number =>
    stepSize / (1 - beta);
