/** A software WebGPU device for a test, and the reference it is compared with. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { ReferenceDevice } from '../../reference/reference-device.ts';
import { probeGpu } from '../gpu.ts';
import { createWebGPUDevice, type WebGPUDevice, type WebGPUDeviceOptions } from '../webgpu-device.ts';

/** @param weakest with the limits that every adapter has */
export async function openDevice(options: WebGPUDeviceOptions = {}, weakest = false): Promise<WebGPUDevice> {
  const probe = await probeGpu(undefined, weakest);
  if ('reason' in probe) throw new Error(`these tests need WebGPU, but ${probe.reason.message}`);
  return createWebGPUDevice(probe.gpu, options);
}

export async function openReference(): Promise<ReferenceDevice> {
  await tf.setBackend('cpu');
  return new ReferenceDevice();
}

/** Bytes held on the device besides staging buffers that wait for their next reading. */
export function heldBytes(device: WebGPUDevice): number {
  const { memory } = device as unknown as { readonly memory: { readonly idle: readonly { readonly size: number }[] } };
  return device.bytes() - memory.idle.reduce((sum, { size }) => sum + size, 0);
}
