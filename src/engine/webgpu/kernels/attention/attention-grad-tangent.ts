/**
 * How the gradient of attention changes with factors, probabilities and dout, in four tasks, so that none binds more
 * than eight tensors: by queries the gradient at the scores, dS = P·(dP − Σ P·dP) with dP = dout·vᵀ, and its change;
 * then the changes of dq = dS·k, of dk = dSᵀ·q and of dv = Pᵀ·dout.
 */
import { groupsFor, read, task, unroll, write, type Kernel } from '../../compile/task.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

export const attentionGradTangent: Kernel<'attention_grad_tangent'> = ({ inputs, outputs, attributes }, context) => {
  const { query, keyValue = query, probs, dout, tquery, tkeyValue = tquery, tprobs, tdout } = inputs;
  const { tdquery, tdkeyValue = tdquery, tdscores } = outputs;
  const shape = attentionShape(attributes, inputs.keyValue, context);
  const { type, words, rows, blocks, packed } = shape;
  const dscores = context.scratch(probs.shape);
  const stage = (name: string, of: 'query' | 'key') => ({
    op: `attention_grad_tangent (${name})`,
    key: `attention_grad_tangent/${name}/${type}/${rows}/${packed}`,
    words,
    workgroups: groupsFor(blocks(of), context),
  });
  return [
    task({
      ...stage('scores', 'query'),
      operands: {
        keyValue: read(keyValue, type),
        tkeyValue: read(tkeyValue, type),
        probs: read(probs),
        tprobs: read(tprobs),
        dout: read(dout, type),
        tdout: read(tdout, type),
        dscores: write(dscores),
        tdscores: write(tdscores),
      },
      body: (t, w) => `${shape.head(w, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let d${i} = (b * S + min(first + ${i}u, S - 1u)) * H * C + h * C;`)}
var mean = array<f32, ${rows}>();
var tmean = array<f32, ${rows}>();
for (var t0 = 0u; t0 < T; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let v${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + valueStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  var m = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${t.keyValue}[v${j} + c];\nlet z${j} = ${t.tkeyValue}[v${j} + c];`)}
    ${unroll(
      rows,
      (i) => `let x${i} = ${t.dout}[d${i} + c];
let w${i} = ${t.tdout}[d${i} + c];
a[${i}] += vec4<f32>(${sum4((j) => product(type, `x${i}`, `y${j}`))});
m[${i}] += vec4<f32>(${sum4((j) => `${product(type, `w${i}`, `y${j}`)} + ${product(type, `x${i}`, `z${j}`)}`)});`,
    )}
  }
  for (var j = 0u; j < min(${ROWS}u, T - t0); j++) {
    for (var i = 0u; i < rows; i++) {
      let p = (bh * S + first + i) * T + t0 + j;
      ${t.dscores}[p] = a[i][j];
      ${t.tdscores}[p] = m[i][j];
      mean[i] += ${t.probs}[p] * a[i][j];
      tmean[i] += ${t.tprobs}[p] * a[i][j] + ${t.probs}[p] * m[i][j];
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let average = mean[i];
  let moved = tmean[i];
  for (var t = 0u; t < T; t++) {
    let centred = ${t.dscores}[p + t] - average;
    ${t.dscores}[p + t] = ${t.probs}[p + t] * centred;
    ${t.tdscores}[p + t] = ${t.tprobs}[p + t] * centred + ${t.probs}[p + t] * (${t.tdscores}[p + t] - moved);
  }
}`,
    }),
    task({
      ...stage('queries', 'query'),
      operands: {
        dscores: read(dscores),
        tdscores: read(tdscores),
        keyValue: read(keyValue, type),
        tkeyValue: read(tkeyValue, type),
        tdquery: write(tdquery, type),
      },
      body: (t, w) => `${shape.head(w, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < T; t++) {
    let at = (b * T + t) * keyStride + keyStart + h * C + c;
    let k = ${t.keyValue}[at];
    let tk = ${t.tkeyValue}[at];
    ${unroll(rows, (i) => `o[${i}] += ${t.tdscores}[p${i} + t] * k + ${t.dscores}[p${i} + t] * tk;`)}
  }
  for (var i = 0u; i < rows; i++) { ${t.tdquery}[(b * S + first + i) * queryStride + h * C + c] = o[i]; }
}`,
    }),
    task({
      ...stage('keys', 'key'),
      operands: {
        dscores: read(dscores),
        tdscores: read(tdscores),
        query: read(query, type),
        tquery: read(tquery, type),
        tdkeyValue: write(tdkeyValue, type),
      },
      body: (t, w) => `${shape.head(w, 'key')}
${unroll(rows, (i) => `let t${i} = min(first + ${i}u, T - 1u);`)}
let rows = min(${rows}u, T - first);
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var s = 0u; s < S; s++) {
    let p = (bh * S + s) * T;
    let at = (b * S + s) * queryStride + h * C + c;
    let q = ${t.query}[at];
    let tq = ${t.tquery}[at];
    ${unroll(rows, (i) => `o[${i}] += ${t.tdscores}[p + t${i}] * q + ${t.dscores}[p + t${i}] * tq;`)}
  }
  for (var i = 0u; i < rows; i++) { ${t.tdkeyValue}[(b * T + first + i) * keyStride + keyStart + h * C + c] = o[i]; }
}`,
    }),
    task({
      ...stage('values', 'key'),
      operands: {
        probs: read(probs),
        tprobs: read(tprobs),
        dout: read(dout, type),
        tdout: read(tdout, type),
        tdkeyValue: write(tdkeyValue, type),
      },
      body: (t, w) => `${shape.head(w, 'key')}
${unroll(rows, (i) => `let t${i} = min(first + ${i}u, T - 1u);`)}
let rows = min(${rows}u, T - first);
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var s = 0u; s < S; s++) {
    let p = (bh * S + s) * T;
    let at = ((b * S + s) * H + h) * C + c;
    let d = ${t.dout}[at];
    let td = ${t.tdout}[at];
    ${unroll(rows, (i) => `o[${i}] += ${t.tprobs}[p + t${i}] * d + ${t.probs}[p + t${i}] * td;`)}
  }
  for (var i = 0u; i < rows; i++) { ${t.tdkeyValue}[(b * T + first + i) * keyStride + valueStart + h * C + c] = o[i]; }
}`,
    }),
  ];
};
