/**
 * Operations on whole pools as vectors: y += a·x, x = a·x, x·y. They are called between steps by the theory's
 * integrators, so they must not wait: their shaders are compiled with the device.
 */
import type { Tensor } from '../tensor.ts';
import type { Orthonormalised } from '../vector-space.ts';
import { axpy, normalise, scale, subtract } from './kernels/elementwise.ts';
import { dot } from './kernels/reduction.ts';
import { Later, later } from '../jobs/later.ts';
import type { Commands } from './commands.ts';
import { STORAGE_USAGE, UNIFORM_USAGE, type Memory } from './memory.ts';
import type { Pipelines } from './compile/pipelines.ts';
import { kernelContext, type ScheduleOptions } from './compile/schedule.ts';
import { MAX_GROUPS_X, shaderOf, type Shader } from './compile/shader.ts';

type Name = 'axpy' | 'scale' | 'dot' | 'subtract' | 'normalise';

interface Call {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number];
}

interface Prepared {
  readonly buffers: readonly GPUBuffer[];
  readonly calls: readonly Call[];
  readonly words: readonly GPUBuffer[];
}

/** More elements than one stage of a sum takes: the form that pools of any real model have. */
const TYPICAL_SIZE = 65536;

/** Ids of the tensors that are no vectors of the caller's, whose ids are 0 and 1. */
const FACTOR = 2;
const TOTAL = 3;

/** Vectors that one is made orthogonal to at once. */
const MOST_OVERLAPS = 256;
/** Bytes of the first stage's partial sums of a dot product. */
const PARTIAL_BYTES = 4 * 2048;

export interface VectorTools {
  readonly memory: Memory;
  readonly commands: Commands;
  readonly pipelines: Pipelines;
  readonly schedule: ScheduleOptions;
}

export class VectorOperations {
  private readonly device: GPUDevice;
  private readonly memory: Memory;
  private readonly commands: Commands;
  private readonly pipelines: Pipelines;
  private readonly schedule: ScheduleOptions;
  private readonly ready = new Map<string, GPUComputePipeline>();
  private readonly prepared = new Map<string, Prepared>();
  private readonly numbers = new WeakMap<GPUBuffer, number>();
  private next = 0;
  private readonly scalar: GPUBuffer;
  private readonly partial: GPUBuffer;
  private readonly result: GPUBuffer;
  private readonly overlaps: GPUBuffer;
  private readonly image = new Float32Array(1);

  constructor(device: GPUDevice, { memory, commands, pipelines, schedule }: VectorTools) {
    this.device = device;
    this.memory = memory;
    this.commands = commands;
    this.pipelines = pipelines;
    this.schedule = schedule;
    this.scalar = memory.create('scalar', 16, STORAGE_USAGE);
    this.partial = memory.create('partial sums', PARTIAL_BYTES, STORAGE_USAGE);
    this.result = memory.create('dot', 16, STORAGE_USAGE);
    this.overlaps = memory.create('overlaps', 4 * MOST_OVERLAPS, STORAGE_USAGE);
  }

  async compile(): Promise<void> {
    const shaders = (['axpy', 'scale', 'dot', 'subtract', 'normalise'] as const).flatMap((name) =>
      this.shaders(name, TYPICAL_SIZE, name === 'scale' || name === 'normalise' ? 1 : 2),
    );
    const pipelines = await this.pipelines.getAll(shaders);
    shaders.forEach((shader, index) => this.ready.set(shader.key, pipelines[index] as GPUComputePipeline));
  }

  axpy(a: number, x: GPUBuffer, y: GPUBuffer, size: number): void {
    this.run(this.prepare('axpy', size, x === y ? [x] : [x, y]), a);
  }

  scale(a: number, x: GPUBuffer, size: number): void {
    this.run(this.prepare('scale', size, [x]), a);
  }

  dot(x: GPUBuffer, y: GPUBuffer, size: number): Promise<number> {
    this.run(this.prepare('dot', size, x === y ? [x] : [x, y]));
    return later(this.commands.read(this.result, 0, 4), (contents) => new Float32Array(contents)[0] as number);
  }

