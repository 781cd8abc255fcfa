/** Texts and pairs of the reader's own, in Setup, in German. */
import type { Words } from '../../en.ts';

export const say: Words['ownData'] = {
  yourText: 'Eigener Text',
  yourPairs: 'Eigene Paare: je Zeile eine Eingabe, ein Tabulator und ihre Ausgabe',
  fromAFile: 'Aus einer Datei',
  use: 'Verwenden',
  forget: 'Aus diesem Browser löschen',
  isForgotten: 'Er ist aus diesem Browser gelöscht. Der offene Lauf hat ihn, bis die Seite verlassen wird.',
  staysHere: 'Er bleibt auf diesem Gerät. Der Link sagt nur, welcher Text es war, durch ein Kennzeichen, das aus seinen Zeichen folgt.',
  words: (words) => `${words} Wörter sind in Gebrauch.`,
  pairs: (pairs) => `${pairs} Paare sind in Gebrauch.`,
  isMissing: (mark) => `Der Link handelt von einem Text mit dem Kennzeichen ${mark}, der in diesem Browser nie angegeben wurde.`,
};
