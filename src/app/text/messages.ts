/** What the worker says, in the page's language: it sends codes with parameters, and their English beside them. */
import { sayIn, type Told } from '../../experiment/messages/say.ts';
import { otherMessages } from './language.ts';

export function wordsOf({ message, said }: Told): string {
  const messages = otherMessages();
  return messages === null ? message : sayIn(messages, said);
}
