/** A folder of words as a language. */
import type { Language } from '../../../experiment/messages/language.ts';
import type { Messages } from '../../../experiment/messages/say.ts';
import type { Words } from '../en.ts';

export function languageOf(tag: string, words: Words, loadMessages: () => Promise<Messages>): Language {
  const inPlaceOf = <T extends object>(feature: string, english: T): T => {
    if (!Object.hasOwn(words, feature)) throw new Error(`text: ${tag} has no words for ${feature}`);
    const found: object = words[feature as keyof Words];
    // `Words` says that a feature has the same words in every language.
    return Object.is(found, english) ? english : (found as T);
  };
  return { tag, loadMessages, inPlaceOf };
}
