/**
 * The wasm adapter: our kernels (assembly/) working in place in the memory of tfjs's wasm backend. One thread,
 * plain SIMD (not the relaxed kind, whose results differ between machines): the same bits everywhere.
 */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Device, Pool, Program } from '../device.ts';
import type { DeviceLoss } from '../faults.ts';
import type { Graph } from '../graph.ts';
import type { Layout } from '../layout.ts';
import type { PoolRole } from '../tensor.ts';
import type { Kernels } from './kernels.ts';
import { SharedMemory, type Block } from './memory.ts';
import { WasmProgram, type PlacedPool } from './wasm-program.ts';

export interface WasmDeviceOptions {
  /** Bytes of `build/kernels.wasm`. */
  readonly kernels: BufferSource | Promise<BufferSource>;
  /**
   * Where tfjs finds `tfjs-backend-wasm-simd.wasm`: its address, or undefined if the backend has been set up before.
   */
  readonly backend?: string;
}

class WasmPool implements PlacedPool {
  readonly layout: Layout;
  readonly block: Block;
  disposed = false;
  constructor(layout: Layout, block: Block) {
    this.layout = layout;
    this.block = block;
  }
  get address(): number {
    return this.block.address;
  }
}

function own(pool: Pool): WasmPool {
  if (!(pool instanceof WasmPool)) throw new Error('wasm: the pool belongs to another device');
  if (pool.disposed) throw new Error('wasm: the pool has been disposed of');
  return pool;
}
/** Two pools of one layout (or at least one length). */
function pair(x: Pool, y: Pool): [number, number, number] {
  if (x.layout.size !== y.layout.size)
    throw new Error(`wasm: the pools have ${x.layout.size} and ${y.layout.size} elements; they must be of one layout`);
  return [own(x).address, own(y).address, x.layout.size];
}

export class WasmDevice implements Device {
  readonly kind = 'wasm';
  readonly waits = 0;
  readonly description = '';
  readonly lost = new Promise<DeviceLoss>(() => {});
  private readonly kernels: Kernels;
  private readonly memory: SharedMemory;
  private readonly pools = new Set<WasmPool>();
  private readonly programs = new Set<WasmProgram>();

  constructor(kernels: Kernels, memory: SharedMemory) {
    this.kernels = kernels;
    this.memory = memory;
  }

  createPool(layout: Layout): Pool {
    const pool = new WasmPool(layout, this.memory.allocate(layout.size * 4));
    this.pools.add(pool);
    return pool;
  }

  disposePool(pool: Pool): void {
    if (pool.disposed) return;
    const known = own(pool);
    known.disposed = true;
    this.memory.free(known.block);
    this.pools.delete(known);
  }

  write(pool: Pool, data: Float32Array): void {
    const { address, layout } = own(pool);
    if (data.length !== layout.size) throw new Error(`wasm: ${data.length} values for a pool of ${layout.size}`);
    this.memory.floats().set(data, address >>> 2);
  }

  read(pool: Pool): Promise<Float32Array> {
    const { address, layout } = own(pool);
    const index = address >>> 2;
    return Promise.resolve(this.memory.floats().slice(index, index + layout.size));
  }

  copy(from: Pool, to: Pool): void {
    const [x, y, n] = pair(from, to);
    this.kernels.copy(x, y, n * 4);
  }

  axpy(a: number, x: Pool, y: Pool): void {
    const [from, to, n] = pair(x, y);
    this.kernels.axpy(a, from, to, n);
  }

  scale(a: number, x: Pool): void {
    this.kernels.scale(a, own(x).address, x.layout.size);
  }

  dot(x: Pool, y: Pool): number {
    return this.kernels.dot(...pair(x, y));
  }

  compile(graph: Graph, pools: Readonly<Partial<Record<PoolRole, Pool>>>): Promise<Program> {
    const placed = Object.fromEntries(Object.entries(pools).map(([role, pool]) => [role, own(pool)]));
    return new Promise((resolve) => {
      const program = new WasmProgram(graph, placed, this.kernels, this.memory, () => this.programs.delete(program));
      this.programs.add(program);
      resolve(program);
    });
  }

  bytes(): number {
    return this.memory.bytes;
  }

  dispose(): void {
    for (const program of [...this.programs]) program.dispose();
    for (const pool of [...this.pools]) this.disposePool(pool);
  }
}

/** Starts tfjs's wasm backend (once) without making it the backend of tfjs's own operations. */
async function startBackend(address: string | undefined): Promise<BackendWasm> {
  // Shared memory would need kernels of its own; one thread also keeps the order of sums.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (address !== undefined && !tf.engine().registry['wasm']) {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': address,
      'tfjs-backend-wasm-simd.wasm': address,
      'tfjs-backend-wasm-threaded-simd.wasm': address,
    });
  }
  const before = tf.getBackend() as string | undefined;
  if (!(await tf.setBackend('wasm')))
    throw new Error('wasm: the backend of tfjs does not start; a browser with WebAssembly SIMD is needed');
  const backend = tf.backend() as unknown as BackendWasm;
  if (before && before !== 'wasm') await tf.setBackend(before);
  return backend;
}

export async function createWasmDevice(options: WasmDeviceOptions): Promise<WasmDevice> {
  const [bytes, backend] = await Promise.all([options.kernels, startBackend(options.backend)]);
  const memory = new SharedMemory(backend);
  const instance = await WebAssembly.instantiate(await WebAssembly.compile(bytes), { env: { memory: memory.memory } });
  return new WasmDevice(instance.exports as unknown as Kernels, memory);
}
