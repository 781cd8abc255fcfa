/**
 * Matrix product for hardware, large: a workgroup of 64 computes a block of 64 × 64, each invocation 8 × 8 of it in
 * registers, from slices in workgroup memory that are loaded by fours while the slice before is multiplied. Long sums
 * over few blocks (weight gradients: the sum runs over all tokens) are split into parts that a second task adds in
 * order.
 */
import { read, task, unroll, write, type KernelContext, type Shared, type Task } from '../../compile/task.ts';
import { inParts } from './matmul-parts.ts';
import type { Product, ProductNames } from './product.ts';

const TILE = 64;
/** Columns of a slice. */
const SLICE = 16;
/** Groups of four from one row of a slice to the next: rows begin in different banks. */
const PITCH = TILE / 4 + 1;
const INVOCATIONS = 64;
/** Groups of four that an invocation loads of a slice. */
const LOADS = (TILE * SLICE) / 4 / INVOCATIONS;

export function blockMatmul(product: Product, parts: number, context: KernelContext): Task[] {
  const { a, b, transposeA, transposeB, m, n, k } = product;
  if (context.workgroupSize !== INVOCATIONS)
    throw new Error(`webgpu: blocks are for workgroups of ${INVOCATIONS}, not ${context.workgroupSize}`);
  const name = `${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`;
  const { target, add, accumulate, alpha, perPart, rest } = inParts(product, parts, SLICE, context);
  const first = task({
    op: `matmul ${name} block${parts > 1 ? ' (parts)' : ''}`,
    key: `matmul/block/${transposeA}/${transposeB}/${add !== undefined}/${accumulate}`,
    operands: {
      a: read(a, 'vec4<f32>'),
      b: read(b, 'vec4<f32>'),
      c: write(target, 'vec4<f32>'),
      add: add && read(add, 'vec4<f32>'),
    },
    words: { m, n, k, alpha: { float: alpha }, perPart },
    workgroups: Math.ceil(m / TILE) * Math.ceil(n / TILE) * parts,
    body: (t, w, shared) => blockBody(t, w, shared, { transposeA, transposeB, accumulate }),
  });
  return [first, ...rest];
}

type BlockWords = Readonly<Record<'m' | 'n' | 'k' | 'alpha' | 'perPart', string>>;
type BlockForm = Pick<Product, 'transposeA' | 'transposeB' | 'accumulate'>;

/**
 * How one of the two slices is loaded and stored. `alongTile`: four neighbours in memory are of one row of the slice.
 * Else they are of one column: an invocation loads four columns and stores four rows of them, so that all of workgroup
 * memory is written and read by fours.
 */
function loader(array: string, slice: string, name: string, alongTile: boolean, outer: string, start: string) {
  const perRow = TILE / 4;
  const place = (j: number): string =>
    alongTile
      ? `let kk = (lid + ${INVOCATIONS * j}u) / ${perRow}u; let tt = ((lid + ${INVOCATIONS * j}u) % ${perRow}u) * 4u;`
      : `let kk = (lid % ${SLICE / 4}u) * 4u; let tt = (lid / ${SLICE / 4}u) * 4u + ${j}u;`;
  const at = alongTile ? `((k0 + kk) * ${outer} + ${start} + tt) / 4u` : `((${start} + tt) * K + k0 + kk) / 4u`;
  return {
    load: unroll(
      LOADS,
      (j) => `{ ${place(j)}
let inside = k0 + kk < end && ${start} + tt < ${outer};
${name}${j} = select(vec4<f32>(), ${array}[select(0u, ${at}, inside)], inside); }`,
    ),
    store: alongTile
      ? unroll(LOADS, (j) => `{ ${place(j)}\n${slice}[kk * ${PITCH}u + tt / 4u] = ${name}${j}; }`)
      : `{ ${place(0)}
${unroll(4, (i) => `${slice}[(kk + ${i}u) * ${PITCH}u + tt / 4u] = vec4<f32>(${[0, 1, 2, 3].map((j) => `${name}${j}.${'xyzw'[i]}`).join(', ')});`)} }`,
  };
}

function blockBody(t: ProductNames, w: BlockWords, shared: Shared, form: BlockForm): string {
  const size = `array<vec4<f32>, ${SLICE * PITCH}>`;
  const [sliceA, sliceB] = [shared('slice_a', size), shared('slice_b', size)];
  const left = loader(t.a, sliceA, 'la', form.transposeA, 'M', 'm0');
  const right = loader(t.b, sliceB, 'lb', !form.transposeB, 'N', 'n0');
  /** The i-th of the eight rows or columns of an invocation: two groups of four, half a block apart. */
  const of8 = (i: number): string => `${(i >> 2) * (TILE / 2) + (i & 3)}u`;
  const extra = `${t.add ? ` + ${t.add}[o]` : ''}${form.accumulate ? ` + ${t.c}[o]` : ''}`;
  return `let M = ${w.m};
let N = ${w.n};
let K = ${w.k};
let across = (N + ${TILE - 1}u) / ${TILE}u;
let down = (M + ${TILE - 1}u) / ${TILE}u;
let part = wid / (across * down);
let within = wid % (across * down);
let m0 = (within / across) * ${TILE}u;
let n0 = (within % across) * ${TILE}u;
let end = min(K, (part + 1u) * ${w.perPart});
let row = (lid / 8u) * 4u;
let column = (lid % 8u) * 4u;
${unroll(16, (i) => `var c${i} = vec4<f32>();`)}
${unroll(LOADS, (j) => `var la${j} = vec4<f32>();\nvar lb${j} = vec4<f32>();`)}
var k0 = part * ${w.perPart};
${left.load}
${right.load}
while (k0 < end) {
  ${left.store}
  ${right.store}
  workgroupBarrier();
  k0 += ${SLICE}u;
  if (k0 < end) {
    ${left.load}
    ${right.load}
  }
  for (var k = 0u; k < ${SLICE}u; k++) {
    let xs = k * ${PITCH}u + row / 4u;
    let ys = k * ${PITCH}u + column / 4u;
    let x0 = ${sliceA}[xs];
    let x1 = ${sliceA}[xs + ${TILE / 8}u];
    let y0 = ${sliceB}[ys];
    let y1 = ${sliceB}[ys + ${TILE / 8}u];
    ${unroll(8, (i) => `c${2 * i} = fma(vec4<f32>(x${i >> 2}.${'xyzw'[i & 3]}), y0, c${2 * i});\nc${2 * i + 1} = fma(vec4<f32>(x${i >> 2}.${'xyzw'[i & 3]}), y1, c${2 * i + 1});`)}
  }
  workgroupBarrier();
}
let alpha = ${w.alpha};
let base = part * M * N;
${unroll(16, (i) => {
  const [r, q] = [of8(i >> 1), `${(i & 1) * (TILE / 2)}u`];
  return `if (m0 + row + ${r} < M && n0 + column + ${q} < N) { let o = (base + (m0 + row + ${r}) * N + n0 + column + ${q}) / 4u; ${t.c}[o] = alpha * c${i}${extra}; }`;
})}`;
}
