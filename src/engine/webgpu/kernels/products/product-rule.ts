/**
 * Which kernel computes a product on hardware, from its sizes only, so that the bits stay the same. The numbers are
 * data: a tuning run may write others (`npm run bench:gpu` shows what they do on a card).
 */
import type { Product } from './product.ts';

interface BlockRule {
  /** Rows and columns of a block. */
  readonly tile: number;
  /** Workgroups below which a long sum is split into parts. */
  readonly groups: number;
  /** Least length of a part, and most parts. */
  readonly part: number;
  readonly parts: number;
  /** Workgroups, parts counted, below which blocks are too few for a card. */
  readonly least: number;
}

const PRODUCT_RULE = {
  block: { tile: 64, groups: 256, part: 128, parts: 16, least: 48 },
  /** Workgroups up to which the lanes of each share a long sum. */
  lanes: 2048,
} as const satisfies { readonly block: BlockRule; readonly lanes: number };

export type ProductKernel =
  | { readonly kernel: 'block'; readonly parts: number }
  | { readonly kernel: 'lanes' }
  | { readonly kernel: 'shared' };

/** Rows and columns of a tile whose sum the lanes of a workgroup share. */
export const LANES_TILE = 16;

/** Blocks are loaded and stored by fours. */
const byFours = ({ transposeA, transposeB, m, n, k }: Product): boolean =>
  (transposeA ? m : k) % 4 === 0 && (transposeB ? k : n) % 4 === 0 && n % 4 === 0;

export function kernelFor(product: Product): ProductKernel {
  const { m, n, k } = product;
  const { block, lanes } = PRODUCT_RULE;
  const tiles = (side: number): number => Math.ceil(m / side) * Math.ceil(n / side);
  const most = Math.max(1, Math.min(block.parts, Math.floor(k / block.part)));
  const blocks = tiles(block.tile);
  if (byFours(product) && Math.min(m, n) >= block.tile / 2 && blocks * most >= block.least) {
    const parts = blocks >= block.groups ? 1 : Math.min(most, Math.ceil(block.groups / blocks));
    return { kernel: 'block', parts };
  }
  return { kernel: tiles(LANES_TILE) <= lanes ? 'lanes' : 'shared' };
}
