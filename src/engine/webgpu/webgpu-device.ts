/**
 * `Device` on WebGPU. The GPU device is ours and is also tfjs's (tfjs-backend.ts), so that tfjs operations can work
 * on the same buffers.
 */
import { tell } from '../../experiment/messages/tell.ts';
import type { Device, DeviceKind, Pool } from '../device.ts';
import type { DeviceLoss } from '../faults.ts';
import type { Graph } from '../graph.ts';
import type { Layout } from '../layout.ts';
import type { PoolRole } from '../tensor.ts';
import type { Orthonormalised } from '../vector-space.ts';
import { compileGraph } from './compile/compile.ts';
import { Commands } from './commands.ts';
import type { Gpu } from './gpu.ts';
import { Memory, STORAGE_USAGE } from './memory.ts';
import { Pipelines } from './compile/pipelines.ts';
import type { ScheduleOptions } from './compile/schedule.ts';
import { shareWithTfjs } from './tfjs-backend.ts';
import { VectorOperations } from './vector-operations.ts';
import type { WebGPUProgram } from './webgpu-program.ts';

export interface WebGPUDeviceOptions {
  /** Pipelines compiled so far and in all, while `compile` is at work. */
  readonly onCompile?: (done: number, total: number) => void;
  /** Kernels for hardware (shared memory) or for a CPU adapter; by default as the adapter is. */
  readonly hardwareKernels?: boolean;
  /** Whether a CPU adapter's subgroups of four may be used. */
  readonly quads?: boolean;
  /** Invocations of a workgroup. */
  readonly workgroupSize?: number;
  /** One task a dispatch, for tests and profiles. */
  readonly separate?: boolean;
}

class WebGPUPool implements Pool {
  readonly layout: Layout;
  readonly buffer: GPUBuffer;
  disposed = false;

  constructor(layout: Layout, buffer: GPUBuffer) {
    this.layout = layout;
    this.buffer = buffer;
  }
}

const BYTES = 4;

export class WebGPUDevice implements Device {
  readonly kind: DeviceKind;
  readonly description: string;
  readonly lost: Promise<DeviceLoss>;
  readonly gpu: GPUDevice;
  readonly orthonormalise?: NonNullable<Device['orthonormalise']>;
  private readonly memory: Memory;
  private readonly commands: Commands;
  private readonly pipelines: Pipelines;
  private readonly schedule: ScheduleOptions;
  private readonly onCompile: WebGPUDeviceOptions['onCompile'];
  private readonly vectors: VectorOperations;
  /** Errors that WebGPU reports later than the call that caused them. */
  private failure: string | undefined;
  private readonly fail: (loss: DeviceLoss) => void;

  constructor(gpu: Gpu, options: WebGPUDeviceOptions = {}) {
    this.gpu = gpu.device;
    this.kind = gpu.software ? 'webgpu-software' : 'webgpu';
    this.description = gpu.description;
    this.memory = new Memory(this.gpu);
    this.commands = new Commands(this.gpu, this.memory);
    this.pipelines = new Pipelines(this.gpu);
    this.onCompile = options.onCompile;
    const hardware = options.hardwareKernels ?? !gpu.software;
    // A processor that plays a GPU is near: what is queued in vain costs more there than a number asked for.
    if (hardware) this.orthonormalise = this.orthonormaliseQueued.bind(this);
    this.schedule = {
      hardware,
      quads: gpu.quads && (options.quads ?? true),
      // On a CPU small workgroups: there are few invocations, and each core takes whole workgroups.
      workgroupSize: options.workgroupSize ?? (hardware ? 64 : 16),
      maxBindings: this.gpu.limits.maxStorageBuffersPerShaderStage,
      ...(options.separate === undefined ? {} : { separate: options.separate }),
    };
    let fail: (loss: DeviceLoss) => void = () => {};
    this.lost = new Promise((resolve) => {
      fail = (loss) => {
        this.failure ??= loss.reason.message;
        resolve(loss);
      };
    });
    this.fail = fail;
    void this.gpu.lost.then(({ reason, message }) =>
      this.fail({ kind: 'lost', reason: tell('device-was-lost', { kind: reason, text: message }) }),
    );
    this.gpu.addEventListener('uncapturederror', (event) => {
      const { error } = event as GPUUncapturedErrorEvent;
      // Not `instanceof`: Node's WebGPU has its classes elsewhere.
      this.fail({
        kind: error.constructor.name === 'GPUOutOfMemoryError' ? 'out-of-memory' : 'lost',
        reason: tell('webgpu-error', { text: error.message }),
      });
    });
    this.vectors = new VectorOperations(this.gpu, {
      memory: this.memory,
      commands: this.commands,
      pipelines: this.pipelines,
      schedule: this.schedule,
    });
  }

  /** Compiles what must be there before the first call. */
  async prepare(): Promise<void> {
    await this.vectors.compile();
  }

