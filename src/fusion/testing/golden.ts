/** Reference cases for tests: `fixtures/golden/<case>`, in the format described in its README. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HostTensor } from '../../engine/named-tensors.ts';
import { readConfig, type T5Config } from '../../model/config.ts';

const FOLDER = new URL('../../../fixtures/golden/', import.meta.url);

/** The `case.json` of a case. The caller names the part of its form that it uses. */
export function goldenCase<T>(name: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(name.endsWith('.json') ? name : `${name}/case.json`, FOLDER)), 'utf8')) as T;
}

/** A model of a case, e.g. `fusion-v11-two/source-0`. */
export function goldenModel(path: string): { readonly config: T5Config; readonly parameters: Map<string, HostTensor> } {
  const parameters = goldenTensors(`${path}/model`);
  const json = JSON.parse(readFileSync(fileURLToPath(new URL(`${path}/config.json`, FOLDER)), 'utf8')) as Record<string, unknown>;
  return { config: readConfig(json, parameters.has('lm_head.weight')), parameters };
}

/** The float32 arrays of a safetensors file, e.g. `fusion-v11-two/tensors`. */
export function goldenTensors(path: string): Map<string, HostTensor> {
  const bytes = new Uint8Array(readFileSync(fileURLToPath(new URL(`${path}.safetensors`, FOLDER))));
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, { shape: number[]; data_offsets: [number, number] }>;
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return new Map(entries.map(([name, { shape, data_offsets: [start, end] }]) => [name, { shape, data: new Float32Array(bytes.slice(8 + length + start, 8 + length + end).buffer) }]));
}

/** max|ours − golden| / max|golden|, the error measure of all goldens. */
export function goldenError(ours: ArrayLike<number>, golden: ArrayLike<number>): number {
  if (ours.length !== golden.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < golden.length; i++) {
    const reference = golden[i] ?? 0;
    const error = Math.abs((ours[i] ?? Number.NaN) - reference);
    if (!(error <= difference)) difference = error;
    largest = Math.max(largest, Math.abs(reference));
  }
  return largest === 0 ? difference : difference / largest;
}
