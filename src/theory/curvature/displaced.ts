/**
 * An objective as a function of the displacement from a point. In float32 a displacement keeps seven digits of its own,
 * where θ itself loses what is below 1e-7 of it: that is what makes orders of convergence visible on a T5.
 */
import type { HessianProduct, Objective } from '../../engine/vector-space.ts';
import { hessianProduct } from '../hessian-product.ts';

export function displaced<V>(objective: Objective<V>, origin: V): Objective<V> {
  const { space } = objective;
  const point = space.create();
  const at = (displacement: V): V => {
    space.copy(origin, point);
    space.axpy(1, displacement, point);
    return point;
  };
  return {
    space,
    loss: (displacement) => objective.loss(at(displacement)),
    lossAndGradient: (displacement, gradient) => objective.lossAndGradient(at(displacement), gradient),
    hessianProduct: () => displacedProduct(objective, origin),
  };
}

/** Hessian products at origin + displacement. */
export function displacedProduct<V>(objective: Objective<V>, origin: V): HessianProduct<V> {
  const { space } = objective;
  const [point, product] = [space.create(), hessianProduct(objective)];
  return {
    gradientsPerProduct: product.gradientsPerProduct,
    apply(displacement, v, out, unmoved) {
      space.copy(origin, point);
      space.axpy(1, displacement, point);
      return product.apply(point, v, out, unmoved);
    },
    dispose() {
      product.dispose();
      space.dispose(point);
    },
  };
}