  /**
   * As a vector space's (vector-space.ts): classical Gram–Schmidt, its numbers copied from where one kernel leaves them
   * to where another takes them.
   */
  orthonormalise(basis: readonly GPUBuffer[], x: GPUBuffer, size: number): Promise<Orthonormalised> {
    if (basis.length > MOST_OVERLAPS) throw new Error(`webgpu: ${basis.length} vectors at once; at most ${MOST_OVERLAPS} fit`);
    const { commands, result, overlaps, scalar } = this;
    const along: Promise<ArrayBuffer>[] = [];
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((q, i) => {
        this.run(this.prepare('dot', size, [q, x]));
        commands.copy(result, 0, overlaps, 4 * i, 4);
      });
      basis.forEach((q, i) => {
        commands.copy(overlaps, 4 * i, scalar, 0, 4);
        this.run(this.prepare('subtract', size, [q, x]));
      });
      if (basis.length > 0) along.push(commands.read(overlaps, 4 * (basis.length - 1), 4));
    }
    this.run(this.prepare('dot', size, [x]));
    const squared = commands.read(result, 0, 4);
    commands.copy(result, 0, scalar, 0, 4);
    this.run(this.prepare('normalise', size, [x]));
    return new Later(async () => {
      const [left, ...parts] = (await Promise.all([squared, ...along])).map((contents) => new Float32Array(contents)[0] as number);
      return { squared: left as number, overlap: parts.reduce((sum, part) => sum + part, 0) };
    });
  }

  /** Forgets what was prepared for a buffer that goes away. */
  forget(buffer: GPUBuffer): void {
    for (const [key, prepared] of this.prepared) {
      if (!prepared.buffers.includes(buffer)) continue;
      for (const words of prepared.words) this.memory.destroy(words);
      this.prepared.delete(key);
    }
  }

  private run(prepared: Prepared, a?: number): void {
    if (a !== undefined) {
      this.image[0] = a;
      this.commands.write(this.scalar, 0, this.image);
    }
    for (const { pipeline, bindGroup, workgroups } of prepared.calls) this.commands.dispatch(pipeline, bindGroup, workgroups);
  }

  /** `count` different vectors take part. */
  private shaders(name: Name, size: number, count: number): Shader[] {
    const vector = (id: number): Tensor => ({
      id,
      shape: [size],
      size,
      dtype: 'float32',
      storage: { kind: 'input', name: `vector ${id}` },
    });
    const x = vector(0);
    const y = count === 1 ? x : vector(1);
    const factor: Tensor = { id: FACTOR, shape: [1], size: 1, dtype: 'float32', storage: { kind: 'input', name: 'scalar' } };
    const total: Tensor = { id: TOTAL, shape: [1], size: 1, dtype: 'float32', storage: { kind: 'output', name: 'result' } };
    const context = kernelContext(this.schedule);
    const tasks = {
      axpy: () => axpy({ x, factor, y }, context),
      scale: () => scale({ x, factor }, context),
      dot: () => dot({ x, y, total }, context),
      subtract: () => subtract({ x, factor, y }, context),
      normalise: () => normalise({ x, factor }, context),
    };
    return tasks[name]().map((task) => shaderOf({ tasks: [task] }, this.schedule.workgroupSize));
  }

  private prepare(name: Name, size: number, buffers: readonly GPUBuffer[]): Prepared {
    const key = `${name} ${size} ${buffers.map((buffer) => this.numberOf(buffer)).join(' ')}`;
    const known = this.prepared.get(key);
    if (known) return known;
    const words: GPUBuffer[] = [];
    const calls = this.shaders(name, size, buffers.length).map((shader): Call => {
      const sizes = this.memory.create('vector sizes', shader.words.byteLength, UNIFORM_USAGE);
      this.device.queue.writeBuffer(sizes, 0, shader.words);
      words.push(sizes);
      const resources = shader.bindings.map(({ tensor }): GPUBuffer => {
        if (tensor.storage.kind === 'scratch') return this.partial;
        if (tensor.id === FACTOR) return this.scalar;
        if (tensor.id === TOTAL) return this.result;
        return buffers[tensor.id] as GPUBuffer;
      });
      const entries = [sizes, ...resources].map((buffer, binding): GPUBindGroupEntry => ({ binding, resource: { buffer } }));
      const [columns, rows] = shader.workgroups;
      if (rows > MAX_GROUPS_X) throw new Error(`webgpu: a vector of ${size} elements is too long for one dispatch`);
      return {
        pipeline: this.pipelineOf(shader),
        bindGroup: this.device.createBindGroup({ layout: this.pipelines.layout(shader.bindings.length), entries }),
        workgroups: [columns, rows],
      };
    });
    const prepared = { buffers, calls, words };
    this.prepared.set(key, prepared);
    return prepared;
  }

  /** Rare forms (a vector with itself, a very short one) are compiled when they are met. */
  private pipelineOf(shader: Shader): GPUComputePipeline {
    let pipeline = this.ready.get(shader.key);
    if (!pipeline) {
      pipeline = this.pipelines.makeNow(shader);
      this.ready.set(shader.key, pipeline);
    }
    return pipeline;
  }

  private numberOf(buffer: GPUBuffer): number {
    let number = this.numbers.get(buffer);
    if (number === undefined) this.numbers.set(buffer, (number = this.next++));
    return number;
  }
}
