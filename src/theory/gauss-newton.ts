/**
 * The instant prediction after a growth: the loss for *every* step size from one look at the growth point, by the
 * quadratic model with the Gauss–Newton matrix G = Jᵀ H_out J (Schraudolph 2002), J the Jacobian of the outputs, H_out
 * the second derivative of the loss by the outputs. G has no negative eigenvalues; the full Hessian has, and its
 * quadratic model runs off to minus infinity after a few steps. On T5 the curve is off by some 10 % of the drop until
 * n·h ≈ .5, while hλ < 2.
 *
 * Products G v without differentiating twice: J v by central differences of the outputs, H_out in closed form, Jᵀu by
 * one backward pass.
 */
import type { Objective, VectorSpace } from '../engine/vector-space.ts';
import type { LocalSpectrum } from '../experiment/spectral-curve.ts';
import type { HessianProduct } from './sharpness.ts';
import { ritzSpectrum } from './spectrum.ts';

export {
  type LocalSpectrum as GaussNewtonSpectrum,
  SPECTRAL_WINDOW,
  type SpectralCurve,
  spectralCurve,
} from '../experiment/spectral-curve.ts';

/** A model's outputs z(θ) and what the loss says of them. `T5Outputs` is one. */
export interface OutputModel<V> {
  readonly space: VectorSpace<V>;
  /** z(θ), as one array. */
  outputs(theta: V): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** gradient ← Jᵀu at θ. */
  pullBack(theta: V, u: ArrayLike<number>, gradient: V): void | Promise<void>;
  /** H_out u at the outputs z. */
  outputHessian(z: ArrayLike<number>, u: ArrayLike<number>): ArrayLike<number>;
}

/**
 * Best step of the central difference of the outputs, as a share of ‖θ‖/‖v‖, in float32: on four T5s the error of a
 * product is 1e-4 to 7e-4 there, by rounding for a random v (1e-3 at 5e-5), by truncation for v = ∇L (3e-3 at 6e-4).
 */
export const OUTPUT_STEP = 2e-4;

/** Products with G: two forward passes and one backward, less than two gradients. */
export function gaussNewtonProduct<V>(model: OutputModel<V>, relativeStep: number = OUTPUT_STEP): HessianProduct<V> {
  const { space } = model;
  const shifted = space.create();
  return {
    gradientsPerProduct: 2,
    async apply(theta, v, out) {
      const [thetaSquared, vSquared] = await Promise.all([space.dot(theta, theta), space.dot(v, v)]);
      if (!(vSquared > 0) || !Number.isFinite(vSquared))
        throw new Error(`a Gauss–Newton product needs a finite vector that is not zero; its squared norm is ${vSquared}`);
      const epsilon = relativeStep * Math.sqrt((thetaSquared > 0 ? thetaSquared : 1) / vSquared);
      space.copy(theta, shifted);
      space.axpy(epsilon, v, shifted);
      const plus = await model.outputs(shifted);
      space.copy(theta, shifted);
      space.axpy(-epsilon, v, shifted);
      const minus = await model.outputs(shifted);
      // The mean of both is z(θ) to the order of the difference itself.
      const z = new Float64Array(plus.length);
      const Jv = new Float64Array(plus.length);
      for (let i = 0; i < z.length; i++) {
        z[i] = (plus[i]! + minus[i]!) / 2;
        Jv[i] = (plus[i]! - minus[i]!) / (2 * epsilon);
      }
      await model.pullBack(theta, model.outputHessian(z, Jv), out);
    },
    dispose() {
      space.dispose(shifted);
    },
  };
}

/** Lanczos vectors. */
export const SPECTRAL_VECTORS = 10;

/** The spectrum of G at θ from the gradient. Yields the gradients spent since the last yield, so that training goes on in between. */
export async function* gaussNewtonSpectrum<V>(
  objective: Objective<V>,
  model: OutputModel<V>,
  theta: V,
  vectors: number = SPECTRAL_VECTORS,
): AsyncGenerator<number, LocalSpectrum, undefined> {
  const { space } = objective;
  const gradient = space.create();
  const product = gaussNewtonProduct(model);
  try {
    const loss = await objective.lossAndGradient(theta, gradient);
    yield 1;
    let gradients = 1;
    const work = ritzSpectrum(space, product, theta, gradient, vectors);
    for (;;) {
      const { done, value } = await work.next();
      if (done === true) return { ...value, loss, gradients };
      gradients += value;
      yield value;
    }
  } finally {
    product.dispose();
    space.dispose(gradient);
  }
}
