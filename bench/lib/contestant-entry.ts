/**
 * What `npm run bench:contestant` bundles: our entry for the stopwatch, an ES module with `create(job)`.
 * `job.device`: `webgpu` or `wasm`. The binaries are inside the bundle, so that it can be served from anywhere.
 */
import backendBytes from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import kernels from '../../src/engine/wasm/build/kernels.wasm';
import type { Device } from '../../src/engine/device.ts';
import { createWasmDevice } from '../../src/engine/wasm/wasm-device.ts';
import { probeGpu } from '../../src/engine/webgpu/gpu.ts';
import { createWebGPUDevice } from '../../src/engine/webgpu/webgpu-device.ts';
import { StopwatchSession, type StopwatchJob } from './stopwatch-session.ts';

async function deviceFor(name: string): Promise<Device> {
  if (name.startsWith('wasm')) {
    const address = URL.createObjectURL(new Blob([backendBytes], { type: 'application/wasm' }));
    try {
      return await createWasmDevice({ kernels, backend: address });
    } finally {
      URL.revokeObjectURL(address);
    }
  }
  if (name !== 'webgpu') throw new Error(`device ${name} is not known; webgpu and wasm are`);
  const probe = await probeGpu();
  if ('reason' in probe) throw new Error(`no WebGPU here: ${probe.reason}`);
  return createWebGPUDevice(probe.gpu);
}

export async function create(job: StopwatchJob): Promise<StopwatchSession> {
  return StopwatchSession.create(await deviceFor(job.device), job);
}
