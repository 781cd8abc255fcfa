/**
 * Which adapter a run is on, and why: hardware WebGPU, else wasm, else plain tfjs. Software WebGPU is slower than wasm
 * on the same processor and is used only where it is asked for by name.
 */
import type { AdapterChoice } from '../experiment/experiment.ts';
import type { Device, DeviceKind } from './device.ts';

interface AdapterReport {
  readonly kind: DeviceKind;
  readonly description: string;
  /** In words, for the badge and what it says when asked. */
  readonly reason: string;
}

export interface AdapterOptions {
  /** Makes the wasm device; where its files lie differs between browser and Node. */
  readonly wasm: () => Promise<Device>;
  /** `navigator.gpu` unless given (Node has none of its own). */
  readonly gpu?: GPU;
  /** Pipelines compiled so far, of how many. */
  readonly onCompile?: (done: number, total: number) => void;
}

export interface Adapter {
  readonly device: Device;
  readonly report: AdapterReport;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Never throws unless even plain tfjs fails. */
export async function chooseAdapter(choice: AdapterChoice, options: AdapterOptions): Promise<Adapter> {
  let why = 'wasm was asked for';
  if (choice !== 'wasm') {
    const found = await tryWebGPU(choice, options);
    if ('device' in found) return found;
    why = found.reason;
  }
  try {
    return { device: await options.wasm(), report: { kind: 'wasm', description: 'WebAssembly SIMD', reason: `WebAssembly: ${why}` } };
  } catch (error) {
    const { ReferenceDevice } = await import('./reference/reference-device.ts');
    await ensureCpuBackend();
    return {
      device: new ReferenceDevice(),
      report: {
        kind: 'reference',
        description: 'plain tfjs operations',
        reason: `Plain JavaScript, much slower: ${why}, and WebAssembly failed (${messageOf(error)})`,
      },
    };
  }
}

async function tryWebGPU(
  choice: AdapterChoice,
  { gpu: source, onCompile }: AdapterOptions,
): Promise<Adapter | { readonly reason: string }> {
  try {
    const { probeGpu } = await import('./webgpu/gpu.ts');
    const probe = await probeGpu(source);
    if ('reason' in probe) return probe;
    const { gpu } = probe;
    if (gpu.software && choice === 'auto') {
      gpu.device.destroy();
      return { reason: 'no graphics processor was found' };
    }
    const { createWebGPUDevice } = await import('./webgpu/webgpu-device.ts');
    const device = await createWebGPUDevice(gpu, onCompile ? { onCompile } : {});
    // Which kernels is decided by the kind of adapter, not by a measurement: that could fall differently another day, and change the bits.
    const reason = gpu.software
      ? 'Software WebGPU: no GPU found, slower; products in tiles of registers, as a processor likes them'
      : `WebGPU · ${gpu.description}; products in tiles of shared memory, as a GPU likes them`;
    return { device, report: { kind: device.kind, description: gpu.description, reason } };
  } catch (error) {
    return { reason: `WebGPU failed (${messageOf(error)})` };
  }
}

/** The lean tfjs of the browser has no backend of its own; Node's has the CPU's. */
async function ensureCpuBackend(): Promise<void> {
  const tf = await import('@tensorflow/tfjs');
  if (!tf.findBackendFactory('cpu')) await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
}
