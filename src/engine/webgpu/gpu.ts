/**
 * Finds the adapter and takes a device with its full limits. We own the device, not tfjs: to see it lost, to raise
 * its limits, to name it.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { tell, tellError } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
export interface Gpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  readonly software: boolean;
  /** Subgroups of exactly four invocations, usable (SwiftShader: the lanes of a vector register). */
  readonly quads: boolean;
  /** For people: `Intel Iris Xe`. */
  readonly description: string;
}

/** Either a device or why there is none. */
export type GpuProbe = { readonly gpu: Gpu } | { readonly reason: Told };

const LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;
const FEATURES: readonly GPUFeatureName[] = ['timestamp-query', 'subgroups' as GPUFeatureName];

/** Software adapters call themselves by these names; `isFallbackAdapter` is not set by all of them. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|microsoft basic/i;

/** Words in an adapter's description by which a processor stands in for a GPU. */
type AdapterWords = Pick<GPUAdapterInfo, 'isFallbackAdapter' | 'vendor' | 'architecture' | 'device' | 'description'>;

export const isSoftware = (info: AdapterWords): boolean =>
  info.isFallbackAdapter || SOFTWARE.test([info.vendor, info.architecture, info.device, info.description].join(' '));

/**
 * The adapter's name, of all that the browser tells of it. Browsers hide the device's name from pages more often than
 * not.
 */
function describe(info: GPUAdapterInfo): string {
  if (info.description && !/^[\da-f]{4,}$/i.test(info.description)) return info.description;
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return (
    [info.vendor, info.architecture]
      .filter((word) => word !== '')
      .map(capital)
      .join(' ') || 'unnamed adapter'
  );
}

/** Milliseconds that a browser has to answer; some drivers never do. */
const PATIENCE = 10_000;

/** The browser's answer, if it comes in time. A late answer is handed to `late`. */
function inTime<T>(asked: Promise<T>, what: 'answer' | 'device', late: (given: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new ToldError(tell('browser-too-late', { device: what === 'device', seconds: PATIENCE / 1000 })));
    }, PATIENCE);
    asked.then(
      (given) => {
        clearTimeout(timer);
        if (isLate) late(given);
        else resolve(given);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/**
 * Never throws. `source` is `navigator.gpu` unless given (Node has none of its own). `weakest`: a device with no more
 * than WebGPU promises everywhere, and no features.
 */
export async function probeGpu(source?: GPU, weakest = false): Promise<GpuProbe> {
  const gpu = source ?? (typeof navigator === 'undefined' ? undefined : navigator.gpu);
  if (!gpu) return { reason: tell('no-webgpu-here') };
  let adapter: GPUAdapter | null;
  try {
    adapter = await inTime(gpu.requestAdapter({ powerPreference: 'high-performance' }), 'answer', () => undefined);
  } catch (error) {
    return { reason: tell('adapter-not-given', { why: tellError(error) }) };
  }
  if (!adapter) return { reason: tell('no-webgpu-adapter') };
  const { limits, features, info } = adapter;
  try {
    const asked = adapter.requestDevice({
      label: 'deep-fusion-playground',
      requiredFeatures: weakest ? [] : FEATURES.filter((feature) => features.has(feature)),
      requiredLimits: weakest ? {} : Object.fromEntries(LIMITS.map((name) => [name, limits[name]])),
    });
    const device = await inTime(asked, 'device', (late) => late.destroy());
    const quads = device.features.has('subgroups') && info.subgroupMinSize === 4 && info.subgroupMaxSize === 4;
    return { gpu: { device, info, software: isSoftware(info), quads, description: describe(info) } };
  } catch (error) {
    return { reason: tell('device-not-given', { adapter: describe(info), why: tellError(error) }) };
  }
}
