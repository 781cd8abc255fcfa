/** bias[h, q, k] = table[bucket[q·T + k], h], and its gradient: for each bucket the sum over its places. */
import { flag } from '../../operations/attributes.ts';
import { dimension, groupsFor, inputOf, outputOf, read, write, type Kernel } from '../task.ts';

export const positionBias: Kernel = (node, context) => {
  const [table, bucket, bias] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  return [
    {
      op: 'position_bias',
      key: 'position_bias',
      operands: [read(table), read(bucket, 'i32'), write(bias)],
      words: [bias.size, bucket.size, dimension(table, 1)],
      workgroups: groupsFor(bias.size, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
let places = ${word(1)};
${tensor(2)}[gid] = ${tensor(0)}[u32(${tensor(1)}[gid % places]) * ${word(2)} + gid / places];`,
    },
  ];
};

/**
 * One workgroup-free scan: each (bucket, head) goes over all places and takes its own. On hardware each of a
 * workgroup's invocations takes a stride of the places and the partial sums are added in their order.
 */
export const positionBiasGrad: Kernel = (node, context) => {
  const [dbias, bucket, table] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const accumulate = flag(node.attributes, 'accumulate');
  const items = table.size;
  const [heads, size] = [dimension(table, 1), context.workgroupSize];
  const line = (bucketName: string, dbiasName: string): string =>
    `if (u32(${bucketName}[i]) == row) { sum += ${dbiasName}[head * places + i]; }`;
  const shape = { operands: [read(dbias), read(bucket, 'i32'), write(table)], words: [items, bucket.size, heads] };
  if (!context.hardware) {
    return [
      {
        op: 'position_bias_grad',
        key: `position_bias_grad/${accumulate}`,
        ...shape,
        workgroups: groupsFor(items, context),
        body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
let places = ${word(1)};
let row = gid / ${word(2)};
let head = gid % ${word(2)};
var sum = 0.0;
for (var i = 0u; i < places; i++) { ${line(tensor(1), tensor(0))} }
${tensor(2)}[gid] = ${accumulate ? `${tensor(2)}[gid] + ` : ''}sum;`,
      },
    ];
  }
  return [
    {
      op: 'position_bias_grad',
      key: `position_bias_grad/${accumulate}/shared`,
      ...shape,
      workgroups: items,
      body: ({ tensor, word, shared }) => {
        const partial = shared('partial', `array<f32, ${size}>`);
        return `let places = ${word(1)};
let row = wid / ${word(2)};
let head = wid % ${word(2)};
var sum = 0.0;
for (var i = lid; i < places; i += ${size}u) { ${line(tensor(1), tensor(0))} }
${partial}[lid] = sum;
workgroupBarrier();
if (lid == 0u && wid < ${word(0)}) {
  var total = 0.0;
  for (var i = 0u; i < ${size}u; i++) { total += ${partial}[i]; }
  ${tensor(2)}[wid] = ${accumulate ? `${tensor(2)}[wid] + ` : ''}total;
}`;
      },
    },
  ];
};
