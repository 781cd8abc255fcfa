/**
 * A device: all that the rest of the program knows of an adapter. Three kinds stand behind it: WebGPU (hardware or
 * software), wasm, and `reference` (plain tfjs operations, which the others are tested against).
 */
import type { DeviceLoss } from './faults.ts';
import type { Graph } from './graph.ts';
import type { Layout } from './layout.ts';
import type { PoolRole } from './tensor.ts';
import type { Orthonormalised } from './vector-space.ts';

export type DeviceKind = 'webgpu' | 'webgpu-software' | 'wasm' | 'reference';

/** One buffer on the device with named slices. */
export interface Pool {
  readonly layout: Layout;
  readonly disposed: boolean;
}

export interface Program {
  /** Sets an input by its name in the graph; the length must be the tensor's. Takes effect for the runs after it. */
  setInput(name: string, data: Int32Array | Float32Array): void;
  /** Queues one run. Returns at once on WebGPU. */
  run(): void;
  /** As `run`, from the graph's seam on: what stands before it keeps the values of the last `run`. */
  rerun(): void;
  /** The output's values after the runs queued so far. */
  read(output: string): Promise<Float32Array>;
  /** Dispatches of one run on WebGPU, kernel calls on wasm. */
  readonly calls: number;
  dispose(): void;
}

export interface Device {
  readonly kind: DeviceKind;
  /** E.g. `Intel Iris Xe`; empty for wasm. */
  readonly description: string;
  /** Resolves when the device is lost for good; never for wasm. */
  readonly lost: Promise<DeviceLoss>;
  /** A pool of zeros. Throws an OutOfMemoryError where there is no memory for it. */
  createPool(layout: Layout): Pool;
  disposePool(pool: Pool): void;
  write(pool: Pool, data: Float32Array): void;
  read(pool: Pool): Promise<Float32Array>;
  /** to ← from; y ← y + a·x; x ← a·x over whole pools of one layout. */
  copy(from: Pool, to: Pool): void;
  axpy(a: number, x: Pool, y: Pool): void;
  scale(a: number, x: Pool): void;
  dot(x: Pool, y: Pool): number | Promise<number>;
  /**
   * As a vector space's (vector-space.ts); only where the host is far from the device, and a number that it asks for
   * costs more than the work behind it.
   */
  orthonormalise?(basis: readonly Pool[], x: Pool): Promise<Orthonormalised>;
  /**
   * Compiles a graph onto these pools. The program keeps reading and writing exactly these buffers. Rejects with an
   * OutOfMemoryError or a ShaderError (faults.ts).
   */
  compile(graph: Graph, pools: Readonly<Partial<Record<PoolRole, Pool>>>): Promise<Program>;
  /** Bytes held on the device now. */
  bytes(): number;
  /**
   * How often numbers have been read back so far: each is a wait of the host for the device. 0 where host and device
   * are one.
   */
  readonly waits: number;
  /**
   * Resolves once what has befallen the device by now is told: a lost one rejects what was under way before it says
   * that it is lost. Absent where nothing befalls a device. Never rejects.
   */
  settled?(): Promise<void>;
  dispose(): void;
  /** Destroys the device as if it had been lost, for tests of the recovery. */
  simulateLoss?(): void;
}
