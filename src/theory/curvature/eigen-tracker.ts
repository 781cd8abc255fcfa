/**
 * The largest eigenvalues of the Hessian and their eigenvectors along a path: one step of LOBPCG (Knyazev 2001) at each
 * point, that is Rayleigh–Ritz on the span of the last eigenvectors, their residuals and the last directions of change.
 * Warm, one step is enough while θ moves little; the first time Krylov vectors of the gradient are improved by several.
 */
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective } from '../../engine/vector-space.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';
import { hessianProduct, type HessianProduct } from '../hessian-product.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** LOBPCG steps at the first point. */
const COLD_STEPS = 12;

export class EigenTracker<V> {
  /** Unit eigenvectors, by descending eigenvalue; read them, do not change them. */
  readonly vectors: readonly V[];
  /** Eigenvalues, descending. Fewer than asked for where the space has fewer dimensions. */
  lambdas: number[] = [];
  private readonly objective: Objective<V>;
  private readonly count: number;
  private readonly product: HessianProduct<V>;
  private readonly images: readonly V[];
  private readonly directions: readonly V[];
  /** In the order of the last orthonormalisation. */
  private readonly basis: V[];
  private readonly basisImages: readonly V[];
  private readonly own: Resources;
  private hasDirections = false;

  /** @param count number of eigenvectors */
  constructor(objective: Objective<V>, count: number) {
    this.objective = objective;
    this.count = count;
    using own = new Resources();
    this.product = own.use(hessianProduct(objective));
    const vectors = (length: number): V[] => createVectors(objective.space, length, own);
    this.vectors = vectors(count);
    this.images = vectors(count);
    this.directions = vectors(count);
    this.basis = vectors(3 * count);
    this.basisImages = vectors(3 * count);
    this.own = own.move();
  }

  /** Brings eigenvalues and eigenvectors to θ. Yields the gradients spent since the last yield. */
  async *update(theta: V): AsyncGenerator<number, void, undefined> {
    const { space } = this.objective;
    if (this.lambdas.length === 0) {
      yield* this.start(theta);
      for (let i = 0; i < COLD_STEPS; i++) yield* this.update(theta);
      return;
    }
    for (const [i, lambda] of this.lambdas.entries()) {
      space.copy(this.vectors[i]!, this.basis[i]!);
      const residual = this.basis[this.lambdas.length + i]!;
      space.copy(this.images[i]!, residual);
      space.axpy(-lambda, this.vectors[i]!, residual);
      if (this.hasDirections) space.copy(this.directions[i]!, this.basis[2 * this.lambdas.length + i]!);
    }
    yield* this.rayleighRitz(theta, (this.hasDirections ? 3 : 2) * this.lambdas.length);
  }

  dispose(): void {
    this.own.dispose();
  }

  /** Rayleigh–Ritz on g, Hg, H²g, … */
  private async *start(theta: V): AsyncGenerator<number, void, undefined> {
    const { space } = this.objective;
    await gradientOnly(this.objective, theta, this.basis[0]!);
    yield 1;
    for (let i = 1; i < this.count; i++) {
      await this.product.apply(theta, this.basis[i - 1]!, this.basis[i]!, i > 1);
      yield this.product.gradientsPerProduct;
      const norm = Math.sqrt(await space.dot(this.basis[i]!, this.basis[i]!));
      if (!(norm > 0)) {
        yield* this.rayleighRitz(theta, i);
        return;
      }
      space.scale(1 / norm, this.basis[i]!);
    }
    yield* this.rayleighRitz(theta, this.count);
  }

  private async *rayleighRitz(theta: V, candidates: number): AsyncGenerator<number, void, undefined> {
    const { space } = this.objective;
    const size = await this.orthonormalise(candidates);
    if (size === 0) throw new Error('eigenvectors can not be tracked: the gradient is zero or not finite');
    const [basis, images] = [this.basis.slice(0, size), this.basisImages.slice(0, size)];
    for (const [i, vector] of basis.entries()) {
      await this.product.apply(theta, vector, images[i]!, i > 0);
      yield this.product.gradientsPerProduct;
    }
    const projected = await Promise.all(
      basis.map((vector, i) => Promise.all(images.map((image, j) => (j >= i ? space.dot(vector, image) : 0)))),
    );
    const { values, vectors } = symmetricEigen(projected);
    const kept = Math.min(this.count, size);
    // The first of the basis span the last eigenvectors: what is not of them is the direction of change.
    const old = Math.min(this.lambdas.length, size);
    this.hasDirections = size > old && old > 0;
    this.lambdas = [];
    for (let k = 0; k < kept; k++) {
      const coefficients = vectors[size - 1 - k]!;
      this.lambdas.push(values[size - 1 - k]!);
      for (const target of [this.vectors[k]!, this.images[k]!, this.directions[k]!]) space.scale(0, target);
      for (let i = 0; i < size; i++) {
        space.axpy(coefficients[i]!, basis[i]!, this.vectors[k]!);
        space.axpy(coefficients[i]!, images[i]!, this.images[k]!);
        if (i >= old) space.axpy(coefficients[i]!, basis[i]!, this.directions[k]!);
      }
    }
  }

  /**
   * Makes the first vectors of the basis orthonormal, in order, and leaves out what depends on those before it; returns
   * how many remain.
   */
  private async orthonormalise(candidates: number): Promise<number> {
    const { space } = this.objective;
    let size = 0;
    for (let i = 0; i < candidates; i++) {
      const vector = this.basis[i]!;
      const before = Math.sqrt(await space.dot(vector, vector));
      if (!(before > 1e-30) || !Number.isFinite(before)) continue;
      space.scale(1 / before, vector);
      let norm = 1;
      for (let pass = 0; pass < 2; pass++) {
        const overlaps = await Promise.all(this.basis.slice(0, size).map((other) => space.dot(other, vector)));
        overlaps.forEach((overlap, j) => space.axpy(-overlap, this.basis[j]!, vector));
        const left = Math.sqrt(await space.dot(vector, vector));
        norm *= left;
        if (!(norm > 1e-4)) break;
        space.scale(1 / left, vector);
      }
      if (!(norm > 1e-4)) continue;
      const swapped = this.basis[size]!;
      this.basis[size] = vector;
      this.basis[i] = swapped;
      size++;
    }
    return size;
  }
}
