/**
 * The special tokens around the pieces of a vocabulary, in T5's order: padding, end and unknown first, sentinels last.
 */
import { SENTINEL_TOKENS } from '../spans/corruption.ts';
import { SPECIAL } from '../vocabulary.ts';
import type { Piece } from './unigram.ts';

export function withSpecialTokens(pieces: readonly Piece[]): readonly Piece[] {
  const special = (token: string): Piece => [token, 0];
  return [...SPECIAL.map(special), ...pieces, ...SENTINEL_TOKENS.map(special)];
}
