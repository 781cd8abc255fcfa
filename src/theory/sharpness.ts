/**
 * The sharpness λ = largest eigenvalue of the Hessian H of the loss, from gradients alone.
 *
 * Hessian-vector products by central differences of the gradient,
 *     H v ≈ (∇L(θ + εv) - ∇L(θ - εv)) / 2ε,   ε = `relativeStep` · ‖θ‖/‖v‖,
 * the error of which is O(ε²) by truncation plus (rounding of the gradient)/ε.
 *
 * λ by Lanczos with full reorthogonalisation (Golub & Van Loan, Matrix Computations, 10.1–10.3): the tridiagonal
 * projection's top Ritz value, stopped as soon as the residual ‖Hy - λy‖ = β_m |s_m| of its Ritz vector is a small
 * share of it (the error of λ itself is smaller: quadratic in the residual). Started from the top eigenvector of the
 * last measurement, or from the gradient at the first: then it is the sharpness in the subspace where the run lives.
 */
import type { Objective } from '../engine/vector-space.ts';
import { gradientOnly } from './gradient-only.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/**
 * Best step of the central difference, as a share of ‖θ‖/‖v‖. `float32` was found on a T5 of 6,896 parameters: for a
 * random v the error falls to 2e-4 at 2e-4 (rounding), for v = ∇L, along which T5 bends far more, it grows from 1e-4 at
 * 3e-5 to 4e-3 at 2e-4 and 10 % at 1e-3 (truncation); at 6e-5 both are near 6e-4. `float64`: the same with rounding 1e-16.
 */
export const RELATIVE_STEP = { float32: 6e-5, float64: 1e-5 } as const;

export interface HessianProduct<V> {
  readonly gradientsPerProduct: number;
  /** out ← H(θ) v. θ and v are not changed; `out` must be neither. */
  apply(theta: V, v: V, out: V): Promise<void>;
  dispose(): void;
}

/** Hessian-vector products by central differences: two gradients each. */
export function centralDifferenceProduct<V>(objective: Objective<V>, relativeStep: number = RELATIVE_STEP.float32): HessianProduct<V> {
  const { space } = objective;
  const [shifted, minus] = [space.create(), space.create()];
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

export interface Sharpness {
  /** Largest eigenvalue of the Hessian. */
  readonly lambda: number;
  /** ‖Hy - λy‖/|λ| of its unit Ritz vector y: |error of λ|/λ is at most this. */
  readonly residual: number;
  readonly converged: boolean;
  readonly iterations: number;
  readonly gradients: number;
}

export interface SharpnessOptions {
  readonly relativeStep: number;
  /** Accepted residual as a share of λ. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export const SHARPNESS: SharpnessOptions = { relativeStep: RELATIVE_STEP.float32, tolerance: 0.01, maxIterations: 40 };

/** Measures the sharpness again and again along a run; keeps the top eigenvector, so that the next time costs less. */
export class SharpnessProbe<V> {
  private readonly objective: Objective<V>;
  private readonly options: SharpnessOptions;
  private readonly product: HessianProduct<V>;
  private readonly basis: V[] = [];
  private readonly top: V;
  private warm = false;

  constructor(objective: Objective<V>, options: Partial<SharpnessOptions> = {}) {
    this.objective = objective;
    this.options = { ...SHARPNESS, ...options };
    this.product = centralDifferenceProduct(objective, this.options.relativeStep);
    this.top = objective.space.create();
  }

  /** The unit eigenvector of the last measurement; read it, do not change it. */
  get eigenvector(): V {
    return this.top;
  }

  /** λ at θ, by Lanczos. Between measurements of one probe θ should move little. */
  async measure(theta: V): Promise<Sharpness> {
    const work = this.measuring(theta);
    for (;;) {
      const { done, value } = await work.next();
      if (done === true) return value;
    }
  }

  /** The same in slices: yields the gradients spent since the last yield. */
  async *measuring(theta: V): AsyncGenerator<number, Sharpness, undefined> {
    const { space } = this.objective;
    const { tolerance, maxIterations } = this.options;
    let gradients = 0;
    const w = this.vector(0);
    if (this.warm) space.copy(this.top, w);
    else {
      await gradientOnly(this.objective, theta, w);
      gradients++;
      yield 1;
    }
    const start = Math.sqrt(await space.dot(w, w));
    if (!(start > 0) || !Number.isFinite(start))
      throw new Error(`the sharpness can't be measured: the start vector's norm is ${start}; the gradient must be finite and not zero`);
    space.scale(1 / start, w);

    const diagonal: number[] = [];
    const beside: number[] = [];
    for (let m = 1; ; m++) {
      const next = this.vector(m);
      await this.product.apply(theta, this.basis[m - 1]!, next);
      gradients += this.product.gradientsPerProduct;
      yield this.product.gradientsPerProduct;
      const inside = this.basis.slice(0, m);
      // Classical Gram–Schmidt twice is as good as the modified one, and all its products can be asked for at once.
      let alpha = 0;
      for (let pass = 0; pass < 2; pass++) {
        const overlaps = await Promise.all(inside.map((q) => space.dot(q, next)));
        inside.forEach((q, i) => space.axpy(-overlaps[i]!, q, next));
        alpha += overlaps[m - 1]!;
      }
      diagonal.push(alpha);
      const beta = Math.sqrt(await space.dot(next, next));
      const projected = diagonal.map((_, i) =>
        diagonal.map((_unused, j) => (i === j ? diagonal[i]! : Math.abs(i - j) === 1 ? beside[Math.min(i, j)]! : 0)),
      );
      const { values, vectors } = symmetricEigen(projected);
      const lambda = values[m - 1]!;
      const ritz = vectors[m - 1]!;
      if (!Number.isFinite(lambda)) throw new Error(`the sharpness is ${lambda}: the gradient is not finite near θ`);
      const scale = Math.max(Math.abs(lambda), Number.MIN_VALUE);
      const residual = (beta * Math.abs(ritz[m - 1]!)) / scale;
      // The first Ritz value from the gradient is a mean over the spectrum, and its residual may be small by chance.
      const converged = residual <= tolerance && (this.warm || m > 2 || beta <= 1e-6 * scale);
      if (converged || m >= maxIterations || beta <= 1e-12 * scale) {
        space.scale(0, this.top);
        inside.forEach((q, i) => space.axpy(ritz[i]!, q, this.top));
        this.warm = true;
        return { lambda, residual, converged, iterations: m, gradients };
      }
      beside.push(beta);
      space.scale(1 / beta, next);
    }
  }

  dispose(): void {
    this.product.dispose();
    for (const vector of [this.top, ...this.basis]) this.objective.space.dispose(vector);
    this.basis.length = 0;
  }

  private vector(index: number): V {
    const known = this.basis[index];
    if (known !== undefined) return known;
    const made = this.objective.space.create();
    this.basis.push(made);
    return made;
  }
}
