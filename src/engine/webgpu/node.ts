/**
 * WebGPU in Node, for the command line: the optional package `webgpu` (Dawn) brings `navigator.gpu`. Dawn finds
 * adapters through the Vulkan loader, whose search paths must be in the environment before Node starts
 * (`softwareAdapterEnvironment`).
 */
import { probeGpu, type GpuProbe } from './gpu.ts';

/** Dawn frees its adapters with the object they came from: it has to outlive every device. */
let instance: GPU | undefined;

/** Like `probeGpu`, on Dawn. Never throws. */
export async function probeNodeGpu(): Promise<GpuProbe> {
  if (!instance) {
    try {
      const { create, globals } = await import('webgpu');
      Object.assign(globalThis, globals);
      instance = create([]);
      exposeToTfjs(instance);
    } catch (error) {
      return { reason: `the package webgpu (Dawn for Node) cannot be used: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
  return probeGpu(instance);
}

/** tfjs's WebGPU backend looks for a worker's globals when it is imported. */
function exposeToTfjs(gpu: GPU): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  scope['self'] ??= globalThis;
  scope['WorkerGlobalScope'] ??= class WorkerGlobalScope {};
  const present = (scope['navigator'] ?? {}) as object;
  Object.defineProperty(globalThis, 'navigator', {
    value: Object.create(present, { gpu: { value: gpu } }),
    configurable: true,
    writable: true,
  });
}

/**
 * What must be in the environment before Node starts, so that Dawn finds the software adapter in a Chromium's folder;
 * empty where the environment already names a driver.
 */
export function softwareAdapterEnvironment(
  chromiumFolder: string,
  present: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  if (present['VK_ICD_FILENAMES'] || present['VK_DRIVER_FILES']) return {};
  const libraries = present['LD_LIBRARY_PATH'];
  return {
    VK_ICD_FILENAMES: `${chromiumFolder}/vk_swiftshader_icd.json`,
    LD_LIBRARY_PATH: libraries ? `${chromiumFolder}:${libraries}` : chromiumFolder,
  };
}
