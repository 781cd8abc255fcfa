import { beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../../experiment/experiment.ts';
import { mapFamily } from '../../../experiment/map/growth-map.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import type { MapReport } from '../../../predict/reports.ts';
import { foretell } from './foretold.ts';
import { keep, keepForetold, kept, outcomeOf } from '../kept.ts';

const edge: Experiment = { ...presetExperiment('edge'), grow: 10, steps: 14, baseline: [] };
const branch: Experiment = { ...edge, h2: { kind: 'constant', value: 0.01 } };
const curve = (from: number, losses: readonly number[]) => ({
  steps: Float64Array.from(losses, (_, i) => from + i),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const whatIf = (curves: Readonly<Record<string, readonly number[]>>) => ({
  measured: new Map(),
  predicted: new Map(Object.entries(curves).map(([key, losses]) => [key, new Map([['M', curve(10, losses)]])])),
});
const map: MapReport = {
  axes: { held: false, grow: [10], after: [0.01] },
  family: mapFamily(edge),
  cells: [{ grow: 10, after: 0.01, time: 1, predicted: { 'gradient-flow': 0.5 } }],
  operations: 1,
  state: 'filled',
  gradients: 1,
  estimate: 0,
  running: 1,
  unpredicted: null,
  reason: null,
};

beforeEach(() => kept.setState({ runs: [], foretold: [], shown: [] }));

describe('what was predicted of a branch before it was run', () => {
  it('is the what-if that reaches farthest, of equals the strongest', () => {
    const whole = [1, 0.9, 0.8, 0.7, 0.6];
    const told = foretell(
      branch,
      whatIf({ 'time-rescaling|growth|what-if': whole, 'modified-flow|growth|what-if': whole, 'modified-flow|0|plan': [9, 9, 9, 9, 9, 9] }),
      map,
    );
    expect([told?.by, told?.model, told?.curve.length]).toEqual(['modified flow', 'M', 5]);
    const partly = { 'time-rescaling|growth|what-if': whole, 'modified-flow|growth|what-if': [1, 0.9] };
    expect(foretell(branch, whatIf(partly), map)?.by).toBe('time rescaling');
  });

  it('is what the map says of its end where no what-if got so far; else what there is, or nothing', () => {
    const partly = whatIf({ 'modified-flow|growth|what-if': [1, 0.9] });
    const ofMap = foretell(branch, partly, map);
    expect([ofMap?.by, ofMap?.curve.steps[0]]).toEqual(['gradient flow, of the map', 14]);
    expect(foretell(branch, partly, null)?.by).toBe('modified flow');
    expect(foretell({ ...branch, seed: 77 }, partly, map)?.by).toBe('modified flow');
    expect(foretell(branch, whatIf({ 'modified-flow|growth|what-if': [1] }), null)).toBeNull();
  });

  it('stands beside the measurement in the list, and is kept with the branch', () => {
    const data = whatIf({ 'modified-flow|growth|what-if': [1, 0.75, 0.5, 0.25, 0.25] });
    const told = foretell(branch, data, null);
    if (!told) throw new Error('nothing was foretold');
    keepForetold(told);
    // The next what-if writes over the arrays.
    for (const models of data.predicted.values()) models.get('M')?.losses.fill(9);
    const measured = new Map([['M', curve(10, [1, 0.75, 0.75, 0.5, 0.5])]]);
    // What is drawn beside the branch while it runs is no prediction from before it.
    const predicted = new Map([['modified-flow|0|plan', new Map([['M', curve(10, [1, 0.75, 0.75, 0.5, 0.5])]])]]);
    const outcome = outcomeOf({ ...branch, pace: 'max' }, [], { measured, predicted });
    expect(outcome?.prediction).toEqual({
      flow: 'modified flow, before the branch was run',
      mean: expect.closeTo(0.15, 6) as number,
      last: { loss: 0.25, off: -0.25 },
      trust: { until: null, comparedTo: 14 },
      before: true,
      said: 'said in advance',
    });
    keep(branch, [], { measured, predicted });
    expect(kept.getState().runs[0]?.prediction?.before).toBe(true);
    // Another experiment was not foretold.
    expect(outcomeOf({ ...branch, seed: 8 }, [], { measured, predicted })?.prediction).toMatchObject({
      before: false,
      mean: 0,
      last: { loss: 0.5, off: 0 },
    });
    // Half-way, the final loss is that of the step it has come to.
    expect(outcomeOf(branch, [], { measured: new Map([['M', curve(10, [1, 0.75, 0.75])]]), predicted })?.prediction?.last).toEqual({
      loss: 0.5,
      off: -0.25,
    });
  });
});
