/**
 * A compiled graph on WebGPU: a fixed list of dispatches over buffers that never move; a run is recorded behind what
 * came before it.
 */
import type { Program } from '../device.ts';
import { later } from '../jobs/later.ts';
import type { Commands } from './commands.ts';
import type { Memory } from './memory.ts';

export interface Step {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number];
}

/** A range of a buffer, in bytes. */
export interface Range {
  readonly offset: number;
  readonly bytes: number;
}

export interface ProgramParts {
  readonly steps: readonly Step[];
  /** Steps before the graph's seam, where it has one. */
  readonly seam: number | undefined;
  /** Inputs lie in one buffer, outputs in another. */
  readonly inputs: ReadonlyMap<string, Range>;
  readonly outputs: ReadonlyMap<string, Range>;
  readonly inputBuffer: GPUBuffer;
  readonly outputBuffer: GPUBuffer;
  /** All buffers that go with the program. */
  readonly owned: readonly GPUBuffer[];
}

export class WebGPUProgram implements Program {
  private readonly device: GPUDevice;
  private readonly memory: Memory;
  private readonly commands: Commands;
  private readonly parts: ProgramParts;
  /** Host copy of the inputs; what changed is sent in one write before a run. */
  private readonly mirror: ArrayBuffer;
  private dirtyFrom = Infinity;
  private dirtyTo = 0;
  private disposed = false;

  constructor(device: GPUDevice, memory: Memory, commands: Commands, parts: ProgramParts) {
    this.device = device;
    this.memory = memory;
    this.commands = commands;
    this.parts = parts;
    this.mirror = new ArrayBuffer(parts.inputBuffer.size);
  }

  get calls(): number {
    return this.parts.steps.length;
  }

  setInput(name: string, data: Int32Array | Float32Array): void {
    const range = this.parts.inputs.get(name);
    if (!range) throw new Error(`webgpu: the program has no input ${name}; it has ${[...this.parts.inputs.keys()].join(', ')}`);
    if (data.byteLength !== range.bytes) throw new Error(`webgpu: the input ${name} takes ${range.bytes / 4} values, not ${data.length}`);
    new Uint8Array(this.mirror, range.offset, range.bytes).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    this.dirtyFrom = Math.min(this.dirtyFrom, range.offset);
    this.dirtyTo = Math.max(this.dirtyTo, range.offset + range.bytes);
  }

  run(): void {
    this.submit(0);
  }

  rerun(): void {
    if (this.parts.seam === undefined) throw new Error('webgpu: this program can only be run whole: its graph has no seam');
    this.submit(this.parts.seam);
  }

  private submit(first: number): void {
    if (this.disposed) throw new Error('webgpu: this program has been disposed of');
    this.sendInputs();
    const { steps } = this.parts;
    for (let i = first; i < steps.length; i++) {
      const { pipeline, bindGroup, workgroups } = steps[i] as Step;
      this.commands.dispatch(pipeline, bindGroup, workgroups);
    }
  }

  read(output: string): Promise<Float32Array> {
    const range = this.parts.outputs.get(output);
    if (!range) throw new Error(`webgpu: the program has no output ${output}; it has ${[...this.parts.outputs.keys()].join(', ')}`);
    return later(this.commands.read(this.parts.outputBuffer, range.offset, range.bytes), (contents) => new Float32Array(contents));
  }

  /**
   * Nanoseconds of each dispatch of one run, by its label; needs the feature `timestamp-query`. For measurements: the
   * run is split.
   */
  async profile(): Promise<{ readonly label: string; readonly nanoseconds: number }[]> {
    this.sendInputs();
    this.commands.submit();
    const count = this.parts.steps.length;
    const querySet = this.device.createQuerySet({ type: 'timestamp', count: 2 * count });
    const resolved = this.memory.create('timestamps', 16 * count, 0x200 | 4);
    const encoder = this.device.createCommandEncoder();
    this.parts.steps.forEach((step, index) => {
      const pass = encoder.beginComputePass({
        timestampWrites: { querySet, beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 },
      });
      pass.setPipeline(step.pipeline);
      pass.setBindGroup(0, step.bindGroup);
      pass.dispatchWorkgroups(step.workgroups[0], step.workgroups[1]);
      pass.end();
    });
    encoder.resolveQuerySet(querySet, 0, 2 * count, resolved, 0);
    this.device.queue.submit([encoder.finish()]);
    const times = new BigUint64Array(await this.commands.read(resolved, 0, 16 * count));
    this.memory.destroy(resolved);
    querySet.destroy();
    return this.parts.steps.map((step, index) => ({
      label: step.label,
      nanoseconds: Number((times[2 * index + 1] ?? 0n) - (times[2 * index] ?? 0n)),
    }));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const buffer of this.parts.owned) this.memory.destroy(buffer);
  }

  private sendInputs(): void {
    if (this.dirtyTo <= this.dirtyFrom) return;
    this.commands.write(this.parts.inputBuffer, this.dirtyFrom, new Uint8Array(this.mirror, this.dirtyFrom, this.dirtyTo - this.dirtyFrom));
    this.dirtyFrom = Infinity;
    this.dirtyTo = 0;
  }
}
