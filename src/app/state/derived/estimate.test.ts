import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../experiment/experiment.ts';
import { PRESETS, presetExperiment } from '../../../experiment/presets/presets.ts';
import { durationWords, rateOf, secondsToGo, type Standing } from './estimate.ts';

/**
 * With a full batch losses are the training's own, and of Adam no sharpness is looked at: nothing is beside the
 * training.
 */
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

const secondsBefore = (experiment: Experiment, flopsPerSecond: number, of: Standing['models'] = []): number =>
  secondsToGo(experiment, { flopsPerSecond, models: of });

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

  describe('with predictions beside it', () => {
    const predicted = { ...base, optimizer: 'momentum' as const, predict: ['modified-flow' as const], from: ['0' as const], wait: false };
    // 100 steps: 4 evaluations each and 8 more in 20 + 8 of them, a gradient each: 624 steps of each network, 37.44 s
    // in all.
    const flow = 0.624 * (10 + 10 + 40);

    // λmax is measured beside it, 18 times of each: a step before which it is takes 0.22 s, and 0.44 s after the
    // growth.
    const [before, idle, after] = [8.2 + 18 * 0.22, 8.2 - 82 * 0.02, 8.2 + 18 * 0.44];
    const training = 6 + 18 * 0.2 + 18 * 0.4;

    it('at full speed they take half the time until they are drawn, at a pace what is left over', () => {
      expect(secondsBefore(predicted, 1000, models)).toBeCloseTo(2 * training);
      expect(secondsBefore({ ...predicted, pace: 10 }, 1000, models)).toBeCloseTo(before + after);
    });

    it('where the run waits, it waits at the growth for what was not drawn until then, and no longer', () => {
      const waits = { ...predicted, wait: true };
      expect(secondsBefore(waits, 1000, models)).toBeCloseTo(training + flow);
      expect(secondsBefore({ ...waits, pace: 10 }, 1000, models)).toBeCloseTo(before + (flow - idle) + after);
      expect(secondsBefore({ ...waits, pace: 1 }, 1000, models)).toBeCloseTo(200);
      // Past the growth nothing is waited for.
      expect(secondsToGo({ ...waits, pace: 10 }, { flopsPerSecond: 1000, models, step: 100 })).toBeCloseTo(after);
    });

    it('what is drawn before Run is pressed, or by now, is not drawn again', () => {
      const waits = { ...predicted, wait: true, pace: 10 } as const;
      const at = (operations: number, state: 'running' | 'waiting' | 'done'): number =>
        secondsToGo(waits, { flopsPerSecond: 1000, models, predicted: { operations, state } });
      expect(at(1000 * (flow - idle - 2), 'running')).toBeCloseTo(before + 2 + after);
      expect(at(1000 * (flow - idle), 'running')).toBeCloseTo(before + after);
      expect(at(100, 'done')).toBeCloseTo(before + after);
    });

    it('where they follow the run’s step sizes, only the prediction past the growth is waited for', () => {
      const held = { ...predicted, wait: true, pace: 10 } as const;
      const past = 0.624 * 40;
      expect(secondsToGo(held, { flopsPerSecond: 1000, models, predicted: { operations: 0, state: 'waiting' } })).toBeCloseTo(
        before + past + after,
      );
    });
  });

  it('while it trains: by the same rule, at the present speed, the larger network by its operations', () => {
    const secondsLeft = (experiment: Experiment, of: Standing['models'] = [], step = 0, stepsPerSecond = 0): number =>
      secondsToGo(experiment, { flopsPerSecond: 1000, models: of, step, stepsPerSecond });
    expect(secondsLeft(base, models, 150, 10)).toBeCloseTo(5);
    // 50 steps of the small ones at 0.1 s, then 100 of one that takes twice as long.
    expect(secondsLeft(base, models, 50, 10)).toBeCloseTo(5 + 20);
    expect(secondsLeft({ ...base, pace: 8 }, models, 50, 8)).toBeCloseTo(50 / 8 + 100 / 8);
    expect(secondsLeft(base, models, 200, 10)).toBe(0);
    expect(secondsLeft(base, models, 50, 0)).toBeCloseTo(secondsToGo(base, { flopsPerSecond: 1000, models, step: 50 }));
    expect(secondsLeft(base, models, 0, 50)).toBeCloseTo(secondsBefore(base, 1000, models));
  });

  it('has an estimate for every preset, before anything is loaded', () => {
    for (const { name, experiment } of PRESETS.values()) {
      const seconds = secondsToGo(experiment, { flopsPerSecond: 2e9 });
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
