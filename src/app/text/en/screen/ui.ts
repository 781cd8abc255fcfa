/** Fields, dialogs, copying. */
import { spoken } from '../../language.ts';

export const say = spoken('ui', {
  close: 'Close',
  thisBrowserLetsNoPageCopy: (selected: string, several: boolean) =>
    `This browser lets no page copy here. ${selected} selected: copy ${several ? 'them' : 'it'} with Ctrl C (⌘ C), or from the menu.`,
  theLinkIs: 'The link is',
  theDetailsAre: 'The details are',
  to: (min: string, max: string, whole: boolean) => `${min} to ${max}${whole ? ', whole' : ''}`,
  cantBeUsedHere: (empty: boolean, text: string, range: string) => `${empty ? 'Nothing' : text} can’t be used here: ${range}.`,
});
