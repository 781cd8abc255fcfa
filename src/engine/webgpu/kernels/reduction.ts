/**
 * Sums over a vector: `sum`, `sum_squares`, and the device's `dot`. Every invocation adds a fixed stride of the
 * elements, one workgroup adds the partial sums by a fixed tree: the same bits for the same length, always.
 */
import type { Tensor } from '../../graph.ts';
import {
  groupsFor,
  inputOf,
  outputOf,
  range,
  read,
  write,
  type Kernel,
  type KernelContext,
  type Names,
  type Operand,
  type Task,
} from '../task.ts';

/** More elements than this are summed in two stages. */
const ONE_STAGE = 2048;
/** Partial sums of the first stage. */
const PARTIALS = 2048;

type Term = (names: Names, i: string) => string;

/** Adds `term` over n elements by one workgroup. */
function lastStage(op: string, key: string, operands: readonly Operand[], n: number, term: Term, y: Tensor, context: KernelContext): Task {
  const size = context.workgroupSize;
  const out = operands.length;
  return {
    op,
    key: `${key}/last`,
    operands: [...operands, write(y)],
    words: [n],
    workgroups: 1,
    body: (names) => {
      const partial = names.shared('partial', `array<f32, ${size}>`);
      const steps = range(Math.log2(size)).map((i) => size >> (i + 1));
      return `var sum = 0.0;
for (var i = lid; i < ${names.word(0)}; i += ${size}u) { sum += ${term(names, 'i')}; }
${partial}[lid] = sum;
${steps.map((half) => `workgroupBarrier();\nif (lid < ${half}u) { ${partial}[lid] += ${partial}[lid + ${half}u]; }`).join('\n')}
if (lid == 0u) { ${names.tensor(out)}[0] = ${partial}[0]; }`;
    },
  };
}

function reduction(op: string, inputs: readonly Tensor[], y: Tensor, term: Term, context: KernelContext): Task[] {
  const n = inputs[0]?.size ?? 0;
  const operands = inputs.map((tensor) => read(tensor));
  if (n <= ONE_STAGE) return [lastStage(op, op, operands, n, term, y, context)];
  const partials = context.scratch([PARTIALS]);
  const first: Task = {
    op: `${op} (partial)`,
    key: `${op}/first`,
    operands: [...operands, write(partials)],
    words: [n, PARTIALS],
    workgroups: groupsFor(PARTIALS, context),
    body: (names) => `if (gid >= ${names.word(1)}) { return; }
var sum = 0.0;
for (var i = gid; i < ${names.word(0)}; i += ${names.word(1)}) { sum += ${term(names, 'i')}; }
${names.tensor(operands.length)}[gid] = sum;`,
  };
  return [first, lastStage(op, 'sum', [read(partials)], PARTIALS, plain, y, context)];
}

const plain: Term = ({ tensor }, i) => `${tensor(0)}[${i}]`;

export const sum: Kernel = (node, context) => reduction('sum', [inputOf(node, 0)], outputOf(node, 0), plain, context);

export const sumSquares: Kernel = (node, context) =>
  reduction('sum_squares', [inputOf(node, 0)], outputOf(node, 0), ({ tensor }, i) => `${tensor(0)}[${i}] * ${tensor(0)}[${i}]`, context);

/** y = Σ a·b: the device's own. */
export const dot: Kernel = (node, context) =>
  reduction(
    'dot',
    [inputOf(node, 0), inputOf(node, 1)],
    outputOf(node, 0),
    ({ tensor }, i) => `${tensor(0)}[${i}] * ${tensor(1)}[${i}]`,
    context,
  );
