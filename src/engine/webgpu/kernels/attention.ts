/**
 * Attention of T5 (no 1/√d_kv), one task: an invocation takes `ROWS` queries of one head: scores by tiles, softmax,
 * weighted values. Probabilities are kept for the gradient; masked ones are exactly 0.
 */
import { flag } from '../../operations/attributes.ts';
import { groupsFor, inputOf, outputOf, read, unroll, write, type Kernel } from '../task.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

/** Below this a score is a masked one. */
const MASKED = '-1.0e37';

export const attention: Kernel = (node, context) => {
  const shape = attentionShape(node, context);
  const { type, factors, words, rows, blocks } = shape;
  const [out, probs] = [outputOf(node, 0), outputOf(node, 1)];
  const [causal, hasBias, hasMask] = ['causal', 'hasBias', 'hasMask'].map((name) => flag(node.attributes, name)) as [
    boolean,
    boolean,
    boolean,
  ];
  const bias = hasBias ? inputOf(node, factors) : undefined;
  const mask = hasMask ? inputOf(node, factors + (hasBias ? 1 : 0)) : undefined;
  const query = inputOf(node, 0);
  const keyValue = inputOf(node, factors - 1);
  return [
    {
      op: 'attention',
      key: `attention/${type}/${rows}/${shape.packed}/${causal}/${hasBias}/${hasMask}`,
      operands: [
        read(query, type),
        read(keyValue, type),
        write(out, type),
        write(probs),
        ...(bias ? [read(bias)] : []),
        ...(mask ? [read(mask, 'i32')] : []),
      ],
      words,
      workgroups: groupsFor(blocks('query'), context),
      body: (names) => {
        const { tensor } = names;
        const [biasName, maskName] = [tensor(4), tensor(hasBias ? 5 : 4)];
        return `${shape.head(names, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let q${i} = (b * S + min(first + ${i}u, S - 1u)) * queryStride + h * C;`)}
var top = array<f32, ${rows}>();
for (var i = 0u; i < ${rows}u; i++) { top[i] = -3.0e38; }
${causal ? 'let last = min(T, first + rows);' : 'let last = T;'}
for (var t0 = 0u; t0 < last; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let k${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + keyStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${tensor(1)}[k${j} + c];`)}
    ${unroll(rows, (i) => `let x${i} = ${tensor(0)}[q${i} + c];\na[${i}] += vec4<f32>(${sum4((j) => product(type, `x${i}`, `y${j}`))});`)}
  }
  for (var j = 0u; j < min(${ROWS}u, last - t0); j++) {
    let t = t0 + j;
    ${hasMask ? `let hidden = ${maskName}[b * T + t] == 0;` : ''}
    for (var i = 0u; i < rows; i++) {
      let s = first + i;
      var score = a[i][j];
      ${hasBias ? `score += ${biasName}[(h * S + s) * T + t];` : ''}
      ${hasMask ? 'if (hidden) { score = -3.0e38; }' : ''}
      ${causal ? 'if (t > s) { score = -3.0e38; }' : ''}
      ${tensor(3)}[(bh * S + s) * T + t] = score;
      top[i] = max(top[i], score);
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let highest = top[i];
  var sum = 0.0;
  for (var t = 0u; t < last; t++) {
    let score = ${tensor(3)}[p + t];
    let e = select(exp(score - highest), 0.0, score < ${MASKED});
    ${tensor(3)}[p + t] = e;
    sum += e;
  }
  let scale = select(0.0, 1.0 / sum, sum > 0.0);
  for (var t = 0u; t < last; t++) { ${tensor(3)}[p + t] = ${tensor(3)}[p + t] * scale; }
  ${causal ? `for (var t = last; t < T; t++) { ${tensor(3)}[p + t] = 0.0; }` : ''}
}
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < last; t++) {
    let v = ${tensor(1)}[(b * T + t) * keyStride + valueStart + h * C + c];
    ${unroll(rows, (i) => `o[${i}] += ${tensor(3)}[p${i} + t] * v;`)}
  }
  for (var i = 0u; i < rows; i++) { ${tensor(2)}[(b * S + first + i) * H * C + h * C + c] = o[i]; }
}`;
      },
    },
  ];
};
