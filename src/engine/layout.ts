/**
 * Where each named tensor lies in a pool. Parameters, gradients and moments of one model share one layout, so
 * that an optimizer step, a norm or an axpy is one dispatch over one buffer.
 *
 * Tensors of a *pack* are contiguous without padding: with matrices as [out, in], the pack of q, k and v is one
 * matrix [3·inner, d], so that three products with the same input are one. Packs start on 256-byte boundaries,
 * WebGPU's alignment for binding offsets.
 */
import { sizeOf } from './named-tensors.ts';

/** 256 bytes of float32. */
const ALIGNMENT = 64;

export interface Slice {
  readonly name: string;
  readonly shape: readonly number[];
  /** In elements from the pool's start. */
  readonly offset: number;
  readonly size: number;
}

export interface Layout {
  /** Elements of the whole pool, padding included (padding is zero and stays zero). */
  readonly size: number;
  readonly slices: ReadonlyMap<string, Slice>;
  /** Packs by their first tensor's name joined with `+`: see packName. */
  readonly packs: ReadonlyMap<string, Slice>;
}

export const packName = (names: readonly string[]): string => names.join('+');

/**
 * Lays out tensors in the given order; `packs` are lists of names that must be contiguous, each stacked along the
 * first axis.
 */
export function makeLayout(shapes: ReadonlyMap<string, readonly number[]>, packs: readonly (readonly string[])[] = []): Layout {
  const packOf = new Map<string, readonly string[]>();
  for (const pack of packs) for (const name of pack) packOf.set(name, pack);
  const slices = new Map<string, Slice>();
  const packSlices = new Map<string, Slice>();
  let offset = 0;
  for (const name of shapes.keys()) {
    if (slices.has(name)) continue;
    const members = packOf.get(name) ?? [name];
    offset = Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
    const start = offset;
    let rows = 0;
    for (const member of members) {
      const shape = shapes.get(member);
      if (!shape) throw new Error(`layout: the pack ${packName(members)} names ${member}, which has no shape`);
      const size = sizeOf(shape);
      slices.set(member, { name: member, shape, offset, size });
      offset += size;
      rows += shape[0] ?? 1;
    }
    if (members.length > 1) {
      const first = shapes.get(members[0] as string) as readonly number[];
      packSlices.set(packName(members), { name: packName(members), shape: [rows, ...first.slice(1)], offset: start, size: offset - start });
    }
  }
  return { size: Math.ceil(offset / ALIGNMENT) * ALIGNMENT, slices, packs: packSlices };
}
