/** How a WebGPU device tells what went wrong: by type, so that a session knows where to go on. */
import { expect, test } from 'vitest';
import { OutOfMemoryError, ShaderError } from '../faults.ts';
import { makeLayout } from '../layout.ts';
import { Pipelines } from './compile/pipelines.ts';
import type { Shader } from './compile/shader.ts';
import { openDevice } from './testing/open.ts';

test('memory that WebGPU runs out of later is told as a loss of that kind', async () => {
  const device = await openDevice();
  const error = new GPUOutOfMemoryError('out of memory');
  device.gpu.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
  expect(await device.lost).toMatchObject({
    kind: 'out-of-memory',
    reason: { said: { code: 'webgpu-error' }, message: 'WebGPU error: out of memory' },
  });
  device.dispose();
});

test('a buffer beyond the adapter’s limit is refused before it is asked for', async () => {
  const device = await openDevice();
  const before = device.bytes();
  expect(() => device.createPool(makeLayout(new Map([['huge', [2 ** 40]]])))).toThrow(OutOfMemoryError);
  expect(device.bytes()).toBe(before);
  device.dispose();
});

test('a shader that does not compile is refused with its line; the device goes on', async () => {
  const device = await openDevice();
  const pipelines = new Pipelines(device.gpu);
  const shader: Shader = {
    key: 'broken',
    text: '@compute @workgroup_size(1)\nfn main( {',
    label: 'broken',
    bindings: [],
    words: new Uint32Array(4),
    workgroups: [1, 1],
  };
  const refused = pipelines.get(shader);
  await expect(refused).rejects.toBeInstanceOf(ShaderError);
  await expect(refused).rejects.toThrow(/the shader broken does not compile: line 2/);
  const lost = await Promise.race([device.lost, new Promise((resolve) => setTimeout(() => resolve('not lost'), 200))]);
  expect(lost).toBe('not lost');
  const layout = makeLayout(new Map([['w', [100]]]));
  const pool = device.createPool(layout);
  device.write(pool, new Float32Array(layout.size).fill(2));
  expect(await device.dot(pool, pool)).toBe(4 * layout.size);
  device.dispose();
});
