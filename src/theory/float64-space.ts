/**
 * The vector space of Float64Arrays: for tests and for problems that fit on the host. `live` counts the vectors
 * that were created and not yet disposed of, so that a test can see a leak.
 */
import type { VectorSpace } from '../engine/vector-space.ts';

export interface Float64Space extends VectorSpace<Float64Array> {
  readonly dimension: number;
  /** Vectors created and not yet disposed of. */
  live(): number;
  dot(x: Float64Array, y: Float64Array): number;
}

export function createFloat64Space(dimension: number): Float64Space {
  const alive = new Set<Float64Array>();
  return {
    float64: true,
    dimension,
    live: () => alive.size,
    create() {
      const vector = new Float64Array(dimension);
      alive.add(vector);
      return vector;
    },
    dispose(vector) {
      if (!alive.delete(vector)) throw new Error('this vector was disposed of already, or belongs to another space');
    },
    copy(from, to) {
      to.set(from);
    },
    axpy(a, x, y) {
      for (let i = 0; i < dimension; i++) y[i] = y[i]! + a * x[i]!;
    },
    scale(a, x) {
      for (let i = 0; i < dimension; i++) x[i] = a * x[i]!;
    },
    dot(x, y) {
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += x[i]! * y[i]!;
      return sum;
    },
  };
}
