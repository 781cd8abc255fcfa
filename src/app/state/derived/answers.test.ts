import { describe, expect, it } from 'vitest';
import type { MetricReport } from '../../../run/reports.ts';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { Absorber } from '../heard/absorb.ts';
import { emptyState } from '../empty-state.ts';
import { answerCurves, bestSoFar, drawnChart, lastAnswers, quantitiesOf, quantityKey, referencesOf, shownQuantity } from './answers.ts';

const metric = (model: string, step: number, value: number, more: Partial<MetricReport> = {}): MetricReport => ({
  model,
  task: 'who',
  split: 'validation',
  name: 'exact match',
  step,
  value,
  chance: 0.125,
  majority: 0.2,
  ...more,
});
const METRICS: readonly MetricReport[] = [
  metric('M', 40, 0.9),
  metric('M', 20, 0.5),
  metric('M', 60, 0.8),
  metric('unread', 60, 0.95),
  metric('M', 60, 0.1, { split: 'test' }),
  metric('M', 60, 2, { name: 'loss', chance: Math.log(107), majority: null }),
  metric('A', 20, 0.6, { task: 'ok', name: 'accuracy', chance: 0.5, majority: 0.505 }),
  metric('A', 20, 0.1, { task: 'ok', name: 'matthews', chance: 0, majority: 0 }),
];
const WHO = { task: 'who', name: 'exact match' } as const;

describe('answers along a run', () => {
  it('are curves in the order of the steps, of held-out examples that are not the test set', () => {
    const curve = answerCurves(METRICS, WHO).get('M');
    expect([...(curve?.steps ?? [])]).toEqual([20, 40, 60]);
    expect(curve?.losses[1]).toBeCloseTo(0.9);
    // Of each task first the share of right answers on the way; the loss and what is no text are not among them.
    expect(quantitiesOf(METRICS).map(quantityKey)).toEqual(['who exact match', 'who exact match test', 'ok accuracy', 'ok matthews']);
    expect(quantitiesOf([metric('M', 20, 1, { task: 'reverse' })])).toEqual([]);
    expect([...(answerCurves(METRICS, { ...WHO, split: 'test' }).get('M')?.steps ?? [])]).toEqual([60]);
  });

  it('of two texts are two curves, each named after its text, and the run ends with those to the last', () => {
    const gaps = (corpus: 'moby' | 'addresses', value: number): MetricReport => metric('M', 20, value, { task: 'spans', corpus });
    const both = [gaps('addresses', 0.25), gaps('moby', 0.5)];
    expect(quantitiesOf(both).map(quantityKey)).toEqual(['spans addresses exact match', 'spans moby exact match']);
    const moby = { task: 'spans', corpus: 'moby', name: 'exact match' } as const;
    expect([...(answerCurves(both, moby).get('M')?.losses ?? [])]).toEqual([0.5]);
    const experiment = { ...presetExperiment('fusing-fast'), task: 'spans', corpus: 'moby' } as const;
    expect(lastAnswers({ ...experiment, plan: parsePlan('M:9(corpus=addresses),M:9') }, both)?.last.value).toBe(0.5);
    expect(lastAnswers({ ...experiment, plan: parsePlan('M:9,M:9(corpus=addresses)') }, both)?.last.value).toBe(0.25);
  });

  it('have their best so far, of the networks of the plan, with its step', () => {
    expect(bestSoFar(METRICS, WHO)).toMatchObject({ model: 'M', step: 40 });
  });

  it('stand beside a guess, and the commonest answer where that is another number', () => {
    expect(referencesOf(METRICS, WHO)).toEqual([
      { of: 'chance', value: 0.125 },
      { of: 'majority', value: 0.2 },
    ]);
    expect(referencesOf(METRICS, { task: 'ok', name: 'accuracy' })).toEqual([{ of: 'chance', value: 0.5 }]);
    const counted = METRICS.map((each) => ({ ...each, bayes: 0.6 }));
    expect(referencesOf(counted, WHO)).toContainEqual({ of: 'bayes', value: 0.6 });
    expect(
      referencesOf(
        METRICS.map((each) => ({ ...each, bayes: 0.21 })),
        WHO,
      ),
    ).toHaveLength(2);
    expect(referencesOf(METRICS, null)).toEqual([{ of: 'chance', value: Math.log(107) }]);
  });

  it('are no one line over stages of another task, and in the chart of losses the line breaks where the task begins', () => {
    const running = { ...presetExperiment('read-then-answer'), plan: parsePlan('M:20(task=who),M:30(task=ok),M:10(task=who)') };
    const asked = { ...emptyState(), running, quantity: quantityKey(WHO), metrics: METRICS };
    expect(drawnChart(asked).measured.get('M')?.gaps).toEqual([[20, 50]]);
    const absorber = new Absorber();
    absorber.clear(running);
    const measured = { type: 'measured', model: 'M', steps: Float64Array.from([0, 20]), losses: Float32Array.from([1, 3]) } as const;
    absorber.absorb(measured, emptyState());
    const [chart, again] = [absorber.drain()?.chart, (absorber.absorb(measured, emptyState()), absorber.drain()?.chart)];
    expect(chart?.measured.get('M')?.gaps).toEqual([
      [19, 20],
      [49, 50],
    ]);
    // The same array, so that a curve that has not changed is not drawn anew.
    expect(again?.measured.get('M')?.gaps).toBe(chart?.measured.get('M')?.gaps);
  });

  it('take the place of the losses in the chart where they are chosen, without predictions, and never where a run has none', () => {
    const state = { ...emptyState(), quantity: quantityKey(WHO) };
    expect(shownQuantity(state)).toBeNull();
    expect(drawnChart(state).measured.size).toBe(0);
    const asked = { ...state, metrics: METRICS };
    expect([...drawnChart(asked).measured.keys()]).toEqual(['M', 'unread']);
    expect(drawnChart(asked).predicted.size).toBe(0);
    // The same while nothing changes, so that nothing is drawn anew.
    expect(drawnChart(asked)).toBe(drawnChart(asked));
  });
});
