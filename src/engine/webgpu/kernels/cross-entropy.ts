/** Softmax cross-entropy from integer labels: rowLoss = weight·(lse − logits[label]), 0 for a negative label; its gradient, and how that changes with the logits. */
import type { Tensor } from '../../graph.ts';
import { dimension, groupsFor, inputOf, outputOf, lanes, read, vectorType, write, type Kernel } from '../task.ts';
import { rowsOf } from './rows.ts';

export const crossEntropy: Kernel = (node, context) => {
  const [logits, labels, weights] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2)];
  const [rowLoss, lse] = [outputOf(node, 0), outputOf(node, 1)];
  const rows = rowsOf(context);
  return [
    {
      op: 'cross_entropy',
      key: `cross_entropy${rows.key}`,
      operands: [read(logits), read(labels, 'i32'), read(weights), write(rowLoss), write(lse)],
      words: [dimension(logits, 0), dimension(logits, 1)],
      workgroups: rows.workgroups(dimension(logits, 0)),
      body: (names) => {
        const { tensor, word } = names;
        return `${rows.head(word(0))}
let width = ${word(1)};
let start = row * width;
var top = -3.0e38;
for (var c = lane; c < width; c += ${rows.lanes}u) { top = max(top, ${tensor(0)}[start + c]); }
${rows.combine(names, 'top', 'max')}
var sum = 0.0;
for (var c = lane; c < width; c += ${rows.lanes}u) { sum += exp(${tensor(0)}[start + c] - top); }
${rows.combine(names, 'sum', 'sum')}
if (exists && lane == 0u) {
  let logSum = top + log(sum);
  let label = ${tensor(1)}[row];
  ${tensor(4)}[row] = logSum;
  ${tensor(3)}[row] = select(0.0, ${tensor(2)}[row] * (logSum - ${tensor(0)}[start + u32(max(label, 0))]), label >= 0);
}`;
      },
    },
  ];
};

/** dlogits = weight·(softmax − onehot) */
export const crossEntropyGrad: Kernel = (node, context) => {
  const [logits, lse, labels, weights, dlogits] = [
    inputOf(node, 0),
    inputOf(node, 1),
    inputOf(node, 2),
    inputOf(node, 3),
    outputOf(node, 0),
  ];
  const type = vectorType(dimension(logits, 1));
  const width = dimension(logits, 1) / lanes(type);
  const items = logits.size / lanes(type);
  const hot =
    type === 'f32'
      ? 'select(0.0, 1.0, column == u32(label))'
      : 'select(vec4<f32>(), vec4<f32>(1.0), vec4<u32>(column * 4u) + vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(u32(label)))';
  return [
    {
      op: 'cross_entropy_grad',
      key: `cross_entropy_grad/${type}`,
      operands: [read(logits, type), read(lse), read(labels, 'i32'), read(weights), write(dlogits, type)],
      words: [items, width],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
let row = gid / ${word(1)};
let column = gid % ${word(1)};
let label = ${tensor(2)}[row];
if (label < 0) { ${tensor(4)}[gid] = ${type}(); return; }
${tensor(4)}[gid] = ${tensor(3)}[row] * (exp(${tensor(0)}[gid] - ${tensor(1)}[row]) - ${hot});`,
    },
  ];
};

/** weight·(p·t − p·Σ p·t), p the softmax of a row of logits, t = tlogits */
export const crossEntropyGradTangent: Kernel = (node, context) => {
  const [logits, lse, labels, weights, tlogits] = [0, 1, 2, 3, 4].map((index) => inputOf(node, index)) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const rows = rowsOf(context);
  return [
    {
      op: 'cross_entropy_grad_tangent',
      key: `cross_entropy_grad_tangent${rows.key}`,
      operands: [read(logits), read(lse), read(labels, 'i32'), read(weights), read(tlogits), write(outputOf(node, 0))],
      words: [dimension(logits, 0), dimension(logits, 1)],
      workgroups: rows.workgroups(dimension(logits, 0)),
      body: (names) => {
        const { tensor, word } = names;
        return `${rows.head(word(0))}
let width = ${word(1)};
let start = row * width;
let shift = ${tensor(1)}[row];
var mean = 0.0;
for (var c = lane; c < width; c += ${rows.lanes}u) { mean += exp(${tensor(0)}[start + c] - shift) * ${tensor(4)}[start + c]; }
${rows.combine(names, 'mean', 'sum')}
let weight = select(0.0, ${tensor(3)}[row], ${tensor(2)}[row] >= 0);
if (exists) {
  for (var c = lane; c < width; c += ${rows.lanes}u) {
    ${tensor(5)}[start + c] = weight * exp(${tensor(0)}[start + c] - shift) * (${tensor(4)}[start + c] - mean);
  }
}`;
      },
    },
  ];
};
