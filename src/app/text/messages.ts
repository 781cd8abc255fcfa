/** The worker's messages in the page's language: it sends codes with parameters, and their English beside them. */
import { isTold, type Messages, sayIn, type Told } from '../../experiment/messages/say.ts';
import { otherMessages } from './language.ts';

export function wordsOf({ message, said }: Told): string {
  // `languageOf` takes no others.
  const messages = otherMessages() as Messages | null;
  return messages === null ? message : sayIn(messages, said);
}

/** In two parts, where it is a refusal that says what can be done instead. */
export function partsOf(told: Told): { readonly message: string; readonly more?: string } {
  const { code, with: given } = told.said;
  const { refused, instead } = given;
  if (code !== 'do-this-instead' || !isTold(refused) || !isTold(instead)) return { message: wordsOf(told) };
  return { message: wordsOf(refused), more: wordsOf(instead) };
}
