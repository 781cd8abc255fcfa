/** The first visit. */
import { spoken } from '../../language.ts';

export const say = spoken('firstVisit', {
  trainTwoSmallLanguage: 'Train two small language models, fuse them into one, and see whether theory saw it coming.',
  itHasWorkedWhen: (self: boolean, predicted: boolean) =>
    `It has worked when ${self ? 'the larger network falls below the small one' : 'the fused network falls below both small ones'}${predicted ? ', where the dashed curve said it would' : ''}.`,
  newHere: 'New here?',
  firstLesson: 'Begin with a lesson: Two become one, 8 minutes',
  run: 'Run',
  thenPress: 'then press ',
  fuseNow: 'Fuse now',
  wheneverYouLike: 'whenever you like',
  n1Run: '1 · Run',
  aLearnsByItself: 'A learns by itself.',
  aAndBLearnSideBy: 'A and B learn side by side.',
  n2Fuse: '2 · Fuse',
  itBecomesBothBlocksOfA: 'It becomes both blocks of a network twice as wide.',
  theirWeightsBecomeThe: 'Their weights become the blocks of one larger network.',
  n3Compare: '3 · Compare',
  theDashedCurveIsDrawnFirst: 'The dashed curve is drawn first. Then the training follows it, or not.',
  withALargeNetworkThatBegan: 'With a large network that began from scratch.',
});
