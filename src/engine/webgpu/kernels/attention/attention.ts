/**
 * Attention of T5 (no 1/√d_kv), one task: an invocation takes `ROWS` queries of one head: scores by tiles, softmax,
 * weighted values. Probabilities are kept for the gradient; masked ones are exactly 0.
 */
import { groupsFor, read, task, unroll, write, type Kernel } from '../../compile/task.ts';
import { lanesAttention } from './attention-lanes.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

/** Below this a score is a masked one. */
const MASKED = '-1.0e37';

export const attention: Kernel<'attention'> = (node, context) => {
  if (context.hardware) return lanesAttention(node, context);
  const { inputs, outputs, attributes } = node;
  const { out, probs } = outputs;
  const { query, keyValue, bias, mask } = inputs;
  const { causal } = attributes;
  const shape = attentionShape(attributes, keyValue, context);
  const { type, words, rows, blocks, packed } = shape;
  return [
    task({
      op: 'attention',
      key: `attention/${type}/${rows}/${packed}/${causal}/${bias !== undefined}/${mask !== undefined}`,
      operands: {
        query: read(query, type),
        keyValue: read(keyValue ?? query, type),
        out: write(out, type),
        probs: write(probs),
        bias: bias && read(bias),
        mask: mask && read(mask, 'i32'),
      },
      words,
      workgroups: groupsFor(blocks('query'), context),
      body: (t, w) => `${shape.head(w, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let q${i} = (b * S + min(first + ${i}u, S - 1u)) * queryStride + h * C;`)}
var top = array<f32, ${rows}>();
for (var i = 0u; i < ${rows}u; i++) { top[i] = -3.0e38; }
${causal ? 'let last = min(T, first + rows);' : 'let last = T;'}
for (var t0 = 0u; t0 < last; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let k${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + keyStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${t.keyValue}[k${j} + c];`)}
    ${unroll(rows, (i) => `let x${i} = ${t.query}[q${i} + c];\na[${i}] += vec4<f32>(${sum4((j) => product(type, `x${i}`, `y${j}`))});`)}
  }
  for (var j = 0u; j < min(${ROWS}u, last - t0); j++) {
    let t = t0 + j;
    ${t.mask ? `let hidden = ${t.mask}[b * T + t] == 0;` : ''}
    for (var i = 0u; i < rows; i++) {
      let s = first + i;
      var score = a[i][j];
      ${t.bias ? `score += ${t.bias}[(h * S + s) * T + t];` : ''}
      ${t.mask ? 'if (hidden) { score = -3.0e38; }' : ''}
      ${causal ? 'if (t > s) { score = -3.0e38; }' : ''}
      ${t.probs}[(bh * S + s) * T + t] = score;
      top[i] = max(top[i], score);
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let highest = top[i];
  var sum = 0.0;
  for (var t = 0u; t < last; t++) {
    let score = ${t.probs}[p + t];
    let e = select(exp(score - highest), 0.0, score < ${MASKED});
    ${t.probs}[p + t] = e;
    sum += e;
  }
  let scale = select(0.0, 1.0 / sum, sum > 0.0);
  for (var t = 0u; t < last; t++) { ${t.probs}[p + t] = ${t.probs}[p + t] * scale; }
  ${causal ? `for (var t = last; t < T; t++) { ${t.probs}[p + t] = 0.0; }` : ''}
}
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < last; t++) {
    let v = ${t.keyValue}[(b * T + t) * keyStride + valueStart + h * C + c];
    ${unroll(rows, (i) => `o[${i}] += ${t.probs}[p${i} + t] * v;`)}
  }
  for (var i = 0u; i < rows; i++) { ${t.out}[(b * S + first + i) * H * C + h * C + c] = o[i]; }
}`,
    }),
  ];
};
