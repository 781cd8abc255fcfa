/**
 * Numbers as the language that is spoken writes them: the one place that knows its signs. Numbers of links, files and
 * code are written without it. A minus is a true one. The signs stand here and are not asked of `Intl.NumberFormat`:
 * the first formatter that a page makes loads the browser's tables, before the first drawing. `numbers.test.ts` holds
 * them beside Intl's.
 */
import { languageAlone, languageTag } from './language.ts';

export const MINUS = '\u2212';

interface Signs {
  readonly thousands: string;
  readonly decimal: string;
}

const ENGLISH: Signs = { thousands: ',', decimal: '.' };
/** By language, without its country. */
export const SIGNS: Readonly<Record<string, Signs>> = {
  en: ENGLISH,
  de: { thousands: '.', decimal: ',' },
  fr: { thousands: '\u202f', decimal: ',' },
};

/** Of the language that is spoken now: the words of another language import this before it is chosen. */
const signs = (): Signs => SIGNS[languageAlone()] ?? ENGLISH;

/** Whether `toFixed` writes a number in digits. */
const inDigits = (value: number): boolean => Math.abs(value) < 1e21;

const withSign = (typed: string): string => typed.replace('.', signs().decimal);
const written = (typed: string): string => withSign(typed).replace(/^-/, MINUS);

/** A whole number with its thousands apart: `104,960`. */
export const spellWhole = (value: number): string =>
  inDigits(value)
    ? value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, signs().thousands)
    : value.toLocaleString(languageTag(), { maximumFractionDigits: 0 });

/** As it is, in the shortest way: `0.003`, `1e-8`. */
export const asItIs = (value: number): string => written(String(value));

/**
 * As it is typed into a field: `-0.003`, with the decimal sign of the language and the minus of the keyboard.
 */
export const asTyped = (value: number): string => withSign(String(value));

/** With so many decimals: `0.50`. */
export const fixed = (value: number, decimals: number): string => written(value.toFixed(decimals));

/** So many figures at most, without noughts at the end: `0.5`, `12`. */
export const figures = (value: number, most: number): string => asItIs(Number(value.toPrecision(most)));

/** So many figures exactly: `0.50`. */
export const exactFigures = (value: number, many: number): string => written(value.toPrecision(many));

/** As a power of ten, with so many decimals before it: `4.5e−5`. */
export const power = (value: number, decimals?: number): string => powerToCopy(value, decimals).replace('e-', `e${MINUS}`);

/** The same with the exponent as it is typed, so that the number can be copied: `4.5e-5`. */
export const powerToCopy = (value: number, decimals?: number): string => written(value.toExponential(decimals));

/**
 * A loss in figures that mean something, however small: with this many decimals as long as two figures of it are left:
 * `0.59`, `0.0045`, `4.5e-5`.
 * @param loss nats a token, finite
 */
export function spellLoss(loss: number, decimals: number): string {
  const size = Math.abs(loss);
  if (size === 0 || size >= 10 ** (1 - decimals)) return fixed(loss, decimals);
  return size >= 0.001 ? fixed(loss, 4) : powerToCopy(loss, 1);
}

/**
 * Bytes as gigabytes, with one decimal. @param unit bytes of a gigabyte: 1e9, or 1024 ** 3 where memory is counted so
 */
export const gigabytes = (bytes: number, unit: number): string => fixed(bytes / unit, 1);

/** How many there are of something, as it is said: `1 step`, `2 steps`. @param many as it is written */
export const counted = (many: number | string, one: string, several: string): string => `${many} ${String(many) === '1' ? one : several}`;
