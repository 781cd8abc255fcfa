/**
 * The local quadratic model of the loss, seen from the gradient: m Lanczos vectors of a symmetric matrix G, started at
 * g (Golub & Van Loan, Matrix Computations, 10.1–10.3), give Ritz values λ_i and weights w_i = ‖g‖²·(first component)²,
 * with which gᵀf(G)g ≈ Σ w_i f(λ_i), exact for polynomials of degree below 2m (Golub & Meurant, Matrices, Moments and
 * Quadrature). What follows for the loss is a closed form: curves/spectral-curve.ts.
 */
import type { Spectrum } from '../../curves/spectral-curve.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type HessianProduct, type Orthonormalised, type VectorSpace } from '../../engine/vector-space.ts';
import { orthonormalise, tridiagonalEigen } from './lanczos.ts';

export { type SpectralDynamics, spectralLosses, type Spectrum } from '../../curves/spectral-curve.ts';

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
  if (space.orthonormalise) return yield* queuedSpectrum(space, product, theta, start, count);
  const squared = await space.dot(start, start);
  if (!(squared > 0) || !Number.isFinite(squared)) throw noStart(squared);
  using own = new Resources();
  const basis: V[] = createVectors<V, number>(space, 1, own);
  space.axpy(1 / Math.sqrt(squared), start, basis[0]!);
  const projection: Projection = { diagonal: [], beside: [] };
  for (let m = 1; m <= count; m++) {
    const [next] = createVectors(space, 1, own);
    basis.push(next);
    await product.apply(theta, basis[m - 1]!, next, m > 1);
    yield product.gradientsPerProduct;
    if (!extend(projection, await orthonormalise(space, basis.slice(0, m), next))) break;
  }
  return spectrumOf(squared, projection);
}

/** The same in one wait, where a number that the host asks for costs more than a product (vector-space.ts). */
async function* queuedSpectrum<V>(
  space: VectorSpace<V>,
  product: HessianProduct<V>,
  theta: V,
  start: V,
  count: number,
): AsyncGenerator<number, Spectrum, undefined> {
  using own = new Resources();
  const basis: V[] = createVectors<V, number>(space, 1, own);
  space.copy(start, basis[0]!);
  const asked = [space.orthonormalise!([], basis[0]!)];
  for (let m = 1; m <= count; m++) {
    const [next] = createVectors(space, 1, own);
    basis.push(next);
    await product.apply(theta, basis[m - 1]!, next, m > 1);
    asked.push(space.orthonormalise!(basis.slice(0, m), next));
    yield product.gradientsPerProduct;
  }
  const [first, ...found] = await Promise.all(asked);
  const squared = first?.squared ?? Number.NaN;
  if (!(squared > 0) || !Number.isFinite(squared)) throw noStart(squared);
  const projection: Projection = { diagonal: [], beside: [] };
  for (const each of found) if (!extend(projection, each)) break;
  return spectrumOf(squared, projection);
}

const noStart = (squared: number): Error =>
  new Error(`the squared norm of the gradient is ${squared}; a spectrum needs one that is finite and not zero`);

/** The tridiagonal projection of the matrix. */
interface Projection {
  readonly diagonal: number[];
  readonly beside: number[];
}

/** Whether another vector can follow: the Krylov space is not exhausted. Errors: a product that is not finite. */
function extend({ diagonal, beside }: Projection, { overlap, squared }: Orthonormalised): boolean {
  if (!Number.isFinite(overlap)) throw new Error(`a Ritz value is ${overlap}: the product is not finite`);
  diagonal.push(overlap);
  const beta = Math.sqrt(squared);
  beside.push(beta);
  return !(beta <= 1e-10 * Math.max(...diagonal.map(Math.abs)));
}

function spectrumOf(squared: number, { diagonal, beside }: Projection): Spectrum {
  const { values, vectors } = tridiagonalEigen(diagonal, beside);
  return { values, weights: Float64Array.from(vectors, (vector) => squared * vector[0]! ** 2) };
}
