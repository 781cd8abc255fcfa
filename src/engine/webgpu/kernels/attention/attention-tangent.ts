/**
 * How attention changes with its factors and bias: tscores = tq·k + q·tk + tbias, tprobs = P·(tscores − Σ P·tscores),
 * tout = tprobs·v + P·tv. One task, dealt out as attention.ts. A masked place has probability 0 and stays there.
 */
import { groupsFor, read, task, unroll, write, type Kernel } from '../../compile/task.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

export const attentionTangent: Kernel<'attention_tangent'> = ({ inputs, outputs: { tout, tprobs }, attributes }, context) => {
  const { query, keyValue, probs, tquery, tkeyValue, tbias } = inputs;
  const shape = attentionShape(attributes, keyValue, context);
  const { type, words, rows, blocks, packed } = shape;
  return [
    task({
      op: 'attention_tangent',
      key: `attention_tangent/${type}/${rows}/${packed}/${tbias !== undefined}`,
      operands: {
        query: read(query, type),
        keyValue: read(keyValue ?? query, type),
        probs: read(probs),
        tquery: read(tquery, type),
        tkeyValue: read(tkeyValue ?? tquery, type),
        tout: write(tout, type),
        tprobs: write(tprobs),
        tbias: tbias && read(tbias),
      },
      words,
      workgroups: groupsFor(blocks('query'), context),
      body: (t, w) => `${shape.head(w, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let q${i} = (b * S + min(first + ${i}u, S - 1u)) * queryStride + h * C;`)}
var mean = array<f32, ${rows}>();
for (var t0 = 0u; t0 < T; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let k${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + keyStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${t.keyValue}[k${j} + c];\nlet m${j} = ${t.tkeyValue}[k${j} + c];`)}
    ${unroll(rows, (i) => `let x${i} = ${t.query}[q${i} + c];\nlet n${i} = ${t.tquery}[q${i} + c];\na[${i}] += vec4<f32>(${sum4((j) => `${product(type, `n${i}`, `y${j}`)} + ${product(type, `x${i}`, `m${j}`)}`)});`)}
  }
  for (var j = 0u; j < min(${ROWS}u, T - t0); j++) {
    for (var i = 0u; i < rows; i++) {
      let p = (bh * S + first + i) * T + t0 + j;
      let change = a[i][j]${t.tbias ? ` + ${t.tbias}[(h * S + first + i) * T + t0 + j]` : ''};
      ${t.tprobs}[p] = change;
      mean[i] += ${t.probs}[p] * change;
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let average = mean[i];
  for (var t = 0u; t < T; t++) { ${t.tprobs}[p + t] = ${t.probs}[p + t] * (${t.tprobs}[p + t] - average); }
}
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < T; t++) {
    let at = (b * T + t) * keyStride + valueStart + h * C + c;
    let v = ${t.keyValue}[at];
    let tv = ${t.tkeyValue}[at];
    ${unroll(rows, (i) => `o[${i}] += ${t.tprobs}[p${i} + t] * v + ${t.probs}[p${i} + t] * tv;`)}
  }
  for (var i = 0u; i < rows; i++) { ${t.tout}[(b * S + first + i) * H * C + h * C + c] = o[i]; }
}`,
    }),
  ];
};
