/**
 * The entry that `npm run bench:contestant` bundles for the stopwatch, an ES module with `create(job)`.
 * `job.device`: `webgpu` or `wasm`. The binaries are inside the bundle, so that it can be served from anywhere.
 */
import backendBytes from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import kernels from '../../src/engine/wasm/build/kernels.wasm';
import type { Device } from '../../src/engine/device.ts';
import { Graph } from '../../src/engine/graph.ts';
import { makeLayout } from '../../src/engine/layout.ts';
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
  if ('reason' in probe) throw new Error(`no WebGPU here: ${probe.reason.message}`);
  return createWebGPUDevice(probe.gpu);
}

export async function create(job: StopwatchJob): Promise<StopwatchSession> {
  return StopwatchSession.create(await deviceFor(job.device), job);
}

/** GFLOP/s of a 512³ product on the device: what the kernels can reach at best. */
export async function peak(name: string): Promise<number> {
  const device = await deviceFor(name);
  const size = 512;
  const graph = new Graph(makeLayout(new Map()));
  const [a, b] = [graph.input('a', [size, size], 'float32'), graph.input('b', [size, size], 'float32')];
  const products = 8;
  for (let i = 0; i < products; i++) graph.push('matmul', { a, b }, { c: graph.output(`c${i}`, [size, size]) }, { transposeB: true });
  const program = await device.compile(graph, {});
  program.setInput(
    'a',
    Float32Array.from({ length: size * size }, (_, i) => Math.sin(i)),
  );
  program.setInput(
    'b',
    Float32Array.from({ length: size * size }, (_, i) => Math.cos(i)),
  );
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    program.run();
    await program.read('c0');
    best = Math.min(best, performance.now() - start);
  }
  program.dispose();
  device.dispose();
  return (products * 2 * size ** 3) / best / 1e6;
}
