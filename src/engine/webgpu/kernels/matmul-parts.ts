/** The sum of a product's parts, in order: what a split of its long sum ends with. */
import type { Tensor } from '../../tensor.ts';
import { groupsFor, read, task, write, type KernelContext, type Task } from '../task.ts';
import type { Product } from './product.ts';

/** @param partial [parts, m, n] */
export function sumOfParts(product: Product, partial: Tensor, parts: number, context: KernelContext): Task {
  const { c, add, transposeA, transposeB, accumulate, alpha, m, n } = product;
  return task({
    op: `matmul ${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'} (sum of parts)`,
    key: `matmul/parts/${add !== undefined}/${accumulate}`,
    operands: { partial: read(partial), c: write(c), add: add && read(add) },
    words: { size: m * n, parts, alpha: { float: alpha } },
    workgroups: groupsFor(m * n, context),
    body: (t, w) => `let n = ${w.size};
if (gid >= n) { return; }
var sum = 0.0;
for (var part = 0u; part < ${w.parts}; part++) { sum += ${t.partial}[part * n + gid]; }
${t.c}[gid] = ${w.alpha} * sum${t.add ? ` + ${t.add}[gid]` : ''}${accumulate ? ` + ${t.c}[gid]` : ''};`,
  });
}
