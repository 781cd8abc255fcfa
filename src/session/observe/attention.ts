/**
 * Which words a network looked at: the attention of one layer while it answers one text, with the source that each head
 * came from.
 */
import type { ModelId } from '../../experiment/experiment.ts';
import { type Provenance, blocksOf } from '../../fusion/provenance.ts';
import type { AttentionKind, AttentionReport } from '../../run/reports.ts';

/** Name of the output of a forward program (model/t5-graph.ts). */
export const attentionOutput = (kind: AttentionKind, layer: number): string => `attention.${kind}.${layer}`;

/** Name of the weights that a layer's heads ask with. */
function queryName(kind: AttentionKind, layer: number): string {
  if (kind === 'cross') return `decoder.block.${layer}.layer.1.EncDecAttention.q.weight`;
  return `${kind}.block.${layer}.layer.0.SelfAttention.q.weight`;
}

/**
 * Where each head of a layer came from: the source whose rows it has, `new` where it has none of any.
 * @param dkv rows of a head
 */
export function headOrigins(
  provenance: Provenance,
  sources: readonly ModelId[],
  { kind, layer, heads, dkv }: { readonly kind: AttentionKind; readonly layer: number; readonly heads: number; readonly dkv: number },
): readonly (ModelId | 'new')[] {
  const blocks = blocksOf(provenance, queryName(kind, layer));
  return Array.from({ length: heads }, (_, head): ModelId | 'new' => {
    const row = head * dkv;
    const own = blocks.find(({ origin, row: first, rows }) => origin !== 'new' && first <= row && row < first + rows);
    return own === undefined || own.origin === 'new' ? 'new' : (sources[own.origin] ?? 'new');
  });
}

/**
 * The weights of one text out of those of a batch, without padding.
 * @param all [B, H, Q, K]
 * @returns [H, queries, keys]
 */
export function weightsOfRow(
  all: Float32Array,
  row: number,
  shape: { readonly heads: number; readonly queryLength: number; readonly keyLength: number },
  queries: number,
  keys: number,
): Float32Array {
  const { heads, queryLength, keyLength } = shape;
  const result = new Float32Array(heads * queries * keys);
  for (let head = 0; head < heads; head++)
    for (let query = 0; query < queries; query++) {
      const from = ((row * heads + head) * queryLength + query) * keyLength;
      result.set(all.subarray(from, from + keys), (head * queries + query) * keys);
    }
  return result;
}

/** Words that ask, and words that are looked at. @param answer what was generated, its end included */
export function wordsOfAttention(
  kind: AttentionKind,
  source: readonly string[],
  answer: readonly string[],
): Pick<AttentionReport, 'queries' | 'keys'> {
  if (kind === 'encoder') return { queries: source, keys: source };
  // A decoder has before it what it has said so far, and begins with nothing.
  return { queries: answer, keys: kind === 'cross' ? source : ['', ...answer.slice(0, -1)] };
}
