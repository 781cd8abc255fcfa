/**
 * The local quadratic model of the loss, seen from the gradient: m Lanczos vectors of a symmetric matrix G, started at g
 * (Golub & Van Loan, Matrix Computations, 10.1–10.3), give Ritz values λ_i and weights w_i = ‖g‖²·(first component)², with
 * which gᵀf(G)g ≈ Σ w_i f(λ_i), exact for polynomials of degree below 2m (Golub & Meurant, Matrices, Moments and
 * Quadrature). For the loss after time t = Σh of L₀ + g·d + dᵀGd/2 that is
 *
 *     L = L₀ - Σ w_i (1 - r_i²)/(2λ_i),    r_i = Π(1 - hλ_i)               gradient descent
 *                                          r_i = exp(-λ_i t)               gradient flow
 *                                          r_i = exp(-Σ h λ_i(1 + hλ_i/2)) modified flow
 */
import type { VectorSpace } from '../engine/vector-space.ts';
import type { HessianProduct } from './sharpness.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface Spectrum {
  /** Ritz values, ascending. */
  readonly values: Float64Array;
  /** Σ weights = ‖g‖², Σ weights·values = gᵀGg. */
  readonly weights: Float64Array;
}

/**
 * Lanczos with full reorthogonalisation at θ. Yields the gradients spent since the last yield. Stops early where the
 * Krylov space is exhausted.
 * @param start g; not changed
 * @param count m, the number of vectors
 */
export async function* ritzSpectrum<V>(
  space: VectorSpace<V>,
  product: HessianProduct<V>,
  theta: V,
  start: V,
  count: number,
): AsyncGenerator<number, Spectrum, undefined> {
  if (!Number.isInteger(count) || count < 1) throw new Error(`${count} Lanczos vectors asked for; it must be a positive whole number`);
  const squared = await space.dot(start, start);
  if (!(squared > 0) || !Number.isFinite(squared))
    throw new Error(`the squared norm of the gradient is ${squared}; a spectrum needs one that is finite and not zero`);
  const basis: V[] = [space.create()];
  try {
    space.axpy(1 / Math.sqrt(squared), start, basis[0]!);
    const diagonal: number[] = [];
    const beside: number[] = [];
    for (let m = 1; m <= count; m++) {
      const next = space.create();
      basis.push(next);
      await product.apply(theta, basis[m - 1]!, next);
      yield product.gradientsPerProduct;
      const inside = basis.slice(0, m);
      let alpha = 0;
      for (let pass = 0; pass < 2; pass++) {
        const overlaps = await Promise.all(inside.map((q) => space.dot(q, next)));
        inside.forEach((q, i) => space.axpy(-overlaps[i]!, q, next));
        alpha += overlaps[m - 1]!;
      }
      if (!Number.isFinite(alpha)) throw new Error(`a Ritz value is ${alpha}: the product is not finite`);
      diagonal.push(alpha);
      const beta = Math.sqrt(await space.dot(next, next));
      if (m === count || beta <= 1e-10 * Math.max(...diagonal.map(Math.abs))) break;
      beside.push(beta);
      space.scale(1 / beta, next);
    }
    const { values, vectors } = symmetricEigen(
      diagonal.map((a, i) => diagonal.map((_, j) => (i === j ? a : Math.abs(i - j) === 1 ? beside[Math.min(i, j)]! : 0))),
    );
    return { values, weights: Float64Array.from(vectors, (vector) => squared * vector[0]! ** 2) };
  } finally {
    for (const vector of basis) space.dispose(vector);
  }
}

export type SpectralDynamics = 'gradient-descent' | 'gradient-flow' | 'modified-flow';

/** (1 - r²)/(2λ) with r = exp(exponent), as its limit where λ vanishes; `perLambda`: -exponent/λ. */
function decay(lambda: number, exponent: number, perLambda: number): number {
  return Math.abs(exponent) < 1e-9 ? perLambda : -Math.expm1(2 * exponent) / (2 * lambda);
}

/**
 * Losses of the quadratic model before the first and after each of these steps: `stepSizes.length + 1` numbers. Past
 * hλ = 2 gradient descent's grow, as they do on the quadratic.
 */
export function spectralLosses(
  { values, weights }: Spectrum,
  loss: number,
  stepSizes: ArrayLike<number>,
  dynamics: SpectralDynamics,
): Float64Array {
  const losses = new Float64Array(stepSizes.length + 1).fill(loss);
  values.forEach((lambda, i) => {
    // Gradient descent's r changes its sign beyond hλ = 1: kept as a product. The flows' as a sum of exponents.
    let ratio = 1;
    let exponent = 0;
    let perLambda = 0;
    for (let step = 0; step < stepSizes.length; step++) {
      const h = stepSizes[step]!;
      ratio *= 1 - h * lambda;
      const rate = dynamics === 'modified-flow' ? h * (1 + (h * lambda) / 2) : h;
      perLambda += rate;
      exponent -= lambda * rate;
      const gone =
        dynamics === 'gradient-descent' && Math.abs(exponent) > 1e-6
          ? (1 - ratio * ratio) / (2 * lambda)
          : decay(lambda, exponent, perLambda);
      losses[step + 1] = losses[step + 1]! - weights[i]! * gone;
    }
  });
  return losses;
}
