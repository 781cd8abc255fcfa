/** What is computed beside the training, counted by what it is for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { WasmDevice } from '../engine/wasm/wasm-device.ts';
import { meterOf, passFlops } from '../model/work-meter.ts';
import { T5Objective } from './t5-objective.ts';
import { pooled } from './testing/curvature-gap.ts';
import { CURVATURE_MODELS, curvatureBatch, curvatureDirection, curvatureParameters } from './testing/curvature-models.ts';

let device: WasmDevice;
beforeAll(async () => {
  device = await nodeWasmDevice();
});
afterAll(() => device.dispose());

describe('work beside the training', () => {
  const config = Object.values(CURVATURE_MODELS)[0]!;
  const batch = curvatureBatch(config);
  const pass = passFlops(config, batch);

  test('a loss is one forward pass, a gradient three, a product of the Hessian two gradients (10.29)', async () => {
    const meter = meterOf(device);
    const objective = await T5Objective.create(device, config, batch);
    const theta = pooled(device, objective, curvatureParameters(config, 5));
    const [v, out] = [pooled(device, objective, curvatureDirection(config, 7)), objective.space.create()];
    const spent = async (work: () => Promise<unknown>): Promise<number> => {
      meter.reset();
      await work();
      return meter.flops.predictions;
    };
    expect(pass).toBeGreaterThan(0);
    expect(await spent(() => objective.loss(theta))).toBe(pass);
    expect(await spent(() => objective.lossAndGradient(theta, out))).toBe(3 * pass);
    expect(await spent(() => objective.hessianProduct().apply(theta, v, out))).toBe(6 * pass);
    expect(await spent(() => objective.gaussNewtonProduct().apply(theta, v, out))).toBe(4.5 * pass);
    objective.dispose();
  });

  test('counts for whoever asks, and for predictions again afterwards, also after an error (10.29)', async () => {
    const meter = meterOf(device);
    const objective = await T5Objective.create(device, config, batch);
    const theta = pooled(device, objective, curvatureParameters(config, 5));
    meter.reset();
    await meter.during('sharpness', () => objective.loss(theta));
    await expect(meter.during('probe', () => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
    expect(() =>
      meter.as('probe', () => {
        throw new Error('stop');
      }),
    ).toThrow('stop');
    await objective.loss(theta);
    expect(meter.flops).toEqual({ probe: 0, sharpness: pass, predictions: pass });
    objective.dispose();
  });
});
