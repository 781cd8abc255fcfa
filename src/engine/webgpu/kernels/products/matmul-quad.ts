/**
 * Matrix product for CPU adapters whose subgroups are the four lanes of a vector register (SwiftShader): the four
 * invocations of a subgroup share the rows of a, each loads a quarter of them and hands it on by a broadcast. Half
 * as many loads a multiplication as tiles of single invocations; loads are what such an adapter spends its time on.
 */
import { range, read, task, unroll, write, type ElementType, type KernelContext, type Task } from '../../compile/task.ts';
import type { Product, ProductNames } from './product.ts';
import { tileEpilogue, vectorised } from './matmul-register.ts';

/** Rows a subgroup shares; columns of one invocation. */
const ROWS = 16;
const COLUMNS = 8;
const LANES = 4;

/** Whether this product is large and even enough. */
export const suitsQuads = (product: Product): boolean => vectorised(product) && product.m >= ROWS;

export function quadMatmul(product: Product, context: KernelContext): Task[] {
  const { a, b, c, add, transposeA, transposeB, accumulate, alpha, m, n, k } = product;
  const type: ElementType = 'vec4<f32>';
  const outType: ElementType = n % 4 === 0 ? type : 'f32';
  const quads = Math.ceil(m / ROWS) * Math.ceil(n / (COLUMNS * LANES));
  return [
    task({
      op: `matmul ${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`,
      key: `matmul/quad/${transposeA}/${transposeB}/${outType}/${add !== undefined}/${accumulate}`,
      operands: { a: read(a, type), b: read(b, type), c: write(c, outType), add: add && read(add, outType) },
      words: { m, n, k, alpha: { float: alpha } },
      workgroups: Math.ceil((quads * LANES) / context.workgroupSize),
      subgroups: true,
      body: (t, w) => `let M = ${w.m};
let N = ${w.n};
let K = ${w.k};
let lane = lid % ${LANES}u;
let quad = gid / ${LANES}u;
let quadsAcross = (N + ${COLUMNS * LANES - 1}u) / ${COLUMNS * LANES}u;
let m0 = (quad / quadsAcross) * ${ROWS}u;
let n0 = ((quad % quadsAcross) * ${LANES}u + lane) * ${COLUMNS}u;
var c = array<vec4<f32>, ${(ROWS * COLUMNS) / 4}>();
if (m0 < M) {
${transposeA ? outerLoop(t) : innerLoop(t, transposeB)}
${tileEpilogue(t, w.alpha, outType, ROWS, COLUMNS, accumulate)}
}`,
    }),
  ];
}

/** a is [K, M]: a row of it and a row of b are multiplied as an outer product. */
function outerLoop({ a, b }: ProductNames): string {
  return `let mv = M / 4u;
let nv = N / 4u;
let ai = min(m0 / 4u + lane, mv - 1u);
${unroll(COLUMNS / 4, (j) => `let bi${j} = min(n0 / 4u + ${j}u, nv - 1u);`)}
for (var k = 0u; k < K; k++) {
  let x = ${a}[k * mv + ai];
  ${unroll(COLUMNS / 4, (j) => `let y${j} = ${b}[k * nv + bi${j}];`)}
  ${unroll(LANES, (lane) => `let x${lane} = subgroupBroadcast(x, ${lane}u);\n${unroll(4, (i) => unroll(COLUMNS / 4, (j) => `c[${((lane * 4 + i) * COLUMNS) / 4 + j}] += x${lane}.${'xyzw'[i]} * y${j};`))}`)}
}`;
}

/** a is [M, K]: four steps of the sum at once. */
function innerLoop({ a, b }: ProductNames, transposeB: boolean): string {
  const loadB = transposeB
    ? unroll(COLUMNS, (j) => `let y${j} = ${b}[bi${j} + k];`)
    : unroll(COLUMNS / 4, (j) => unroll(4, (q) => `let y${j}_${q} = ${b}[(k * 4u + ${q}u) * nv + bi${j}];`));
  const term = (x: string, j: number): string =>
    transposeB
      ? `vec4<f32>(${range(4)
          .map((q) => `dot(${x}, y${j * 4 + q})`)
          .join(', ')})`
      : range(4)
          .map((q) => `${x}.${'xyzw'[q]} * y${j}_${q}`)
          .join(' + ');
  return `let kv = K / 4u;
${transposeB ? unroll(COLUMNS, (j) => `let bi${j} = min(n0 + ${j}u, N - 1u) * kv;`) : `let nv = N / 4u;\n${unroll(COLUMNS / 4, (j) => `let bi${j} = min(n0 / 4u + ${j}u, nv - 1u);`)}`}
${unroll(ROWS / LANES, (g) => `let ai${g} = min(m0 + ${g * LANES}u + lane, M - 1u) * kv;`)}
for (var k = 0u; k < kv; k++) {
  ${loadB}
  ${unroll(
    ROWS / LANES,
    (g) => `let x${g} = ${a}[ai${g} + k];
${unroll(
  LANES,
  (lane) =>
    `{ let x = subgroupBroadcast(x${g}, ${lane}u); ${range(COLUMNS / 4)
      .map((j) => `c[${((g * LANES + lane) * COLUMNS) / 4 + j}] += ${term('x', j)};`)
      .join(' ')} }`,
)}`,
  )}
}`;
}
