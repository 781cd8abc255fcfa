/**
 * dtable[v] (+)= Σ of dy over the positions of v, in the order of the index (starts[0..V], then positions): the
 * order of the sum is fixed, no atomics.
 */
import { flag } from '../../operations/attributes.ts';
import { dimension, groupsFor, inputOf, lanes, outputOf, read, vectorType, write, type Kernel } from '../task.ts';

export const embedGrad: Kernel = (node, context) => {
  const [dy, index, table] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const accumulate = flag(node.attributes, 'accumulate');
  // One column an invocation on hardware: a frequent token is a long loop, which should not also be a wide one.
  const type = context.hardware ? 'f32' : vectorType(dimension(dy, 1));
  const width = dimension(dy, 1) / lanes(type);
  const rows = dimension(table, 0);
  const items = rows * width;
  return [
    {
      op: 'embed_grad',
      key: `embed_grad/${type}/${accumulate}`,
      operands: [read(dy, type), read(index, 'i32'), write(table, type)],
      words: [items, width, rows],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
let width = ${word(1)};
let row = gid / width;
let column = gid % width;
let first = ${word(2)} + 1u;
var i = first + u32(${tensor(1)}[row]);
let end = first + u32(${tensor(1)}[row + 1u]);
var sum0 = ${type}();
var sum1 = ${type}();
while (i + 1u < end) {
  sum0 += ${tensor(0)}[u32(${tensor(1)}[i]) * width + column];
  sum1 += ${tensor(0)}[u32(${tensor(1)}[i + 1u]) * width + column];
  i += 2u;
}
if (i < end) { sum0 += ${tensor(0)}[u32(${tensor(1)}[i]) * width + column]; }
${tensor(2)}[gid] = ${accumulate ? `${tensor(2)}[gid] + ` : ''}(sum0 + sum1);`,
    },
  ];
};
