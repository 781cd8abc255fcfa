import { expect, it } from 'vitest';
import { presetExperiment } from '../presets/presets.ts';
import type { Experiment } from '../experiment.ts';
import { changesOf, lastExamplesOf, untrainedOn } from './followed.ts';
import { parsePlan } from './plan.ts';

const planned = (plan: string, more: Partial<Experiment> = {}): Experiment => ({
  ...presetExperiment('read-then-answer'),
  plan: parsePlan(plan),
  ...more,
});

it('a loss goes over to other examples where a stage has another task or text, and with a full batch other examples', () => {
  const read = planned('A:1500,B:1500,A+B>M:1000,M:300(task=who,examples=200)');
  expect(changesOf(read, 'M')).toEqual([[2499, 2500]]);
  expect(changesOf(read, 'A')).toEqual([]);
  const again = planned('A:100,A:100(examples=50),A:100(corpus=moby),A:100(task=who)', { vocab: '512' });
  expect(changesOf(again, 'A')).toEqual([
    [199, 200],
    [299, 300],
  ]);
  expect(changesOf({ ...again, batch: 'full' }, 'A')[0]).toEqual([99, 100]);
  expect(changesOf(planned('A:100,A:100'), 'A')).toEqual([]);
});

it('what trains beside the plan goes over where the plan does, or has its last task from the start', () => {
  const read = planned('A:1500(corpus=moby),B:1500(corpus=addresses),A+B>M:1000,M:300(task=who)', { vocab: '512' });
  expect(changesOf(read, 'S')).toEqual([
    [1499, 1500],
    [2499, 2500],
  ]);
  expect(changesOf(read, 'unread')).toEqual([]);
});

it('losses are of the last examples in the stages that train on them, and in all where no stage has its own', () => {
  const read = planned('A:1500,B:1500,A+B>M:1000,M:300(task=who)');
  expect(['A', 'M', 'unread', 'S'].map((id) => lastExamplesOf(read, id))).toEqual([
    [],
    [[2500, 2800]],
    [
      [0, 1500],
      [1500, 2500],
      [2500, 2800],
    ],
    [[2500, 2800]],
  ]);
  expect(lastExamplesOf(planned('A:100,A:100'), 'A')).toBeNull();
});

it('a network is not trained on a task in the stages of other tasks', () => {
  const order = planned('A:100(task=who),A:100(task=ok),A:50(task=who)');
  expect(untrainedOn(order, 'A', { task: 'who' })).toEqual([[100, 200]]);
  expect(untrainedOn(order, 'A', { task: 'ok' })).toEqual([
    [0, 100],
    [200, 250],
  ]);
  expect(untrainedOn(order, 'unread', { task: 'who' })).toEqual([]);
});

it('a network is not trained on a text in the stages of other texts', () => {
  const two = presetExperiment('two-libraries');
  expect(untrainedOn(two, 'M', { task: 'spans', corpus: 'addresses' })).toEqual([[600, 900]]);
  expect(untrainedOn(two, 'M', { task: 'spans', corpus: 'moby' })).toEqual([[900, 1200]]);
  expect(untrainedOn(two, 'M', { task: 'spans' })).toEqual([]);
});
