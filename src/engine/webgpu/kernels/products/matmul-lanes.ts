/**
 * Matrix product for hardware, small: a workgroup of 64 computes a tile of 16 × 16. What such a product costs is the
 * way through its sum, so that the sum is shared: four groups of lanes take a quarter of each slice, every lane 4 × 4
 * of the tile, and the quarters are added in a fixed order.
 */
import { read, task, unroll, write, type KernelContext, type Shared, type Task } from '../../compile/task.ts';
import { LANES_TILE as TILE } from './product-rule.ts';
import type { Product, ProductNames } from './product.ts';

/** Columns of a slice. */
const SLICE = 64;
const INVOCATIONS = 64;
const GROUPS = 4;
/** Numbers that an invocation has under way of a slice, and how often. */
const LOADS = 4;
const ROUNDS = (SLICE * TILE) / INVOCATIONS / LOADS;

export function lanesMatmul(product: Product, context: KernelContext): Task[] {
  const { a, b, c, add, transposeA, transposeB, accumulate, alpha, m, n, k } = product;
  if (context.workgroupSize !== INVOCATIONS)
    throw new Error(`webgpu: shared sums are for workgroups of ${INVOCATIONS}, not ${context.workgroupSize}`);
  return [
    task({
      op: `matmul ${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`,
      key: `matmul/lanes/${transposeA}/${transposeB}/${add !== undefined}/${accumulate}`,
      operands: { a: read(a), b: read(b), c: write(c), add: add && read(add) },
      words: { m, n, k, alpha: { float: alpha } },
      workgroups: Math.ceil(m / TILE) * Math.ceil(n / TILE),
      body: (t, w, shared) => lanesBody(t, w, shared, product),
    }),
  ];
}

type LanesWords = Readonly<Record<'m' | 'n' | 'k' | 'alpha', string>>;

function lanesBody(t: ProductNames, w: LanesWords, shared: Shared, { transposeA, transposeB, accumulate }: Product): string {
  const size = `array<f32, ${SLICE * TILE}>`;
  const [sliceA, sliceB] = [shared('slice_a', size), shared('slice_b', size)];
  /**
   * Loads and stores a slice [SLICE, TILE] of op(a)ᵀ or op(b), along the axis that is contiguous in memory: several
   * loads are under way before the first is stored.
   */
  const loader = (array: string, slice: string, name: string, alongTile: boolean, outer: string, start: string) => {
    const place = (j: number): string => {
      const i = `(lid + round * ${LOADS * INVOCATIONS}u + ${j * INVOCATIONS}u)`;
      return alongTile ? `let kk = ${i} / ${TILE}u; let tt = ${i} % ${TILE}u;` : `let kk = ${i} % ${SLICE}u; let tt = ${i} / ${SLICE}u;`;
    };
    const at = alongTile ? `(k0 + kk) * ${outer} + ${start} + tt` : `(${start} + tt) * K + k0 + kk`;
    return {
      load: unroll(
        LOADS,
        (j) => `var ${name}${j} = 0.0;
{ ${place(j)}
let inside = kk < width && ${start} + tt < ${outer};
${name}${j} = select(0.0, ${array}[select(0u, ${at}, inside)], inside); }`,
      ),
      store: unroll(LOADS, (j) => `{ ${place(j)} ${slice}[kk * ${TILE}u + tt] = ${name}${j}; }`),
    };
  };
  const left = loader(t.a, sliceA, 'la', transposeA, 'M', 'm0');
  const right = loader(t.b, sliceB, 'lb', !transposeB, 'N', 'n0');
  return `let M = ${w.m};
let N = ${w.n};
let K = ${w.k};
let across = (N + ${TILE - 1}u) / ${TILE}u;
let m0 = (wid / across) * ${TILE}u;
let n0 = (wid % across) * ${TILE}u;
let group = lid / 16u;
let lane = lid % 16u;
let row = (lane / 4u) * 4u;
let column = (lane % 4u) * 4u;
${unroll(4, (i) => `var c${i} = vec4<f32>();`)}
for (var k0 = 0u; k0 < K; k0 += ${SLICE}u) {
  let width = min(${SLICE}u, K - k0);
  for (var round = 0u; round < ${ROUNDS}u; round++) {
    ${left.load}
    ${right.load}
    ${left.store}
    ${right.store}
  }
  workgroupBarrier();
  let quarter = (width + ${GROUPS - 1}u) / ${GROUPS}u;
  let last = min((group + 1u) * quarter, width);
  for (var k = group * quarter; k < last; k++) {
    let y = vec4<f32>(${[0, 1, 2, 3].map((i) => `${sliceB}[k * ${TILE}u + column + ${i}u]`).join(', ')});
    ${unroll(4, (i) => `c${i} = fma(vec4<f32>(${sliceA}[k * ${TILE}u + row + ${i}u]), y, c${i});`)}
  }
  workgroupBarrier();
}
${unroll(4, (i) => unroll(4, (j) => `${sliceA}[group * 256u + (row + ${i}u) * ${TILE}u + column + ${j}u] = c${i}.${'xyzw'[j]};`))}
workgroupBarrier();
for (var e = lid; e < ${TILE * TILE}u; e += ${INVOCATIONS}u) {
  let r = m0 + e / ${TILE}u;
  let q = n0 + e % ${TILE}u;
  if (r < M && q < N) {
    let o = r * N + q;
    let sum = (${sliceA}[e] + ${sliceA}[e + 256u]) + (${sliceA}[e + 512u] + ${sliceA}[e + 768u]);
    ${t.c}[o] = ${w.alpha} * sum${t.add ? ` + ${t.add}[o]` : ''}${accumulate ? ` + ${t.c}[o]` : ''};
  }
}`;
}
