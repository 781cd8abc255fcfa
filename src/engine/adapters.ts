/**
 * Which adapter a run is on, and why: hardware WebGPU, else wasm, else plain tfjs. Software WebGPU is slower than wasm
 * on the same processor and is used only where it is asked for by name.
 */
import type { AdapterChoice } from '../experiment/experiment.ts';
import type { Told } from '../experiment/messages/say.ts';
import { tell, tellError } from '../experiment/messages/tell.ts';
import type { Device, DeviceKind } from './device.ts';

interface AdapterReport {
  readonly kind: DeviceKind;
  readonly description: string;
  /** Why this one, for the badge and what it says when asked; null where nothing is to be said. */
  readonly reason: Told | null;
  /** It is the one that was asked for by name. */
  readonly asked?: true;
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

/** Never throws unless even plain tfjs fails. */
export async function chooseAdapter(choice: AdapterChoice, options: AdapterOptions): Promise<Adapter> {
  let why = tell('wasm-asked-for');
  if (choice !== 'wasm') {
    const found = await tryWebGPU(choice, options);
    if ('device' in found) return found;
    why = found.reason;
  }
  try {
    const report: AdapterReport = { kind: 'wasm', description: 'WebAssembly SIMD', reason: tell('on-wasm', { why }) };
    return { device: await options.wasm(), report: choice === 'wasm' ? { ...report, asked: true } : report };
  } catch (error) {
    const { ReferenceDevice } = await import('./reference/reference-device.ts');
    await ensureCpuBackend();
    return {
      device: new ReferenceDevice(),
      report: {
        kind: 'reference',
        description: 'plain tfjs operations',
        reason: tell('on-reference', { why, failure: tellError(error) }),
      },
    };
  }
}

async function tryWebGPU(choice: AdapterChoice, { gpu: source, onCompile }: AdapterOptions): Promise<Adapter | { readonly reason: Told }> {
  try {
    const { probeGpu } = await import('./webgpu/gpu.ts');
    const probe = await probeGpu(source);
    if ('reason' in probe) return probe;
    const { gpu } = probe;
    if (gpu.software && choice === 'auto') {
      gpu.device.destroy();
      return { reason: tell('no-graphics-processor') };
    }
    const { createWebGPUDevice } = await import('./webgpu/webgpu-device.ts');
    const device = await createWebGPUDevice(gpu, onCompile ? { onCompile } : {});
    // Which kernels is decided by the kind of adapter, not by a measurement: that could fall differently another day,
    // and change the bits.
    const reason = gpu.software ? tell('on-software-webgpu') : tell('on-webgpu', { adapter: gpu.description });
    return { device, report: { kind: device.kind, description: gpu.description, reason } };
  } catch (error) {
    return { reason: tell('webgpu-failed', { why: tellError(error) }) };
  }
}

/** The lean tfjs of the browser has no backend of its own; Node's has the CPU's. */
async function ensureCpuBackend(): Promise<void> {
  const tf = await import('@tensorflow/tfjs');
  if (!tf.findBackendFactory('cpu')) await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
}
