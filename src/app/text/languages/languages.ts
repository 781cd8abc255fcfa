/**
 * The languages of the page besides English. A new one is a folder like `de/`, which has all of `Words`, a row in
 * `LANGUAGES`, and its tag in `LANGUAGE_TAGS` (experiment/link/languages.ts). It lies on a chunk of its own: who reads
 * English fetches none. Its words import types and what says nothing itself, such as messages/numbers.ts: what they
 * imported would be there, in English, before the language is chosen. Its messages are loaded after that.
 */
import { chooseLanguage, type Language } from '../../../experiment/messages/language.ts';
import { LANGUAGE_TAGS, type LanguageTag } from '../../../experiment/link/languages.ts';
import { languageOf } from './language-of.ts';

type Other = Exclude<LanguageTag, 'en'>;

/** The pseudo-language is for looking at a page that a developer serves, and for tests. */
const LANGUAGES: Readonly<Record<Other, (() => Promise<Language>) | null>> = {
  de: async () => languageOf('de', (await import('../de/index.ts')).GERMAN, async () => (await import('../de/messages.ts')).MESSAGES),
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
  const language = await load();
  await chooseLanguage(language);
  document.documentElement.lang = chosen;
  // It stands in index.html in English.
  const headline = document.querySelector('.opening-headline');
  if (headline)
    headline.textContent = language.inPlaceOf('firstVisit', { trainTwoSmallLanguage: headline.textContent }).trainTwoSmallLanguage;
}
