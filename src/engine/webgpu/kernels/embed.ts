/** y[n] = table[ids[n]] */
import { dimension, groupsFor, lanes, read, task, vectorType, write, type Kernel } from '../compile/task.ts';

export const embed: Kernel<'embed'> = ({ inputs: { table, ids }, outputs: { y } }, context) => {
  const type = vectorType(dimension(table, 1));
  const width = dimension(table, 1) / lanes(type);
  const items = ids.size * width;
  return [
    task({
      op: 'embed',
      key: `embed/${type}`,
      operands: { table: read(table, type), ids: read(ids, 'i32'), y: write(y, type) },
      words: { items, width },
      workgroups: groupsFor(items, context),
      body: (t, w) => `if (gid >= ${w.items}) { return; }
let width = ${w.width};
let n = gid / width;
${t.y}[gid] = ${t.table}[u32(${t.ids}[n]) * width + gid % width];`,
    }),
  ];
};
