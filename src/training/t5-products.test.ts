/** Exact products with the Hessian and the Gauss–Newton matrix of a T5, against float64, on models of every form. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pool } from '../engine/device.ts';
import { WatchedDevice } from '../engine/testing/watched-device.ts';
import type { HessianProduct } from '../engine/vector-space.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { WasmDevice } from '../engine/wasm/wasm-device.ts';
import { T5Objective } from './t5-objective.ts';
import { pooled, productGaps, PRODUCTS } from './testing/curvature-gap.ts';
import { CURVATURE_MODELS, curvatureBatch, curvatureDirection, curvatureParameters } from './testing/curvature-models.ts';

let device: WasmDevice;
beforeAll(async () => {
  device = await nodeWasmDevice();
});
afterAll(() => device.dispose());

describe.each(Object.entries(CURVATURE_MODELS))('%s', (_, config) => {
  test.each(PRODUCTS)('%s is that of float64 (10.18)', async (kind) => {
    for (const gap of await productGaps(device, config, kind)) expect(gap).toBeLessThan(3e-5);
  });
});

describe('a product that goes on at the same θ', () => {
  const config = Object.values(CURVATURE_MODELS)[3]!;
  const [first, second] = [curvatureParameters(config, 5), curvatureParameters(config, 6)];

  /** The product at these parameters from a program that has seen nothing else. */
  async function fresh(kind: (typeof PRODUCTS)[number], values: Float32Array, batchSeed = 1): Promise<Float32Array> {
    const objective = await T5Objective.create(device, config, curvatureBatch(config, batchSeed));
    const out = objective.space.create();
    await objective[kind]().apply(pooled(device, objective, values), pooled(device, objective, curvatureDirection(config, 7)), out);
    const read = await device.read(out);
    objective.dispose();
    return read;
  }

  test.each(PRODUCTS)('%s: has the bits of one that begins anew, whatever was computed in between (10.18)', async (kind) => {
    const objective = await T5Objective.create(device, config, curvatureBatch(config));
    const [here, there] = [pooled(device, objective, first), pooled(device, objective, second)];
    const [v, w, out] = [
      pooled(device, objective, curvatureDirection(config, 7)),
      pooled(device, objective, curvatureDirection(config, 8)),
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
