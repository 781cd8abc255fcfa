/** Graphs as text. */
import { expect, test } from 'vitest';
import { appendGradient } from '../gradient.ts';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import { appendTangents } from '../tangent.ts';

/** A table, a norm and a tied head: small, with a gradient that is accumulated. */
function smallGraph(): Graph {
  const graph = new Graph(
    makeLayout(
      new Map([
        ['table', [5, 4]],
        ['norm.scale', [4]],
      ]),
    ),
  );
  const table = graph.pooled('parameters', 'table');
  const [x, y] = [graph.scratch([3, 4]), graph.scratch([3, 4])];
  graph.push('embed', { table, ids: graph.input('ids', [3], 'int32') }, { y: x });
  const scale = graph.pooled('parameters', 'norm.scale');
  graph.push('rms_norm', { x, scale }, { y, r: graph.scratch([3, 1]) }, { epsilon: 0.5, groups: [4] });
  const logits = graph.scratch([3, 5]);
  graph.push('matmul', { a: y, b: table }, { c: logits }, { transposeB: true, alpha: 0.5 });
  const weights = graph.constant(Float32Array.of(1, 1, 1), [3]);
  const rowLoss = graph.scratch([3]);
  const labels = graph.input('labels', [3], 'int32');
  graph.push('cross_entropy', { logits, labels, weights }, { rowLoss, lse: graph.scratch([3]) });
  const loss = graph.output('loss', [1]);
  graph.push('sum', { x: rowLoss }, { y: loss });
  appendGradient(graph, loss);
  return graph;
}

test('a graph is printed one line an operation, with names, shapes and what is not left out (11.4)', () => {
  expect(smallGraph().toString()).toBe(
    `%1: f32[3,4] = embed(table: parameters.table, ids: ids)
%2: f32[3,4], %5: f32[3,1] = rms_norm(x: %1, scale: parameters.norm.scale) {epsilon: 0.5, groups: [4]}
%6: f32[3,5] = matmul(a: %2, b: parameters.table) {transposeB: true, alpha: 0.5}
%8: f32[3], %10: f32[3] = cross_entropy(logits: %6, labels: labels, weights: constant f32[3])
loss: f32[1] = sum(x: %8)
%12: f32[3,5] = cross_entropy_grad(logits: %6, lse: %10, labels: labels, weights: constant f32[3])
gradients.table: f32[5,4] = matmul(a: %12, b: %2) {transposeA: true, alpha: 0.5}
%14: f32[3,4] = matmul(a: %12, b: parameters.table) {alpha: 0.5}
gradients.norm.scale: f32[4] = rms_norm_scale_grad(x: %1, r: %5, dy: %14) {groups: [4]}
%16: f32[3,4] = rms_norm_grad(x: %1, scale: parameters.norm.scale, r: %5, dy: %14) {groups: [4]}
gradients.table: f32[5,4] += embed_grad(dy: %16, index: ids_index)`,
  );
});

test('the seam is a line of its own, and a whole pool has the name of its role (11.4)', () => {
  const graph = smallGraph();
  appendTangents(graph);
  graph.push('sum_squares', { x: graph.wholePool('product') }, { y: graph.output('norm', [1]) });
  const lines = graph.toString().split('\n');
  expect(lines.indexOf('---')).toBe(graph.seam);
  expect(lines[12]).toBe('%19: f32[3,4] = embed(table: direction.table, ids: ids)');
  expect(lines.at(-1)).toBe('norm: f32[1] = sum_squares(x: product)');
});
