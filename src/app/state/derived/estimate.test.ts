import { describe, expect, it } from 'vitest';
import { PRESETS, presetExperiment } from '../../../experiment/presets/presets.ts';
import { durationWords, rateOf, secondsBefore, secondsLeft } from './estimate.ts';

/** With a full batch losses are the training's own, and of Adam no sharpness is looked at: nothing is beside the training. */
const base = {
  ...presetExperiment('fusing-fast'),
  optimizer: 'adam' as const,
  batch: 'full' as const,
  examples: 64,
  probe: 64,
  baseline: [],
  predict: [],
  grow: 100,
  steps: 200,
  pace: 'max' as const,
};
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

  it('counts the sharpness that is looked at along the run, ten gradients a measurement', () => {
    const looked = { ...base, optimizer: 'gd' as const };
    // 18 times of A and B, 18 of M: 10 + 8 in 100 steps each.
    expect(secondsBefore(looked, 1000, models)).toBeCloseTo(6 + (18 * 10 * 20 + 18 * 10 * 40) / 1000);
    // At 20 a second the small ones have time for a step, not for a measurement.
    const paced = secondsBefore({ ...looked, pace: 20 }, 1000, models);
    expect(paced).toBeCloseTo(82 / 20 + 18 * (0.02 + 0.2) + 82 / 20 + 18 * (0.04 + 0.4));
  });

  it('counts measured losses of mini-batches, which are of the probe set', () => {
    // Every five steps a forward pass over four times the batch: a third of four steps.
    const batches = { ...base, batch: 16, examples: 64, probe: 64 };
    expect(secondsBefore(batches, 1000, models)).toBeCloseTo(6 + (6 * 4) / 3 / 5);
  });

  it('counts predictions: at full speed half the time until they are drawn, where the run waits all of it, at a pace what is left over', () => {
    const predicted = { ...base, optimizer: 'momentum' as const, predict: ['modified-flow' as const], from: ['0' as const] };
    const training = secondsBefore({ ...predicted, predict: [] }, 1000, models);
    // 100 steps: 4 evaluations each and 8 more in 20 + 8 of them, a fifth more, two gradients: 1,497.6 steps of each network.
    const flow = 2 * 1.2 * (400 + 8 * 28) * (10 + 10 + 40);
    expect(secondsBefore(predicted, 1000, models)).toBeCloseTo(training + Math.min(training, flow / 1000));
    expect(secondsBefore({ ...predicted, wait: true }, 1000, models)).toBeCloseTo(training + flow / 1000);
    expect(secondsBefore({ ...predicted, wait: true, pace: 0.5 }, 1000, models)).toBeCloseTo(400);
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
