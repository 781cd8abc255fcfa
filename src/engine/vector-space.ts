import { Resources } from './jobs/resources.ts';

/**
 * A vector space as the theory and the optimizers need it, so that the same integrators run on float64
 * arrays in tests and on pooled parameter sets on an adapter. Operations are queued in order; only `dot`
 * has to wait for a result.
 */
export interface VectorSpace<V> {
  /** Its numbers are float64: derivatives may be taken as differences. Float32 has too few digits for that. */
  readonly float64?: true;
  /** A new zero vector. */
  create(): V;
  dispose(vector: V): void;
  /** to ← from */
  copy(from: V, to: V): void;
  /** y ← y + a·x */
  axpy(a: number, x: V, y: V): void;
  /** x ← a·x */
  scale(a: number, x: V): void;
  dot(x: V, y: V): number | Promise<number>;
  /**
   * x ← what is left of x without its parts along these orthonormal vectors (taken away twice), made a unit vector:
   * queued, its numbers stay where they are. Only in spaces in which asking for a number is slow; x is of no use where
   * nothing is left.
   */
  orthonormalise?(basis: readonly V[], x: V): Promise<Orthonormalised>;
}

export interface Orthonormalised {
  /** How much of x lay along the last of the vectors. */
  readonly overlap: number;
  /** ‖x‖² before it was made a unit vector. */
  readonly squared: number;
}

type Tuple<V, Count extends number, Found extends V[] = []> = number extends Count
  ? V[]
  : Found['length'] extends Count
    ? Found
    : Tuple<V, Count, [...Found, V]>;

/**
 * Several zero vectors, or none: where one can't be had, the others are given back. @param owner gives them back at the
 * end; without one the caller does
 */
export function createVectors<V, Count extends number>(space: VectorSpace<V>, count: Count, owner?: Resources): Tuple<V, Count> {
  using own = new Resources();
  const made: V[] = [];
  while (made.length < count) made.push(own.adopt(space.create(), (vector) => space.dispose(vector)));
  const kept = own.move();
  owner?.use(kept);
  return made as Tuple<V, Count>;
}

/**
 * Products with a symmetric matrix that depends on θ: the Hessian of a loss, or its Gauss–Newton matrix. Dispose of it
 * when done.
 */
export interface HessianProduct<V> {
  /** Gradients that a product costs, roughly. */
  readonly gradientsPerProduct: number;
  /**
   * out ← H(θ) v. θ and v are not changed; `out` must be neither.
   * @param unmoved θ is what it was at this one's last product: what depends on θ alone need not be computed again
   */
  apply(theta: V, v: V, out: V, unmoved?: boolean): Promise<void>;
  dispose(): void;
}

/** A loss and its gradient over a vector space: `gradient ← ∇L(θ)`, resolves to L(θ). θ is not changed. */
export interface Objective<V> {
  readonly space: VectorSpace<V>;
  lossAndGradient(theta: V, gradient: V): number | Promise<number>;
  loss(theta: V): number | Promise<number>;
  /** `gradient ← ∇L(θ)` where the loss is not wanted, so that nothing has to wait for a read-back. */
  gradient?(theta: V, gradient: V): void | Promise<void>;
  /** Exact products with the Hessian. */
  hessianProduct?(): HessianProduct<V>;
  /**
   * Exact products with the Gauss–Newton matrix JᵀH_outJ, J the Jacobian of the outputs, H_out the loss's second
   * derivative by them.
   */
  gaussNewtonProduct?(): HessianProduct<V>;
}
