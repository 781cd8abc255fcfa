/** Numbers as the language that is spoken writes them. */
import { languageTag } from './language.ts';

/** Made once: `toLocaleString` builds a formatter at every call. */
const WHOLE = new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 0 });
/** `.` in English, `,` in German. */
const DECIMAL_SIGN = new Intl.NumberFormat(languageTag()).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';

/** A whole number with its thousands apart: `104,960`. */
export const spellWhole = (value: number): string => WHOLE.format(value);

/** A number that was spelled with a point, with the decimal sign of the language: not for links and files. */
export const inLanguage = (spelled: string): string => (DECIMAL_SIGN === '.' ? spelled : spelled.replace('.', DECIMAL_SIGN));
