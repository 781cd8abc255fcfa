/**
 * A device with no more than WebGPU promises everywhere: 128 MiB a binding, 65,535 workgroups a dimension, 16 KiB of
 * shared memory.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import '../testing/allclose.ts';
import { evaluate, Numbers, type CaseOf } from '../testing/one-operation.ts';
import { openDevice, openReference } from './testing/open.ts';
import type { WebGPUDevice } from './webgpu-device.ts';

let device: WebGPUDevice;
beforeAll(async () => {
  device = await openDevice({ hardwareKernels: true }, true);
});
afterAll(() => device.dispose());

test('it has no more', () => {
  const { maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension, maxComputeWorkgroupStorageSize } = device.gpu.limits;
  expect([maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension, maxComputeWorkgroupStorageSize]).toEqual([2 ** 27, 65535, 16384]);
});

test.each([
  ['in blocks', 132, 68, 1160, true],
  ['by lanes', 18, 35, 67, false],
])('the kernels for hardware compute a product %s there', async (_name, m, n, k, transposeA) => {
  const random = new Numbers(m);
  const one: CaseOf<'matmul'> = {
    op: 'matmul',
    inputs: { a: random.floats(transposeA ? [k, m] : [m, k]), b: random.floats([k, n]) },
    outputs: { c: [m, n] },
    attributes: { transposeA, transposeB: false, alpha: 1, accumulate: false },
  };
  const reference = await openReference();
  const [actual, expected] = [await evaluate(device, one), await evaluate(reference, one)];
  expect(actual.get('c')).toBeAllclose(expected.get('c')!, { ofLargest: 1e-5 });
});

test('more workgroups than one dimension has go on in the second', async () => {
  const size = 65536 * 64 + 1;
  const one: CaseOf<'add'> = {
    op: 'add',
    inputs: {
      a: { shape: [size], dtype: 'float32', data: new Float32Array(size).fill(1) },
      b: { shape: [size], dtype: 'float32', data: new Float32Array(size).fill(2) },
    },
    outputs: { c: [size] },
    attributes: {},
  };
  const sums = (await evaluate(device, one)).get('c')!;
  expect([sums.length, sums.every((value) => value === 3)]).toEqual([size, true]);
});
