/** The wasm device in a browser: the two binaries come as files beside the page, fetched only when they are needed. */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import backend from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import kernels from './build/kernels.wasm?url';
import { createWasmDevice, type WasmDevice } from './wasm-device.ts';

/** A file's address from where this script runs; the bundler gives it relative to the page or absolute. */
const absolute = (address: string): string => new URL(address, import.meta.url).href;

export async function createBrowserWasmDevice(): Promise<WasmDevice> {
  const response = await fetch(absolute(kernels));
  if (!response.ok) throw new ToldError(tell('kernels-not-loaded', { status: response.status }));
  return createWasmDevice({ kernels: await response.arrayBuffer(), backend: absolute(backend) });
}
