/**
 * Learns the pieces of a Unigram vocabulary from words and how often they stand in a text (Kudo 2018, arXiv
 * 1804.10959): begins with frequent parts of words, gives each the probability that makes the text likeliest (EM), and
 * takes away those that the text misses least, until so many are left as are wanted. Only exactly rounded operations
 * are used, so that it comes to the same pieces everywhere.
 */
import { logarithm } from '../../src/data/random.ts';
import type { Piece } from '../../src/data/text/unigram.ts';

/** Characters of the longest piece. */
const LONGEST = 12;
/** Words that it learns from: the commonest of the text. */
const COMMONEST = 8_000;
/** How many parts of words it begins with, and how many stay of those in each round. */
const BEGINNING = 6_000;
const KEPT = 0.6;
/** The count of a character that the text lacks. */
const UNSEEN = 0.5;

type Probabilities = ReadonlyMap<string, number>;

/** The parts of words that cover the most of the text. */
function frequentParts(words: ReadonlyMap<string, number>): string[] {
  const counts = new Map<string, number>();
  for (const [word, count] of words)
    for (let from = 0; from < word.length; from++)
      for (let to = from + 2; to <= Math.min(word.length, from + LONGEST); to++) {
        const part = word.slice(from, to);
        counts.set(part, (counts.get(part) ?? 0) + count);
      }
  const weight = ([part, count]: readonly [string, number]): number => part.length * count;
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1))
    .slice(0, BEGINNING)
    .map(([part]) => part);
}

/**
 * How often each piece is expected in the text. A word's splits are weighed by their probabilities, all of them at
 * once.
 */
function expectedCounts(words: ReadonlyMap<string, number>, pieces: Probabilities): Map<string, number> {
  const expected = new Map<string, number>();
  for (const [word, count] of words) {
    const n = word.length;
    const before = new Float64Array(n + 1);
    const after = new Float64Array(n + 1);
    const parts: { from: number; to: number; piece: string; p: number }[] = [];
    before[0] = 1;
    for (let from = 0; from < n; from++)
      for (let to = from + 1; to <= Math.min(n, from + LONGEST); to++) {
        const piece = word.slice(from, to);
        const p = pieces.get(piece);
        if (p === undefined) continue;
        parts.push({ from, to, piece, p });
        before[to] = (before[to] ?? 0) + (before[from] ?? 0) * p;
      }
    after[n] = 1;
    for (const { from, to, p } of parts.toReversed()) after[from] = (after[from] ?? 0) + (after[to] ?? 0) * p;
    const whole = before[n] ?? 0;
    if (whole === 0) throw new Error(`"${word}" can't be spelled with the characters that are always kept`);
    for (const { from, to, piece, p } of parts)
      expected.set(piece, (expected.get(piece) ?? 0) + (count * (before[from] ?? 0) * p * (after[to] ?? 0)) / whole);
  }
  return expected;
}

function probabilities(counts: ReadonlyMap<string, number>, kept: ReadonlySet<string>): Map<string, number> {
  const counted = [...counts].filter(([piece, count]) => count >= UNSEEN || kept.has(piece));
  const all = new Map([
    ...[...kept].map((piece) => [piece, UNSEEN] as const),
    ...counted.map(([piece, n]) => [piece, Math.max(n, UNSEEN)] as const),
  ]);
  const sum = [...all.values()].reduce((a, b) => a + b, 0);
  return new Map([...all].map(([piece, count]) => [piece, count / sum]));
}

/** The logarithm of the likeliest way to spell a piece without itself. */
function otherwise(piece: string, logs: ReadonlyMap<string, number>): number {
  const best = new Array<number>(piece.length + 1).fill(Number.NEGATIVE_INFINITY);
  best[0] = 0;
  for (let from = 0; from < piece.length; from++)
    for (let to = from + 1; to <= piece.length; to++) {
      if (to - from === piece.length) continue;
      const score = (best[from] ?? 0) + (logs.get(piece.slice(from, to)) ?? Number.NEGATIVE_INFINITY);
      if (score > (best[to] ?? 0)) best[to] = score;
    }
  return best[piece.length] ?? 0;
}

const logarithms = (pieces: Probabilities): Map<string, number> => new Map([...pieces].map(([piece, p]) => [piece, logarithm(p)]));

/** Takes away what is missed least, down to `size`. */
function pruned(pieces: Probabilities, counts: ReadonlyMap<string, number>, kept: ReadonlySet<string>, size: number): Map<string, number> {
  const logs = logarithms(pieces);
  const missed = [...pieces.keys()]
    .filter((piece) => !kept.has(piece))
    .map((piece) => [piece, (counts.get(piece) ?? 0) * ((logs.get(piece) ?? 0) - otherwise(piece, logs))] as const)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, Math.max(0, size - kept.size));
  const stay = new Set([...kept, ...missed.map(([piece]) => piece)]);
  return new Map([...pieces].filter(([piece]) => stay.has(piece)));
}

/**
 * @param text how often each word stands in the text, the mark for its blank before it
 * @param characters always kept, so that every word can be spelled
 * @param sizes of the vocabularies that are wanted, the largest first: each smaller one is what is left of the one
 * before
 * @returns by size the pieces with their scores, the likeliest first
 */
export function trainUnigram(
  text: ReadonlyMap<string, number>,
  characters: readonly string[],
  sizes: readonly number[],
): ReadonlyMap<number, readonly Piece[]> {
  const words = new Map([...text].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, COMMONEST));
  const kept = new Set(characters);
  const beginning = [...characters, ...frequentParts(words)];
  let pieces: Map<string, number> = new Map(beginning.map((piece) => [piece, 1 / beginning.length]));
  const found = new Map<number, readonly Piece[]>();
  for (const size of sizes) {
    for (;;) {
      let counts: ReadonlyMap<string, number> = new Map();
      for (let pass = 0; pass < 2; pass++) {
        counts = expectedCounts(words, pieces);
        pieces = probabilities(counts, kept);
      }
      if (pieces.size <= size) break;
      pieces = pruned(pieces, counts, kept, Math.max(size, Math.floor(pieces.size * KEPT)));
    }
    if (pieces.size < size) throw new Error(`the text has ${pieces.size} pieces; ${size} are wanted`);
    const scored = [...logarithms(pieces)].map(([piece, score]): Piece => [piece, Math.round(score * 1e4) / 1e4]);
    found.set(
      size,
      scored.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    );
  }
  return found;
}
