/** Fields, dialogs, copying, in German. */
import type { Words } from '../../en.ts';

export const say: Words['ui'] = {
  close: 'Schließen',
  thisBrowserLetsNoPageCopy: (selected) =>
    `Dieser Browser lässt hier keine Seite kopieren. ${selected} markiert: mit Strg C (⌘ C) oder aus dem Menü kopieren.`,
  theLinkIs: 'Der Link ist',
  theDetailsAre: 'Die Einzelheiten sind',
  to: (min, max, whole) => `${min} bis ${max}${whole ? ', ganzzahlig' : ''}`,
  cantBeUsedHere: (empty, text, range) => `${empty ? 'Nichts' : text} ist hier nicht verwendbar: ${range}.`,
};
