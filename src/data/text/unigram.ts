/**
 * A text in pieces of words, as T5's own tokenizer splits it (Unigram: Kudo 2018, arXiv 1804.10959; the pre-tokens of
 * SentencePiece): each word has a mark for the blank before it, and is split into the pieces whose scores have the
 * largest sum. Segments as Hugging Face's `tokenizers` does, ties and unknown characters included.
 */
import { plainMarks } from './marks.ts';

/** A token and the logarithm of how likely it is. */
export type Piece = readonly [token: string, score: number];

/** Stands for the blank before a word. */
export const BLANK = '▁';
/** The cost of an unknown character beyond the least likely piece. */
const UNKNOWN_PENALTY = 10;
const isSpecial = (token: string): boolean => /^<(?:pad|\/s|unk|extra_id_\d+)>$/.test(token);
/** Typographic marks become plain ones, then what looks alike is spelled alike. */
const plain = (text: string): string => plainMarks(text).normalize('NFKC');

/** Words of a text, each behind the mark for a blank. @param text without special tokens */
export function blankedWords(text: string): string[] {
  return text
    .split(/\p{White_Space}+/u)
    .filter((word) => word !== '')
    .flatMap((word) => (word.startsWith(BLANK) ? word : `${BLANK}${word}`).match(/▁?[^▁]+|▁/g) ?? []);
}

export class Unigram {
  readonly tokens: readonly string[];
  private readonly scores: ReadonlyMap<string, number>;
  private readonly unknown: number;
  private readonly longest: number;
  private readonly special: RegExp;
  private readonly known = new Map<string, readonly string[]>();
  private readonly normalise: (text: string) => string;

  /** @param pieces by id, special tokens among them */
  constructor(pieces: readonly Piece[], normalise: (text: string) => string = plain) {
    this.normalise = normalise;
    this.tokens = pieces.map(([token]) => token);
    const plainPieces = pieces.filter(([token]) => !isSpecial(token));
    this.scores = new Map(plainPieces);
    this.longest = Math.max(...plainPieces.map(([token]) => token.length));
    this.unknown = Math.min(...pieces.map(([, score]) => score)) - UNKNOWN_PENALTY;
    this.special = new RegExp(`(${this.tokens.filter(isSpecial).join('|')})`);
  }

  /** Tokens of a text; what is unknown stands there as it is, neighbours of it together. */
  split(text: string): string[] {
    // Every second part is a special token, which is taken as it stands.
    return text.split(this.special).flatMap((part, i) => (i % 2 === 1 ? [part] : this.splitPlain(part)));
  }

  private splitPlain(text: string): string[] {
    return blankedWords(this.normalise(text)).flatMap((word) => this.splitWord(word));
  }

  private splitWord(word: string): readonly string[] {
    const known = this.known.get(word);
    if (known) return known;
    const found = this.best(word);
    this.known.set(word, found);
    return found;
  }

  /** The split with the largest sum of scores; of equal ones the first that is found from the left. */
  private best(word: string): string[] {
    const ends: ({ readonly from: number; readonly score: number; readonly unknown: boolean } | undefined)[] = [];
    const offer = (from: number, to: number, score: number, unknown: boolean): void => {
      const before = ends[to];
      if (before === undefined || score > before.score) ends[to] = { from, score, unknown };
    };
    for (let from = 0; from < word.length; ) {
      const here = ends[from]?.score ?? 0;
      const one = (word.codePointAt(from) ?? 0) > 0xffff ? 2 : 1;
      let single = false;
      for (let to = from + 1; to <= Math.min(word.length, from + this.longest); to++) {
        const score = this.scores.get(word.slice(from, to));
        if (score === undefined) continue;
        offer(from, to, here + score, false);
        if (to === from + one) single = true;
      }
      if (!single) offer(from, from + one, here + this.unknown, true);
      from += one;
    }
    const found: string[] = [];
    let unknown = '';
    for (let to = word.length; to > 0; ) {
      const end = ends[to];
      if (!end) throw new Error(`"${word}" has no split that ends at ${to}`);
      const piece = word.slice(end.from, to);
      if (end.unknown) unknown = piece + unknown;
      else {
        if (unknown !== '') found.push(unknown);
        unknown = '';
        found.push(piece);
      }
      to = end.from;
    }
    if (unknown !== '') found.push(unknown);
    return found.reverse();
  }

  /** Tokens as a text again. */
  join(tokens: readonly string[]): string {
    return tokens.map((token, i) => (i === 0 && token.startsWith(BLANK) ? token.slice(1) : token).replaceAll(BLANK, ' ')).join('');
  }
}
