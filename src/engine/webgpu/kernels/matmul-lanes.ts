/**
 * Matrix product for hardware, small: a workgroup of 64 computes a tile of 16 × 16. What such a product costs is the way
 * through its sum, so that the sum is shared: four groups of lanes take a quarter of each slice, every lane 4 × 4 of the
 * tile, and the quarters are added in a fixed order.
 */
import { read, task, unroll, write, type KernelContext, type Shared, type Task } from '../task.ts';
import { LANES_TILE as TILE } from './product-rule.ts';
import type { Product, ProductNames } from './product.ts';

/** Columns of a slice. */
const SLICE = 64;
const INVOCATIONS = 64;
const GROUPS = 4;

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
  /** Loads a slice [SLICE, TILE] of op(a)ᵀ or op(b), along the axis that is contiguous in memory. */
  const load = (array: string, slice: string, alongTile: boolean, outer: string, start: string): string => {
    const [kk, tt] = alongTile ? [`i / ${TILE}u`, `i % ${TILE}u`] : [`i % ${SLICE}u`, `i / ${SLICE}u`];
    return `for (var i = lid; i < ${SLICE * TILE}u; i += ${INVOCATIONS}u) {
  let kk = ${kk};
  let tt = ${tt};
  let tg = ${start} + tt;
  let inside = kk < width && tg < ${outer};
  let at = ${alongTile ? `(k0 + kk) * ${outer} + tg` : 'tg * K + k0 + kk'};
  ${slice}[kk * ${TILE}u + tt] = select(0.0, ${array}[select(0u, at, inside)], inside);
}`;
  };
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
  ${load(t.a, sliceA, transposeA, 'M', 'm0')}
  ${load(t.b, sliceB, !transposeB, 'N', 'n0')}
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
