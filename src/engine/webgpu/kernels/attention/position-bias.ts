/** bias[h, q, k] = table[bucket[q·T + k], h], and its gradient: for each bucket the sum over its places. */
import { dimension, groupsFor, read, task, write, type Kernel } from '../../compile/task.ts';

export const positionBias: Kernel<'position_bias'> = ({ inputs: { table, bucket }, outputs: { bias } }, context) => [
  task({
    op: 'position_bias',
    key: 'position_bias',
    operands: { table: read(table), bucket: read(bucket, 'i32'), bias: write(bias) },
    words: { size: bias.size, places: bucket.size, heads: dimension(table, 1) },
    workgroups: groupsFor(bias.size, context),
    body: (t, w) => `if (gid >= ${w.size}) { return; }
let places = ${w.places};
${t.bias}[gid] = ${t.table}[u32(${t.bucket}[gid % places]) * ${w.heads} + gid / places];`,
  }),
];

/**
 * One workgroup-free scan: each (bucket, head) goes over all places and takes its own. On hardware each of a
 * workgroup's invocations takes a stride of the places and the partial sums are added in their order.
 */
export const positionBiasGrad: Kernel<'position_bias_grad'> = (
  { inputs: { dbias, bucket }, outputs: { dtable }, attributes: { accumulate } },
  context,
) => {
  const { hardware, workgroupSize: size } = context;
  const items = dtable.size;
  const line = (t: { readonly bucket: string; readonly dbias: string }): string =>
    `if (u32(${t.bucket}[i]) == row) { sum += ${t.dbias}[head * places + i]; }`;
  const shape = {
    op: 'position_bias_grad',
    operands: { dbias: read(dbias), bucket: read(bucket, 'i32'), dtable: write(dtable) },
    words: { items, places: bucket.size, heads: dimension(dtable, 1) },
  };
  if (!hardware) {
    return [
      task({
        ...shape,
        key: `position_bias_grad/${accumulate}`,
        workgroups: groupsFor(items, context),
        body: (t, w) => `if (gid >= ${w.items}) { return; }
let places = ${w.places};
let row = gid / ${w.heads};
let head = gid % ${w.heads};
var sum = 0.0;
for (var i = 0u; i < places; i++) { ${line(t)} }
${t.dtable}[gid] = ${accumulate ? `${t.dtable}[gid] + ` : ''}sum;`,
      }),
    ];
  }
  return [
    task({
      ...shape,
      key: `position_bias_grad/${accumulate}/shared`,
      workgroups: items,
      body: (t, w, shared) => {
        const partial = shared('partial', `array<f32, ${size}>`);
        return `let places = ${w.places};
let row = wid / ${w.heads};
let head = wid % ${w.heads};
var sum = 0.0;
for (var i = lid; i < places; i += ${size}u) { ${line(t)} }
${partial}[lid] = sum;
workgroupBarrier();
if (lid == 0u && wid < ${w.items}) {
  var total = 0.0;
  for (var i = 0u; i < ${size}u; i++) { total += ${partial}[i]; }
  ${t.dtable}[wid] = ${accumulate ? `${t.dtable}[wid] + ` : ''}total;
}`;
      },
    }),
  ];
};
