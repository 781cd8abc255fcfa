/** The Samples tab, in German. */
import type { Words } from '../../en.ts';

export const say: Words['samples'] = {
  nothing: 'nichts',
  wrong: ' (falsch)',
  isMissingHere: (missing) => `hier fehlt ${missing}`,
  exact: ' genau',
  error: 'Fehler',
  errors: 'Fehler',
  tryYourOwnWord: 'Ein eigenes Wort versuchen',
  yourOwnWord: 'eigenes Wort',
  try: 'Versuchen',
  theNetworksKnowOnlyTheySee: (alphabet, letters) =>
    `Die Netze kennen nur: ${alphabet}. In ${letters} sehen sie einen unbekannten Buchstaben.`,
  itIsNotAmongTheWords: 'Es gehört nicht zu den Wörtern dieses Laufs; darum gibt es keine Antwort zum Vergleichen.',
  itIsOneOfTheWords: 'Es ist eines der Wörter, an denen die Netze trainiert werden.',
  appearAfterTheFirst20Steps: 'Erscheinen nach den ersten 20 Schritten.',
  samples: 'Beispiele',
  now: 'jetzt',
  before: 'davor',
  source: 'Eingabe',
  target: 'Ziel ',
  exactOf: (words) => `genau, von ${words}`,
  afterThe: (growth) => (growth === 'fusion' ? 'nach der Verschmelzung' : 'nach dem Wachstum'),
  noneOfTheWordsOfThis: 'Keines der Wörter dieses Laufs steht auf der Liste der Alltagswörter, und nur diese werden hier gezeigt.',
  keyToTheSounds: 'Lautschlüssel',
  openKeyToTheSounds: 'Lautschlüssel',
  howTheSoundsAreWritten: 'Wie die Laute geschrieben werden',
  inTheLettersOfTheCmu:
    'In der Schreibweise des CMU Pronouncing Dictionary (ARPABET), ohne Betonung. Jeder Laut mit einem englischen Wort, das ihn hat.',
  sounds: 'Laute',
};
