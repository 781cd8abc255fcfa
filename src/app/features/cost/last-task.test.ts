import { expect, it } from 'vitest';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { workOf } from '../../plot/plan/work.ts';
import { commonLoss, costsAtLoss, lossesWithin } from './at-loss.ts';
import { ofLastTask } from './last-task.ts';
import { canTryScratch } from './trials.ts';

const experiment = {
  ...presetExperiment('read-then-answer'),
  plan: parsePlan('A:10,B:10,A+B>M:10,M:10(task=who)'),
  grow: 10,
  steps: 30,
  baseline: ['unread'] as const,
};
const curve = (from: number, losses: readonly number[]) => ({
  steps: Float64Array.from(losses, (_, i) => from + 5 * i),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const measured = new Map([
  ['A', curve(0, [5, 1, 0.2])],
  ['B', curve(0, [5, 1, 0.2])],
  // Reads from 10 to 20, and answers from 20 on.
  ['M', curve(10, [0.2, 0.15, 9, 2, 0.6])],
  ['unread', curve(0, [5, 3, 2, 1.5, 1, 0.9, 0.75])],
]);

it('losses of reading are not compared with those of answering, and the large one without reading is a rival', () => {
  const compared = ofLastTask(experiment, measured);
  expect([...compared].map(([id, { steps }]) => [id, [...steps]])).toEqual([
    ['A', []],
    ['B', []],
    ['M', [20, 25, 30]],
    ['unread', [0, 5, 10, 15, 20, 25, 30]],
  ]);
  const work = { ...workOf(experiment, []), perStep: new Map(Object.entries({ A: 1, B: 1, M: 4, unread: 4 })) };
  // Not 0.15, which M had for stories with gaps.
  expect(commonLoss(work, compared)).toBe(0.75);
  expect(costsAtLoss(work, compared, 0.75)).toMatchObject([
    { who: 'run', at: { model: 'M', step: 30, total: 100 } },
    { who: 'unread', at: { model: 'unread', step: 30, total: 120 } },
  ]);
  expect(lossesWithin(work, compared, 80, 'total').get('unread')?.loss).toBe(1);
  expect(ofLastTask(presetExperiment('fusing-fast'), measured)).toBe(measured);
});

it('tries no step sizes from scratch where the plan goes from task to task, which a network by itself can not follow', () => {
  const baseline = ['scratch'] as const;
  expect(canTryScratch({ ...experiment, baseline })).toBe(false);
  expect(canTryScratch({ ...presetExperiment('fusing-fast'), baseline })).toBe(true);
  expect(canTryScratch({ ...presetExperiment('fusing-fast'), baseline: [] })).toBe(false);
});
