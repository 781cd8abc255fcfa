/**
 * c = alpha·op(a)·op(b) (+ add) (+ c). On a CPU adapter: register tiles without barriers (matmul-register.ts, matmul-quad.ts);
 * on hardware: tiles staged through workgroup memory (matmul-shared.ts). Which one is a matter of the adapter only.
 */
import type { NodeOf } from '../../operations/node.ts';
import { dimension, type Kernel } from '../task.ts';
import { quadMatmul, suitsQuads } from './matmul-quad.ts';
import { registerMatmul } from './matmul-register.ts';
import { sharedMatmul } from './matmul-shared.ts';
import type { Product } from './product.ts';

function productOf({ inputs: { a, b, add }, outputs: { c }, attributes }: NodeOf<'matmul'>): Product {
  const { transposeA, transposeB } = attributes;
  const m = dimension(a, transposeA ? 1 : 0);
  const k = dimension(a, transposeA ? 0 : 1);
  const n = dimension(b, transposeB ? 0 : 1);
  const inner = dimension(b, transposeB ? 1 : 0);
  if (inner !== k || c.size !== m * n) {
    throw new Error(
      `webgpu: matmul of [${a.shape.join(', ')}] and [${b.shape.join(', ')}] (transposed: ${transposeA}, ${transposeB}) does not give [${c.shape.join(', ')}]`,
    );
  }
  return { a, b, c, add, ...attributes, m, n, k };
}

export const matmul: Kernel<'matmul'> = (node, context) => {
  const product = productOf(node);
  if (context.hardware) return sharedMatmul(product, context);
  return context.quads && suitsQuads(product) ? quadMatmul(product, context) : registerMatmul(product, context);
};
