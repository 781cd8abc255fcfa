/** Sizes of a network by name, one row each: short for its five numbers. */
import { ids } from '../rows.ts';
import type { ModelSize } from '../settings/values.ts';

export const SIZE_ROWS = {
  nano: { d: 32, ff: 64, heads: 2, dkv: 16, layers: 2 },
  micro: { d: 64, ff: 128, heads: 4, dkv: 16, layers: 2 },
  mini: { d: 128, ff: 256, heads: 4, dkv: 32, layers: 4 },
  small: { d: 256, ff: 512, heads: 8, dkv: 32, layers: 4 },
  /** The numbers of T5 v1.1 small; its vocabulary of 32,000 pieces is not ours. */
  't5-small': { d: 512, ff: 1024, heads: 6, dkv: 64, layers: 8 },
} as const satisfies Readonly<Record<string, ModelSize>>;

export type SizeName = keyof typeof SIZE_ROWS;
export const SIZE_NAMES = ids(SIZE_ROWS);

/** The name of a size; null where it has none. */
export function nameOfSize(size: ModelSize): SizeName | null {
  return SIZE_NAMES.find((name) => sameSize(SIZE_ROWS[name], size)) ?? null;
}

export const sameSize = (a: ModelSize, b: ModelSize): boolean => (Object.keys(a) as (keyof ModelSize)[]).every((key) => a[key] === b[key]);
