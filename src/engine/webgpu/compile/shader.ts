/**
 * The WGSL module of a dispatch: one function a task, chosen by the workgroup's number. Every tensor is a range
 * bound read-write, also where it is only read: ranges of one buffer stand side by side in one dispatch, and WebGPU
 * does not allow a buffer to be read-only and writable at once.
 */
import { placeOf, bindingsOf, type Dispatch } from './schedule.ts';
import type { Operand, Places, Task } from './task.ts';

/** Dispatch dimensions are limited: beyond this the workgroups' numbers go on in the second dimension. */
export const MAX_GROUPS_X = 65535;

export interface Shader {
  /** The key of the text: the tasks' kinds and which operands share a binding. */
  readonly key: string;
  /** Names of the tasks, for profiles. */
  readonly label: string;
  readonly text: string;
  /** Bound ranges, in binding order (binding 0 is the words). */
  readonly bindings: readonly Operand[];
  /** u32 words: ends of the tasks' workgroup numbers in the first four, then each task's own. */
  readonly words: Uint32Array<ArrayBuffer>;
  readonly workgroups: readonly [number, number];
}

const component = (index: number): string => `words[${index >> 2}].${'xyzw'[index & 3]}`;

export function shaderOf({ tasks }: Dispatch, workgroupSize: number): Shader {
  const bindings = bindingsOf(tasks.flatMap((task) => task.operands));
  const indexOf = (operand: Operand): number => {
    const place = placeOf(operand.tensor);
    return bindings.findIndex((other) => {
      const otherPlace = placeOf(other.tensor);
      return otherPlace.space === place.space && otherPlace.start === place.start;
    });
  };
  const starts: number[] = [];
  let length = 4;
  for (const task of tasks) {
    starts.push(length);
    length += Math.ceil(task.words.length / 4) * 4;
  }
  const words = new Uint32Array(length);
  let end = 0;
  tasks.forEach((task, index) => {
    end += task.workgroups;
    words[index] = end;
    words.set(task.words, starts[index]);
  });
  for (let index = tasks.length; index < 4; index++) words[index] = end;
  const pattern = tasks.map((task) => task.operands.map(indexOf));
  const shared: string[] = [];
  const functions = tasks.map((task, index) =>
    taskFunction(task, index, { start: starts[index] ?? 0, operands: pattern[index] ?? [], shared, workgroupSize }),
  );
  const chain = tasks.map((_, index) => {
    const from = index === 0 ? '0u' : component(index - 1);
    return `if (wid < ${component(index)}) { task${index}(wid - ${from}, lid); }`;
  });
  const subgroups = tasks.some((task) => task.subgroups) ? 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);\n' : '';
  const text = `${subgroups}@group(0) @binding(0) var<uniform> words: array<vec4<u32>, ${length / 4}>;
${bindings.map((operand, index) => `@group(0) @binding(${index + 1}) var<storage, read_write> tensor${index}: array<${operand.type}>;`).join('\n')}
${shared.join('\n')}
${functions.join('\n')}
@compute @workgroup_size(${workgroupSize})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lid: u32) {
  let wid = group.y * ${MAX_GROUPS_X}u + group.x;
  ${chain.join('\n  else ')}
}
`;
  const workgroups: [number, number] = end <= MAX_GROUPS_X ? [end, 1] : [MAX_GROUPS_X, Math.ceil(end / MAX_GROUPS_X)];
  return {
    key: tasks.map((task, index) => `${task.key}(${pattern[index]?.join(',')})`).join(' + '),
    label: tasks.map((task) => task.op).join(' + '),
    text,
    bindings,
    words,
    workgroups,
  };
}

interface TaskPlace {
  readonly start: number;
  readonly operands: readonly number[];
  /** Collects declarations of workgroup memory. */
  readonly shared: string[];
  readonly workgroupSize: number;
}

function taskFunction(task: Task, index: number, { start, operands, shared, workgroupSize }: TaskPlace): string {
  const declared = new Set<string>();
  const places: Places = {
    tensor: (operand) => `tensor${operands[operand]}`,
    word: (word) => component(start + word),
    wordAt: (base, i) => `words[(${start + base}u + ${i}) >> 2u][(${start + base}u + ${i}) & 3u]`,
    shared: (name, type) => {
      const unique = `${name}_${index}`;
      if (!declared.has(unique)) {
        declared.add(unique);
        shared.push(`var<workgroup> ${unique}: ${type};`);
      }
      return unique;
    },
  };
  return `fn task${index}(wid: u32, lid: u32) {
let gid = wid * ${workgroupSize}u + lid;
${task.body(places)}
}`;
}
