import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment.ts';
import { afterValue, axesAround, axesWith, mapFamily, MOST_LINES, placeOnMap, whyNoMap, withBranches } from './growth-map.ts';
import { presetExperiment } from '../presets/presets.ts';

const edge = presetExperiment('edge');
const constant = (value: number) => ({ kind: 'constant', value }) as const;

describe('cells of one map', () => {
  it('differ in growth step and step size after it, in nothing else that makes a number', () => {
    const family = mapFamily(edge);
    expect(mapFamily({ ...edge, grow: 40, h2: constant(0.01), predict: [], pace: 'max', baseline: ['alone'] })).toBe(family);
    for (const other of [{ seed: 4 }, { steps: 301 }, { h: constant(0.02) }, { sigma: 0.1 }, { optimizer: 'momentum' as const }])
      expect(mapFamily({ ...edge, ...other }), JSON.stringify(other)).not.toBe(family);
  });

  it('lie at a growth step and a number for the step size', () => {
    expect(placeOnMap(edge, false)).toEqual({ grow: 100, after: 0.03 });
    expect(placeOnMap({ ...edge, h2: constant(0.05) }, false)).toEqual({ grow: 100, after: 0.05 });
    expect(placeOnMap(edge, true)).toBeNull();
    expect(placeOnMap(presetExperiment('first-fusion'), true)).toEqual({ grow: 100, after: 1.2 });
    // A table that is constant after the growth lies on the map as that constant; one that changes there does not.
    const table = (...entries: [number, number][]): Experiment => ({ ...edge, h2: { kind: 'table', table: entries } });
    expect(afterValue(table([0, 0.03], [100, 0.07]))).toEqual({ held: false, value: 0.07 });
    expect(afterValue(table([0, 0.07], [150, 0.01]))).toBeNull();
  });

  it('need one growth', () => {
    expect(whyNoMap(edge)).toBeNull();
    expect(whyNoMap({ ...edge, grow: null })).toBe('no-growth');
    expect(whyNoMap(presetExperiment('four-to-one'))).toBe('plan');
  });
});

describe('the lines of a map', () => {
  it('are five growth steps and five step sizes around the run’s own', () => {
    expect(axesAround(edge)).toEqual({ held: false, grow: [50, 75, 100, 125, 150], after: [0.015, 0.021, 0.03, 0.042, 0.06] });
    expect(axesAround(presetExperiment('first-fusion'))).toMatchObject({ held: true, after: [0.6, 0.85, 1.2, 1.7, 2.4] });
    // None is outside of the run or of the limits, and none is there twice.
    expect(axesAround({ ...edge, grow: 2, steps: 3, h2: constant(8) })).toEqual({ held: false, grow: [1, 2], after: [4, 5.7, 8, 10] });
  });

  it('take in what was measured, as long as there is room', () => {
    const axes = axesAround(edge);
    const branch = (grow: number, after: number, held = false) => ({
      experiment: { ...edge, grow, h2: held ? ({ kind: 'edge', edge: after } as const) : constant(after) },
      loss: 1,
    });
    expect(axesWith(axes, [branch(87, 0.03), branch(100, 1, true)])).toEqual({ ...axes, grow: [50, 75, 87, 100, 125, 150] });
    const many = axesWith(
      axes,
      Array.from({ length: 12 }, (_, i) => branch(101 + i, 0.5 + i)),
    );
    expect([many.grow.length, many.after.length]).toEqual([MOST_LINES, MOST_LINES]);
  });

  it('a newer run of an experiment takes the place of an older one', () => {
    const first = { experiment: edge, loss: 1 };
    const second = { experiment: { ...edge, pace: 'max' as const }, loss: 2 };
    const other = { experiment: { ...edge, grow: 7 }, loss: null };
    expect(withBranches([first, other], [second])).toEqual([other, second]);
  });
});
