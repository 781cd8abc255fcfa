/**
 * From a graph to the list of dispatches: nodes become tasks (kernels/), tasks that do not depend on each other are
 * put side by side into one dispatch (a weight gradient beside an input gradient, a norm's scale gradient beside
 * its input gradient …): fewer dispatches, and more of a wide adapter in use.
 */
import type { Graph } from '../../graph.ts';
import { sizeOf } from '../../named-tensors.ts';
import type { Node } from '../../operations/node.ts';
import type { Tensor } from '../../tensor.ts';
import { tasksOf } from '../kernels/index.ts';
import type { KernelContext, Operand, Task } from './task.ts';

/**
 * Tasks of one dispatch (at most 4, a vec4 of workgroup counts): with more, shaders get larger and more various than
 * the saving is worth.
 */
const MAX_TASKS = 2;
/** How far ahead of its turn a task may run; further ahead, tensors would live longer than they need to. */
const WINDOW = 12;
/**
 * Operations that may share a dispatch. Not everything may: each combination is a shader to compile, so only those
 * that come again and again, or are small.
 */
const PARTNERS: readonly ReadonlySet<string>[] = [
  new Set(['matmul TN', 'matmul NN']),
  new Set(['matmul TN (parts)', 'matmul NN']),
  new Set(['matmul TN (sum of parts)', 'rms_norm_scale_grad', 'rms_norm_grad']),
  new Set(['attention_grad (keys)', 'attention_bias_grad']),
  new Set(['embed', 'position_bias']),
  new Set(['embed_grad', 'position_bias_grad']),
];
const partners = (tasks: readonly Task[]): boolean => PARTNERS.some((set) => tasks.every(({ op }) => set.has(op)));
/** Ids of temporary tensors lie above those of any graph. */
const FIRST_TEMPORARY = 1_000_000;

export interface Dispatch {
  readonly tasks: readonly Task[];
}

/** The dispatches of a graph, and how many of them stand before its seam (graph.ts): none is of both sides. */
export function scheduleGraph(
  { nodes, seam = 0 }: Pick<Graph, 'nodes' | 'seam'>,
  options: ScheduleOptions,
): { dispatches: Dispatch[]; seam: number } {
  // Temporaries of both sides are numbered in one go.
  const tasks = expand(nodes, options);
  const before = expand(nodes.slice(0, seam), options).length;
  const first = scheduleTasks(tasks.slice(0, before), options);
  return { dispatches: [...first, ...scheduleTasks(tasks.slice(before), options)], seam: first.length };
}

export interface ScheduleOptions {
  readonly hardware: boolean;
  readonly quads: boolean;
  readonly workgroupSize: number;
  /** Storage buffers that one shader may bind. */
  readonly maxBindings: number;
  /** One task a dispatch: for tests and profiles. */
  readonly separate?: boolean;
}

/** Questions that a kernel may ask; its temporaries are numbered in one go. */
export function kernelContext({ hardware, quads, workgroupSize }: ScheduleOptions): KernelContext {
  let next = FIRST_TEMPORARY;
  return {
    hardware,
    quads,
    workgroupSize,
    scratch: (shape): Tensor => ({ id: next++, shape, size: sizeOf(shape), dtype: 'float32', storage: { kind: 'scratch' } }),
  };
}

/** All tasks of the nodes, in order. */
export function expand(nodes: readonly Node[], options: ScheduleOptions): Task[] {
  const context = kernelContext(options);
  return nodes.flatMap((node) => tasksOf(node, context));
}

/** Where a tensor lies, as far as overlaps go: ranges of one space can overlap, spaces cannot. */
export function placeOf(tensor: Tensor): { space: string; start: number; end: number } {
  const { storage } = tensor;
  switch (storage.kind) {
    case 'pool':
      return { space: `pool ${storage.role}`, start: storage.offset, end: storage.offset + tensor.size };
    case 'input':
    case 'output':
      return { space: `${storage.kind} ${storage.name}`, start: 0, end: tensor.size };
    case 'constant':
    case 'scratch':
      return { space: `${storage.kind} ${tensor.id}`, start: 0, end: tensor.size };
  }
}

const overlap = (a: Tensor, b: Tensor): boolean => {
  if (a === b) return true;
  if (a.storage.kind !== b.storage.kind || a.storage.kind === 'scratch' || a.storage.kind === 'constant') return false;
  const [p, q] = [placeOf(a), placeOf(b)];
  return p.space === q.space && p.start < q.end && q.start < p.end;
};

/** Whether the order of two tasks matters. */
function conflict(a: Task, b: Task): boolean {
  return a.operands.some((x) => b.operands.some((y) => (x.write || y.write) && overlap(x.tensor, y.tensor)));
}

/** Whether two bindings can stand in one shader: the same range as the same type, or ranges that do not overlap. */
const compatible = (x: Operand, y: Operand): boolean => {
  if (!overlap(x.tensor, y.tensor)) return true;
  const [p, q] = [placeOf(x.tensor), placeOf(y.tensor)];
  return x.type === y.type && p.start === q.start && p.end === q.end;
};

/** The different ranges that operands bind. */
export function bindingsOf(operands: readonly Operand[]): Operand[] {
  const found: Operand[] = [];
  for (const operand of operands) if (!found.some((other) => overlap(other.tensor, operand.tensor))) found.push(operand);
  return found;
}

export const schedule = (nodes: readonly Node[], options: ScheduleOptions): Dispatch[] => scheduleTasks(expand(nodes, options), options);

/** @param waiting tasks in order; emptied */
function scheduleTasks(waiting: Task[], options: ScheduleOptions): Dispatch[] {
  for (const task of waiting) {
    const count = bindingsOf(task.operands).length;
    if (count > options.maxBindings)
      throw new Error(`webgpu: ${task.op} binds ${count} buffers; this adapter allows ${options.maxBindings}`);
  }
  if (options.separate) return waiting.map((task) => ({ tasks: [task] }));
  const dispatches: Dispatch[] = [];
  while (waiting.length > 0) {
    const tasks = [waiting.shift() as Task];
    /** Tasks passed over: whoever overtakes them must not depend on them. */
    const passed: Task[] = [];
    for (let i = 0; i < Math.min(WINDOW, waiting.length) && tasks.length < MAX_TASKS; i++) {
      const candidate = waiting[i] as Task;
      const free = partners([...tasks, candidate]) && ![...tasks, ...passed].some((other) => conflict(other, candidate));
      const operands = [...tasks.flatMap((task) => task.operands), ...candidate.operands];
      const fits =
        free &&
        bindingsOf(operands).length <= options.maxBindings &&
        candidate.operands.every((y) => tasks.every((task) => task.operands.every((x) => compatible(x, y))));
      if (fits) {
        tasks.push(candidate);
        waiting.splice(i, 1);
        i--;
      } else passed.push(candidate);
    }
    dispatches.push({ tasks });
  }
  return dispatches;
}
