/** WebGPU under Node through the optional package `webgpu` (Dawn). */
import type { Device } from '../engine/device.ts';

/** A device, or in words why there is none. `software`: take a software adapter too. */
export async function openDawn(_software: boolean, _onCompile: (done: number, total: number) => void): Promise<{ readonly device: Device } | { readonly reason: string }> {
  return { reason: 'not built yet' };
}
