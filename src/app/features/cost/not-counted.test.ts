import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { workOf } from '../../plot/plan/work.ts';
import { notCounted } from './not-counted.ts';

const experiment = { ...presetExperiment('fusing-fast'), baseline: [], grow: 100, steps: 200 };
const models = [
  { id: 'A', flopsPerStep: 10 },
  { id: 'B', flopsPerStep: 10 },
  { id: 'M', flopsPerStep: 40 },
];
const work = workOf(experiment, models);

describe('what costs leave out (10.29)', () => {
  it('is said against the training so far, part by part', () => {
    // 100 steps of both: 2,000.
    expect(notCounted(work, 100, { probe: 700, sharpness: 1, predictions: 43_000 })).toEqual([
      ['measuring losses and samples', '35 %'],
      ['the sharpness', 'less than 1 %'],
      ['predictions', '22 times as much'],
    ]);
    expect(notCounted(work, 200, { probe: 0, sharpness: 12_000, predictions: 0 }).map(([, share]) => share)).toEqual([
      '0 %',
      '200 %',
      '0 %',
    ]);
  });

  it('is nothing before a step was trained, or where nothing was counted', () => {
    expect(notCounted(work, 0, { probe: 5, sharpness: 0, predictions: 0 })).toEqual([]);
    expect(notCounted(work, 100, null)).toEqual([]);
  });
});
