/**
 * A task is one node, or one stage of a node, as WebGPU runs it: a WGSL function body, the tensors it binds, a few
 * words of sizes and a number of workgroups. Tasks that do not depend on each other share a dispatch (schedule.ts).
 *
 * The body depends on the task's `key` only (kind of operation and booleans); all sizes come from the words, so
 * that a model of another size needs no new shader.
 */
import type { OperationName } from '../../operations/catalogue.ts';
import type { NodeOf } from '../../operations/node.ts';
import type { Tensor } from '../../tensor.ts';

/** Element type of a binding. The vec4 forms need sizes that are multiples of 4. */
export type ElementType = 'f32' | 'i32' | 'vec4<f32>';

export interface Operand {
  readonly tensor: Tensor;
  readonly type: ElementType;
  readonly write: boolean;
}

/** Where a shader has put a task's operands and words; the same body can stand twice in one shader. */
export interface Places {
  /** Name of the operand's array. */
  readonly tensor: (operand: number) => string;
  /** Expression of a word, u32. */
  readonly word: (index: number) => string;
  /** Expression of word `base + i`, u32, with i an expression. */
  readonly wordAt: (base: number, i: string) => string;
  /** Declares a workgroup array and gives its name. */
  readonly shared: Shared;
}
export type Shared = (name: string, type: string) => string;

export interface Task {
  /** Name of the operation (and stage), for profiles and errors. */
  readonly op: string;
  readonly key: string;
  readonly operands: readonly Operand[];
  /** u32 each. */
  readonly words: readonly number[];
  readonly workgroups: number;
  /** Whether the body uses operations of subgroups. */
  readonly subgroups: boolean;
  readonly body: (places: Places) => string;
}

/** A float in a task's words. */
export interface FloatWord {
  readonly float: number;
}
/** Numbers in a task's words that are asked for by an expression. */
export interface WordList {
  readonly list: readonly number[];
}
/** A number stands for itself, as a u32. */
export type Word = number | FloatWord | WordList;

/** Names of the operands' arrays in WGSL; undefined for those that are absent. */
type TensorNames<Operands> = {
  readonly [Name in keyof Operands]: undefined extends Operands[Name] ? string | undefined : string;
};
/** WGSL expressions of the words, u32 or f32; of a list: that of its i-th, with i an expression. */
export type WordNames<Words> = { readonly [Name in keyof Words]: Words[Name] extends WordList ? (i: string) => string : string };

export interface TaskParts<Operands, Words> extends Pick<Task, 'op' | 'key' | 'workgroups'> {
  readonly operands: Operands;
  readonly words: Words;
  readonly subgroups?: boolean;
  /**
   * The WGSL function's body, with the names of its tensors (`t.x`) and words (`w.rows`). With barriers or operations
   * of subgroups it must not return early.
   */
  readonly body: (t: TensorNames<Operands>, w: WordNames<Words>, shared: Shared) => string;
}

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);
function bitsOf(value: number): number {
  FLOAT[0] = value;
  return BITS[0] as number;
}
const numbersOf = (word: Word): readonly number[] =>
  typeof word === 'number' ? [word] : 'float' in word ? [bitsOf(word.float)] : word.list;

/** A task from operands and words by name; both lie in the order in which they stand here. */
export function task<Operands extends Readonly<Record<string, Operand | undefined>>, Words extends Readonly<Record<string, Word>>>({
  operands,
  words,
  body,
  subgroups = false,
  ...rest
}: TaskParts<Operands, Words>): Task {
  const bound = Object.entries<Operand | undefined>(operands).flatMap(([name, operand]) => (operand ? [{ name, operand }] : []));
  let length = 0;
  const laid = Object.entries<Word>(words).map(([name, word]) => {
    const numbers = numbersOf(word);
    const start = length;
    length += numbers.length;
    return { name, word, start, numbers };
  });
  return {
    ...rest,
    subgroups,
    operands: bound.map(({ operand }) => operand),
    words: laid.flatMap(({ numbers }) => numbers),
    body: ({ tensor, word: wordOf, wordAt, shared }) => {
      const expression = (word: Word, start: number): string | ((i: string) => string) => {
        if (typeof word === 'number') return wordOf(start);
        return 'float' in word ? `bitcast<f32>(${wordOf(start)})` : (i) => wordAt(start, i);
      };
      const t = Object.fromEntries(bound.map(({ name }, index) => [name, tensor(index)]));
      const w = Object.fromEntries(laid.map(({ name, word, start }) => [name, expression(word, start)]));
      return body(t as TensorNames<Operands>, w as WordNames<Words>, shared);
    },
  };
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

export type Kernel<Op extends OperationName> = (node: NodeOf<Op>, context: KernelContext) => readonly Task[];

export const read = (tensor: Tensor, type: ElementType = 'f32'): Operand => ({ tensor, type, write: false });
export const write = (tensor: Tensor, type: ElementType = 'f32'): Operand => ({ tensor, type, write: true });

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
