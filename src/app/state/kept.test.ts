import { tell } from '../../experiment/messages/tell.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { FLOW_ROWS, HEADLINE } from '../../experiment/declared/flows.ts';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import type { Event } from '../../session/protocol.ts';
import { Absorber } from './heard/absorb.ts';
import { emptyState } from './empty-state.ts';
import type { State } from './state.ts';
import { compare, discard, keep, kept, outcomeOf, show, thinned } from './kept.ts';

const experiment: Experiment = { ...presetExperiment('first-fusion'), grow: 10, steps: 20, baseline: ['scratch'] };
const curve = (from: number, losses: readonly number[]) => ({
  steps: Float64Array.from(losses, (_, i) => from + i),
  losses: Float32Array.from(losses),
  length: losses.length,
});

beforeEach(() => kept.setState({ runs: [], foretold: [], shown: [] }));

describe('what came out of a run', () => {
  const measured = new Map([
    ['A', curve(0, [4, 3, 2])],
    ['B', curve(0, [5, 4, 3])],
    ['S', curve(0, [5, 5, 5, 5, 5])],
  ]);

  it('says how far it got, with which loss, and how wrong the prediction of that very network was, at that step and on average (10.5)', () => {
    const predicted = new Map([
      ['gradient-flow|0|plan', new Map([['A', curve(0, [4, 4, 4])]])],
      [
        'modified-flow|0|plan',
        new Map([
          ['A', curve(0, [4, 9, 9])],
          ['B', curve(0, [5, 4.25, 2.5])],
        ]),
      ],
      ['modified-flow|0|what-if', new Map([['A', curve(0, [9, 9, 9])]])],
    ]);
    expect(outcomeOf(experiment, [], { measured, predicted })).toMatchObject({
      step: 2,
      finished: false,
      final: { model: 'B', loss: 3 },
      prediction: { flow: 'modified flow', last: { loss: 2.5, off: -0.5 }, mean: 0.25, before: false },
    });
    const whole = outcomeOf(experiment, [], {
      measured: new Map([
        ...measured,
        [
          'M',
          curve(
            10,
            Array.from({ length: 11 }, () => 1),
          ),
        ],
      ]),
      predicted: new Map(),
    });
    expect(whole).toMatchObject({ step: 20, finished: true, final: { model: 'M', loss: 1 }, prediction: null });
    // Side by side, A and B cost one way, and two in all.
    const [total, path] = [whole?.total ?? 0, whole?.criticalPath ?? 0];
    expect(total).toBeGreaterThan(path);
    expect(outcomeOf(experiment, [], { measured: new Map([['A', curve(0, [4])]]), predicted: new Map() })).toBeNull();
  });

  it.each(HEADLINE)('is compared with the %s where nothing else was predicted', (flow) => {
    const predicted = new Map([[`${flow}|0|plan`, new Map([['B', curve(0, [5, 4.25, 2.5])]])]]);
    expect(outcomeOf(experiment, [], { measured, predicted })?.prediction).toMatchObject({
      flow: FLOW_ROWS[flow].words,
      last: { loss: 2.5, off: -0.5 },
    });
  });

  it('is kept without the baselines, shown and thrown away', () => {
    keep(experiment, [], { measured, predicted: new Map() });
    keep(experiment, [], { measured, predicted: new Map() });
    expect(kept.getState().runs.map(({ id, curves }) => [id, [...curves.keys()]])).toEqual([
      [1, ['A', 'B']],
      [2, ['A', 'B']],
    ]);
    show(2);
    expect(kept.getState().shown).toEqual([2]);
    discard(2);
    expect([kept.getState().shown, kept.getState().runs.length]).toEqual([[], 1]);
  });

  it('is compared where it comes from this device too, with its curves broken where its stages change their tasks', () => {
    const staged = { ...presetExperiment('read-then-answer'), plan: parsePlan('M:20(task=who),M:30(task=ok),M:10(task=who)') };
    const stored = { experiment: staged, models: [], measured: [{ model: 'M', steps: [0, 20], losses: [3, 2] }] };
    compare('x', 'mine', stored);
    expect(kept.getState()).toMatchObject({ runs: [{ of: 'x', name: 'mine' }], shown: [1] });
    expect(kept.getState().runs[0]?.curves.get('M')?.gaps).toEqual([
      [19, 20],
      [49, 50],
    ]);
    compare('x', 'mine', stored);
    expect(kept.getState()).toMatchObject({ runs: [], shown: [] });
  });

  it('is thinned to its ends and even points between', () => {
    const thin = thinned(
      curve(
        0,
        Array.from({ length: 5000 }, (_, i) => i),
      ),
      100,
    );
    expect([thin.length <= 101, thin.steps[0], thin.steps[thin.length - 1]]).toEqual([true, 0, 4999]);
    expect(thinned(curve(0, [1, 2, 3])).length).toBe(3);
  });
});

describe('when a run is kept', () => {
  const page = () => {
    const absorber = new Absorber(() => 0, keep);
    const state: State = { ...emptyState(experiment), running: experiment };
    return {
      begin: (of: Experiment) => absorber.clear(of),
      tell: (...events: Event[]) => events.forEach((event) => absorber.absorb(event, state)),
    };
  };
  const points = (model: string, from: number, losses: readonly number[]): Event => ({ type: 'measured', model, ...curve(from, losses) });
  const steps = () => kept.getState().runs.map(({ step, experiment: of }) => [step, of.seed]);

  it('a branch, a reset and another experiment keep what they take away, with the experiment it was of', () => {
    const p = page();
    p.begin(experiment);
    p.tell({ type: 'rewound', step: -1 }, points('A', 0, [4, 3, 2]));
    p.tell({ type: 'rewound', step: 1 }, { type: 'experiment', experiment: { ...experiment, seed: 50 } });
    expect(steps()).toEqual([[2, experiment.seed]]);
    p.tell(points('A', 2, [2, 1, 1]));
    p.begin({ ...experiment, seed: 60 });
    expect(steps()).toEqual([
      [2, experiment.seed],
      [4, 50],
    ]);
    // What the worker says on loading is no second run.
    p.tell({ type: 'rewound', step: -1 });
    expect(steps()).toHaveLength(2);
  });

  it('a rewind that takes nothing away keeps nothing, and neither does a lost device', () => {
    const p = page();
    p.begin(experiment);
    p.tell(points('A', 0, [4, 3, 2]), { type: 'rewound', step: 2 });
    expect(steps()).toEqual([]);
    p.tell(
      { type: 'fault', kind: 'device-lost', ...tell('error', { text: '' }), fatal: false, goesBack: true },
      { type: 'rewound', step: 1 },
    );
    expect(steps()).toEqual([]);
    p.tell(points('A', 2, [2]), { type: 'rewound', step: 0 });
    expect(steps()).toEqual([[2, experiment.seed]]);
  });

  it('what had no memory beside a run that goes on takes that run from nobody: the next branch keeps it (10.38)', () => {
    const p = page();
    p.begin(experiment);
    p.tell(points('A', 0, [4, 3, 2]));
    p.tell({ type: 'fault', kind: 'out-of-memory', ...tell('error', { text: 'The prediction stopped: no memory' }), fatal: false });
    p.tell({ type: 'rewound', step: 1 });
    expect(steps()).toEqual([[2, experiment.seed]]);
  });
});
