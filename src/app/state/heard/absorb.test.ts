import { tell } from '../../../experiment/messages/tell.ts';
import { describe, expect, it } from 'vitest';
import { madeOf } from '../../plot/curves/made.ts';
import type { Event } from '../../../session/protocol.ts';
import type { GrowthReport, MetricReport, ModelReport, PredictionKey } from '../../../run/reports.ts';
import { Absorber } from './absorb.ts';
import { emptyState } from '../empty-state.ts';
import type { State } from '../state.ts';

/** A page without React: absorbs events and publishes after each. */
function page(now = () => 0) {
  const absorber = new Absorber(now);
  let state: State = emptyState();
  state = { ...state, running: state.experiment, loaded: state.experiment };
  return {
    tell(...events: readonly Event[]) {
      for (const event of events) absorber.absorb(event, state);
      state = { ...state, ...absorber.drain() };
    },
    get state() {
      return state;
    },
  };
}

const measured = (model: string, steps: readonly number[], losses: readonly number[]): Event => ({
  type: 'measured',
  model,
  steps: Float64Array.from(steps),
  losses: Float32Array.from(losses),
});
const key: PredictionKey = { flow: 'modified-flow', from: '0', of: 'plan' };
const predicted = (of: PredictionKey['of'], steps: readonly number[], losses: readonly number[], madeAt = 0): Event => ({
  type: 'predicted',
  key: { ...key, of },
  model: 'A',
  steps: Float64Array.from(steps),
  losses: Float32Array.from(losses),
  madeAt: Float64Array.from(steps, () => madeAt),
});
const asked = (model: string, step: number, value: number, more = {}): MetricReport => ({
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
const answers = (...metrics: readonly MetricReport[]): Event => ({ type: 'task-metrics', metrics });
const points = (state: State, model: string) => {
  const curve = state.chart.measured.get(model);
  return curve ? [...curve.steps.subarray(0, curve.length)] : null;
};

const models: readonly ModelReport[] = [
  { id: 'A', parameters: 10, dModel: 4, from: 0, to: 70, parents: [], flopsPerStep: 100 },
  { id: 'M', parameters: 40, dModel: 8, from: 70, to: 260, parents: ['A', 'B'], flopsPerStep: 300 },
];
const report: GrowthReport = {
  step: 70,
  operator: 'fuse',
  sources: ['A', 'B'],
  target: 'M',
  loss: { sources: [1, 2], average: 1.5, fused: 1.6 },
  gap: 0.1,
  logitsError: 0.2,
  norms: {},
  parameters: { sources: [10, 10], target: 40, new: 20 },
};

describe('what the page knows after the worker has spoken', () => {
  it('appends measured points and follows the step', () => {
    const p = page();
    p.tell(measured('A', [0, 1], [3, 2.9]), measured('A', [2], [2.8]), measured('B', [0, 1, 2], [4, 4, 4]));
    expect(points(p.state, 'A')).toEqual([0, 1, 2]);
    expect(p.state.chart.measured.get('A')?.losses[2]).toBeCloseTo(2.8);
    expect(p.state.step).toBe(2);
  });

  it('keeps long curves whole when the arrays grow', () => {
    const p = page();
    for (let step = 0; step < 1000; step++) p.tell(measured('A', [step], [step]));
    const curve = p.state.chart.measured.get('A');
    expect(curve?.length).toBe(1000);
    expect(curve?.steps[999]).toBe(999);
    expect(curve?.losses[500]).toBe(500);
  });

  it('lets the newer value stand when a step is reported twice', () => {
    const p = page();
    p.tell(measured('A', [0, 1, 2], [3, 2, 1]), measured('A', [2], [9]));
    expect(points(p.state, 'A')).toEqual([0, 1, 2]);
    expect(p.state.chart.measured.get('A')?.losses[2]).toBe(9);
  });

  it('forgets what lies behind a rewind: points, growth, weights, samples of before', () => {
    const p = page();
    p.tell(measured('A', [0, 50, 70], [3, 2, 1]), { type: 'growth', report, models }, measured('M', [70, 71], [1.6, 1.5]));
    expect(p.state.growth).not.toBeNull();
    p.tell({ type: 'rewound', step: 60 });
    expect(points(p.state, 'A')).toEqual([0, 50]);
    expect(points(p.state, 'M')).toBeNull();
    expect(p.state.growth).toBeNull();
    expect(p.state.step).toBe(60);
  });

  it("keeps all growths of one step, and each network's newest only", () => {
    const p = page();
    const other = { ...report, target: 'N', sources: ['C', 'D'] };
    p.tell(
      { type: 'growth', report, models },
      { type: 'growth', report: other, models },
      { type: 'growth', report: { ...report, gap: 0.3 }, models },
    );
    expect(p.state.growths.map(({ target, gap }) => [target, gap])).toEqual([
      ['N', 0.1],
      ['M', 0.3],
    ]);
    p.tell({ type: 'rewound', step: 69 });
    expect(p.state.growths).toEqual([]);
  });

  it('takes away what begins at the very step one goes back to: it is grown anew, perhaps later', () => {
    const p = page();
    p.tell(measured('A', [0, 50, 70], [3, 2, 1]), { type: 'growth', report, models }, measured('M', [70, 71], [1.6, 1.5]), {
      type: 'rewound',
      step: 70,
    });
    expect([points(p.state, 'A'), points(p.state, 'M')]).toEqual([[0, 50, 70], null]);
  });

  it('keeps the growth when the rewind stays behind it', () => {
    const p = page();
    p.tell({ type: 'growth', report, models }, measured('M', [70, 71, 90], [1, 1, 1]), { type: 'rewound', step: 71 });
    expect(p.state.growth?.step).toBe(70);
    expect(points(p.state, 'M')).toEqual([70, 71]);
  });

  it('the worker says what a fusion by hand made of the experiment; Reset still goes back to the plan', () => {
    const p = page();
    const { experiment } = p.state;
    p.tell({ type: 'experiment', experiment: { ...experiment, grow: 70, steps: 260 } });
    expect(p.state.experiment).toMatchObject({ grow: 70, steps: 260 });
    expect(p.state.running).toMatchObject({ grow: 70, steps: 260 });
    expect(p.state.loaded).toBe(experiment);
  });

  it('settings that wait for a restart are not overwritten by it', () => {
    const { experiment } = emptyState();
    const absorber = new Absorber(() => 0);
    const state: State = { ...emptyState(), experiment: { ...experiment, seed: 99 }, running: experiment };
    absorber.absorb({ type: 'experiment', experiment: { ...experiment, grow: 70 } }, state);
    const patch = absorber.drain();
    expect(patch?.experiment).toBeUndefined();
    expect(patch?.running?.grow).toBe(70);
  });

  it('a rewind between two fusions leaves the first', () => {
    const p = page();
    p.tell(
      { type: 'growth', report, models },
      { type: 'growth', report: { ...report, step: 90, target: 'L', sources: ['M', 'N'] }, models },
    );
    expect(p.state.growth?.target).toBe('L');
    p.tell({ type: 'rewound', step: 80 });
    expect(p.state.growth?.target).toBe('M');
  });

  it('replaces a prediction from its first new step on, and clears by kind', () => {
    const p = page();
    p.tell(predicted('plan', [0, 10, 20], [3, 2, 1]), predicted('what-if', [0], [1]), predicted('plan', [10], [2.5]));
    const curve = p.state.chart.predicted.get('modified-flow|0|plan')?.get('A');
    expect(curve?.length).toBe(2);
    expect(curve?.losses[1]).toBe(2.5);
    p.tell({ type: 'prediction-cleared', of: 'what-if' });
    expect([...p.state.chart.predicted.keys()]).toEqual(['modified-flow|0|plan']);
  });

  it('counts seconds of training only while it trains', () => {
    let now = 0;
    const p = page(() => now);
    p.tell({ type: 'phase', phase: 'training', step: 0 });
    now = 2000;
    p.tell(measured('A', [10], [1]), { type: 'phase', phase: 'paused', step: 10 });
    now = 60_000;
    p.tell({ type: 'phase', phase: 'training', step: 10 });
    now = 61_000;
    p.tell(measured('A', [20], [1]));
    expect([...p.state.clock.values.subarray(0, p.state.clock.length)]).toEqual([2, 3]);
  });

  it('averages weights by origin, blocks weighted by size', () => {
    const p = page();
    const block = (origin: string, rows: number, meanAbsolute: number) => ({ origin, row: 0, column: 0, rows, columns: 1, meanAbsolute });
    p.tell({
      type: 'weights',
      step: 5,
      picture: {
        model: 'M',
        name: 'x',
        names: ['x'],
        height: 1,
        width: 1,
        cells: new Float32Array(1),
        rows: 4,
        columns: 1,
        blocks: [block('new', 3, 1), block('new', 1, 5), block('A', 2, 7)],
        change: { steps: 2, cells: new Float32Array(1), blocks: [0.1, 0.5, 0] },
      },
    });
    expect(p.state.weightMeans.size.get('new')?.values[0]).toBe(2);
    expect(p.state.weightMeans.size.get('A')?.values[0]).toBe(7);
    expect(p.state.weightMeans.change.get('new')?.values[0]).toBeCloseTo(0.2, 6);
    expect(p.state.weightMeans.change.get('A')?.values[0]).toBe(0);
  });

  it('keeps one fault of a kind, the newest', () => {
    const p = page();
    const fault = (message: string): Event => ({ type: 'fault', kind: 'refused', ...tell('error', { text: message }), fatal: false });
    p.tell(fault('first'), fault('second'));
    expect(p.state.faults.map((f) => f.message)).toEqual(['second']);
  });

  it('has no adapter from a loss until the next one is ready', () => {
    const p = page();
    const ready = (kind: 'webgpu' | 'wasm'): Event => ({
      type: 'ready',
      adapter: { kind, description: '', reason: null },
      models: [],
      megaflopsPerStep: 1,
      vocabulary: 8,
    });
    p.tell(ready('webgpu'));
    p.tell({ type: 'fault', kind: 'device-lost', ...tell('error', { text: '' }), fatal: false });
    expect(p.state.adapter).toBeNull();
    p.tell({ type: 'rewound', step: 0 }, ready('wasm'));
    expect(p.state.adapter?.kind).toBe('wasm');
    expect(p.state.faults).toHaveLength(1);
  });

  it('a frozen snapshot does not change under the reader', () => {
    const p = page();
    p.tell(measured('A', [0, 1], [3, 2]));
    const before = p.state.chart.measured.get('A');
    p.tell(measured('A', [2], [1]));
    expect(before?.length).toBe(2);
    expect(p.state.chart.measured.get('A')).not.toBe(before);
  });

  it('keeps what was asked when it is run, and forgets what was predicted of another plan (10.3)', () => {
    const absorber = new Absorber();
    const state = emptyState();
    absorber.absorb(predicted('plan', [0, 50, 100], [3, 2, 1]), state);
    // Drawn while the run before stood at its end.
    absorber.absorb(predicted('what-if', [22, 60], [2.5, 1.5], 100), state);
    absorber.absorb({ type: 'prediction-kept', step: 22 }, state);
    absorber.absorb({ type: 'prediction-void', after: 22, models: ['A'] }, state);
    const chart = absorber.drain()?.chart;
    expect(chart?.predicted.get('modified-flow|0|plan')?.get('A')?.length).toBe(1);
    expect(chart?.predicted.get('modified-flow|0|what-if')).toBeUndefined();
    expect(chart?.predicted.get('modified-flow|0|asked')?.get('A')?.length).toBe(2);
    expect(madeOf(chart ?? {}, 'modified-flow|0|asked')).toBe('said in advance');
    // A network that the plan has no more takes its prediction along.
    absorber.absorb({ type: 'prediction-void', after: 99, models: ['B'] }, state);
    expect(absorber.drain()?.chart?.predicted.get('modified-flow|0|plan')?.get('A')).toBeUndefined();
  });
});

describe('how good answers are', () => {
  it('is kept as it comes, the newer of the same step in the place of the older, and forgotten beyond the step one goes back to', () => {
    const told = page();
    told.tell(answers(asked('M', 20, 0.4)), answers(asked('M', 40, 0.6)), answers(asked('M', 40, 0.7)));
    expect(told.state.metrics.map(({ step, value }) => [step, value])).toEqual([
      [20, 0.4],
      [40, 0.7],
    ]);
    told.tell({ type: 'rewound', step: 30 });
    expect(told.state.metrics.map(({ step }) => step)).toEqual([20]);
    told.tell({ type: 'rewound', step: -1 });
    expect(told.state.metrics).toEqual([]);
  });

  it('goes with the run that is kept when another begins', () => {
    let kept: readonly MetricReport[] = [];
    const absorber = new Absorber(undefined, (_experiment, _models, _data, metrics) => (kept = metrics));
    const state = emptyState();
    absorber.clear(state.experiment);
    absorber.absorb(answers(asked('M', 20, 0.4)), state);
    absorber.clear(state.experiment);
    expect(kept.map(({ value }) => value)).toEqual([0.4]);
  });
});
