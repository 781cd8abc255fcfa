import type { Device } from '../src/engine/device.ts';
import { nodeWasmDevice } from '../src/engine/wasm/node.ts';

/** The device on which the theory is checked: the page's own wasm kernels. */
export function laboratoryDevice(): Promise<Device> {
  return nodeWasmDevice();
}
