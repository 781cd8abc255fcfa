/** Compiles a graph for WebGPU: schedule, memory plan, pipelines, bind groups. */
import type { Graph } from '../../graph.ts';
import { planMemory, type Access } from '../../memory-plan.ts';
import type { PoolRole, Tensor } from '../../tensor.ts';
import { STORAGE_USAGE, UNIFORM_USAGE, type Memory } from '../memory.ts';
import type { Commands } from '../commands.ts';
import type { Pipelines } from './pipelines.ts';
import { scheduleGraph, type Dispatch, type ScheduleOptions } from './schedule.ts';
import { shaderOf } from './shader.ts';
import type { Range, Step, WebGPUProgram } from '../webgpu-program.ts';
import { WebGPUProgram as Program } from '../webgpu-program.ts';

/** WebGPU's alignment of binding offsets, in bytes. */
const ALIGNMENT = 256;
const BYTES = 4;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

export interface CompileTools {
  readonly device: GPUDevice;
  readonly memory: Memory;
  readonly commands: Commands;
  readonly pipelines: Pipelines;
  readonly schedule: ScheduleOptions;
  readonly onCompile?: ((done: number, total: number) => void) | undefined;
}

/** The buffer of a pool that the graph may refer to. */
export type PoolBuffers = Readonly<Partial<Record<PoolRole, GPUBuffer>>>;

/** Lays tensors out one after the other, each at an aligned offset. */
function layOut(tensors: readonly Tensor[]): { ranges: Map<Tensor, Range>; bytes: number } {
  const ranges = new Map<Tensor, Range>();
  let bytes = 0;
  for (const tensor of tensors) {
    ranges.set(tensor, { offset: bytes, bytes: tensor.size * BYTES });
    bytes += aligned(tensor.size * BYTES);
  }
  return { ranges, bytes };
}

const byName = (ranges: ReadonlyMap<Tensor, Range>): Map<string, Range> =>
  new Map([...ranges].map(([{ storage }, range]) => ['name' in storage ? storage.name : '', range]));

/** Dispatches as the memory planner sees them: all tensors of a dispatch live at once. */
const asNodes = (dispatches: readonly Dispatch[], seam: number): { nodes: Access[]; seam: number } => ({
  seam,
  nodes: dispatches.map(({ tasks }) => {
    const operands = tasks.flatMap((task) => task.operands);
    const pick = (write: boolean): Tensor[] => operands.filter((operand) => operand.write === write).map(({ tensor }) => tensor);
    return { op: tasks.map((task) => task.op).join(' + '), reads: pick(false), writes: pick(true) };
  }),
});

export async function compileGraph(graph: Graph, pools: PoolBuffers, tools: CompileTools): Promise<WebGPUProgram> {
  const { device, memory, commands, pipelines } = tools;
  const { dispatches, seam } = scheduleGraph(graph, tools.schedule);
  const shaders = dispatches.map((dispatch) => shaderOf(dispatch, tools.schedule.workgroupSize));
  const compiled = await pipelines.getAll(shaders, tools.onCompile);

  const plan = planMemory(asNodes(dispatches, seam));
  const inputs = layOut(graph.inputs);
  const outputs = layOut(graph.outputs);
  const constants = layOut(graph.tensors.filter((tensor) => tensor.storage.kind === 'constant'));
  const arena = memory.create('scratch', plan.size * BYTES, STORAGE_USAGE);
  const inputBuffer = memory.create('inputs', inputs.bytes, STORAGE_USAGE);
  const outputBuffer = memory.create('outputs', outputs.bytes, STORAGE_USAGE);
  const constantBuffer = memory.create('constants', constants.bytes, STORAGE_USAGE);
  for (const [{ storage }, { offset }] of constants.ranges) {
    if (storage.kind === 'constant')
      device.queue.writeBuffer(
        constantBuffer,
        offset,
        storage.data.buffer as ArrayBuffer,
        storage.data.byteOffset,
        storage.data.byteLength,
      );
  }

  const rangeOf = (tensor: Tensor): GPUBufferBinding => {
    const { storage } = tensor;
    const size = tensor.size * BYTES;
    const known = (buffer: GPUBuffer, ranges: ReadonlyMap<Tensor, Range>): GPUBufferBinding => {
      const range = ranges.get(tensor);
      if (!range) throw new Error('webgpu: a tensor of another graph is used');
      return { buffer, offset: range.offset, size };
    };
    switch (storage.kind) {
      case 'input':
        return known(inputBuffer, inputs.ranges);
      case 'output':
        return known(outputBuffer, outputs.ranges);
      case 'constant':
        return known(constantBuffer, constants.ranges);
      case 'scratch':
        return { buffer: arena, offset: (plan.offsets.get(tensor.id) ?? 0) * BYTES, size };
      case 'pool': {
        const buffer = pools[storage.role];
        if (!buffer) throw new Error(`webgpu: the graph uses the pool ${storage.role}, which was not given`);
        const offset = storage.offset * BYTES;
        if (offset % ALIGNMENT !== 0)
          throw new Error(
            `webgpu: a tensor of the pool ${storage.role} starts at byte ${offset}; it must be a multiple of ${ALIGNMENT}: only whole packs can be bound`,
          );
        return { buffer, offset, size };
      }
    }
  };

  const slots = shaders.map((shader) => aligned(shader.words.byteLength));
  const words = memory.create(
    'words',
    slots.reduce((a, b) => a + b, 0),
    UNIFORM_USAGE,
  );
  const image = new Uint32Array(words.size / BYTES);
  let slot = 0;
  const steps = shaders.map((shader, index): Step => {
    image.set(shader.words, slot / BYTES);
    const entries: GPUBindGroupEntry[] = [{ binding: 0, resource: { buffer: words, offset: slot, size: shader.words.byteLength } }];
    shader.bindings.forEach(({ tensor }, binding) => entries.push({ binding: binding + 1, resource: rangeOf(tensor) }));
    slot += slots[index] ?? 0;
    return {
      label: shader.label,
      pipeline: compiled[index] as GPUComputePipeline,
      bindGroup: device.createBindGroup({ layout: pipelines.layout(shader.bindings.length), entries }),
      workgroups: shader.workgroups,
    };
  });
  device.queue.writeBuffer(words, 0, image);
  return new Program(device, memory, commands, {
    steps,
    seam: graph.seam === undefined ? undefined : seam,
    inputs: byName(inputs.ranges),
    outputs: byName(outputs.ranges),
    inputBuffer,
    outputBuffer,
    owned: [arena, inputBuffer, outputBuffer, constantBuffer, words],
  });
}
