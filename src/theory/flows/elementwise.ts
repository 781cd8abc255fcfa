/**
 * Vector spaces whose elements can be combined one by one, for flows of optimizers that scale every coordinate by
 * itself (adaptive-flow.ts).
 */
import type { Pool } from '../../engine/device.ts';
import type { VectorSpace } from '../../engine/vector-space.ts';
import type { PoolSpace } from '../../training/t5-objective.ts';

export interface ElementwiseSpace<V> extends VectorSpace<V> {
  /** out_j ← f(x_j, y_j, z_j); `out` may be one of the others. */
  zip(x: V, y: V, z: V, out: V, f: (x: number, y: number, z: number) => number): void | Promise<void>;
}

/** Of arrays in host memory. */
export function elementwiseArrays(space: VectorSpace<Float64Array>): ElementwiseSpace<Float64Array> {
  return {
    ...space,
    zip(x, y, z, out, f) {
      for (let i = 0; i < out.length; i++) out[i] = f(x[i]!, y[i]!, z[i]!);
    },
  };
}

/** Of pools, through host memory: for the hundred steps over which such a flow is drawn, not for long trajectories. */
export function elementwisePools(space: PoolSpace): ElementwiseSpace<Pool> {
  return {
    create: () => space.create(),
    dispose: (pool) => space.dispose(pool),
    copy: (from, to) => space.copy(from, to),
    axpy: (a, x, y) => space.axpy(a, x, y),
    scale: (a, x) => space.scale(a, x),
    dot: (x, y) => space.dot(x, y),
    async zip(x, y, z, out, f) {
      const [xs, ys, zs] = await Promise.all([space.toTensors(x), space.toTensors(y), space.toTensors(z)]);
      for (const [name, { data }] of xs) {
        const [second, third] = [ys.get(name)!.data, zs.get(name)!.data];
        for (let i = 0; i < data.length; i++) data[i] = f(data[i]!, second[i]!, third[i]!);
      }
      space.writeTensors(xs, out);
    },
  };
}
