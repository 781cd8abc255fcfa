/** Which adapter is chosen where, and what the badge then says. WebGPU itself is played by a stand-in here. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseAdapter, type AdapterOptions } from './adapters.ts';
import type { Device } from './device.ts';

const wasmDevice = { kind: 'wasm' } as Device;
const wasm = (): Promise<Device> => Promise.resolve(wasmDevice);

interface StandIn {
  readonly info?: Partial<GPUAdapterInfo>;
  readonly adapter?: 'none' | 'refuses';
  readonly device?: 'refuses';
}
/** A `navigator.gpu` whose device only knows how to be destroyed. */
function standIn({ info, adapter, device }: StandIn, destroy = vi.fn()): GPU {
  const found = {
    info: {
      vendor: 'intel',
      architecture: 'xe',
      device: '',
      description: '',
      isFallbackAdapter: false,
      subgroupMinSize: 8,
      subgroupMaxSize: 32,
      ...info,
    },
    limits: {},
    features: new Set<string>(),
    requestDevice: () =>
      device === 'refuses' ? Promise.reject(new Error('out of memory')) : Promise.resolve({ destroy, features: new Set<string>() }),
  };
  return {
    requestAdapter: () => {
      if (adapter === 'refuses') return Promise.reject(new Error('blocked by policy'));
      return Promise.resolve(adapter === 'none' ? null : found);
    },
  } as unknown as GPU;
}
const options = (gpu?: StandIn): AdapterOptions => ({ wasm, ...(gpu ? { gpu: standIn(gpu) } : {}) });

afterEach(() => vi.restoreAllMocks());

describe('without hardware WebGPU, wasm is used and the reason is said', () => {
  test.each<[string, StandIn | undefined, string]>([
    ['no navigator.gpu', undefined, 'no WebGPU'],
    ['no adapter', { adapter: 'none' }, 'no WebGPU adapter was found'],
    ['asking fails', { adapter: 'refuses' }, 'blocked by policy'],
    ['no device', { device: 'refuses' }, 'the WebGPU adapter Intel Xe gave no device: out of memory'],
    ['software', { info: { description: 'SwiftShader driver', isFallbackAdapter: true } }, 'no graphics processor was found'],
    ['software that does not say so', { info: { vendor: 'mesa', description: 'llvmpipe (LLVM 15)' } }, 'no graphics processor was found'],
  ])('%s', async (_, gpu, reason) => {
    const { device, report } = await chooseAdapter('auto', options(gpu));
    expect(device).toBe(wasmDevice);
    expect(report.kind).toBe('wasm');
    expect(report.reason?.message).toMatch(/^WebAssembly: /);
    expect(report.reason?.message).toContain(reason);
  });

  test.each([
    ['adapter', 'asking for a WebGPU adapter failed: the browser gave no answer within 10 s'],
    ['device', 'the WebGPU adapter Intel Xe gave no device: the browser gave no device within 10 s'],
  ])('a browser that never answers when asked for a WebGPU %s (10.35)', async (what, reason) => {
    vi.useFakeTimers();
    try {
      const never = new Promise<never>(() => {});
      const gpu = standIn({});
      const found = await gpu.requestAdapter();
      if (found && what === 'device') Object.assign(found, { requestDevice: () => never });
      const silent = what === 'adapter' ? ({ requestAdapter: () => never } as unknown as GPU) : gpu;
      const chosen = chooseAdapter('auto', { wasm, gpu: silent });
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
      await vi.advanceTimersByTimeAsync(11_000);
      const { device, report } = await chosen;
      expect(device).toBe(wasmDevice);
      expect(report.reason?.message).toBe(`WebAssembly: ${reason}`);
    } finally {
      vi.useRealTimers();
    }
  });

  test('the device of a software adapter is given back', async () => {
    const destroy = vi.fn();
    await chooseAdapter('auto', { wasm, gpu: standIn({ info: { isFallbackAdapter: true } }, destroy) });
    expect(destroy).toHaveBeenCalledOnce();
  });
});

test('wasm when it is asked for, without a look at WebGPU', async () => {
  const gpu = { requestAdapter: vi.fn() } as unknown as GPU;
  expect((await chooseAdapter('wasm', { wasm, gpu })).report.reason?.message).toBe('WebAssembly: wasm was asked for');
  expect(gpu.requestAdapter).not.toHaveBeenCalled();
});

test('plain JavaScript is the last resort, and says why (10.24)', async () => {
  const { device, report } = await chooseAdapter('wasm', { wasm: () => Promise.reject(new Error('blocked')) });
  expect(device.kind).toBe('reference');
  expect(report.reason?.message).toBe('Plain JavaScript, much slower: wasm was asked for, and WebAssembly failed (blocked)');
});
