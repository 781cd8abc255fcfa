/**
 * Hessian–vector products of any objective: its own exact ones where it has them, else central differences of the
 * gradient,
 *     H v ≈ (∇L(θ + εv) - ∇L(θ - εv)) / 2ε,   ε = `relativeStep` · ‖θ‖/‖v‖,
 * the error of which is O(ε²) by truncation plus (rounding of the gradient)/ε. In float32 no ε serves every v: along
 * the top eigenvector of a trained T5 truncation takes a seventh at a width of 6e-5 and four fifths at 3e-4, where for
 * a random v rounding still shows at 2e-4. A T5 therefore has exact products; differences are for functions on float64.
 */
import { createVectors, type HessianProduct, type Objective } from '../engine/vector-space.ts';
import { gradientOnly } from './integrate/gradient-only.ts';

export type { HessianProduct } from '../engine/vector-space.ts';

/**
 * Step of the central difference in float64, as a share of ‖θ‖/‖v‖: truncation and rounding are then both near 1e-10
 * for functions that bend on the scale of θ.
 */
const RELATIVE_STEP = 1e-5;

/** Products with the Hessian of this objective. Errors: one in float32 that has none of its own. */
export function hessianProduct<V>(objective: Objective<V>): HessianProduct<V> {
  const exact = objective.hessianProduct?.();
  if (exact) return exact;
  if (objective.space.float64 !== true) throw new Error('this objective has no products with its Hessian, and differences are for float64');
  return centralDifferenceProduct(objective);
}

/** Hessian–vector products by central differences: two gradients each. */
export function centralDifferenceProduct<V>(objective: Objective<V>, relativeStep: number = RELATIVE_STEP): HessianProduct<V> {
  const { space } = objective;
  const [shifted, minus] = createVectors(space, 2);
  return {
    gradientsPerProduct: 2,
    async apply(theta, v, out) {
      const [thetaSquared, vSquared] = await Promise.all([space.dot(theta, theta), space.dot(v, v)]);
      if (!(vSquared > 0) || !Number.isFinite(vSquared))
        throw new Error(`a Hessian-vector product needs a finite vector that is not zero; its squared norm is ${vSquared}`);
      const epsilon = relativeStep * Math.sqrt((thetaSquared > 0 ? thetaSquared : 1) / vSquared);
      space.copy(theta, shifted);
      space.axpy(epsilon, v, shifted);
      await gradientOnly(objective, shifted, out);
      space.copy(theta, shifted);
      space.axpy(-epsilon, v, shifted);
      await gradientOnly(objective, shifted, minus);
      space.axpy(-1, minus, out);
      space.scale(1 / (2 * epsilon), out);
    },
    dispose() {
      space.dispose(shifted);
      space.dispose(minus);
    },
  };
}
