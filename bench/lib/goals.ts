/** The goals for our step, beside the measurements: also where it falls short. */
import type { CellResult } from './stopwatch.ts';

interface Goal {
  readonly what: string;
  readonly config: string;
  readonly device: string;
  readonly key: 'dispatches' | 'submits' | 'blockedMs' | 'ms';
  readonly most: number;
  /** Goals of milliseconds on a software WebGPU say nothing of a real one, and goals of a thread nothing of wasm. */
  readonly only?: 'software';
}

const GOALS: readonly Goal[] = [
  { what: 'dispatches a step, 2 + 2 layers', config: 'nano', device: 'webgpu', key: 'dispatches', most: 130 },
  { what: 'submits a step', config: 'nano', device: 'webgpu', key: 'submits', most: 1 },
  { what: 'thread blocked, ms', config: 'nano', device: 'webgpu', key: 'blockedMs', most: 0.5 },
  { what: 'a step, ms', config: 'nano', device: 'wasm', key: 'ms', most: 6 },
  { what: 'a step, ms', config: 'micro', device: 'wasm', key: 'ms', most: 20 },
  { what: 'a step, ms', config: 'nano', device: 'webgpu', key: 'ms', most: 80, only: 'software' },
  { what: 'a step, ms', config: 'micro', device: 'webgpu', key: 'ms', most: 200, only: 'software' },
];

/** @param results ours on a configuration and device, one a repeat; undefined where it was not run */
export function goalsTable(
  results: (config: string, device: string) => readonly CellResult[] | undefined,
  middle: (numbers: readonly number[]) => number,
): string[] {
  const lines = ['| goal | config | device | at most | measured | |', '|---|---|---|---:|---:|---|'];
  for (const { what, config, device, key, most, only } of GOALS) {
    const found = results(config, device);
    if (!found || found.length === 0 || (only === 'software' && !adapterOf(found)?.includes('software'))) continue;
    const value = middle(found.map((result) => result[key]));
    const text = Number.isInteger(value) ? String(value) : value.toFixed(2);
    lines.push(`| ${what} | ${config} | ${device} | ${most} | ${text} | ${value <= most ? 'met' : 'missed'} |`);
  }
  return lines;
}

/** The adapter that our contestant was on, e.g. `webgpu-software Google Swiftshader`. */
export function adapterOf(results: readonly CellResult[]): string | undefined {
  const info = results[0]?.info;
  return info !== null && typeof info === 'object' && 'adapter' in info && typeof info.adapter === 'string' ? info.adapter : undefined;
}
