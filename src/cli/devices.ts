/** The adapters under Node: wasm, WebGPU through Dawn where there is one, and the plain reference. */
import type { Device } from '../engine/device.ts';
import type { AdapterReport } from '../worker/protocol.ts';
import { openDawn } from './dawn.ts';

export const GOLDEN_ADAPTERS = ['wasm', 'webgpu', 'reference'] as const;
export type GoldenAdapter = (typeof GOLDEN_ADAPTERS)[number];

export interface OpenedDevice {
  readonly device: Device;
  readonly report: AdapterReport;
}

async function wasm(reason: string): Promise<OpenedDevice> {
  const { nodeWasmDevice } = await import('../engine/wasm/node.ts');
  return { device: await nodeWasmDevice(), report: { kind: 'wasm', description: '', reason } };
}

/** `auto`: hardware WebGPU, else wasm; software WebGPU only when asked for by `webgpu`. */
export async function openDevice(choice: 'auto' | GoldenAdapter, onCompile: (done: number, total: number) => void = () => {}): Promise<OpenedDevice> {
  switch (choice) {
    case 'wasm':
      return wasm('asked for');
    case 'reference': {
      const { ReferenceDevice } = await import('../engine/reference/reference-device.ts');
      return { device: new ReferenceDevice(), report: { kind: 'reference', description: 'plain tfjs operations', reason: 'asked for' } };
    }
    case 'webgpu':
    case 'auto': {
      const opened = await openDawn(choice === 'webgpu', onCompile);
      if (!('reason' in opened)) return { device: opened.device, report: { kind: opened.device.kind, description: opened.device.description, reason: choice === 'auto' ? 'hardware WebGPU' : 'asked for' } };
      if (choice === 'webgpu') throw new Error(`no WebGPU: ${opened.reason}`);
      return wasm(`no hardware WebGPU (${opened.reason})`);
    }
  }
}
