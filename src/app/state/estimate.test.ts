import { describe, expect, it } from 'vitest';
import { PRESETS, presetExperiment } from '../../experiment/presets/presets.ts';
import { durationWords, rateOf, secondsBefore, secondsLeft } from './estimate.ts';

const base = { ...presetExperiment('fusing-fast'), baseline: [], grow: 100, steps: 200, pace: 'max' as const };
/** A and B cost 10 a step, M 40. */
const models = [
  { id: 'A', flopsPerStep: 10 },
  { id: 'B', flopsPerStep: 10 },
  { id: 'M', flopsPerStep: 40 },
];

describe('how long a run takes (10.13)', () => {
  it('before it: operations over the rate of the device, and no faster than the pace', () => {
    // 100 · (10 + 10) + 100 · 40 = 6,000 operations.
    expect(secondsBefore(base, 1000, models)).toBeCloseTo(6);
    expect(secondsBefore({ ...base, pace: 10 }, 1000, models)).toBeCloseTo(20);
    // At 20 a second the small ones keep the pace, the large one takes its 0.08 s.
    expect(secondsBefore({ ...base, pace: 20 }, 500, models)).toBeCloseTo(100 / 20 + 100 * 0.08);
  });

  it('counts baselines, which train beside the plan', () => {
    const beside = [...models, { id: 'S', flopsPerStep: 40 }];
    expect(secondsBefore({ ...base, baseline: ['scratch'] }, 1000, beside)).toBeCloseTo(6 + 200 * 0.04);
  });

  it('while it trains: what is left at the present speed, the larger network by its operations', () => {
    expect(secondsLeft(base, models, 150, 10)).toBeCloseTo(5);
    // 50 steps of the small ones at 0.1 s, then 100 of one that takes twice as long.
    expect(secondsLeft(base, models, 50, 10)).toBeCloseTo(5 + 20);
    expect(secondsLeft({ ...base, pace: 8 }, models, 50, 8)).toBeCloseTo(50 / 8 + 100 / 4);
    expect(secondsLeft(base, models, 200, 10)).toBeNull();
    expect(secondsLeft(base, models, 50, 0)).toBeNull();
  });

  it('keeps the pace where the larger network is quick enough', () => {
    const cheap = models.map((model) => ({ ...model, flopsPerStep: 1 }));
    expect(secondsLeft({ ...base, pace: 8 }, cheap, 50, 8)).toBeCloseTo(150 / 8);
  });

  it('has an estimate for every preset, before anything is loaded', () => {
    for (const { name, experiment } of PRESETS.values()) {
      const seconds = secondsBefore(experiment, 2e9);
      expect(seconds, name).toBeGreaterThan(0);
      expect(Number.isFinite(seconds), name).toBe(true);
    }
  });

  it('takes the rate from steps that were timed', () => {
    expect(rateOf(models, { A: 0.01, M: 0.04 })).toBeCloseTo(1000);
    expect(rateOf(models, {})).toBeNull();
  });

  it('says no more than an estimate knows', () => {
    expect([0.2, 7.4, 22.4, 80, 200, 7000].map(durationWords)).toEqual([
      '1 second',
      '7 seconds',
      '20 seconds',
      '80 seconds',
      '3 minutes',
      '2 hours',
    ]);
  });
});
