/**
 * Heavy-ball momentum as a flow with inertia. For θ_{n+1} = θ_n - lr g(θ_n) + β(θ_n - θ_{n-1}), one step being the time
 * h = lr/(1-β), the expansion in h to second order gives
 *
 *     μ θ'' + θ' = -g,     μ = h (1+β) / (2 (1-β)),
 *
 * a ball with mass and friction (Kovachki & Stuart 2021, Continuous Time Analysis of Momentum Methods, JMLR 22; the
 * memoryless flow of L + (h/4)((1+β)/(1-β))‖g‖² of Ghosh et al. 2023, arXiv 2302.00849, is what remains of it after
 * about 2/(1-β) steps; from a standing start it is wrong).
 *
 * As a system of first order: θ' = v, v' = -(v + g)/μ, over pairs (θ, v) of vectors. The discrete velocity of step n
 * belongs to the time between n and n + 1, which at a standing start, where it is -(1-βⁿ⁺¹) g, gives v(0) = -(1-√β) g.
 */
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective, type VectorSpace } from '../../engine/vector-space.ts';
import { laterAll } from '../../engine/jobs/later.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';
import { queued, queueGradient, type Flow } from './flows.ts';

/** Position and velocity. */
export interface Phase<V> {
  readonly position: V;
  readonly velocity: V;
}

/** Pairs of vectors of one space, as a vector space. */
export function phaseSpace<V>(space: VectorSpace<V>): VectorSpace<Phase<V>> {
  return {
    create() {
      const [position, velocity] = createVectors(space, 2);
      return { position, velocity };
    },
    dispose({ position, velocity }) {
      space.dispose(position);
      space.dispose(velocity);
    },
    copy(from, to) {
      space.copy(from.position, to.position);
      space.copy(from.velocity, to.velocity);
    },
    axpy(a, x, y) {
      space.axpy(a, x.position, y.position);
      space.axpy(a, x.velocity, y.velocity);
    },
    scale(a, x) {
      space.scale(a, x.position);
      space.scale(a, x.velocity);
    },
    dot: (x, y) =>
      laterAll(
        [space.dot(x.position, y.position), space.dot(x.velocity, y.velocity)],
        ([positions, velocities]) => positions! + velocities!,
      ),
  };
}

/** A loss over pairs, and the loss over positions that it is. */
export interface PhaseObjective<V, O extends Objective<V> = Objective<V>> extends Objective<Phase<V>> {
  readonly of: O;
}

/** The loss as a function of pairs: it does not depend on the velocity. */
export function phaseObjective<V, O extends Objective<V>>(objective: O): PhaseObjective<V, O> {
  return {
    of: objective,
    space: phaseSpace(objective.space),
    loss: ({ position }) => objective.loss(position),
    lossAndGradient({ position }, gradient) {
      const loss = objective.lossAndGradient(position, gradient.position);
      objective.space.scale(0, gradient.velocity);
      return loss;
    },
    async gradient({ position }, gradient) {
      await gradientOnly(objective, position, gradient.position);
      objective.space.scale(0, gradient.velocity);
    },
  };
}

function checkBeta(beta: number): void {
  if (!(beta >= 0 && beta < 1)) throw new Error(`momentum β is ${beta}; it must be at least 0 and below 1, e.g. 0.9`);
}

/** μ θ'' + θ' = -g over pairs. The step size of this flow is the effective one, lr/(1-β), the time of one step. */
export function inertialFlow<V>(objective: Objective<V>, beta: number): Flow<Phase<V>> {
  checkBeta(beta);
  const { space } = objective;
  return queued({ name: 'inertial-flow', gradientsPerEvaluation: 1, dispose() {} }, async ({ position, velocity }, h, out, wantLoss) => {
    const mass = (h * (1 + beta)) / (2 * (1 - beta));
    const loss = await queueGradient(objective, position, out.velocity, wantLoss);
    space.axpy(1, velocity, out.velocity);
    space.scale(-1 / mass, out.velocity);
    space.copy(velocity, out.position);
    return loss;
  });
}

/**
 * The state in which heavy ball stands at θ with the buffer m of its last update (m ← βm + g, θ ← θ - lr·m; absent: a
 * standing start). -(1-β)m is the velocity half a step before θ, and what is left of it there √β of that:
 * v = -(1-β)√β m - (1-√β)∇L(θ). One gradient. The caller disposes of it through the space of pairs.
 */
export async function movingStart<V>(objective: Objective<V>, theta: V, beta: number, buffer?: V): Promise<Phase<V>> {
  const start = await standingStart(objective, theta, beta);
  if (buffer !== undefined) objective.space.axpy(-(1 - beta) * Math.sqrt(beta), buffer, start.velocity);
  return start;
}

/**
 * The buffer m of the last update in a state of the flow, the other way round: out ← m. Zero without momentum. One
 * gradient.
 */
export async function bufferOf<V>(objective: Objective<V>, { position, velocity }: Phase<V>, beta: number, out: V): Promise<void> {
  checkBeta(beta);
  const { space } = objective;
  await gradientOnly(objective, position, out);
  space.scale(1 - Math.sqrt(beta), out);
  space.axpy(1, velocity, out);
  space.scale(beta === 0 ? 0 : -1 / ((1 - beta) * Math.sqrt(beta)), out);
}

/** A standing start at θ: v = -(1-√β)∇L(θ). One gradient. The caller disposes of it through the space of pairs. */
export async function standingStart<V>(objective: Objective<V>, theta: V, beta: number): Promise<Phase<V>> {
  checkBeta(beta);
  const { space } = objective;
  using own = new Resources();
  const [position, velocity] = createVectors(space, 2, own);
  space.copy(theta, position);
  await gradientOnly(objective, theta, velocity);
  space.scale(-(1 - Math.sqrt(beta)), velocity);
  own.move();
  return { position, velocity };
}
