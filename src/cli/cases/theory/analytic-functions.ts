/**
 * Functions with known derivatives, L(x) = x'Ax/2 + b'x + Σ sin((Cx)_i), over float64 arrays, as the analytic reference
 * case gives them.
 */
import type { Objective } from '../../../engine/vector-space.ts';
import { createFloat64Space } from '../../../theory/float64-space.ts';
import type { HessianProduct } from '../../../theory/hessian-product.ts';
import type { Json } from '../json.ts';

type Matrix = readonly (readonly number[])[];
const times = (matrix: Matrix, x: ArrayLike<number>): number[] =>
  matrix.map((row) => row.reduce((sum, value, j) => sum + value * (x[j] ?? 0), 0));

export interface Analytic extends Objective<Float64Array> {
  hessian(x: ArrayLike<number>, v: ArrayLike<number>): number[];
}

export function analytic(json: Json): Analytic {
  const [A, b, C] = [json.get('A').matrix(), json.get('b').numbers(), json.get('C').matrix()];
  const n = b.length;
  const column = (matrix: Matrix, j: number): number[] => matrix.map((row) => row[j] ?? 0);
  const loss = (x: ArrayLike<number>): number =>
    times(A, x).reduce((sum, a, i) => sum + (a / 2 + (b[i] ?? 0)) * (x[i] ?? 0), 0) + times(C, x).reduce((sum, c) => sum + Math.sin(c), 0);
  return {
    space: createFloat64Space(n),
    loss,
    lossAndGradient(x, gradient) {
      const cosines = times(C, x).map(Math.cos);
      times(A, x).forEach(
        (a, i) => (gradient[i] = a + (b[i] ?? 0) + column(C, i).reduce((sum, c, row) => sum + c * (cosines[row] ?? 0), 0)),
      );
      return loss(x);
    },
    hessian(x, v) {
      const weights = times(C, v).map((c, row) => -c * Math.sin(times(C, x)[row] ?? 0));
      return times(A, v).map((a, i) => a + column(C, i).reduce((sum, c, row) => sum + c * (weights[row] ?? 0), 0));
    },
  };
}

/** Hessian products without differences. */
export function exactProduct(objective: Analytic): HessianProduct<Float64Array> {
  return {
    gradientsPerProduct: 2,
    apply: (theta, v, out) => {
      out.set(objective.hessian(theta, v));
      return Promise.resolve();
    },
    dispose() {},
  };
}
