/** y[n] = table[ids[n]] */
import { dimension, groupsFor, inputOf, lanes, outputOf, read, vectorType, write, type Kernel } from '../task.ts';

export const embed: Kernel = (node, context) => {
  const [table, ids, y] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const type = vectorType(dimension(table, 1));
  const width = dimension(table, 1) / lanes(type);
  const items = ids.size * width;
  return [
    {
      op: 'embed',
      key: `embed/${type}`,
      operands: [read(table, type), read(ids, 'i32'), write(y, type)],
      words: [items, width],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
let width = ${word(1)};
let n = gid / width;
${tensor(2)}[gid] = ${tensor(0)}[u32(${tensor(1)}[n]) * width + gid % width];`,
    },
  ];
};
