/** Does it pay: what a loss has cost, and whom fusing has to beat. */
import { spoken } from '../../language.ts';

export const say = spoken('lessonDoesItPay', {
  title: 'Does it pay?',
  idea: 'A lower loss after as many steps is no saving: steps of a large network cost more. What counts is the cost of the same loss.',

  race: 'Four ways',
  raceText: [
    'Four ways to learn to pronounce words. {A} and {B} are fused at step 60 into {M}. A network as large as {M} learns *from scratch*, from the beginning. {A} goes on *alone*. And {A} and {B} answer *together*, and are never fused.',
    'All train for 160 steps.',
  ],
  raceAsk: 'Which one will have the lowest loss at step 160?',
  fused: 'fused, A and B into M',
  scratch: 'the large network from scratch',
  alone: 'the small network alone',
  together: 'the small networks together',
  raceEnds: (fused: string, scratch: string, alone: string, together: string) =>
    `{M} ended at ${fused}, the large network from scratch at ${scratch}, {A} alone at ${alone}, and {A} and {B} together at ${together}.`,

  cost: 'What a loss has cost',
  costText: [
    'A step of {M} costs more than one of {A}: it has more weights. So count operations, and no steps: *Count compute* lays the chart out by what each way has spent.',
    'Compare where all four have the same loss.',
  ],
  costAsk: 'Which way gets down to the loss that all four reach for the least compute?',
  costs: (loss: string, fused: string, scratch: string, alone: string, together: string) =>
    `To come to a loss of ${loss}, fusing has cost ${fused}, the large network from scratch ${scratch}, the small network alone ${alone}, and the two together ${together}.`,

  path: 'The shortest way',
  pathText: [
    '{A} and {B} need not wait for one another: two computers can train them side by side. What counts then is the longest way through the plan, the [critical path|critical path].',
    'So the two may cost as much as before, and be ready sooner.',
  ],
  pathAsk: 'Is the fused network at that loss sooner than the large one from scratch, if A and B train side by side?',
  paths: (fused: string, scratch: string) => `The way of the fused network is ${fused} long, the way from scratch ${scratch}.`,

  short: 'Fuse earlier',
  shortText: ['The four ways again, but {A} and {B} are fused at step 20 already, so that most steps are those of the large network.'],
  shortAsk: 'Is fusing now nearer to the cost from scratch than before?',
  shortCosts: (now: string, before: string | null) =>
    before === null
      ? `Fused at step 20 it costs ${now} times what the large network from scratch costs at the loss that all reach.`
      : `Fused at step 20 it costs ${now} times what the large network from scratch costs at the loss that all reach. Fused at step 60 it was ${before} times.`,
  pays: 'Here fusing is the cheaper one.',
  paysNot: 'Here fusing does not pay. That is one run with one seed, and says nothing of other tasks.',

  open: 'Now you',
  openText: [
    'Find a setting in which fusing is cheaper than from scratch: in the panel below, under Setup, change the growth step or the step size, and run it. The Cost tab tells.',
  ],
  openAsk: 'Will yours be cheaper than from scratch?',
  openCosts: (ratio: string) => `Yours costs ${ratio} times what the large network from scratch costs.`,
  openNone: 'In your run there is no loss that both have reached.',
  openTask: 'An open task: look at the preset When fusing wins. What is different there?',

  further: [
    'A layer of M has twice the width of one of A. How many times as many weights has it? How many times as much does a step cost?',
    'A shop says "20 % lower loss". What would you have to ask before you pay?',
    'Why must each way be given the best of several step sizes before you compare?',
  ],
  misconceptions: [
    [
      'The curve that is lowest at the end has won.',
      'At the same number of steps the large networks have cost more. Compare at the same loss, or at the same compute.',
    ],
    [
      'Growing always saves compute.',
      'It does under some conditions, and here one can see one where it does not. A saving is claimed beside the best network of each size.',
    ],
  ] as [string, string][],
});
