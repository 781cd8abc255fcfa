/**
 * The instant prediction after a growth: the loss for *every* step size from one look at the growth point, by the
 * quadratic model with the Gauss–Newton matrix G = Jᵀ H_out J (Schraudolph 2002), J the Jacobian of the outputs, H_out
 * the second derivative of the loss by the outputs. G has no negative eigenvalues; the full Hessian has, and its
 * quadratic model runs off to minus infinity after a few steps. On T5 the curve is off by some 10 % of the drop until
 * n·h ≈ .5, while hλ < 2.
 */
import { within } from '../../engine/jobs/job.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective } from '../../engine/vector-space.ts';
import type { LocalSpectrum } from '../../curves/spectral-curve.ts';
import { ritzSpectrum } from './spectrum.ts';

export {
  type LocalSpectrum as GaussNewtonSpectrum,
  SPECTRAL_WINDOW,
  spectralCurve,
} from '../../curves/spectral-curve.ts';

/** Lanczos vectors. */
export const SPECTRAL_VECTORS = 10;

/**
 * A Ritz value below nought by at most this share of the largest is the rounding of products in float32 and counts as
 * 0; one further below is an error of the products.
 */
const ROUNDING = 1e-5;

/** G has no negative eigenvalues: removes what rounding makes of 0. Errors: a value that rounding does not explain. */
export function semidefiniteValues(values: Float64Array): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return values.map((value) => {
    if (value < -ROUNDING * largest)
      throw new Error(`the Gauss–Newton matrix has the Ritz value ${value} beside ${largest}: its products are wrong, it has none below 0`);
    return Math.max(value, 0);
  });
}

/**
 * The spectrum of G at θ from the gradient. Yields the gradients spent since the last yield, so that training goes on
 * in between. Errors: an objective without exact Gauss–Newton products.
 */
export async function* gaussNewtonSpectrum<V>(
  objective: Objective<V>,
  theta: V,
  vectors: number = SPECTRAL_VECTORS,
): AsyncGenerator<number, LocalSpectrum, undefined> {
  const { space } = objective;
  const product = objective.gaussNewtonProduct?.();
  if (!product) throw new Error('this objective has no products with the Gauss–Newton matrix');
  using own = new Resources();
  own.use(product);
  const [gradient] = createVectors(space, 1, own);
  const loss = await objective.lossAndGradient(theta, gradient);
  yield 1;
  let gradients = 1;
  const spectrum = yield* within(ritzSpectrum(space, product, theta, gradient, vectors), (spent) => {
    gradients += spent;
    return spent;
  });
  return { ...spectrum, values: semidefiniteValues(spectrum.values), loss, gradients };
}
