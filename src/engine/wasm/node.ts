/** The wasm device under Node, for tests, benchmarks and the command line. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWasmDevice, type WasmDevice } from './wasm-device.ts';

const KERNELS = fileURLToPath(new URL('build/kernels.wasm', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../../../scripts/build-kernels.mjs', import.meta.url));

/** Bytes of our kernels, compiled first if they are missing or older than their source. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const { status } = spawnSync(process.execPath, [SCRIPT], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('the wasm kernels do not compile; `npm run kernels` shows why');
  return new Uint8Array(readFileSync(KERNELS));
}

/** Path of tfjs's own wasm binary. */
export function backendPath(): string {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  return join(dirname(main), 'tfjs-backend-wasm-simd.wasm');
}

export function nodeWasmDevice(): Promise<WasmDevice> {
  return createWasmDevice({ kernels: kernelBytes(), backend: backendPath() });
}
