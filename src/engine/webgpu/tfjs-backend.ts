/**
 * Makes our GPU device tfjs's: its `webgpu` backend is built on it, so that a tensor of tfjs and a pool of ours can
 * be one buffer (`tf.tensor({ buffer, zeroCopy: true }, shape)`).
 *
 * The backend's package registers a factory of its own when it is imported, with a device of its own, and the first
 * registration wins; so it is taken out again, also when a lost device is followed by a new one.
 */
import * as tf from '@tensorflow/tfjs';
import type { Gpu } from './gpu.ts';

const NAME = 'webgpu';

export async function shareWithTfjs({ device, info }: Gpu): Promise<void> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if (tf.findBackendFactory(NAME)) tf.removeBackend(NAME);
  tf.registerBackend(NAME, () => new WebGPUBackend(device, info), 3);
}
