/**
 * The languages of the page besides English. A new one is a folder beside `en/` that has all of `Words`, and a row
 * here:
 *
 *     de: async () =>
 *       languageOf('de', (await import('./de/index.ts')).words, async () => (await import('./de/messages.ts')).MESSAGES),
 *
 * and its tag in `LANGUAGE_TAGS` (experiment/link/languages.ts). It lies on a chunk of its own: who reads English
 * fetches none. Its words import types only: what they imported would be there, in English, before the language is
 * chosen.
 */
import { chooseLanguage, type Language } from '../../experiment/messages/language.ts';
import type { Messages } from '../../experiment/messages/say.ts';
import { LANGUAGE_TAGS, type LanguageTag } from '../../experiment/link/languages.ts';
import type { Words } from './en.ts';

type Other = Exclude<LanguageTag, 'en'>;

/** A folder of words as a language. */
export function languageOf(tag: string, words: Words, loadMessages: () => Promise<Messages>): Language {
  const inPlaceOf = <T extends object>(feature: string, english: T): T => {
    if (!Object.hasOwn(words, feature)) throw new Error(`text: ${tag} has no words for ${feature}`);
    const found: object = words[feature as keyof Words];
    // `Words` says that a feature has the same words in every language.
    return Object.is(found, english) ? english : (found as T);
  };
  return { tag, loadMessages, inPlaceOf };
}

/**
 * In a built page none is there but English; the pseudo-language is for looking at a page that a developer serves, and
 * for tests.
 */
const LANGUAGES: Readonly<Record<Other, (() => Promise<Language>) | null>> = {
  'en-XA': import.meta.env.DEV ? async () => (await import('./pseudo.ts')).PSEUDO : null,
};

const isOther = (tag: string): tag is Other => LANGUAGE_TAGS.some((known) => known === tag) && tag !== 'en';

/**
 * Which language a page is shown in: the one that its link asks for, else the first of the browser's that there is.
 * @param hash of the address; @param browser its reader's languages, the best first
 */
export function languageFor(hash: string, browser: readonly string[]): LanguageTag {
  const asked = /[#&]lang=([^&]*)/.exec(hash)?.[1];
  const wanted = asked === undefined ? browser : [asked];
  for (const tag of wanted) {
    const found = LANGUAGE_TAGS.find((known) => known === tag) ?? LANGUAGE_TAGS.find((known) => tag.split('-')[0] === known);
    if (found !== undefined && (asked !== undefined || found !== 'en-XA')) return found;
  }
  return 'en';
}

/**
 * Chooses the language, before anything that speaks is imported; a link that asks for another one loads the page anew.
 */
export async function startLanguage(): Promise<void> {
  const now = (): LanguageTag => languageFor(location.hash, navigator.languages);
  const chosen = now();
  addEventListener('hashchange', () => {
    if (now() !== chosen) location.reload();
  });
  const load = isOther(chosen) ? LANGUAGES[chosen] : null;
  if (load === null) return;
  await chooseLanguage(await load());
  document.documentElement.lang = chosen;
}