  createPool(layout: Layout): Pool {
    return new WebGPUPool(layout, this.memory.create('pool', layout.size * BYTES, STORAGE_USAGE));
  }

  disposePool(pool: Pool): void {
    const own = poolOf(pool);
    if (own.disposed) return;
    own.disposed = true;
    this.vectors.forget(own.buffer);
    this.memory.destroy(own.buffer);
  }

  write(pool: Pool, data: Float32Array): void {
    const { buffer, layout } = live(pool);
    if (data.length !== layout.size) throw new Error(`webgpu: a pool of ${layout.size} elements cannot take ${data.length}`);
    this.commands.write(buffer, 0, data);
  }

  async read(pool: Pool): Promise<Float32Array> {
    const { buffer, layout } = live(pool);
    return new Float32Array(await this.commands.read(buffer, 0, layout.size * BYTES));
  }

  copy(from: Pool, to: Pool): void {
    const [source, target] = pair(from, to);
    if (source === target) return;
    this.commands.copy(source.buffer, 0, target.buffer, 0, source.layout.size * BYTES);
  }

  axpy(a: number, x: Pool, y: Pool): void {
    const [source, target] = pair(x, y);
    this.vectors.axpy(a, source.buffer, target.buffer, source.layout.size);
  }

  scale(a: number, x: Pool): void {
    const { buffer, layout } = live(x);
    this.vectors.scale(a, buffer, layout.size);
  }

  dot(x: Pool, y: Pool): Promise<number> {
    const [left, right] = pair(x, y);
    return this.vectors.dot(left.buffer, right.buffer, left.layout.size);
  }

  private orthonormaliseQueued(basis: readonly Pool[], x: Pool): Promise<Orthonormalised> {
    const { buffer, layout } = live(x);
    return this.vectors.orthonormalise(
      basis.map((q) => pair(q, x)[0].buffer),
      buffer,
      layout.size,
    );
  }

  async compile(graph: Graph, pools: Readonly<Partial<Record<PoolRole, Pool>>>): Promise<WebGPUProgram> {
    if (this.failure) throw new Error(`webgpu: nothing can be compiled any more: ${this.failure}`);
    const buffers: Partial<Record<PoolRole, GPUBuffer>> = {};
    for (const [role, pool] of Object.entries(pools)) {
      const { buffer, layout } = live(pool);
      if (layout.size !== graph.layout.size)
        throw new Error(`webgpu: the pool ${role} has ${layout.size} elements, the graph's layout ${graph.layout.size}`);
      buffers[role as PoolRole] = buffer;
    }
    return compileGraph(graph, buffers, {
      device: this.gpu,
      memory: this.memory,
      commands: this.commands,
      pipelines: this.pipelines,
      schedule: this.schedule,
      onCompile: this.onCompile,
    });
  }

  /** The buffer of a pool, for tfjs: `tf.tensor({ buffer, zeroCopy: true }, shape)`. */
  bufferOf(pool: Pool): GPUBuffer {
    // Whoever works on it sees what was done so far.
    this.commands.submit();
    return live(pool).buffer;
  }

  bytes(): number {
    return this.memory.bytes;
  }

  /** Until all that was asked for so far is done; for measurements. */
  async finish(): Promise<void> {
    this.commands.submit();
    await this.gpu.queue.onSubmittedWorkDone();
  }

  get waits(): number {
    return this.memory.waits;
  }

  /**
   * One way there and back: answers come in the order of what they are about, so that a loss is told before this one. A
   * lost device answers, or is told to be lost.
   */
  async settled(): Promise<void> {
    const answered = this.gpu.queue.onSubmittedWorkDone().catch(() => undefined);
    await Promise.race([this.lost, answered]);
  }

  /** For tests of the recovery: as if the driver had been restarted. */
  simulateLoss(): void {
    this.gpu.destroy();
  }

  dispose(): void {
    this.memory.destroyAll();
    this.gpu.destroy();
  }
}

function poolOf(pool: Pool): WebGPUPool {
  if (!(pool instanceof WebGPUPool)) throw new Error('webgpu: this pool belongs to another device');
  return pool;
}

function live(pool: Pool): WebGPUPool {
  const own = poolOf(pool);
  if (own.disposed) throw new Error('webgpu: this pool has been disposed of');
  return own;
}

function pair(x: Pool, y: Pool): [WebGPUPool, WebGPUPool] {
  const [left, right] = [live(x), live(y)];
  if (left.layout.size !== right.layout.size)
    throw new Error(`webgpu: pools of ${left.layout.size} and ${right.layout.size} elements do not match`);
  return [left, right];
}

/** A device on this adapter, its own small shaders compiled, registered as tfjs's `webgpu` backend. */
export async function createWebGPUDevice(gpu: Gpu, options: WebGPUDeviceOptions = {}): Promise<WebGPUDevice> {
  const device = new WebGPUDevice(gpu, options);
  await device.prepare();
  await shareWithTfjs(gpu);
  return device;
}
