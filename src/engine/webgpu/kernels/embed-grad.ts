/**
 * dtable[v] (+)= Σ of dy over the positions of v, in the order of the index (starts[0..V], then positions): the
 * order of the sum is fixed, no atomics.
 */
import { dimension, groupsFor, lanes, read, task, vectorType, write, type Kernel } from '../compile/task.ts';

export const embedGrad: Kernel<'embed_grad'> = ({ inputs: { dy, index }, outputs: { dtable }, attributes }, context) => {
  const { accumulate } = attributes;
  // One column an invocation on hardware: a frequent token is a long loop, which should not also be a wide one.
  const type = context.hardware ? 'f32' : vectorType(dimension(dy, 1));
  const width = dimension(dy, 1) / lanes(type);
  const rows = dimension(dtable, 0);
  const items = rows * width;
  return [
    task({
      op: 'embed_grad',
      key: `embed_grad/${type}/${accumulate}`,
      operands: { dy: read(dy, type), index: read(index, 'i32'), dtable: write(dtable, type) },
      words: { items, width, rows },
      workgroups: groupsFor(items, context),
      body: (t, w) => `if (gid >= ${w.items}) { return; }
let width = ${w.width};
let row = gid / width;
let column = gid % width;
let first = ${w.rows} + 1u;
var i = first + u32(${t.index}[row]);
let end = first + u32(${t.index}[row + 1u]);
var sum0 = ${type}();
var sum1 = ${type}();
while (i + 1u < end) {
  sum0 += ${t.dy}[u32(${t.index}[i]) * width + column];
  sum1 += ${t.dy}[u32(${t.index}[i + 1u]) * width + column];
  i += 2u;
}
if (i < end) { sum0 += ${t.dy}[u32(${t.index}[i]) * width + column]; }
${t.dtable}[gid] = ${accumulate ? `${t.dtable}[gid] + ` : ''}(sum0 + sum1);`,
    }),
  ];
};
