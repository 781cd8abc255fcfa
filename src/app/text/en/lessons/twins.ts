/** Twins: a network fused with itself is twice as large, and what its halves learn is the same. */
import { spoken } from '../../language.ts';

export const say = spoken('lessonTwins', {
  title: 'Twins',
  idea: 'Twice the size need not be twice the use: two halves that are equal learn the same. There are three ways out.',

  copy: 'One becomes two',
  copyText: [
    '{A} learns to pronounce words. At step 60 it is fused with itself: {M} has two copies of {A} in it, and nothing between them.',
    'Let it run to that moment.',
  ],
  copyAsk: 'How will the loss of M begin, compared with that of A?',
  copied: (a: string, fused: string, small: string, large: string) =>
    `{A} had come to ${a}, and {M} began at ${fused}. {A} has ${small} weights, {M} has ${large}.`,

  gain: 'What does the size bring?',
  gainText: ['{M} trains on. Beside it {A} trains on alone, as small as it is, for as many steps.'],
  gainAsk: 'How much lower will M be at step 160 than A alone?',
  nothing: 'not lower',
  little: 'a little lower, by less than 0.3',
  much: 'much lower, by more than 0.3',
  gained: (end: string, alone: string) => `{M} ended at ${end}, and {A} alone at ${alone}.`,

  halves: 'Two halves',
  halvesText: [
    'Each half of {M} began as a copy of {A}. In each step each weight moves by what it could do better.',
    'The Growth panel measures how far the halves have come apart: 0 is equal, 1 is as far as two networks that have nothing in common.',
  ],
  halvesAsk: 'How far are the halves apart now?',
  equal: 'not at all',
  somewhat: 'a little',
  far: 'as far as strangers',
  apart: (apart: string) => `Their distance is ${apart}.`,
  trap: 'Equal halves get equal steps, and stay equal. This is the symmetry trap: {M} has more weights, and learns as a small network does, with other step sizes at its two ends.',
  noTrap: 'The halves did come apart in this run.',

  noise: 'A way out: noise between',
  noiseText: [
    'The same once more, but the weights between the two copies begin as random noise. The copies are disturbed, each in another way.',
  ],
  noiseAsk: 'Where will M end, compared with the twins?',
  noisy: (start: string, end: string, twins: string | null, apart: string) =>
    `Because of the noise {M} began at ${start}. It ended at ${end}${twins === null ? '' : `, and the twins at ${twins}`}. The distance of its halves is ${apart}.`,

  unequal: 'A way out: unequal copies',
  unequalText: ['Another way: nothing between the copies, but noise on the copies themselves, so that they begin unequal.'],
  unequalAsk: 'Where will M end, compared with noise between?',
  unequalEnds: (start: string, end: string, noisy: string | null, apart: string) =>
    `{M} began at ${start} and ended at ${end}${noisy === null ? '' : `. With noise between it ended at ${noisy}`}. The distance of its halves is ${apart}.`,

  two: 'A way out: two sources',
  twoText: ['The third way needs a second network: {A} and {B} learn from different beginnings, and are fused at step 60.'],
  twoAsk: 'Which of the four will have ended lowest?',
  ofTwins: 'the twins',
  ofNoise: 'noise between the copies',
  ofUnequal: 'unequal copies',
  ofTwo: 'two sources',
  twoEnds: (end: string) => `With two sources {M} ended at ${end}.`,
  paidTwice: 'Two sources have also cost more: before the fusion two networks were trained, and not one.',

  open: 'Now you',
  openText: [
    'Back to the copies with noise between them. In the panel below, under Growth, choose another scale σ of the noise, and run it. It is 0.3 now.',
  ],
  openAsk: 'Is more noise always better?',
  openEnds: (end: string, before: string | null) =>
    before === null ? `Your run ended at ${end}.` : `Your run ended at ${end}, the one with a noise of 0.3 at ${before}.`,
  openTask: 'An open task: find the noise with which {M} ends lowest.',

  further: [
    'Two workers get the same orders and have the same tools. What does the second one add? What would have to differ?',
    'The network has twice the width. How many times as many weights has a layer then? How many of them are zero at the fusion?',
    'Why does noise make the loss rise at the moment of growth?',
  ],
  misconceptions: [
    ['A larger network always learns more.', 'Only if its parts differ. Equal parts get equal corrections.'],
    [
      'Noise is an error to be avoided.',
      'Here a little noise is what lets the halves learn different things. It has a price at the beginning.',
    ],
  ] as [string, string][],
});
