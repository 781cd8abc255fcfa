/** Reference cases for tests: `fixtures/golden/<case>`, in the format described in its README. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import type { T5Config } from '../../model/config.ts';
import { readConfig } from '../../model/read-config.ts';
import { readSafetensors } from '../../storage/checkpoint/read-safetensors.ts';

const FOLDER = new URL('../../../fixtures/golden/', import.meta.url);

/** The `case.json` of a case. The caller names the part of its form that it uses. */
export function goldenCase<T>(name: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(name.endsWith('.json') ? name : `${name}/case.json`, FOLDER)), 'utf8')) as T;
}

/** A model of a case, e.g. `fusion-v11-two/source-0`. */
export function goldenModel(path: string): { readonly config: T5Config; readonly parameters: NamedTensors } {
  const parameters = goldenTensors(`${path}/model`);
  const json = JSON.parse(readFileSync(fileURLToPath(new URL(`${path}/config.json`, FOLDER)), 'utf8')) as Record<string, unknown>;
  return { config: readConfig(json, parameters.has('lm_head.weight')), parameters };
}

/** The float32 arrays of a safetensors file, e.g. `fusion-v11-two/tensors`. */
export function goldenTensors(path: string): NamedTensors {
  return readSafetensors(readFileSync(fileURLToPath(new URL(`${path}.safetensors`, FOLDER)))).tensors;
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

/**
 * `null` if two tensors are the same bit for bit, else what differs first; quicker on long arrays than a deep
 * comparison.
 */
export function firstDifference(ours: HostTensor | undefined, golden: HostTensor | undefined): string | null {
  if (ours === undefined || golden === undefined) return 'one of them is missing';
  if (ours.shape.join() !== golden.shape.join()) return `shapes [${ours.shape.join()}] and [${golden.shape.join()}]`;
  const index = golden.data.findIndex((value, i) => !Object.is(ours.data[i], value));
  return index < 0 && ours.data.length === golden.data.length ? null : `at ${index}: ${ours.data[index]} and ${golden.data[index]}`;
}
