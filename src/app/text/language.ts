/**
 * The language of the page. English stands in `en/`, one file a feature, so that the words of a panel that is fetched when it is
 * opened come with it. Another language is a folder of the same shape (`Words` in en.ts). It is chosen once, before anything that
 * speaks is loaded: what a file says is fixed when the file is.
 */

import type { Messages } from '../../experiment/messages/say.ts';

export interface Language {
  /** As browsers know it, e.g. `de`: numbers are written by it, too. */
  readonly tag: string;
  /** What the worker says, by code. */
  readonly messages: Messages;
  /** What the language says in place of the English of a feature, all of it. */
  readonly inPlaceOf: <T extends object>(feature: string, english: T) => T;
}

let chosen: Language | null = null;

/** To be called before a file of the page with words in it is imported. */
export function chooseLanguage(language: Language): void {
  chosen = language;
}

export const languageTag = (): string => chosen?.tag ?? 'en-US';

/** Null where the page speaks English. */
export const otherMessages = (): Messages | null => chosen?.messages ?? null;

/** The words of a feature: English, or what the chosen language has for them. */
export function spoken<T extends object>(feature: string, english: T): T {
  return chosen === null ? english : chosen.inPlaceOf(feature, english);
}
