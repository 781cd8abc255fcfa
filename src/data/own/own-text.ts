/**
 * A text of the reader's own, or pairs of an input and its output, a line each with a tab between them: which of the
 * two it is, whether a run can read it, and which parts are held out.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import { ownKindOf } from '../../experiment/settings/data/own.ts';
import { sha256 } from '../sha256.ts';
import { plainMarks } from '../text/marks.ts';

/** So that the parts that are held out are worth asking. */
export const LEAST_WORDS = 1_000;
const LEAST_PAIRS = 20;
/** Share that is held out for validation, and as much for the test. */
const HELD_OUT = 0.1;

export type Pair = readonly [input: string, output: string];

export type OwnData =
  | { readonly kind: 'text'; readonly words: readonly string[] }
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] };

type Split = 'train' | 'validation' | 'test';

/** Lines, whichever ends they have. */
const linesOf = (text: string): readonly string[] => text.split(/\r\n?|\n/);
/** One text in one way. */
const plainText = (text: string): string => linesOf(text).join('\n').trim();

/** Sixteen signs that follow from every character of a text. */
export const markOf = (text: string): string => sha256(new TextEncoder().encode(plainText(text))).slice(0, 16);

/**
 * A text, or pairs, as ownKindOf tells them apart.
 * @throws with the line where one is no pair, and with how much there is where that is too little
 */
export function readOwn(text: string): OwnData {
  const plain = plainText(text);
  if (ownKindOf(plain) === 'text') {
    const words = plainMarks(plain)
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length < LEAST_WORDS) throw new ToldError(tell('own-too-short', { words: words.length, least: LEAST_WORDS }));
    return { kind: 'text', words };
  }
  // A line is told by the number that it has in the file, with the empty ones at its head.
  const first = linesOf(text).findIndex((line) => line.trim() !== '') + 1;
  const pairs = plain.split('\n').flatMap((line, i): Pair[] => {
    if (line.trim() === '') return [];
    const [input = '', output = '', ...more] = line.split('\t').map((part) => plainMarks(part.trim()));
    if (input === '' || output === '' || more.length > 0)
      throw new ToldError(tell('own-no-pair', { line: first + i, text: line.slice(0, 60) }));
    return [[input, output]];
  });
  if (pairs.length < LEAST_PAIRS) throw new ToldError(tell('own-few-pairs', { pairs: pairs.length, least: LEAST_PAIRS }));
  return { kind: 'pairs', pairs };
}

/** The last tenth of a text is for validation, the one before it for the test. */
export function partsOfText(words: readonly string[]): Readonly<Record<Split, string>> {
  const heldOut = Math.floor(words.length * HELD_OUT);
  const text = (from: number, to?: number): string => words.slice(from, to).join(' ');
  return { train: text(0, -2 * heldOut), test: text(-2 * heldOut, -heldOut), validation: text(-heldOut) };
}

/**
 * A tenth of the inputs is for validation, a tenth for the test, by a hash of each: an input that stands there twice is
 * in one part.
 */
export function partsOfPairs(pairs: readonly Pair[]): Readonly<Record<Split, readonly Pair[]>> {
  const inputs = [...new Set(pairs.map(([input]) => input))];
  const order = inputs
    .map((input) => [sha256(new TextEncoder().encode(`own ${input}`)), input] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const heldOut = Math.max(1, Math.floor(inputs.length * HELD_OUT));
  const splitOf = new Map(
    order.map(([, input], i): [string, Split] => [input, i < heldOut ? 'validation' : i < 2 * heldOut ? 'test' : 'train']),
  );
  const of = (split: Split): readonly Pair[] => pairs.filter(([input]) => splitOf.get(input) === split);
  return { train: of('train'), validation: of('validation'), test: of('test') };
}
