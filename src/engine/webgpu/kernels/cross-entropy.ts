/**
 * Softmax cross-entropy from integer labels: rowLoss = weight·(lse − logits[label]), 0 for a negative label; its
 * gradient, and how that changes with the logits.
 */
import { dimension, groupsFor, lanes, read, task, vectorType, write, type Kernel } from '../compile/task.ts';
import { rowsOf } from './rows.ts';

export const crossEntropy: Kernel<'cross_entropy'> = ({ inputs: { logits, labels, weights }, outputs: { rowLoss, lse } }, context) => {
  const rows = rowsOf(context);
  return [
    task({
      op: 'cross_entropy',
      key: `cross_entropy${rows.key}`,
      operands: { logits: read(logits), labels: read(labels, 'i32'), weights: read(weights), rowLoss: write(rowLoss), lse: write(lse) },
      words: { rows: dimension(logits, 0), width: dimension(logits, 1) },
      workgroups: rows.workgroups(dimension(logits, 0)),
      body: (t, w, shared) => `${rows.head(w.rows)}
let width = ${w.width};
let start = row * width;
var top = -3.0e38;
for (var c = lane; c < width; c += ${rows.lanes}u) { top = max(top, ${t.logits}[start + c]); }
${rows.combine(shared, 'top', 'max')}
var sum = 0.0;
for (var c = lane; c < width; c += ${rows.lanes}u) { sum += exp(${t.logits}[start + c] - top); }
${rows.combine(shared, 'sum', 'sum')}
if (exists && lane == 0u) {
  let logSum = top + log(sum);
  let label = ${t.labels}[row];
  ${t.lse}[row] = logSum;
  ${t.rowLoss}[row] = select(0.0, ${t.weights}[row] * (logSum - ${t.logits}[start + u32(max(label, 0))]), label >= 0);
}`,
    }),
  ];
};

/** dlogits = weight·(softmax − onehot) */
export const crossEntropyGrad: Kernel<'cross_entropy_grad'> = (
  { inputs: { logits, lse, labels, weights }, outputs: { dlogits } },
  context,
) => {
  const type = vectorType(dimension(logits, 1));
  const width = dimension(logits, 1) / lanes(type);
  const items = logits.size / lanes(type);
  const hot =
    type === 'f32'
      ? 'select(0.0, 1.0, column == u32(label))'
      : 'select(vec4<f32>(), vec4<f32>(1.0), vec4<u32>(column * 4u) + vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(u32(label)))';
  return [
    task({
      op: 'cross_entropy_grad',
      key: `cross_entropy_grad/${type}`,
      operands: {
        logits: read(logits, type),
        lse: read(lse),
        labels: read(labels, 'i32'),
        weights: read(weights),
        dlogits: write(dlogits, type),
      },
      words: { items, width },
      workgroups: groupsFor(items, context),
      body: (t, w) => `if (gid >= ${w.items}) { return; }
let row = gid / ${w.width};
let column = gid % ${w.width};
let label = ${t.labels}[row];
if (label < 0) { ${t.dlogits}[gid] = ${type}(); return; }
${t.dlogits}[gid] = ${t.weights}[row] * (exp(${t.logits}[gid] - ${t.lse}[row]) - ${hot});`,
    }),
  ];
};

/** weight·(p·t − p·Σ p·t), p the softmax of a row of logits, t = tlogits */
export const crossEntropyGradTangent: Kernel<'cross_entropy_grad_tangent'> = (
  { inputs: { logits, lse, labels, weights, tlogits }, outputs: { tdlogits } },
  context,
) => {
  const rows = rowsOf(context);
  return [
    task({
      op: 'cross_entropy_grad_tangent',
      key: `cross_entropy_grad_tangent${rows.key}`,
      operands: {
        logits: read(logits),
        lse: read(lse),
        labels: read(labels, 'i32'),
        weights: read(weights),
        tlogits: read(tlogits),
        tdlogits: write(tdlogits),
      },
      words: { rows: dimension(logits, 0), width: dimension(logits, 1) },
      workgroups: rows.workgroups(dimension(logits, 0)),
      body: (t, w, shared) => `${rows.head(w.rows)}
let width = ${w.width};
let start = row * width;
let shift = ${t.lse}[row];
var mean = 0.0;
for (var c = lane; c < width; c += ${rows.lanes}u) { mean += exp(${t.logits}[start + c] - shift) * ${t.tlogits}[start + c]; }
${rows.combine(shared, 'mean', 'sum')}
let weight = select(0.0, ${t.weights}[row], ${t.labels}[row] >= 0);
if (exists) {
  for (var c = lane; c < width; c += ${rows.lanes}u) {
    ${t.tdlogits}[start + c] = weight * exp(${t.logits}[start + c] - shift) * (${t.tlogits}[start + c] - mean);
  }
}`,
    }),
  ];
};
