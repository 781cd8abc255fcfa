/** A product whose long sum may be split into parts, which a second task adds in order. */
import type { Tensor } from '../../../tensor.ts';
import { groupsFor, read, task, write, type KernelContext, type Task } from '../../compile/task.ts';
import type { Product } from './product.ts';

/**
 * Where the first task of a product leaves what it computed, and what of the rest is its own: nothing, where parts are
 * added afterwards.
 */
interface Parts {
  readonly target: Tensor;
  readonly add: Tensor | undefined;
  readonly accumulate: boolean;
  readonly alpha: number;
  /** Length of a part of the sum: whole slices. */
  readonly perPart: number;
  /** The code that follows. */
  readonly rest: readonly Task[];
}

/** @param slice columns that a kernel takes at once */
export function inParts(product: Product, parts: number, slice: number, context: KernelContext): Parts {
  const { c, add, accumulate, alpha, m, n, k } = product;
  const perPart = Math.ceil(Math.ceil(k / parts) / slice) * slice;
  if (parts === 1) return { target: c, add, accumulate, alpha, perPart, rest: [] };
  const target = context.scratch([parts, m, n]);
  return { target, add: undefined, accumulate: false, alpha: 1, perPart, rest: [sumOfParts(product, target, parts, context)] };
}

/** @param partial [parts, m, n] */
function sumOfParts(product: Product, partial: Tensor, parts: number, context: KernelContext): Task {
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
