/**
 * Exact products with a T5's curvature on WebGPU, against float64: the kernels for a CPU adapter and those for
 * hardware.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../engine/webgpu/testing/open.ts';
import type { WebGPUDevice } from '../engine/webgpu/webgpu-device.ts';
import { productGaps, PRODUCTS } from './testing/curvature-gap.ts';
import { CURVATURE_MODELS } from './testing/curvature-models.ts';

describe.each([
  ['software', false],
  ['hardware', true],
])('kernels for %s', (_, hardwareKernels) => {
  let device: WebGPUDevice;
  beforeAll(async () => {
    device = await openDevice({ hardwareKernels });
  });
  afterAll(() => device.dispose());

  test.each(Object.entries(CURVATURE_MODELS))('%s: products are those of float64 (10.18)', async (_name, config) => {
    for (const kind of PRODUCTS) for (const gap of await productGaps(device, config, kind)) expect(gap, kind).toBeLessThan(1e-4);
  });
});
