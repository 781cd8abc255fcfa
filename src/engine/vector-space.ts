/**
 * A vector space as the theory and the optimizers need it, so that the same integrators run on float64
 * arrays in tests and on pooled parameter sets on an adapter. Operations are queued in order; only `dot`
 * has to wait for a result.
 */
export interface VectorSpace<V> {
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
}

/** A loss and its gradient over a vector space: `gradient ← ∇L(θ)`, resolves to L(θ). θ is not changed. */
export interface Objective<V> {
  readonly space: VectorSpace<V>;
  lossAndGradient(theta: V, gradient: V): number | Promise<number>;
  loss(theta: V): number | Promise<number>;
  /** `gradient ← ∇L(θ)` where the loss is not wanted, so that nothing has to wait for a read-back. */
  gradient?(theta: V, gradient: V): void | Promise<void>;
  /** As `lossAndGradient`, without waiting for the loss: on a GPU nothing is read back. */
  gradient?(theta: V, gradient: V): void | Promise<void>;
}
