/** The dialog of what was measured, in German. */
import type { Words } from '../../en.ts';

export const say: Words['measured'] = {
  whatWeMeasured: 'Was gemessen wurde',
  readingTheResults: 'Die Ergebnisse werden gelesen …',
  theResultsCantBeReadThey: (onLine) =>
    `Die Ergebnisse lassen sich nicht lesen: ${onLine ? 'Der Server, von dem diese Seite kam, antwortet nicht.' : 'Dieses Gerät ist offline.'} Sie erscheinen, sobald er wieder zu erreichen ist.`,
  tryAgain: 'Erneut versuchen',
  nothingIsRecordedHereYet: 'Hier ist noch nichts aufgezeichnet. ',
  and: ' und ',
  measureIt: ' messen es.',
  everyClaimOnThisPageWas:
    'Jede Behauptung dieser Seite wurde mit ihrer eigenen Rechenmaschine gemessen. Dies sind alle Ergebnisse, günstige und andere: Mittelwerte über die Startwerte ± ihre Standardabweichung. Sekunden fehlen, weil sie vom Gerät abhängen. Titel und Sätze der Ergebnisse sind auf Englisch aufgezeichnet.',
  measuredOnWith: (quick, date, description, adapter) =>
    `${quick ? 'Ein Funktionstest: Diese Zahlen bedeuten nichts. ' : ''}Gemessen am ${date} auf ${description}, ${adapter}, mit `,
  contents: 'Inhalt',
  inShort: 'Kurz gesagt',
  what: 'Was',
  run: 'Lauf',
  seedsToMeasureOneOfThese: (seeds) => `Startwerte ${seeds}. Um eines davon erneut zu messen: `,
  downloadCsv: 'CSV herunterladen',
  openThisRun: 'Diesen Lauf öffnen',
  asAPicture: (title, label) => `${title}, als Bild: ${label}`,
  columnOfThePictureOf: (title) => `Spalte des Bildes von ${title}`,
  meanDeviationAndEverySeed: 'Mittelwert, Abweichung und jeder Startwert',
  measuredOnce: 'einmal gemessen',
  logarithmic: ', logarithmisch',
  ofSeeds: (reached, values) => `${reached} von ${values} Startwerten`,
};
