import { describe, expect, it } from 'vitest';
import { headOrigins, weightsOfRow, wordsOfAttention } from './attention.ts';
import type { Provenance } from '../../fusion/provenance.ts';

describe('attention of one text', () => {
  it('is cut out of a batch without padding', () => {
    // Two texts, two heads, two queries, three keys.
    const all = Float32Array.from({ length: 24 }, (_, i) => i);
    const shape = { heads: 2, queryLength: 2, keyLength: 3 };
    expect([...weightsOfRow(all, 1, shape, 1, 2)]).toEqual([12, 13, 18, 19]);
    expect([...weightsOfRow(all, 0, shape, 2, 3)]).toEqual([...all.subarray(0, 12)]);
  });

  it('has what was said before it to look at, the start first', () => {
    expect(wordsOfAttention('decoder', ['a'], ['mia', '</s>'])).toEqual({ queries: ['mia', '</s>'], keys: ['', 'mia'] });
    expect(wordsOfAttention('cross', ['a', 'b'], ['mia'])).toEqual({ queries: ['mia'], keys: ['a', 'b'] });
  });

  it('knows of each head which network it came from', () => {
    const place = { sourceName: 'q', sourceRow: 0, sourceColumn: 0, gradientFactor: 1, factor: 1 };
    const provenance: Provenance = new Map([
      [
        'decoder.block.1.layer.1.EncDecAttention.q.weight',
        [
          { row: 0, column: 0, rows: 8, columns: 4, origin: 0, ...place },
          { row: 0, column: 4, rows: 8, columns: 4, origin: 'new', twin: null },
          { row: 8, column: 0, rows: 4, columns: 4, origin: 'new', twin: null },
          { row: 8, column: 4, rows: 4, columns: 4, origin: 1, ...place },
          { row: 12, column: 0, rows: 4, columns: 8, origin: 'new', twin: null },
        ],
      ],
    ]);
    expect(headOrigins(provenance, ['A', 'B'], { kind: 'cross', layer: 1, heads: 4, dkv: 4 })).toEqual(['A', 'A', 'B', 'new']);
  });
});
