/** The first visit, in German. */
import type { Words } from '../../en.ts';

export const say: Words['firstVisit'] = {
  trainTwoSmallLanguage: 'Zwei kleine Sprachmodelle trainieren, sie zu einem verschmelzen und sehen, ob die Theorie es vorausgesehen hat.',
  itHasWorkedWhen: (self, predicted) =>
    `Gelungen ist es, wenn ${self ? 'das größere Netz unter das kleine fällt' : 'das verschmolzene Netz unter beide kleinen fällt'}${predicted ? ', und zwar dort, wo die gestrichelte Kurve es sagte' : ''}.`,
  newHere: 'Neu hier?',
  firstLesson: 'Mit einer Lektion beginnen: Aus zwei wird eins, 8 Minuten',
  run: 'Start',
  thenPress: 'dann ',
  fuseNow: 'Verschmelzen',
  wheneverYouLike: 'drücken, wann immer Sie wollen',
  n1Run: '1 · Start',
  aLearnsByItself: 'A lernt für sich.',
  aAndBLearnSideBy: 'A und B lernen nebeneinander.',
  n2Fuse: '2 · Verschmelzen',
  itBecomesBothBlocksOfA: 'Es wird zu beiden Blöcken eines doppelt so breiten Netzes.',
  theirWeightsBecomeThe: 'Ihre Gewichte werden die Blöcke eines größeren Netzes.',
  n3Compare: '3 · Vergleichen',
  theDashedCurveIsDrawnFirst: 'Zuerst wird die gestrichelte Kurve gezeichnet. Dann folgt ihr das Training, oder nicht.',
  withALargeNetworkThatBegan: 'Mit einem großen Netz, das von Grund auf begonnen hat.',
};
