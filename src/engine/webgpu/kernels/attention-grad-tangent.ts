/**
 * How the gradient of attention changes with factors, probabilities and dout, in four tasks, so that none binds more
 * than eight tensors: by queries the gradient at the scores, dS = P·(dP − Σ P·dP) with dP = dout·vᵀ, and its change; then
 * the changes of dq = dS·k, of dk = dSᵀ·q and of dv = Pᵀ·dout.
 */
import { groupsFor, inputOf, outputOf, read, unroll, write, type Kernel, type Task } from '../task.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

export const attentionGradTangent: Kernel = (node, context) => {
  const shape = attentionShape(node, context);
  const { type, factors, words, rows, blocks, packed } = shape;
  const [query, keyValue, probs, dout] = [inputOf(node, 0), inputOf(node, factors - 1), inputOf(node, factors), inputOf(node, factors + 1)];
  const [tquery, tkeyValue] = [inputOf(node, factors + 2), inputOf(node, 2 * factors + 1)];
  const [tprobs, tdout] = [inputOf(node, 2 * factors + 2), inputOf(node, 2 * factors + 3)];
  const [tdquery, tdkeyValue, tdscores] = [outputOf(node, 0), outputOf(node, factors - 1), outputOf(node, factors)];
  const dscores = context.scratch(probs.shape);
  const stage = (name: string, of: 'query' | 'key', task: Pick<Task, 'operands' | 'body'>): Task => ({
    op: `attention_grad_tangent (${name})`,
    key: `attention_grad_tangent/${name}/${type}/${rows}/${packed}`,
    words,
    workgroups: groupsFor(blocks(of), context),
    ...task,
  });
  return [
    stage('scores', 'query', {
      operands: [
        ...[read(keyValue, type), read(tkeyValue, type), read(probs), read(tprobs), read(dout, type), read(tdout, type)],
        ...[write(dscores), write(tdscores)],
      ],
      body: (names) => {
        const { tensor } = names;
        return `${shape.head(names, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let d${i} = (b * S + min(first + ${i}u, S - 1u)) * H * C + h * C;`)}
var mean = array<f32, ${rows}>();
var tmean = array<f32, ${rows}>();
for (var t0 = 0u; t0 < T; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let v${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + valueStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  var m = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${tensor(0)}[v${j} + c];\nlet z${j} = ${tensor(1)}[v${j} + c];`)}
    ${unroll(
      rows,
      (i) => `let x${i} = ${tensor(4)}[d${i} + c];
let w${i} = ${tensor(5)}[d${i} + c];
a[${i}] += vec4<f32>(${sum4((j) => product(type, `x${i}`, `y${j}`))});
m[${i}] += vec4<f32>(${sum4((j) => `${product(type, `w${i}`, `y${j}`)} + ${product(type, `x${i}`, `z${j}`)}`)});`,
    )}
  }
  for (var j = 0u; j < min(${ROWS}u, T - t0); j++) {
    for (var i = 0u; i < rows; i++) {
      let p = (bh * S + first + i) * T + t0 + j;
      ${tensor(6)}[p] = a[i][j];
      ${tensor(7)}[p] = m[i][j];
      mean[i] += ${tensor(2)}[p] * a[i][j];
      tmean[i] += ${tensor(3)}[p] * a[i][j] + ${tensor(2)}[p] * m[i][j];
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let average = mean[i];
  let moved = tmean[i];
  for (var t = 0u; t < T; t++) {
    let centred = ${tensor(6)}[p + t] - average;
    ${tensor(6)}[p + t] = ${tensor(2)}[p + t] * centred;
    ${tensor(7)}[p + t] = ${tensor(3)}[p + t] * centred + ${tensor(2)}[p + t] * (${tensor(7)}[p + t] - moved);
  }
}`;
      },
    }),
    stage('queries', 'query', {
      operands: [read(dscores), read(tdscores), read(keyValue, type), read(tkeyValue, type), write(tdquery, type)],
      body: (names) => {
        const { tensor } = names;
        return `${shape.head(names, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < T; t++) {
    let at = (b * T + t) * keyStride + keyStart + h * C + c;
    let k = ${tensor(2)}[at];
    let tk = ${tensor(3)}[at];
    ${unroll(rows, (i) => `o[${i}] += ${tensor(1)}[p${i} + t] * k + ${tensor(0)}[p${i} + t] * tk;`)}
  }
  for (var i = 0u; i < rows; i++) { ${tensor(4)}[(b * S + first + i) * queryStride + h * C + c] = o[i]; }
}`;
      },
    }),
    stage('keys', 'key', {
      operands: [read(dscores), read(tdscores), read(query, type), read(tquery, type), write(tdkeyValue, type)],
      body: (names) => {
        const { tensor } = names;
        return `${shape.head(names, 'key')}
${unroll(rows, (i) => `let t${i} = min(first + ${i}u, T - 1u);`)}
let rows = min(${rows}u, T - first);
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var s = 0u; s < S; s++) {
    let p = (bh * S + s) * T;
    let at = (b * S + s) * queryStride + h * C + c;
    let q = ${tensor(2)}[at];
    let tq = ${tensor(3)}[at];
    ${unroll(rows, (i) => `o[${i}] += ${tensor(1)}[p + t${i}] * q + ${tensor(0)}[p + t${i}] * tq;`)}
  }
  for (var i = 0u; i < rows; i++) { ${tensor(4)}[(b * T + first + i) * keyStride + keyStart + h * C + c] = o[i]; }
}`;
      },
    }),
    stage('values', 'key', {
      operands: [read(probs), read(tprobs), read(dout, type), read(tdout, type), write(tdkeyValue, type)],
      body: (names) => {
        const { tensor } = names;
        return `${shape.head(names, 'key')}
${unroll(rows, (i) => `let t${i} = min(first + ${i}u, T - 1u);`)}
let rows = min(${rows}u, T - first);
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var s = 0u; s < S; s++) {
    let p = (bh * S + s) * T;
    let at = ((b * S + s) * H + h) * C + c;
    let d = ${tensor(2)}[at];
    let td = ${tensor(3)}[at];
    ${unroll(rows, (i) => `o[${i}] += ${tensor(1)}[p + t${i}] * d + ${tensor(0)}[p + t${i}] * td;`)}
  }
  for (var i = 0u; i < rows; i++) { ${tensor(4)}[(b * T + first + i) * keyStride + valueStart + h * C + c] = o[i]; }
}`;
      },
    }),
  ];
};
