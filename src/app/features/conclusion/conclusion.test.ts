import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { parseLink } from '../../../experiment/link/link.ts';
import { PRESETS, presetExperiment } from '../../../experiment/presets/presets.ts';
import type { GrowthReport, ModelReport } from '../../../run/reports.ts';
import type { CurveLike } from '../../plot/curves/curve.ts';
import { emptyState } from '../../state/empty-state.ts';
import { sameRun } from '../../state/derived/derive.ts';
import type { State } from '../../state/state.ts';
import { conclusionWords } from '../../text/conclusion.ts';
import { conclude } from './conclusion.ts';
import { suggestions } from './next.ts';

const curve = (from: number, losses: readonly number[], stride = 10) => ({
  steps: Float64Array.from(losses, (_, i) => from + stride * i),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const model = (id: string, from: number, to: number, parents: readonly string[] = [], flopsPerStep = 10): ModelReport => ({
  id,
  from,
  to,
  parents,
  flopsPerStep,
  parameters: 1,
  dModel: 8,
});
const growth: GrowthReport = {
  step: 20,
  operator: 'fuse',
  sources: ['A', 'B'],
  target: 'M',
  loss: { sources: [1.46, 1.6], average: 1.5, fused: 1.52 },
  gap: 0.02,
  logitsError: 0,
  norms: {},
  parameters: { sources: [1, 1], target: 4, new: 2 },
};
const experiment = { ...presetExperiment('first-fusion'), grow: 20, steps: 40 };

/** Two networks fused at 20 of 40 steps, and what is given beside. */
function finished(more: Partial<State> = {}): State {
  return {
    ...emptyState(experiment),
    running: experiment,
    phase: 'finished',
    step: 40,
    models: [model('A', 0, 20), model('B', 0, 20), model('M', 20, 40, ['A', 'B'], 40)],
    growth,
    growths: [growth],
    chart: {
      measured: new Map([
        ['A', curve(0, [4, 2, 1.46])],
        ['B', curve(0, [4, 2.2, 1.6])],
        ['M', curve(20, [1.52, 1, 0.45])],
      ]),
      predicted: new Map(),
    },
    ...more,
  };
}

const predictions = (state: State): State['chart'] => ({
  ...state.chart,
  predicted: new Map([
    ['modified-flow|0|plan', new Map([['M', curve(20, [1.53, 1.01, 0.46])]])],
    ['gradient-flow|0|plan', new Map([['M', curve(20, [1.72, 1.2, 0.65])]])],
  ]),
});

describe('the sentence at the end of a run (10.8)', () => {
  it('says who ended where, and nothing before the end', () => {
    expect(conclude(finished({ phase: 'training' }))).toBeNull();
    const conclusion = conclude(finished());
    expect(conclusion).toMatchObject({ ended: [{ model: 'M', lowest: null }], beside: [], prediction: null, cost: null });
    expect(conclusion && conclusionWords(conclusion)).toBe('M ended at loss 0.45, after A and B had reached 1.46 and 1.60.');
  });

  it('says how far off the prediction was, and the control beside it', () => {
    const state = finished();
    const conclusion = conclude({ ...state, chart: predictions(state) });
    expect(conclusion?.prediction?.error).toBeCloseTo(0.01, 6);
    expect(conclusion && conclusionWords(conclusion)).toBe(
      'M ended at loss 0.45, after A and B had reached 1.46 and 1.60; the modified flow was off by 0.01 on average (gradient flow by 0.20).',
    );
  });

  it('waits for a prediction that is still on its way', () => {
    const state = finished();
    const key = 'modified-flow|0|plan';
    const short = { ...state.chart, predicted: new Map([[key, new Map([['M', curve(20, [1.53, 1.01])]])]]) };
    const cost = { gradients: 1, progress: 0.5, window: null };
    const told = (how: 'running' | 'cancelled') =>
      conclude({ ...state, chart: short, predictionCosts: new Map([[key, { ...cost, state: how }]]) })?.prediction ?? null;
    expect(told('running')).toBeNull();
    expect(told('cancelled')?.error).toBeCloseTo(0.01, 6);
  });

  it('says cheaper or dearer than from scratch only where that was trained', () => {
    const withScratch = (losses: readonly number[]): string => {
      const of = { ...experiment, baseline: ['scratch'] as const };
      const state = finished({ running: of, experiment: of });
      const conclusion = conclude({
        ...state,
        models: [...state.models, model('S', 0, 40, [], 40)],
        chart: { ...state.chart, measured: new Map([...state.chart.measured, ['S', curve(0, losses)]]) },
      });
      return conclusion ? conclusionWords(conclusion) : '';
    };
    // Loss 1: the run at step 30 for 2 · 20 · 10 + 10 · 40 = 800, from scratch at step 10 for 400.
    expect(withScratch([4, 1, 1, 1, 1])).toContain(
      'the large one from scratch ended at 1.00; reaching loss 1.00 took 2.0 times the compute of training from scratch, with this seed.',
    );
    // From scratch at step 40 for 1,600.
    expect(withScratch([4, 3, 2, 1.5, 1])).toContain('took 50 % less compute than from scratch');
    expect(withScratch([4, 3, 1, 1, 1])).toContain('took about as much compute as from scratch');
  });

  it('says the lowest on the way where the end is higher', () => {
    const state = finished();
    const measured = new Map<string, CurveLike>([...state.chart.measured, ['M', curve(20, [1.52, 0.4, 0.58])] as const]);
    const conclusion = conclude({ ...state, chart: { ...state.chart, measured } });
    expect(conclusion && conclusionWords(conclusion)).toContain('M ended at loss 0.58 (lowest on the way 0.40)');
  });

  it('speaks of one network where nothing grew, and of one source where it was fused with itself', () => {
    const self = { ...experiment, operator: 'self' as const, grow: null };
    const state = finished({ running: self, experiment: self, growth: null, growths: [], models: [model('A', 0, 40)] });
    const one = conclude({
      ...state,
      chart: { measured: new Map([['A', curve(0, [4, 3, 2, 1.2, 1])]]), predicted: new Map() },
    });
    expect(one && conclusionWords(one)).toBe('After 40 steps A ended at loss 1.00.');
    const twice = { ...growth, operator: 'self' as const, sources: ['A', 'A'], loss: { ...growth.loss, sources: [1.46, 1.46] } };
    const fused = conclude(finished({ growth: twice, growths: [twice] }));
    expect(fused && conclusionWords(fused)).toBe('M ended at loss 0.45, after A had reached 1.46.');
  });
});

describe('the sentence where a last task was learnt', () => {
  const read = {
    ...experiment,
    task: 'spans' as const,
    plan: parsePlan('A:20,B:20,A+B>M:10,M:10(task=who,examples=200)'),
  };
  const asked = (of: string, step: number, value: number) =>
    ({ model: of, task: 'who', split: 'validation', name: 'exact match', step, value, chance: 0.125, majority: 0.2 }) as const;

  it('says first how many answers were right, beside the network that has not read and a guess', () => {
    const metrics = [asked('M', 30, 0.3), asked('M', 35, 0.99), asked('M', 40, 0.96), asked('unread', 40, 0.61)];
    const conclusion = conclude({ ...finished({ running: read, experiment: read }), metrics });
    expect(conclusion && conclusionWords(conclusion)).toMatch(
      /^M answered 96 % right when asked to tell who has a thing \(best 99 % at step 35\), the large one without reading 61 % and a guess 13 %; /,
    );
    // What A and B had reached was the loss of another task.
    expect(conclusion && conclusionWords(conclusion)).not.toContain('had reached');
  });

  it('compares no loss of reading with those of answering: neither the lowest on the way, nor what it cost', () => {
    const of = { ...read, grow: 20, steps: 40, baseline: ['scratch'] as const };
    const state = finished({ running: of, experiment: of });
    // M reads from 20 on and answers from 30 on; the large one from scratch does as the plan does.
    const measured = new Map<string, CurveLike>([
      ['A', curve(0, [4, 2, 0.2])],
      ['B', curve(0, [4, 2, 0.2])],
      ['M', { ...curve(20, [0.2, 0.1, 3, 1, 0.6], 5), gaps: [[29, 30]] }],
      ['S', { ...curve(0, [4, 2, 1, 0.5, 0.3, 0.1, 4, 2, 0.9], 5), gaps: [[29, 30]] }],
    ]);
    const conclusion = conclude({
      ...state,
      models: [...state.models, model('S', 0, 40, [], 40)],
      chart: { ...state.chart, measured },
    });
    expect(conclusion?.ended).toEqual([{ model: 'M', loss: expect.closeTo(0.6, 6) as number, lowest: null }]);
    expect(conclusion?.beside).toEqual([{ model: 'S', loss: expect.closeTo(0.9, 6) as number, lowest: null }]);
    // Both came to 0.9 while they answered, not to 0.1, which both had while they read.
    expect(conclusion?.cost?.loss).toBeCloseTo(0.9, 6);
  });
});

describe('what to try next (10.8)', () => {
  it('is two links after every preset, neither the run itself, and each opens without a complaint', () => {
    for (const preset of PRESETS.values()) {
      const found = suggestions(preset.experiment);
      expect(new Set(found.map(({ link }) => link)).size, preset.name).toBe(2);
      for (const { link } of found) {
        const { experiment: next, problems } = parseLink(link);
        expect(problems, link).toEqual([]);
        expect(sameRun(next, preset.experiment)).toBe(false);
      }
    }
  });

  it('follows from the run: a network never fused is fused, exact copies get noise, a fusion a baseline', () => {
    const first = (name: string, more = {}) => suggestions({ ...presetExperiment(name), ...more })[0]?.words;
    expect(first('see-the-theory')).toBe('fuse it with itself at step 150');
    expect(first('self-fusion')).toBe('the same with noise between the copies');
    expect(first('first-fusion')).toBe('the same beside a large network from scratch');
  });
});
