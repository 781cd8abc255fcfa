/**
 * Hessian-vector products of the fourth order, where one is worth twice the gradients: two central differences, one
 * twice as wide, with their leading error taken out (Richardson). On T5 in float32 a single width is either too wide
 * for v = ∇L (truncation) or too narrow for a random v (rounding); at this one both are within 5e-4, tensor by tensor.
 */
import type { Objective } from '../engine/vector-space.ts';
import { type HessianProduct, centralDifferenceProduct } from './sharpness.ts';

const WIDTH = 3e-4;

export function accurateProduct<V>(objective: Objective<V>, width = WIDTH): HessianProduct<V> {
  const { space } = objective;
  const [narrow, wide] = [centralDifferenceProduct(objective, width), centralDifferenceProduct(objective, 2 * width)];
  const other = space.create();
  return {
    gradientsPerProduct: narrow.gradientsPerProduct + wide.gradientsPerProduct,
    async apply(theta, v, out) {
      await narrow.apply(theta, v, out);
      await wide.apply(theta, v, other);
      space.scale(4 / 3, out);
      space.axpy(-1 / 3, other, out);
    },
    dispose() {
      narrow.dispose();
      wide.dispose();
      space.dispose(other);
    },
  };
}
