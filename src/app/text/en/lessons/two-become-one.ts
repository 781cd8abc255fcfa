/** Two become one: what fusing does, the gap at the seam, and the norm that closes it. */
import { spoken } from '../../language.ts';

export const say = spoken('lessonTwoBecomeOne', {
  title: 'Two become one',
  idea: 'Fusing puts two networks into one. A gap opens at the seam, and one part of the network is to blame.',

  beginners: 'Two beginners',
  beginnersText: [
    '{A} and {B} are two small networks. They learn the same task, how English words are pronounced, from different random beginnings.',
    'The chart shows the [loss|loss] of each: how much the right answer still surprises it. Lower is better.',
    'Let them train for 60 steps.',
  ],
  afterSixty: (a: string, b: string) => `{A} has come to a loss of ${a}, {B} to ${b}. A perfect network would have a loss of 0.`,

  moment: 'The moment of fusion',
  momentText: [
    'Now make one larger network {M} of the two. The weights of {A} and {B} become two blocks on the diagonal of its weights. What stands beside these blocks is new, and begins at zero.',
    'So {M} holds everything that {A} and {B} have learnt.',
  ],
  whereBegins: 'Before you press Fuse now: where will the loss of M begin?',
  above: 'above both A and B',
  between: 'between A and B',
  below: 'below both A and B',
  anew: 'as high as at step 0, like a new network',
  begins: (fused: string, a: string, b: string, step: string) =>
    `At step ${step} {M} began at ${fused}. {A} had come to ${a}, {B} to ${b}.`,

  gap: 'A gap at the seam',
  gapText: (average: string | null, fused: string | null, compared: string | null) => [
    average === null || fused === null
      ? 'You can let {A} and {B} answer together, without any fusion, and take the average of their answers. It has a loss of its own.'
      : `If you let {A} and {B} answer together, without any fusion, the average of their answers has a loss of ${average}. {M} began at ${fused}.`,
    ...(compared === null ? [] : [compared]),
    'The difference between the average and {M} is called the [fusion gap|fusion gap]. The panel below the chart shows it once you have answered.',
  ],
  averageBeatsBoth: 'So the average is better than either of them alone.',
  averageBeatsOne: 'So the average is better than one of them alone, and not better than the other.',
  averageBeatsNone: 'So the average is no better than either of them alone.',
  whyGap: 'Why is M not exactly the average of A and B?',
  newIsNoise: 'The new weights are random, and disturb the old ones.',
  normIsShared: 'A norm in the network measures both halves together, and scales each of them otherwise than before.',
  otherWords: 'A and B have learnt different words.',
  gapFound: (shared: string, grouped: string) =>
    `The page has tried it at your fusion. With a norm of its own for each half the gap would be ${grouped}, and as it is, it is ${shared}. The new weights are zero here, and both networks learn the same words.`,
  ended: (end: string) => `{M} trained on, and ended at ${end}. Keep that number in mind.`,

  ownNorms: 'A norm for each half',
  ownNormsText: [
    'RMS norm divides what flows through the network by its size. In {M} that size is of both halves together. With *grouped norms* each half is divided by its own size, as it was before.',
    'Here is the same run again with grouped norms. It fuses at step 60 by itself.',
  ],
  whereNow: 'Where will the loss of M begin this time?',
  exact: (gap: string) => `The gap is ${gap}: {M} answers exactly as the average of {A} and {B}.`,
  notExact: (gap: string) => `The gap is ${gap}: here {M} does not answer as the average of {A} and {B}.`,

  start: 'Does the start decide the end?',
  startText: (fused: string | null, before: string | null, end: string | null) => [
    fused === null
      ? 'With grouped norms {M} begins elsewhere than with a shared norm.'
      : before === null
        ? `With grouped norms {M} begins at ${fused}.`
        : `With grouped norms {M} begins at ${fused}. With a shared norm it began at ${before}.`,
    end === null ? 'Both have the same steps left.' : `With the shared norm it ended at ${end}. Both have the same steps left.`,
  ],
  whichEnds: 'Which one will be lower at step 180?',
  sharedLower: 'the one with the shared norm',
  groupedLower: 'the one with grouped norms',
  ends: (grouped: string, shared: string | null) =>
    shared === null
      ? `With grouped norms {M} ended at ${grouped}.`
      : `With grouped norms {M} ended at ${grouped}, with the shared norm at ${shared}.`,
  lowerStart:
    'Here the lower start also came to the lower end. That need not be so: how fast a network learns from its start is another thing.',
  startIsNotAll: 'Here the lower start did not come to the lower end. How fast a network learns from its start is another thing.',

  open: 'Now you',
  openText: [
    'With the shared norm again, and a fusion at step 100. Run it to the end.',
    'Then drag the growth line, *Grow*, to another step and press *Run this branch*. The gap of each fusion stands in the panel below.',
  ],
  doesItGrow: 'Will the gap be larger the longer A and B have trained before?',
  larger: 'yes, larger',
  smaller: 'no, smaller',
  same: 'it stays the same',
  twoGaps: (step: string, gap: string, otherStep: string, otherGap: string) =>
    `Fused at step ${step} the gap was ${gap}; fused at step ${otherStep} it was ${otherGap}.`,
  openTask: 'An open task: find the growth step from which {M} ends lowest. Is it the one with the smallest gap?',

  further: [
    'Write down the loss of the average, of M and of A at the fusion. Which two numbers make the fusion gap?',
    'A number x is divided by the size of (x, y) in place of the size of x alone. When does it become smaller, and when does it stay as it is?',
    'Fuse at three different steps. Draw the gap against the growth step.',
    'M has four times the weights of A in most places. How many of them are new, and what are they at the fusion?',
  ],
  misconceptions: [
    [
      'A fused network has to learn everything again.',
      'Its first loss lies near that of its sources, far below that of step 0. Point at both on the chart.',
    ],
    [
      'A gap means that something was lost.',
      'Nothing is lost: with grouped norms the same weights answer exactly as the average. The halves are only scaled otherwise.',
    ],
    [
      'No gap means better learning.',
      'A run with a gap may well end lower. The start and the way from there are two questions, and the lesson asks both.',
    ],
  ] as [string, string][],
});
