/** Exact products with the Hessian and the Gauss–Newton matrix of a T5, against float64, on models of every form. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pool } from '../engine/device.ts';
import { WatchedDevice } from '../engine/testing/watched-device.ts';
import type { HessianProduct } from '../engine/vector-space.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { WasmDevice } from '../engine/wasm/wasm-device.ts';
import { createFloat64Space } from '../theory/float64-space.ts';
import { T5Objective } from './t5-objective.ts';
import { CURVATURE_MODELS, curvatureBatch, curvatureDirection, curvatureParameters, SHARE } from './testing/curvature-models.ts';
import { float64Objective } from './testing/float64-objective.ts';

let device: WasmDevice;
beforeAll(async () => {
  device = await nodeWasmDevice();
});
afterAll(() => device.dispose());

const KINDS = ['hessianProduct', 'gaussNewtonProduct'] as const;

/** ‖ours - wanted‖/‖wanted‖ */
function gap(ours: Float32Array, wanted: Float64Array): number {
  const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  return norm(wanted.map((value, i) => ours[i]! - value)) / norm(wanted);
}

const pooled = (objective: T5Objective, values: Float32Array): Pool => {
  const pool = objective.space.create();
  device.write(pool, values);
  return pool;
};

describe.each(Object.entries(CURVATURE_MODELS))('%s', (_, config) => {
  test.each(KINDS)('%s is that of float64 (10.18)', async (kind) => {
    const batch = curvatureBatch(config);
    const objective = await T5Objective.create(device, config, batch);
    if (config.norm_release) objective.setGroupedShare(SHARE);
    const values = curvatureParameters(config);
    const reference = float64Objective(config, batch, createFloat64Space(values.length), SHARE);
    const wantedProduct = reference[kind]();
    const product = objective[kind]();
    const [theta, out] = [pooled(objective, values), objective.space.create()];
    for (const seed of [3, 4]) {
      const direction = curvatureDirection(config, seed);
      const wanted = new Float64Array(values.length);
      await wantedProduct.apply(Float64Array.from(values), Float64Array.from(direction), wanted);
      await product.apply(theta, pooled(objective, direction), out, seed > 3);
      expect(gap(await device.read(out), wanted), `direction ${seed}`).toBeLessThan(3e-5);
    }
    objective.dispose();
  });
});

describe('a product that goes on at the same θ', () => {
  const config = Object.values(CURVATURE_MODELS)[3]!;
  const [first, second] = [curvatureParameters(config, 5), curvatureParameters(config, 6)];

  /** The product at these parameters from a program that has seen nothing else. */
  async function fresh(kind: (typeof KINDS)[number], values: Float32Array, batchSeed = 1): Promise<Float32Array> {
    const objective = await T5Objective.create(device, config, curvatureBatch(config, batchSeed));
    const out = objective.space.create();
    await objective[kind]().apply(pooled(objective, values), pooled(objective, curvatureDirection(config, 7)), out);
    const read = await device.read(out);
    objective.dispose();
    return read;
  }

  test.each(KINDS)('%s: has the bits of one that begins anew, whatever was computed in between (10.18)', async (kind) => {
    const objective = await T5Objective.create(device, config, curvatureBatch(config));
    const [here, there] = [pooled(objective, first), pooled(objective, second)];
    const [v, w, out] = [
      pooled(objective, curvatureDirection(config, 7)),
      pooled(objective, curvatureDirection(config, 8)),
      objective.space.create(),
    ];
    const [mine, other] = [objective[kind](), objective[kind]()];
    const result = async (product: HessianProduct<Pool>, theta: Pool, unmoved: boolean): Promise<Float32Array> => {
      await product.apply(theta, v, out, unmoved);
      return device.read(out);
    };
    const [atFirst, atSecond] = [await fresh(kind, first), await fresh(kind, second)];
    expect(await result(mine, here, false)).toEqual(atFirst);
    await mine.apply(here, w, out, true);
    await objective.lossAndGradient(there, out);
    expect(await result(mine, here, true), 'after a gradient elsewhere').toEqual(atFirst);
    expect(await result(other, there, true), 'of another user, who has not been there').toEqual(atSecond);
    expect(await result(mine, here, true), 'after the other user').toEqual(atFirst);
    objective.setBatch(curvatureBatch(config, 9));
    expect(await result(mine, here, true), 'with another batch').toEqual(await fresh(kind, first, 9));
    objective.dispose();
  });
});

test('programs are compiled when they are asked for, and given back, also when that fails (10.18)', async () => {
  const config = Object.values(CURVATURE_MODELS)[0]!;
  const own = await nodeWasmDevice();
  let fail = false;
  const watched = new WatchedDevice(own, {
    before(action) {
      if (fail && action === 'compile') throw new Error('no memory for it');
    },
  });
  const objective = await T5Objective.create(watched, config, curvatureBatch(config));
  const before = watched.held.programs;
  const [theta, v, out] = [objective.space.create(), objective.space.create(), objective.space.create()];
  own.write(theta, curvatureParameters(config));
  own.write(v, curvatureDirection(config, 1));
  const product = objective.hessianProduct();
  expect(watched.held.programs).toBe(before);
  const pools = watched.held.pools;
  fail = true;
  await expect(product.apply(theta, v, out)).rejects.toThrow('no memory for it');
  expect(watched.held.pools).toBe(pools);
  fail = false;
  await product.apply(theta, v, out);
  expect(watched.held.programs).toBe(before + 1);
  objective.dispose();
  expect(watched.held).toMatchObject({ pools: 0, programs: 0 });
  await expect(product.apply(theta, v, out)).rejects.toThrow('disposed of');
  own.dispose();
});
