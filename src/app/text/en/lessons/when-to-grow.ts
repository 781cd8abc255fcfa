/** When to grow: growth step and step size, and how much of the answer the total time already is. */
import { spoken } from '../../language.ts';

export const say = spoken('lessonWhenToGrow', {
  title: 'When to grow',
  idea: 'When should two networks be fused, and with how large steps should they go on? One simple sum already knows much of the answer.',

  mark: 'Four cells',
  markText: [
    '{A} and {B} train for 120 steps in all, with a fusion on the way. It can come early, at step 30, or late, at step 80. {M} can go on with small steps, or with large ones: 0.6 or 1.6 divided by the sharpness.',
    'That makes a map of four cells. You will run all of them. The first one is: early, small steps.',
  ],
  markAsk: 'Mark a cell: which of the four will end lowest?',
  earlySmall: 'early fusion, small steps',
  earlyLarge: 'early fusion, large steps',
  lateSmall: 'late fusion, small steps',
  lateLarge: 'late fusion, large steps',
  cellEnds: (cell: string, end: string) => `${cell}: {M} ended at ${end}.`,
  seeLater: 'Whether you marked the lowest one shows when you have run all four. Then come back to this step.',

  larger: 'Early, large steps',
  largerText: ['The second cell: the fusion is at step 30 again, and {M} goes on with large steps.'],
  againstFirst: (end: string | null) =>
    end === null ? 'Where will it end, compared with the first cell?' : `The first cell ended at ${end}. Where will this one end?`,

  late: 'Late, small steps',
  lateText: ['The third cell: {A} and {B} train until step 80, and {M} has 40 steps left, small ones.'],

  last: 'Late, large steps',
  lastText: ['The last cell: the fusion is at step 80, and {M} goes on with large steps.'],
  lastAsk: 'Will it be the lowest of the four?',
  lowestIs: (cell: string) => `The lowest of the four is: ${cell}.`,

  rank: 'What ranks them?',
  rankText: [
    'Add up the step sizes of all steps of a run: that sum is its total time. It is known before anything is trained, if the step sizes are.',
    'The Map panel writes it into each cell. A [predictor|predicted] is worth its cost only if it ranks the cells better than this sum does.',
  ],
  rankAsk: 'Does the total time put the four runs in the right order?',
  all: 'yes, all four',
  best: 'not all four, but the best one',
  none: 'no, not even the best one',
  table: (cell: string, time: string, end: string) => `${cell}: total time ${time}, end ${end}.`,

  open: 'Now you',
  openText: ['Early, with large steps, once more. Then drag the growth line, *Grow*, to another step and press *Run this branch*.'],
  openAsk: 'Will yours end lower than the one with the fusion at step 30?',
  openEnds: (step: string, end: string, before: string) => `Fused at step ${step} it ended at ${end}, fused at step 30 at ${before}.`,
  openTask: 'An open task: open the Map panel and let it predict all cells. Which one would you run?',

  further: [
    'A run has 30 steps of 0.02 and 90 steps of 0.05. What is its total time?',
    'Why does a larger total time not always mean a lower loss? Think of the edge.',
    'A weather forecast says each day: as yesterday. When is it a good one? What has a better forecast to beat?',
  ],
  misconceptions: [
    [
      'The longer two networks train before the fusion, the better the fused one.',
      'It then has fewer steps left for itself. Which of the two counts more is what the map shows.',
    ],
    ['A prediction that ranks well must know much.', 'A simple sum may rank as well. A predictor is judged beside the simplest one.'],
  ] as [string, string][],
});
