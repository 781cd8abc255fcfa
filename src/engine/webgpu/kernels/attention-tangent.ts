/**
 * How attention changes with its factors and bias: tscores = tq·k + q·tk + tbias, tprobs = P·(tscores − Σ P·tscores),
 * tout = tprobs·v + P·tv. One task, dealt out as attention.ts. A masked place has probability 0 and stays there.
 */
import { flag } from '../../operations/attributes.ts';
import { groupsFor, inputOf, outputOf, read, unroll, write, type Kernel } from '../task.ts';
import { attentionShape, product, ROWS, sum4 } from './attention-shape.ts';

export const attentionTangent: Kernel = (node, context) => {
  const shape = attentionShape(node, context);
  const { type, factors, words, rows, blocks } = shape;
  const [query, keyValue, probs] = [inputOf(node, 0), inputOf(node, factors - 1), inputOf(node, factors)];
  const [tquery, tkeyValue] = [inputOf(node, factors + 1), inputOf(node, 2 * factors)];
  const hasBias = flag(node.attributes, 'hasBias');
  const [tout, tprobs] = [outputOf(node, 0), outputOf(node, 1)];
  return [
    {
      op: 'attention_tangent',
      key: `attention_tangent/${type}/${rows}/${shape.packed}/${hasBias}`,
      operands: [
        ...[
          read(query, type),
          read(keyValue, type),
          read(probs),
          read(tquery, type),
          read(tkeyValue, type),
          write(tout, type),
          write(tprobs),
        ],
        ...(hasBias ? [read(inputOf(node, 2 * factors + 1))] : []),
      ],
      words,
      workgroups: groupsFor(blocks('query'), context),
      body: (names) => {
        const { tensor } = names;
        return `${shape.head(names, 'query')}
let rows = min(${rows}u, S - first);
${unroll(rows, (i) => `let q${i} = (b * S + min(first + ${i}u, S - 1u)) * queryStride + h * C;`)}
var mean = array<f32, ${rows}>();
for (var t0 = 0u; t0 < T; t0 += ${ROWS}u) {
  ${unroll(ROWS, (j) => `let k${j} = (b * T + min(t0 + ${j}u, T - 1u)) * keyStride + keyStart + h * C;`)}
  var a = array<vec4<f32>, ${rows}>();
  for (var c = 0u; c < C; c++) {
    ${unroll(ROWS, (j) => `let y${j} = ${tensor(1)}[k${j} + c];\nlet m${j} = ${tensor(4)}[k${j} + c];`)}
    ${unroll(rows, (i) => `let x${i} = ${tensor(0)}[q${i} + c];\nlet n${i} = ${tensor(3)}[q${i} + c];\na[${i}] += vec4<f32>(${sum4((j) => `${product(type, `n${i}`, `y${j}`)} + ${product(type, `x${i}`, `m${j}`)}`)});`)}
  }
  for (var j = 0u; j < min(${ROWS}u, T - t0); j++) {
    for (var i = 0u; i < rows; i++) {
      let p = (bh * S + first + i) * T + t0 + j;
      let change = a[i][j]${hasBias ? ` + ${tensor(7)}[(h * S + first + i) * T + t0 + j]` : ''};
      ${tensor(6)}[p] = change;
      mean[i] += ${tensor(2)}[p] * change;
    }
  }
}
for (var i = 0u; i < rows; i++) {
  let p = (bh * S + first + i) * T;
  let average = mean[i];
  for (var t = 0u; t < T; t++) { ${tensor(6)}[p + t] = ${tensor(2)}[p + t] * (${tensor(6)}[p + t] - average); }
}
${unroll(rows, (i) => `let p${i} = (bh * S + min(first + ${i}u, S - 1u)) * T;`)}
for (var c = 0u; c < C; c++) {
  var o = array<${type}, ${rows}>();
  for (var t = 0u; t < T; t++) {
    let at = (b * T + t) * keyStride + valueStart + h * C + c;
    let v = ${tensor(1)}[at];
    let tv = ${tensor(4)}[at];
    ${unroll(rows, (i) => `o[${i}] += ${tensor(6)}[p${i} + t] * v + ${tensor(2)}[p${i} + t] * tv;`)}
  }
  for (var i = 0u; i < rows; i++) { ${tensor(5)}[(b * S + first + i) * H * C + h * C + c] = o[i]; }
}`;
      },
    },
  ];
};
