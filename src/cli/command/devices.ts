/** The adapters under Node: wasm, WebGPU through Dawn where there is one, and the plain reference. */
import { tell } from '../../experiment/messages/tell.ts';
import { type Adapter, chooseAdapter } from '../../engine/adapters.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { dawnGpu } from './dawn.ts';

export const GOLDEN_ADAPTERS = ['wasm', 'webgpu', 'reference'] as const;
export type GoldenAdapter = (typeof GOLDEN_ADAPTERS)[number];

/** `auto`: hardware WebGPU, else wasm. `webgpu`: a software adapter will do; throws if there is none at all. */
export async function openDevice(choice: 'auto' | GoldenAdapter, onCompile?: (done: number, total: number) => void): Promise<Adapter> {
  if (choice === 'reference') {
    const { ReferenceDevice } = await import('../../engine/reference/reference-device.ts');
    // Of the backends that are loaded, the one that is there without being started.
    const tf = await import('@tensorflow/tfjs');
    await tf.setBackend('cpu');
    return {
      device: new ReferenceDevice(),
      report: { kind: 'reference', description: 'plain tfjs operations', reason: tell('reference-asked-for') },
    };
  }
  const dawn = choice === 'wasm' ? { reason: tell('wasm-asked-for') } : await dawnGpu(choice === 'webgpu');
  const adapter = await chooseAdapter(choice, {
    wasm: nodeWasmDevice,
    ...('gpu' in dawn ? { gpu: dawn.gpu } : {}),
    ...(onCompile === undefined ? {} : { onCompile }),
  });
  if (choice === 'webgpu' && adapter.report.kind !== 'webgpu' && adapter.report.kind !== 'webgpu-software') {
    adapter.device.dispose();
    throw new Error(`adapter=webgpu: ${('reason' in dawn ? dawn : adapter.report).reason?.message}; wasm is always there`);
  }
  // A browser's reasons would not help here.
  return 'reason' in dawn ? { ...adapter, report: { ...adapter.report, reason: tell('on-wasm', { why: dawn.reason }) } } : adapter;
}
