/**
 * c = alpha·op(a)·op(b) (+ add) (+ c). On a CPU adapter: register tiles without barriers (matmul-register.ts,
 * matmul-quad.ts); on hardware: tiles staged through workgroup memory, by the sizes (product-rule.ts): blocks
 * (matmul-block.ts), small tiles with a shared sum (matmul-lanes.ts), and what fits neither (matmul-shared.ts). No
 * measurement decides.
 */
import type { NodeOf } from '../../../operations/node.ts';
import { dimension, type Kernel, type KernelContext, type Task } from '../../compile/task.ts';
import { blockMatmul } from './matmul-block.ts';
import { lanesMatmul } from './matmul-lanes.ts';
import { quadMatmul, suitsQuads } from './matmul-quad.ts';
import { registerMatmul } from './matmul-register.ts';
import { sharedMatmul } from './matmul-shared.ts';
import type { Product } from './product.ts';
import { kernelFor } from './product-rule.ts';

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

function hardwareMatmul(product: Product, context: KernelContext): Task[] {
  const chosen = context.workgroupSize === 64 ? kernelFor(product) : { kernel: 'shared' as const };
  if (chosen.kernel === 'block') return blockMatmul(product, chosen.parts, context);
  return chosen.kernel === 'lanes' ? lanesMatmul(product, context) : sharedMatmul(product, context);
}

export const matmul: Kernel<'matmul'> = (node, context) => {
  const product = productOf(node);
  if (context.hardware) return hardwareMatmul(product, context);
  return context.quads && suitsQuads(product) ? quadMatmul(product, context) : registerMatmul(product, context);
};
