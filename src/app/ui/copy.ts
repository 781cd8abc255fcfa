/** Copying a text to the clipboard, which a page that came over plain http does not have. */
import { say } from '../text/en/screen/ui.ts';

/** Puts a text on the clipboard. @returns whether it could be done */
export async function copyText(text: string): Promise<boolean> {
  // On an insecure origin there is no `clipboard`, whatever its type says.
  const clipboard = (navigator as { readonly clipboard?: Clipboard }).clipboard;
  if (!clipboard) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

const byHand = (selected: string): string => say.thisBrowserLetsNoPageCopy(selected, selected.endsWith('are'));

/** The way out where it could not be copied: the text is selected. */
export const COPY_BY_HAND = { link: byHand(say.theLinkIs), details: byHand(say.theDetailsAre) } as const;
