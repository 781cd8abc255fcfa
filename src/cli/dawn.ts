/**
 * WebGPU under Node through the optional package `webgpu` (Dawn). Dawn finds adapters through the Vulkan loader. Where
 * there is no driver, a Chromium on the machine brings a loader and SwiftShader, a software adapter; both are found
 * through variables that must be set before Node starts, so a program that wants them restarts itself once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Device } from '../engine/device.ts';
import { probeGpu } from '../engine/webgpu/gpu.ts';
import { WebGPUDevice } from '../engine/webgpu/webgpu-device.ts';
import { findBrowser } from '../../scripts/browser.mjs';

const RESTARTED = 'DEEP_FUSION_RESTARTED';
/** Folders where Linux systems put Chromium and Chrome, besides that of the browser found. */
const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

export type Opened = { readonly device: Device } | { readonly reason: string };

function swiftShaderFolder(): string | undefined {
  const browser = findBrowser();
  const folders = [...(browser === undefined ? [] : [dirname(browser)]), ...FOLDERS];
  return folders.find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')) && existsSync(join(folder, 'libvulkan.so.1')));
}

/** Runs this same program again, able to see SwiftShader, and ends with its exit code. Returns if there is nothing to gain. */
function restartWithSwiftShader(): void {
  if (process.platform !== 'linux' || process.env[RESTARTED] !== undefined || process.env['VK_ICD_FILENAMES'] !== undefined) return;
  const folder = swiftShaderFolder();
  if (folder === undefined) return;
  const paths = [folder, process.env['LD_LIBRARY_PATH']].filter((path) => path !== undefined && path !== '');
  const env = { ...process.env, [RESTARTED]: '1', VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: paths.join(':') };
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit', env });
  process.exit(status ?? 1);
}

interface Dawn {
  readonly create: (options: readonly string[]) => GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

async function loadDawn(): Promise<Dawn | string> {
  // Not a literal, so that a machine without the optional package still type-checks and bundles.
  const name = 'webgpu';
  try {
    return (await import(name)) as Dawn;
  } catch (error) {
    return `the optional package webgpu is not installed or does not run here (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)})`;
  }
}

// Dawn frees the instance with the object that holds it; a device must not outlive it.
let instance: GPU | undefined;

/** A device, or in words why there is none. `software`: a software adapter will do, and is looked for. */
export async function openDawn(software: boolean, onCompile: (done: number, total: number) => void): Promise<Opened> {
  const dawn = await loadDawn();
  if (typeof dawn === 'string') return { reason: dawn };
  Object.assign(globalThis, dawn.globals);
  instance = dawn.create([]);
  const probe = await probeGpu(instance);
  if (!('gpu' in probe)) {
    if (software) restartWithSwiftShader();
    return { reason: probe.reason };
  }
  if (probe.gpu.software && !software) {
    probe.gpu.device.destroy();
    return { reason: `only the software adapter ${probe.gpu.description}` };
  }
  return { device: new WebGPUDevice(probe.gpu, { onCompile }) };
}
