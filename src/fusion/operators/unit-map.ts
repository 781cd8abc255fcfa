/**
 * Which unit of a source each unit of a widened model copies, by axis (Chen, Goodfellow & Shlens,
 * "Net2Net", arXiv 1511.05641; for transformers Chen et al., "bert2BERT", arXiv 2110.07143). Units that one
 * layer writes and another reads share one map: the residual stream everywhere, the heads of a stack's
 * self-attention (its layers share a position bias), of each cross-attention, and each feed-forward's units.
 */
import type { RandomStream } from '../../data/random.ts';
import type { Axis } from '../../model/axes.ts';

export interface UnitMap {
  /** By unit of the grown model, the source's unit. */
  readonly source: readonly number[];
  /** By unit of the *source*, how many copies it has. */
  readonly copies: readonly number[];
  /** Units of the source. */
  readonly length: number;
}

export function unitMap(source: readonly number[], length: number): UnitMap {
  const copies = new Array<number>(length).fill(0);
  for (const unit of source) copies[unit] = (copies[unit] ?? 0) + 1;
  return { source, copies, length };
}

/**
 * The source's units in order, again and again. With a whole factor every unit has equally many copies: the only way to
 * keep an RMS.
 */
export function cyclicMap(length: number, grown: number): UnitMap {
  return unitMap(
    Array.from({ length: grown }, (_, i) => i % length),
    length,
  );
}

/** The source's units in order, then units drawn uniformly with replacement, as both papers do. */
export function randomMap(length: number, grown: number, random: RandomStream): UnitMap {
  return unitMap(
    Array.from({ length: grown }, (_, i) => (i < length ? i : random.integer(length))),
    length,
  );
}

/** A map of heads as a map of their components: a head is copied whole. */
export function byHead(heads: UnitMap, dkv: number): UnitMap {
  return unitMap(
    heads.source.flatMap((head) => Array.from({ length: dkv }, (_, i) => head * dkv + i)),
    heads.length * dkv,
  );
}

/** Which map an axis of a tensor goes by; `null` where it never grows. */
export function mapKey(name: string, axis: Axis): string | null {
  switch (axis) {
    case 'vocabulary':
    case 'buckets':
      return null;
    case 'd_model':
      return 'residual stream';
    case 'd_ff':
      return `units of ${name.split('.DenseReluDense')[0] ?? name}`;
    case 'inner':
    case 'heads':
      return name.includes('EncDecAttention')
        ? `heads of ${name.split('.EncDecAttention')[0] ?? name}`
        : `heads of the ${name.split('.')[0] ?? ''}`;
  }
}

/** Consecutive units of the grown model that copy consecutive units of the source, equally often. */
export interface Run {
  readonly start: number;
  readonly length: number;
  readonly source: number;
  readonly copies: number;
  /** Whether they come after the source's own units. */
  readonly added: boolean;
}

export function runs(map: UnitMap): readonly Run[] {
  // A run never reaches from the source's own units into the added ones: behind the last unit there is none to go on
  // with.
  const list: Run[] = [];
  for (const [unit, source] of map.source.entries()) {
    const copies = map.copies[source] ?? 1;
    const added = unit >= map.length;
    const last = list.at(-1);
    if (last !== undefined && last.source + last.length === source && last.copies === copies)
      list[list.length - 1] = { ...last, length: last.length + 1 };
    else list.push({ start: unit, length: 1, source, copies, added });
  }
  return list;
}
