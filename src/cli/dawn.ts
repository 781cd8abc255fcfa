/**
 * WebGPU under Node through the optional package `webgpu` (Dawn). Dawn finds adapters through the Vulkan loader. Where
 * there is no driver, a Chromium on the machine brings a loader and SwiftShader, a software adapter; both are found
 * through variables that must be set before Node starts, so a program that wants them restarts itself once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser } from '../../scripts/browser.mjs';

/** Set for a program that started itself anew, to see SwiftShader. */
export const RESTARTED = 'DEEP_FUSION_RESTARTED';
/** Folders where Linux systems put Chromium and Chrome, besides that of the browser found. */
const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

function swiftShaderFolder(): string | undefined {
  const browser = findBrowser();
  const folders = [...(browser === undefined ? [] : [dirname(browser)]), ...FOLDERS];
  return folders.find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')) && existsSync(join(folder, 'libvulkan.so.1')));
}

/** Whether the system's own loader is there; without one Dawn prints warnings and finds nothing. */
function hasVulkanLoader(): boolean {
  if (process.platform !== 'linux') return true;
  const folders = [
    ...(process.env['LD_LIBRARY_PATH'] ?? '').split(':'),
    '/usr/lib',
    '/usr/lib64',
    '/usr/local/lib',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
  ];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, 'libvulkan.so.1')));
}

/** Runs this same program again, able to see SwiftShader, and ends with its exit code. Returns if there is nothing to gain. */
function restartWithSwiftShader(): void {
  if (process.platform !== 'linux' || process.env[RESTARTED] !== undefined || process.env['VK_ICD_FILENAMES'] !== undefined) return;
  const folder = swiftShaderFolder();
  if (folder === undefined) return;
  const paths = [folder, process.env['LD_LIBRARY_PATH']].filter((path) => path !== undefined && path !== '');
  const env = {
    ...process.env,
    [RESTARTED]: '1',
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: paths.join(':'),
  };
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

/**
 * What a browser has as `navigator.gpu`, or in words why there is none. `software`: a software adapter will do, and
 * the program restarts itself to find one if there is no other.
 */
export async function dawnGpu(software: boolean): Promise<{ readonly gpu: GPU } | { readonly reason: string }> {
  if (!hasVulkanLoader()) {
    if (software) restartWithSwiftShader();
    return { reason: 'this machine has no Vulkan loader (libvulkan.so.1)' };
  }
  const dawn = await loadDawn();
  if (typeof dawn === 'string') return { reason: dawn };
  Object.assign(globalThis, dawn.globals);
  instance ??= dawn.create([]);
  if (software && (await instance.requestAdapter()) === null) restartWithSwiftShader();
  return { gpu: instance };
}
