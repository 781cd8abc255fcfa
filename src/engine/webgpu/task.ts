/**
 * A task is one node, or one stage of a node, as WebGPU runs it: a WGSL function body, the tensors it binds, a few
 * words of sizes and a number of workgroups. Tasks that do not depend on each other share a dispatch (schedule.ts).
 *
 * The body depends on the task's `key` only (kind of operation and booleans); all sizes come from the words, so
 * that a model of another size needs no new shader.
 */
import type { Node, Tensor } from '../graph.ts';

/** Element type of a binding. The vec4 forms need sizes that are multiples of 4. */
export type ElementType = 'f32' | 'i32' | 'vec4<f32>';

export interface Operand {
  readonly tensor: Tensor;
  readonly type: ElementType;
  readonly write: boolean;
}

/** Names under which a body reaches its operands and words; the same body can stand twice in one shader. */
export interface Names {
  /** Name of the operand's array. */
  readonly tensor: (operand: number) => string;
  /** Expression of a word, u32. */
  readonly word: (index: number) => string;
  /** Expression of a word written by `floatWord`, f32. */
  readonly float: (index: number) => string;
  /** Name of a WGSL expression for word `base + i`, with i an expression (dynamic). */
  readonly wordAt: (base: number, i: string) => string;
  /** Declares a workgroup array and gives its name. */
  readonly shared: (name: string, type: string) => string;
}

export interface Task {
  /** Name of the operation (and stage), for profiles and errors. */
  readonly op: string;
  readonly key: string;
  readonly operands: readonly Operand[];
  /** u32 each. */
  readonly words: readonly number[];
  readonly workgroups: number;
  /** Whether the body uses operations of subgroups. */
  readonly subgroups?: boolean;
  /** A body with barriers or operations of subgroups must not return early. */
  readonly body: (names: Names) => string;
}

/** Where kernels differ: hardware likes small work items and shared memory, a CPU large ones without barriers. */
export interface KernelContext {
  readonly hardware: boolean;
  /** A CPU adapter whose subgroups are four invocations, one behind the other. */
  readonly quads: boolean;
  readonly workgroupSize: number;
  /** A temporary tensor between the stages of a node. */
  readonly scratch: (shape: readonly number[]) => Tensor;
}

export type Kernel = (node: Node, context: KernelContext) => readonly Task[];

const FLOAT = new Float32Array(1);
const WORD = new Uint32Array(FLOAT.buffer);
/** The bits of a float, for a word. */
export function floatWord(value: number): number {
  FLOAT[0] = value;
  return WORD[0] as number;
}

export const read = (tensor: Tensor, type: ElementType = 'f32'): Operand => ({ tensor, type, write: false });
export const write = (tensor: Tensor, type: ElementType = 'f32'): Operand => ({ tensor, type, write: true });

export function inputOf(node: Node, index: number): Tensor {
  const tensor = node.inputs[index];
  if (!tensor) throw new Error(`webgpu: ${node.op} needs an input ${index + 1}; it has ${node.inputs.length}`);
  return tensor;
}
export function outputOf(node: Node, index: number): Tensor {
  const tensor = node.outputs[index];
  if (!tensor) throw new Error(`webgpu: ${node.op} needs an output ${index + 1}; it has ${node.outputs.length}`);
  return tensor;
}
export function dimension(tensor: Tensor, axis: number): number {
  const size = tensor.shape[axis];
  if (size === undefined) throw new Error(`webgpu: a tensor of shape [${tensor.shape.join(', ')}] has no axis ${axis}`);
  return size;
}
/** Workgroups for one invocation an item. */
export const groupsFor = (items: number, context: KernelContext): number => Math.ceil(items / context.workgroupSize);
/** `vec4<f32>` where all of these sizes are multiples of 4. */
export const vectorType = (...sizes: readonly number[]): 'vec4<f32>' | 'f32' =>
  sizes.every((size) => size % 4 === 0) ? 'vec4<f32>' : 'f32';
export const lanes = (type: ElementType): number => (type === 'vec4<f32>' ? 4 : 1);
/** `[0, 1, … n−1]`, for unrolled WGSL. */
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** Unrolled WGSL, one line an index. */
export const unroll = (n: number, line: (i: number) => string): string => range(n).map(line).join('\n');
