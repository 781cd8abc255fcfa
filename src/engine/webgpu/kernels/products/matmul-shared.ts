/**
 * Matrix product for hardware: a workgroup computes a square tile of c; slices of a and b go through workgroup
 * memory. Long sums over few tiles (weight gradients: the sum runs over all tokens) are split into parts that are
 * added in a fixed order by a second task.
 */
import { read, task, unroll, write, type KernelContext, type Shared, type Task } from '../../compile/task.ts';
import { inParts } from './matmul-parts.ts';
import type { Product, ProductNames } from './product.ts';

/** Workgroups below which a small tile keeps more of the adapter busy. */
const ENOUGH_GROUPS = 192;
/** Columns of a slice. */
const SLICE = 16;
const MIN_PART = 256;
const MAX_PARTS = 16;

export function sharedMatmul(product: Product, context: KernelContext): Task[] {
  const { a, b, transposeA, transposeB, m, n, k } = product;
  const side = Math.sqrt(context.workgroupSize);
  if (!Number.isInteger(side)) throw new Error(`webgpu: a workgroup of ${context.workgroupSize} has no square side`);
  const groupsOf = (size: number): number => Math.ceil(m / size) * Math.ceil(n / size);
  const perInvocation = groupsOf(4 * side) >= ENOUGH_GROUPS ? 4 : 2;
  const tile = side * perInvocation;
  const tiles = groupsOf(tile);
  const parts = tiles >= ENOUGH_GROUPS ? 1 : Math.max(1, Math.min(MAX_PARTS, Math.floor(k / MIN_PART), Math.ceil(ENOUGH_GROUPS / tiles)));
  const name = `${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`;
  const { target, add, accumulate, alpha, perPart, rest } = inParts(product, parts, SLICE, context);
  const first = task({
    op: `matmul ${name}${parts > 1 ? ' (parts)' : ''}`,
    key: `matmul/shared/${tile}/${transposeA}/${transposeB}/${add !== undefined}/${accumulate}`,
    operands: { a: read(a), b: read(b), c: write(target), add: add && read(add) },
    words: { m, n, k, alpha: { float: alpha }, perPart },
    workgroups: tiles * parts,
    body: (t, w, shared) => tileBody(t, w, shared, { tile, perInvocation, side, transposeA, transposeB, accumulate }),
  });
  return [first, ...rest];
}

interface TileShape {
  readonly tile: number;
  readonly perInvocation: number;
  readonly side: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly accumulate: boolean;
}
type TileWords = Readonly<Record<'m' | 'n' | 'k' | 'alpha' | 'perPart', string>>;

function tileBody(t: ProductNames, w: TileWords, shared: Shared, shape: TileShape): string {
  const { tile, perInvocation: per, side } = shape;
  const invocations = side * side;
  // One column more than the tile: rows written by neighbouring invocations then fall into different banks.
  const pitch = tile + 1;
  const slices = { a: shared('slice_a', `array<f32, ${SLICE * pitch}>`), b: shared('slice_b', `array<f32, ${SLICE * pitch}>`) };
  /** Loads a slice [SLICE, tile] of op(a)ᵀ or op(b), along the axis that is contiguous in memory. */
  const load = (from: 'a' | 'b', alongTile: boolean, outer: string, start: string): string => {
    const [kk, tt] = alongTile ? [`i / ${tile}u`, `i % ${tile}u`] : [`i % ${SLICE}u`, `i / ${SLICE}u`];
    return `for (var i = lid; i < ${SLICE * tile}u; i += ${invocations}u) {
  let kk = ${kk};
  let tt = ${tt};
  let kg = k0 + kk;
  let tg = ${start} + tt;
  let inside = kg < end && tg < ${outer};
  let at = ${alongTile ? `kg * ${outer} + tg` : 'tg * K + kg'};
  ${slices[from]}[kk * ${pitch}u + tt] = select(0.0, ${t[from]}[select(0u, at, inside)], inside);
}`;
  };
  return `let M = ${w.m};
let N = ${w.n};
let K = ${w.k};
let across = (N + ${tile - 1}u) / ${tile}u;
let down = (M + ${tile - 1}u) / ${tile}u;
let part = wid / (across * down);
let within = wid % (across * down);
let m0 = (within / across) * ${tile}u;
let n0 = (within % across) * ${tile}u;
let end = min(K, (part + 1u) * ${w.perPart});
let row = (lid / ${side}u) * ${per}u;
let column = (lid % ${side}u) * ${per}u;
${unroll(per * per, (i) => `var c${i} = 0.0;`)}
for (var k0 = part * ${w.perPart}; k0 < end; k0 += ${SLICE}u) {
  ${load('a', shape.transposeA, 'M', 'm0')}
  ${load('b', !shape.transposeB, 'N', 'n0')}
  workgroupBarrier();
  for (var k = 0u; k < ${SLICE}u; k++) {
    ${unroll(per, (i) => `let x${i} = ${slices.a}[k * ${pitch}u + row + ${i}u];`)}
    ${unroll(per, (i) => `let y${i} = ${slices.b}[k * ${pitch}u + column + ${i}u];`)}
    ${unroll(per * per, (i) => `c${i} = fma(x${Math.floor(i / per)}, y${i % per}, c${i});`)}
  }
  workgroupBarrier();
}
let alpha = ${w.alpha};
let base = part * M * N;
${unroll(per * per, (i) => {
  const [r, q] = [Math.floor(i / per), i % per];
  const extra = `${t.add ? ` + ${t.add}[o]` : ''}${shape.accumulate ? ` + ${t.c}[o]` : ''}`;
  return `if (m0 + row + ${r}u < M && n0 + column + ${q}u < N) { let o = base + (m0 + row + ${r}u) * N + n0 + column + ${q}u; ${t.c}[o] = alpha * c${i}${extra}; }`;
})}`;
}
