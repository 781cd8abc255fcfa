/** What the blocks of a grown tensor come from, and how large each origin's weights are. */

/** Mean |w| by origin, blocks weighted by their size. */
export function meansByOrigin(
  blocks: readonly { readonly origin: string; readonly rows: number; readonly columns: number; readonly meanAbsolute: number }[],
): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const block of blocks) {
    const count = block.rows * block.columns;
    const entry = sums.get(block.origin) ?? { sum: 0, count: 0 };
    sums.set(block.origin, entry);
    entry.sum += block.meanAbsolute * count;
    entry.count += count;
  }
  return new Map([...sums].map(([origin, { sum, count }]) => [origin, count > 0 ? sum / count : 0]));
}
