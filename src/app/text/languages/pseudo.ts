/**
 * A language that is made of English: every sentence in brackets, with accents, and a third longer. What stands on a
 * page in it without brackets was left in the code, and what is cut off has no room for longer words. Formulas, names
 * and link keys that are given to a sentence stay as they are.
 */
import type { Language } from '../../../experiment/messages/language.ts';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzAEIOSTU';
const ACCENTED = 'áƀçðéƒğĥîĵķļɱñóþǫŕšţûṽŵẋýžÅÉÎÖŠŢÛ';
const OPENING = '⟦';
const CLOSING = '⟧';
/** A number that stands in a sentence has a sign of its own: one with a point was given to it as it was. */
const DECIMAL_POINT = /(?<=\d)\.(?=\d)/g;
const DECIMAL_SIGN = '\u066b';
/** Of the letters, how many are added at the end. */
const LONGER = 0.3;

const hasLetters = (text: string): boolean => /\p{Letter}/u.test(text);

/** Finds what is in the language already, and what a sentence was given, where it stands as a word of its own. */
function keptIn(given: readonly string[]): RegExp {
  const words = [...new Set(given)].filter((word) => word.trim() !== '').toSorted((a, b) => b.length - a.length);
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
  const alone = escaped.length === 0 ? '' : `|(?<![\\p{L}\\d])(?:${escaped.join('|')})(?![\\p{L}\\d])`;
  return new RegExp(`(${OPENING}[^${OPENING}${CLOSING}]*${CLOSING}${alone})`, 'u');
}

/** A text in brackets, but for blanks at its ends. @param given what stands in it and stays as it is */
export function bracketed(text: string, given: readonly string[] = []): string {
  const [, before = '', inside = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  const parts = inside.split(keptIn(given));
  const own = parts.filter((_, i) => i % 2 === 0).join('');
  if (!hasLetters(own)) return text;
  const said = parts.map((part, i) =>
    i % 2 === 1
      ? part
      : part.replace(/[a-zA-Z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter).replaceAll(DECIMAL_POINT, DECIMAL_SIGN),
  );
  return `${before}${OPENING}${said.join('')}${'~'.repeat(Math.ceil(own.length * LONGER))}${CLOSING}${after}`;
}

type Sentence = (...given: readonly unknown[]) => unknown;

/** Whatever a language file holds: texts, functions that make them, and lists and tables of both. */
function made(value: unknown, given: readonly string[] = []): unknown {
  if (typeof value === 'string') return bracketed(value, given);
  if (typeof value === 'function') return spokenBy(value as Sentence);
  if (Array.isArray(value)) return value.map((each) => made(each, given));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, KEPT.has(key) && typeof each === 'string' ? each : made(each, given)]),
  );
}
/** No words: addresses, and names that stand as they are in every language. */
const KEPT: ReadonlySet<string> = new Set(['url', 'command', 'key', 'kind', 'edits', 'term', 'id']);

/** The texts in what a sentence is given, and the numbers that nobody has written yet. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return Number.isInteger(value) ? [] : [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const spokenBy =
  (sentence: Sentence): Sentence =>
  (...args) =>
    made(sentence(...args), args.flatMap(textsIn));

export const PSEUDO: Language = {
  tag: 'en-XA',
  loadMessages: async () => {
    const [{ ENGLISH }, { ENGLISH_FILES }] = await Promise.all([
      import('../../../experiment/messages/english.ts'),
      import('../../../experiment/messages/english-files.ts'),
    ]);
    return made({ ...ENGLISH, ...ENGLISH_FILES }) as object;
  },
  inPlaceOf: <T extends object>(_feature: string, english: T): T => made(english) as T,
};
