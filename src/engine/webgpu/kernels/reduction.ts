/**
 * Sums over a vector: `sum`, `sum_squares`, and the device's `dot`. Every invocation adds a fixed stride of the
 * elements, one workgroup adds the partial sums by a fixed tree: the same bits for the same length, always.
 */
import type { Tensor } from '../../tensor.ts';
import { groupsFor, range, read, task, write, type Kernel, type KernelContext, type Task } from '../compile/task.ts';

/** More elements than this are summed in two stages. */
const ONE_STAGE = 2048;
/** Partial sums of the first stage. */
const PARTIALS = 2048;

/** The summand: an element of `x`, or of `x` and `y`. */
interface Terms {
  readonly op: string;
  readonly x: Tensor;
  readonly y?: Tensor;
  /** WGSL of the i-th term. */
  readonly term: (t: { readonly x: string; readonly y?: string | undefined }, i: string) => string;
}

/** Adds the terms by one workgroup. */
function lastStage({ op, x, y, term }: Terms, key: string, total: Tensor, context: KernelContext): Task {
  const size = context.workgroupSize;
  return task({
    op,
    key: `${key}/last`,
    operands: { x: read(x), y: y && read(y), total: write(total) },
    words: { n: x.size },
    workgroups: 1,
    body: (t, w, shared) => {
      const partial = shared('partial', `array<f32, ${size}>`);
      const steps = range(Math.log2(size)).map((i) => size >> (i + 1));
      return `var sum = 0.0;
for (var i = lid; i < ${w.n}; i += ${size}u) { sum += ${term(t, 'i')}; }
${partial}[lid] = sum;
${steps.map((half) => `workgroupBarrier();\nif (lid < ${half}u) { ${partial}[lid] += ${partial}[lid + ${half}u]; }`).join('\n')}
if (lid == 0u) { ${t.total}[0] = ${partial}[0]; }`;
    },
  });
}

function reduction(terms: Terms, total: Tensor, context: KernelContext): Task[] {
  const { op, x, y, term } = terms;
  if (x.size <= ONE_STAGE) return [lastStage(terms, op, total, context)];
  const partials = context.scratch([PARTIALS]);
  const first = task({
    op: `${op} (partial)`,
    key: `${op}/first`,
    operands: { x: read(x), y: y && read(y), partials: write(partials) },
    words: { n: x.size, partials: PARTIALS },
    workgroups: groupsFor(PARTIALS, context),
    body: (t, w) => `if (gid >= ${w.partials}) { return; }
var sum = 0.0;
for (var i = gid; i < ${w.n}; i += ${w.partials}) { sum += ${term(t, 'i')}; }
${t.partials}[gid] = sum;`,
  });
  return [first, lastStage({ op, x: partials, term: plain }, 'sum', total, context)];
}

const plain: Terms['term'] = ({ x }, i) => `${x}[${i}]`;

export const sum: Kernel<'sum'> = ({ inputs: { x }, outputs: { y } }, context) => reduction({ op: 'sum', x, term: plain }, y, context);

export const sumSquares: Kernel<'sum_squares'> = ({ inputs: { x }, outputs: { y } }, context) =>
  reduction({ op: 'sum_squares', x, term: (t, i) => `${t.x}[${i}] * ${t.x}[${i}]` }, y, context);

/** total = Σ x·y: not an operation of graphs, the device's own. */
export function dot({ x, y, total }: { x: Tensor; y: Tensor; total: Tensor }, context: KernelContext): Task[] {
  return reduction({ op: 'dot', x, y, term: (t, i) => `${t.x}[${i}] * ${t.y}[${i}]` }, total, context);
}
