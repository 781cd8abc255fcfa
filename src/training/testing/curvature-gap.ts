/** How far a device's exact products are from float64, on one of the models of curvature-models.ts. */
import type { Device, Pool } from '../../engine/device.ts';
import type { T5Config } from '../../model/config.ts';
import { createFloat64Space } from '../../theory/float64-space.ts';
import { T5Objective } from '../t5-objective.ts';
import { curvatureBatch, curvatureDirection, curvatureParameters, SHARE } from './curvature-models.ts';
import { float64Objective } from './float64-objective.ts';

export const PRODUCTS = ['hessianProduct', 'gaussNewtonProduct'] as const;

export function pooled(device: Device, objective: T5Objective, values: Float32Array): Pool {
  const pool = objective.space.create();
  device.write(pool, values);
  return pool;
}

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

/** ‖ours - float64‖/‖float64‖ of two products, the second of them at the same parameters. */
export async function productGaps(device: Device, config: T5Config, kind: (typeof PRODUCTS)[number]): Promise<number[]> {
  const batch = curvatureBatch(config);
  const objective = await T5Objective.create(device, config, batch);
  if (config.norm_release) objective.setGroupedShare(SHARE);
  const values = curvatureParameters(config);
  const reference = float64Objective(config, batch, createFloat64Space(values.length), SHARE)[kind]();
  const product = objective[kind]();
  const [theta, out] = [pooled(device, objective, values), objective.space.create()];
  const gaps: number[] = [];
  for (const seed of [3, 4]) {
    const direction = curvatureDirection(config, seed);
    const wanted = new Float64Array(values.length);
    await reference.apply(Float64Array.from(values), Float64Array.from(direction), wanted);
    await product.apply(theta, pooled(device, objective, direction), out, seed > 3);
    const ours = await device.read(out);
    gaps.push(norm(wanted.map((value, i) => ours[i]! - value)) / norm(wanted));
  }
  objective.dispose();
  return gaps;
}
