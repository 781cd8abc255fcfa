/** Attention in numbers: how much one word looked at each other one, by one head or by all of them together. */
import type { AttentionReport } from '../../../run/reports.ts';

/** A head of the layer, or the mean of all. */
export type Head = number | 'all';

type Weights = Pick<AttentionReport, 'weights' | 'queries' | 'keys' | 'origins'>;

/** How much the word at `query` looked at each of the keys; sums to 1. */
export function looksOf({ weights, queries, keys, origins }: Weights, query: number, head: Head): readonly number[] {
  const heads = head === 'all' ? origins.map((_, i) => i) : [head];
  return keys.map(
    (_, key) => heads.reduce((sum, each) => sum + (weights[(each * queries.length + query) * keys.length + key] ?? 0), 0) / heads.length,
  );
}

/** Where it looked most, in falling order. */
export function mostLookedAt(looks: readonly number[], count: number): readonly number[] {
  return looks
    .map((_, key) => key)
    .sort((a, b) => (looks[b] ?? 0) - (looks[a] ?? 0) || a - b)
    .slice(0, count);
}

/** Names of heads: of a fused network by the source that they came from, each counted by itself. */
export function headNames(origins: AttentionReport['origins'], ofNew: string): readonly string[] {
  return origins.map((origin, head) => {
    const nth = origins.slice(0, head + 1).filter((each) => each === origin).length;
    return `${origin === 'new' ? ofNew : origin} ${nth}`;
  });
}
