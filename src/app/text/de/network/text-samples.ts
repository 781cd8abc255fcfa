/** Samples of texts, and "Try your own", in German. */
import type { Words } from '../../en.ts';

export const say: Words['textSamples'] = {
  samples: 'Beispiele',
  textAndQuestion: 'Text und Frage',
  right: 'Richtig',
  now: 'jetzt',
  before: 'davor',
  exactOf: (count) => `von ${count}`,
  afterTheFusion: (network) => `${network}, nach der Verschmelzung`,
  nothing: 'nichts',
  insteadOf: (right) => `(${right})`,
  isRight: ' richtig',
  tryYourOwn: 'Eigenes versuchen',
  yourStory: 'Eigene Geschichte, auf Englisch',
  yourTextWithGaps: 'Eigener englischer Text, ___ für eine Lücke',
  yourQuestion: 'Eigene Frage, auf Englisch',
  try: 'Versuchen',
  unknownWords: (words) => `Die Netze kennen nur die Wörter der kleinen Welt. Unbekannt ist ihnen: ${words}.`,
  unknownSigns: (signs) => `Die Netze haben kein Token für ${signs}; das ist ihnen unbekannt.`,
  rightWouldBe: (answer) => `Richtig wäre: ${answer}. `,
  itIsOneOfThoseItWasTrainedOn: 'Es ist einer der Texte, an denen die Netze trainiert werden.',
  start: 'Anfang',
  end: 'Ende',
  unknown: 'unbekannt',
  gap: (number) => `Lücke ${number}:`,
};
