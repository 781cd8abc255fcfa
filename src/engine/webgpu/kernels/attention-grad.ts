/**
 * Gradient of attention in two tasks: by queries, the gradient at the scores
 * dS = P·(dP − Σ_t P·dP) with dP = dout·vᵀ, and dq = dS·k; then by keys, dk = dSᵀ·q and dv = Pᵀ·dout.
 */
import { inputOf, outputOf, read, groupsFor, unroll, write, type Kernel } from '../task.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

export const attentionGrad: Kernel = (node, context) => {
  const shape = attentionShape(node, context);
  const { type, factors, words, rows, blocks, packed } = shape;
  const [query, keyValue] = [inputOf(node, 0), inputOf(node, factors - 1)];
  const [probs, dout] = [inputOf(node, factors), inputOf(node, factors + 1)];
  const [dquery, dkeyValue, dscores] = [outputOf(node, 0), outputOf(node, factors - 1), outputOf(node, factors)];
  return [
    {
      op: 'attention_grad (queries)',
      key: `attention_grad/queries/${type}/${rows}/${packed}`,
      operands: [read(keyValue, type), read(probs), read(dout, type), write(dquery, type), write(dscores)],
      words,
      workgroups: groupsFor(blocks('query'), context),
      body: (names) => {
        const { tensor } = names;
        return `${shape.head(names, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let d${i} = (b * S + min(first + ${i}u, S - 1u)) * H * C + h * C;`)}
var mean = array<f32, ${rows}>();
for (var t0 = 0u; t0 < T; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let v${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + valueStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${tensor(0)}[v${j} + c];`)}
    ${unroll(rows, (i) => `let x${i} = ${tensor(2)}[d${i} + c];\na[${i}] += vec4<f32>(${sum4((j) => product(type, `x${i}`, `y${j}`))});`)}
  }
  for (var j = 0u; j < min(${ROWS}u, T - t0); j++) {
    for (var i = 0u; i < rows; i++) {
      let p = (bh * S + first + i) * T + t0 + j;
      ${tensor(4)}[p] = a[i][j];
      mean[i] += ${tensor(1)}[p] * a[i][j];
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let average = mean[i];
  for (var t = 0u; t < T; t++) { ${tensor(4)}[p + t] = ${tensor(1)}[p + t] * (${tensor(4)}[p + t] - average); }
}
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < T; t++) {
    let k = ${tensor(0)}[(b * T + t) * keyStride + keyStart + h * C + c];
    ${unroll(rows, (i) => `o[${i}] += ${tensor(4)}[p${i} + t] * k;`)}
  }
  for (var i = 0u; i < rows; i++) { ${tensor(3)}[(b * S + first + i) * queryStride + h * C + c] = o[i]; }
}`;
      },
    },
    {
      op: 'attention_grad (keys)',
      key: `attention_grad/keys/${type}/${rows}/${packed}`,
      operands: [read(query, type), read(probs), read(dout, type), read(dscores), write(dkeyValue, type)],
      words,
      workgroups: groupsFor(blocks('key'), context),
      body: (names) => {
        const { tensor } = names;
        return `${shape.head(names, 'key')}
${unroll(rows, (i) => `let t${i} = min(first + ${i}u, T - 1u);`)}
let rows = min(${rows}u, T - first);
for (var c = 0u; c < C; c++) {
  var dk = array<${type}, ${rows}>();
  var dv = array<${type}, ${rows}>();
  for (var s = 0u; s < S; s++) {
    let p = (bh * S + s) * T;
    let x = ${tensor(0)}[(b * S + s) * queryStride + h * C + c];
    let d = ${tensor(2)}[((b * S + s) * H + h) * C + c];
    ${unroll(rows, (i) => `dk[${i}] += ${tensor(3)}[p + t${i}] * x;\ndv[${i}] += ${tensor(1)}[p + t${i}] * d;`)}
  }
  for (var i = 0u; i < rows; i++) {
    let o = (b * T + first + i) * keyStride + h * C + c;
    ${tensor(4)}[o + keyStart] = dk[i];
    ${tensor(4)}[o + valueStart] = dv[i];
  }
}`;
      },
    },
  ];
};
