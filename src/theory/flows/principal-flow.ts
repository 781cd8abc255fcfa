/**
 * The principal flow of gradient descent (Rosca, Wu, Qin & Dherin 2023, arXiv 2302.01952):
 *
 *     θ' = Σ_i (log(1 - hλ_i)/(hλ_i)) (g·u_i) u_i
 *
 * over the Hessian's eigenvalues λ_i and eigenvectors u_i: on a quadratic it is gradient descent itself, while hλ < 1.
 * Here along the few largest eigenvalues. Along the rest, where hλ is small, the modified flow: its factor, the first
 * two terms of log(1 - hλ)/(hλ) = -(1 + hλ/2 + …), leaves nothing to choose.
 *
 * At hλ = 1 a step of gradient descent lands in the minimum along u, and past it on the other side, which no real flow
 * does: there the factor is held at its value at hλ = .95, and the curve is not to be trusted.
 */
import { toEnd } from '../../engine/jobs/job.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective } from '../../engine/vector-space.ts';
import { EigenTracker } from '../curvature/eigen-tracker.ts';
import type { Flow } from './flows.ts';
import { modifiedFlow } from './flows.ts';

/** hλ up to which the principal flow is defined. */
export const PRINCIPAL_WINDOW = 1;
const HELD = 0.95;

/** log(1 - x)/x, -1 at x = 0; held from x = .95 on. */
export function principalFactor(x: number): number {
  const held = Math.min(x, HELD);
  return Math.abs(held) < 1e-8 ? -(1 + held / 2) : Math.log1p(-held) / held;
}

/** The largest eigenvalues at θ with unit eigenvectors, brought there by the generator, which yields gradients. */
interface Eigenvectors<V> {
  readonly lambdas: readonly number[];
  readonly vectors: readonly V[];
  update(theta: V): AsyncGenerator<number, void, undefined>;
  dispose(): void;
}

export interface PrincipalFlowOptions<V> {
  /** Eigenvectors followed. Default 3. */
  readonly count?: number;
  /** In place of tracked ones. Disposed of with the flow. */
  readonly eigenvectors?: Eigenvectors<V>;
}

/**
 * Costs two gradients and one step of the eigenvectors an evaluation; the first one costs more, which is not counted.
 */
export function principalFlow<V>(objective: Objective<V>, options: PrincipalFlowOptions<V> = {}): Flow<V> {
  const { space } = objective;
  const { count = 3 } = options;
  using own = new Resources();
  const eigen = own.use(options.eigenvectors ?? new EigenTracker(objective, count));
  const rest = own.use(modifiedFlow(objective));
  const [gradient] = createVectors(space, 1, own);
  const kept = own.move();
  return {
    name: 'principal-flow',
    // Rayleigh–Ritz on three vectors an eigenvector, two gradients a product.
    gradientsPerEvaluation: 3 + (options.eigenvectors === undefined ? 6 * count : 0),
    async field(theta, h, out) {
      await toEnd(eigen.update(theta));
      const loss = await rest.field(theta, h, out);
      await objective.lossAndGradient(theta, gradient);
      const [along, flowing] = await Promise.all([
        Promise.all(eigen.lambdas.map((_, i) => space.dot(gradient, eigen.vectors[i]!))),
        Promise.all(eigen.lambdas.map((_, i) => space.dot(out, eigen.vectors[i]!))),
      ]);
      // What the modified flow does along u is taken out, and log(1 - hλ)/(hλ) put in.
      eigen.lambdas.forEach((lambda, i) => space.axpy(principalFactor(h * lambda) * along[i]! - flowing[i]!, eigen.vectors[i]!, out));
      return loss;
    },
    dispose: () => kept.dispose(),
  };
}
