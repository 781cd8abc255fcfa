/**
 * Matrix product for adapters that run on a CPU: each invocation holds a tile of c in registers, no workgroup
 * memory, no barriers. Loads are the cost there (a vec4 is one check of bounds), so the tiles are tall.
 */
import { groupsFor, range, read, task, unroll, write, type ElementType, type KernelContext, type Task } from '../../compile/task.ts';
import type { Product, ProductNames } from './product.ts';

/** Rows of a tile; 4 columns. */
const ROWS = 8;

/** Whether a and b can be read as vec4 along their contiguous axis. */
export const vectorised = ({ transposeA, transposeB, m, n, k }: Product): boolean => {
  if (transposeA && transposeB) return false;
  return (transposeA ? m : k) % 4 === 0 && (transposeB ? k : n) % 4 === 0;
};

export function registerMatmul(product: Product, context: KernelContext): Task[] {
  const { a, b, c, add, transposeA, transposeB, accumulate, alpha, m, n, k } = product;
  const vector = vectorised(product);
  const inType: ElementType = vector ? 'vec4<f32>' : 'f32';
  const outType: ElementType = n % 4 === 0 ? 'vec4<f32>' : 'f32';
  const tiles = Math.ceil(m / ROWS) * Math.ceil(n / 4);
  return [
    task({
      op: `matmul ${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`,
      key: `matmul/register/${transposeA}/${transposeB}/${inType}/${outType}/${add !== undefined}/${accumulate}`,
      operands: { a: read(a, inType), b: read(b, inType), c: write(c, outType), add: add && read(add, outType) },
      words: { m, n, k, alpha: { float: alpha } },
      workgroups: groupsFor(tiles, context),
      body: (t, w) => `let M = ${w.m};
let N = ${w.n};
let K = ${w.k};
let across = (N + 3u) / 4u;
let m0 = (gid / across) * ${ROWS}u;
let tile = gid % across;
let n0 = tile * 4u;
if (m0 >= M) { return; }
var c = array<vec4<f32>, ${ROWS}>();
${vector ? vectorLoop(t, transposeA, transposeB) : scalarLoop(t, transposeA, transposeB)}
${tileEpilogue(t, w.alpha, outType, ROWS, 4, accumulate)}`,
    }),
  ];
}

function vectorLoop({ a, b }: ProductNames, transposeA: boolean, transposeB: boolean): string {
  if (transposeA) {
    return `let mv = M / 4u;
let a0 = m0 / 4u;
let a1 = min(a0 + 1u, mv - 1u);
let nv = N / 4u;
for (var k = 0u; k < K; k++) {
  let y = ${b}[k * nv + tile];
  let x0 = ${a}[k * mv + a0];
  let x1 = ${a}[k * mv + a1];
  ${unroll(ROWS, (i) => `c[${i}] += x${i >> 2}.${'xyzw'[i & 3]} * y;`)}
}`;
  }
  return `let kv = K / 4u;
${unroll(ROWS, (i) => `let a${i} = min(m0 + ${i}u, M - 1u) * kv;`)}
${transposeB ? unroll(4, (j) => `let b${j} = min(n0 + ${j}u, N - 1u) * kv;`) : 'let nv = N / 4u;'}
for (var k = 0u; k < kv; k++) {
  ${unroll(4, (j) => `let y${j} = ${b}[${transposeB ? `b${j} + k` : `(k * 4u + ${j}u) * nv + tile`}];`)}
  ${unroll(ROWS, (i) => {
    const x = `x${i}`;
    const term = transposeB
      ? `vec4<f32>(${range(4)
          .map((j) => `dot(${x}, y${j})`)
          .join(', ')})`
      : range(4)
          .map((j) => `${x}.${'xyzw'[j]} * y${j}`)
          .join(' + ');
    return `let ${x} = ${a}[a${i} + k];\nc[${i}] += ${term};`;
  })}
}`;
}

function scalarLoop({ a, b }: ProductNames, transposeA: boolean, transposeB: boolean): string {
  const at = (name: string, transposed: boolean, stride: string, outer: string): string =>
    transposed ? `${name}[k * ${stride} + ${outer}]` : `${name}[${outer} * K + k]`;
  return `${unroll(ROWS, (i) => `let r${i} = min(m0 + ${i}u, M - 1u);`)}
${unroll(4, (j) => `let q${j} = min(n0 + ${j}u, N - 1u);`)}
for (var k = 0u; k < K; k++) {
  let y = vec4<f32>(${range(4)
    .map((j) => at(b, !transposeB, 'N', `q${j}`))
    .join(', ')});
  ${unroll(ROWS, (i) => `c[${i}] += ${at(a, transposeA, 'M', `r${i}`)} * y;`)}
}`;
}

/**
 * Writes a tile of `rows` × `columns` held in `c`. A loop, not unrolled: on a CPU adapter the time to compile counts,
 * and this runs once a tile.
 */
export function tileEpilogue(
  { c, add }: ProductNames,
  alpha: string,
  outType: ElementType,
  rows: number,
  columns: number,
  accumulate: boolean,
): string {
  const extra = `${add ? ` + ${add}[o]` : ''}${accumulate ? ` + ${c}[o]` : ''}`;
  const eachRow = `for (var i = 0u; i < min(${rows}u, M - m0); i++)`;
  if (outType === 'f32') {
    const value = columns === 4 ? 'c[i][j]' : `c[i * ${columns / 4}u + j / 4u][j % 4u]`;
    return `if (n0 < N) { ${eachRow} { for (var j = 0u; j < min(${columns}u, N - n0); j++) { let o = (m0 + i) * N + n0 + j; ${c}[o] = ${alpha} * ${value}${extra}; } } }`;
  }
  return `if (n0 < N) { ${eachRow} { for (var j = 0u; j < min(${columns / 4}u, (N - n0) / 4u); j++) { let o = ((m0 + i) * N + n0) / 4u + j; ${c}[o] = ${alpha} * c[i * ${columns / 4}u + j]${extra}; } } }`;
}
