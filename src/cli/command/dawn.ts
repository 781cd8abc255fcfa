/**
 * WebGPU under Node through the optional package `webgpu` (Dawn). Dawn finds adapters through the Vulkan loader. Where
 * there is no driver, a Chromium on the machine brings a loader and SwiftShader, a software adapter; both are found
 * through variables that must be set before Node starts, so a program that wants them restarts itself once.
 *
 * Loader and drivers write warnings of their own to the terminal while adapters are looked for. So that is done in a
 * process of its own first, whose words nobody hears; this one looks only where there is something to find.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser } from '../../../scripts/browser.mjs';
import { isSoftware } from '../../engine/webgpu/gpu.ts';

/** Set for a program that started itself anew, to see SwiftShader. */
const RESTARTED = 'DEEP_FUSION_RESTARTED';
/** Folders where Linux systems put Chromium and Chrome, besides that of the browser found. */
const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** Where a browser on this machine keeps a Vulkan loader and SwiftShader. */
export function swiftShaderFolder(): string | undefined {
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

/**
 * Runs this same program again, able to see SwiftShader, and ends with its exit code. Returns if there is nothing to
 * gain.
 */
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

// Dawn frees the instance with the object that holds it; a device must not outlive it. By the toggles it was made with.
const instances = new Map<string, GPU>();

/** Asks for an adapter and prints what it is as JSON: `null` for none. */
const LOOK = `
const { create, globals } = await import(process.argv[1]);
Object.assign(globalThis, globals);
const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
const { isFallbackAdapter, vendor, architecture, device, description } = adapter?.info ?? {};
process.stdout.write(JSON.stringify(adapter && { isFallbackAdapter, vendor, architecture, device, description }));
process.exit(0);
`;

type Found = 'hardware' | 'software' | 'nothing';

/** The kind of the adapter, as a process of its own finds it; a process that fails has found nothing. */
function look(): Found {
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', LOOK, import.meta.resolve('webgpu')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 30_000,
  });
  if (status !== 0 || stdout === '') return 'nothing';
  const info = JSON.parse(stdout) as Parameters<typeof isSoftware>[0] | null;
  if (info === null) return 'nothing';
  return isSoftware(info) ? 'software' : 'hardware';
}

let found: Found | undefined;

/** Whether this program started itself anew, to see SwiftShader. */
export const hasRestarted = (): boolean => process.env[RESTARTED] !== undefined;

/**
 * The `navigator.gpu` of a browser, or why there is none. `software`: a software adapter will do, and
 * the program restarts itself to find one if there is no other. `toggles`: Dawn's own switches, e.g.
 * `disable-dawn-features=timestamp_quantization`, for measurements.
 */
export async function dawnGpu(
  software: boolean,
  toggles: readonly string[] = [],
): Promise<{ readonly gpu: GPU } | { readonly reason: Told }> {
  if (!hasVulkanLoader()) {
    if (software) restartWithSwiftShader();
    return { reason: tell('no-vulkan-loader') };
  }
  try {
    import.meta.resolve('webgpu');
  } catch {
    return { reason: tell('no-webgpu-package') };
  }
  found ??= look();
  if (found === 'nothing' && software) restartWithSwiftShader();
  if (found === 'nothing') return { reason: tell('no-webgpu-adapter') };
  if (found === 'software' && !software) return { reason: tell('no-graphics-processor') };
  const dawn = await loadDawn();
  if (typeof dawn === 'string') return { reason: tell('error', { text: dawn }) };
  Object.assign(globalThis, dawn.globals);
  const key = toggles.join(' ');
  const gpu = instances.get(key) ?? dawn.create(toggles);
  instances.set(key, gpu);
  return { gpu };
}
