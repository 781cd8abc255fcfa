/**
 * Gradient of attention in two tasks: by queries, the gradient at the scores
 * dS = P·(dP − Σ_t P·dP) with dP = dout·vᵀ, and dq = dS·k; then by keys, dk = dSᵀ·q and dv = Pᵀ·dout.
 */
import { groupsFor, read, task, unroll, write, type Kernel } from '../../compile/task.ts';
import { lanesAttentionGrad } from './attention-lanes.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

export const attentionGrad: Kernel<'attention_grad'> = (node, context) => {
  if (context.hardware) return lanesAttentionGrad(node, context);
  const { inputs, outputs, attributes } = node;
  const { query, keyValue = query, probs, dout } = inputs;
  const { dquery, dkeyValue = dquery, dscores } = outputs;
  const shape = attentionShape(attributes, inputs.keyValue, context);
  const { type, words, rows, blocks, packed } = shape;
  return [
    task({
      op: 'attention_grad (queries)',
      key: `attention_grad/queries/${type}/${rows}/${packed}`,
      operands: {
        keyValue: read(keyValue, type),
        probs: read(probs),
        dout: read(dout, type),
        dquery: write(dquery, type),
        dscores: write(dscores),
      },
      words,
      workgroups: groupsFor(blocks('query'), context),
      body: (t, w) => `${shape.head(w, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let d${i} = (b * S + min(first + ${i}u, S - 1u)) * H * C + h * C;`)}
var mean = array<f32, ${rows}>();
for (var t0 = 0u; t0 < T; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let v${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + valueStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${t.keyValue}[v${j} + c];`)}
    ${unroll(rows, (i) => `let x${i} = ${t.dout}[d${i} + c];\na[${i}] += vec4<f32>(${sum4((j) => product(type, `x${i}`, `y${j}`))});`)}
  }
  for (var j = 0u; j < min(${ROWS}u, T - t0); j++) {
    for (var i = 0u; i < rows; i++) {
      let p = (bh * S + first + i) * T + t0 + j;
      ${t.dscores}[p] = a[i][j];
      mean[i] += ${t.probs}[p] * a[i][j];
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let average = mean[i];
  for (var t = 0u; t < T; t++) { ${t.dscores}[p + t] = ${t.probs}[p + t] * (${t.dscores}[p + t] - average); }
}
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < T; t++) {
    let k = ${t.keyValue}[(b * T + t) * keyStride + keyStart + h * C + c];
    ${unroll(rows, (i) => `o[${i}] += ${t.dscores}[p${i} + t] * k;`)}
  }
  for (var i = 0u; i < rows; i++) { ${t.dquery}[(b * S + first + i) * queryStride + h * C + c] = o[i]; }
}`,
    }),
    task({
      op: 'attention_grad (keys)',
      key: `attention_grad/keys/${type}/${rows}/${packed}`,
      operands: {
        query: read(query, type),
        probs: read(probs),
        dout: read(dout, type),
        dscores: read(dscores),
        dkeyValue: write(dkeyValue, type),
      },
      words,
      workgroups: groupsFor(blocks('key'), context),
      body: (t, w) => `${shape.head(w, 'key')}
${unroll(rows, (i) => `let t${i} = min(first + ${i}u, T - 1u);`)}
let rows = min(${rows}u, T - first);
for (var c = 0u; c < C; c++) {
  var dk = array<${type}, ${rows}>();
  var dv = array<${type}, ${rows}>();
  for (var s = 0u; s < S; s++) {
    let p = (bh * S + s) * T;
    let x = ${t.query}[(b * S + s) * queryStride + h * C + c];
    let d = ${t.dout}[((b * S + s) * H + h) * C + c];
    ${unroll(rows, (i) => `dk[${i}] += ${t.dscores}[p + t${i}] * x;\ndv[${i}] += ${t.probs}[p + t${i}] * d;`)}
  }
  for (var i = 0u; i < rows; i++) {
    let o = (b * T + first + i) * keyStride + h * C + c;
    ${t.dkeyValue}[o + keyStart] = dk[i];
    ${t.dkeyValue}[o + valueStart] = dv[i];
  }
}`,
    }),
  ];
};
