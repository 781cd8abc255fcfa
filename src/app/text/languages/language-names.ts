/** The languages that a reader can choose on the page, each by its own name. */
import type { LanguageTag } from '../../../experiment/link/languages.ts';
import { languageAlone } from '../language.ts';

const NAMES: Readonly<Partial<Record<LanguageTag, string>>> = { en: 'English', de: 'Deutsch' };

/** All but the one that is spoken. */
export function otherLanguages(): readonly (readonly [tag: LanguageTag, name: string])[] {
  const spoken = languageAlone();
  return (Object.entries(NAMES) as [LanguageTag, string][]).filter(([tag]) => tag !== spoken);
}
