/** Texts and pairs of the reader's own, in Setup. */
import { spoken } from '../../language.ts';

export const say = spoken('ownData', {
  yourText: 'Your text',
  yourPairs: 'Your pairs, an input, a tab and its output a line',
  fromAFile: 'From a file',
  use: 'Use it',
  forget: 'Delete it from this browser',
  isForgotten: 'It is deleted from this browser. The run that is open has it until the page is left.',
  staysHere: 'It stays on this device. The link says only which text it was, by a mark that follows from its characters.',
  words: (words: string) => `${words} words are in use.`,
  pairs: (pairs: string) => `${pairs} pairs are in use.`,
  isMissing: (mark: string) => `The link is about a text with the mark ${mark}, which was never given in this browser.`,
});
