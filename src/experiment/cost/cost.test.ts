import { describe, expect, it } from 'vitest';
import {
  TYPICAL_SHAPE,
  type TaskShape,
  baselineStages,
  contenderStages,
  costTo,
  costUntil,
  countParameters,
  forwardFlops,
  fusedSize,
  memoryEstimate,
  plannedCost,
  stepCosts,
  stepFlops,
} from './cost.ts';
import { ENSEMBLE_ID, type ModelSize } from '../experiment.ts';
import { parsePlan, planOf, schedule } from '../plan/plan.ts';
import { presetExperiment } from '../presets/presets.ts';

const size: ModelSize = { d: 3, ff: 5, heads: 2, dkv: 4, layers: 1 };
const shape: TaskShape = { vocabulary: 7, sourceLength: 2, targetLength: 3, buckets: 32, gated: true, tied: false };

describe('cost, against a count by hand', () => {
  it('parameters', () => {
    // Attention: q, k, v, o of 3 × 8 each = 96. Feed-forward: wi_0, wi_1, wo of 3 × 5 each = 45.
    const encoder = 96 + 45 + 2 * 3 + 32 * 2 + 3;
    const decoder = 2 * 96 + 45 + 3 * 3 + 32 * 2 + 3;
    expect(countParameters(size, shape)).toBe(7 * 3 + 7 * 3 + encoder + decoder);
    expect(countParameters(size, { ...shape, tied: true })).toBe(7 * 3 + encoder + decoder);
    expect(countParameters(size, { ...shape, gated: false })).toBe(7 * 3 + 7 * 3 + encoder + decoder - 2 * 15);
  });

  it('operations of a forward pass: two for each multiply-add', () => {
    // Encoder, 2 tokens: q, k, v, o 4·(2·3·8) = 192; scores and values 2·(2·8·2) = 64; feed-forward 3·(2·3·5) = 90.
    const encoder = 192 + 64 + 90;
    // Decoder, 3 tokens: self 4·(3·3·8) = 288, 2·(3·8·3) = 144; cross q, o 2·(3·3·8) = 144, k, v 2·(2·3·8) = 96,
    // 2·(3·8·2) = 96; feed-forward 3·(3·3·5) = 135.
    const decoder = 288 + 144 + 144 + 96 + 96 + 135;
    const head = 3 * 3 * 7;
    expect(forwardFlops(size, shape)).toBe(2 * (encoder + decoder + head));
  });

  it('a step: forward, backward twice as much, optimizer by parameter', () => {
    const parameters = countParameters(size, shape);
    expect(stepFlops(size, shape, 4, 'gd')).toBe(3 * 4 * forwardFlops(size, shape) + 2 * parameters);
    expect(stepFlops(size, shape, 4, 'adam') - stepFlops(size, shape, 4, 'gd')).toBe(12 * parameters);
  });

  it('a run: total, and the longest way through', () => {
    const experiment = { ...presetExperiment('first-fusion'), model: size };
    const small = stepFlops(size, shape, 64, 'gd');
    const large = stepFlops(fusedSize(size, 2), shape, 64, 'gd');
    expect(plannedCost(experiment, shape)).toEqual({
      flops: { A: 100 * small, B: 100 * small, M: 80 * large },
      total: 200 * small + 80 * large,
      criticalPath: 100 * small + 80 * large,
    });
    expect(plannedCost({ ...experiment, grow: null }, shape)).toEqual({
      flops: { A: 180 * small },
      total: 180 * small,
      criticalPath: 180 * small,
    });
    expect(plannedCost({ ...experiment, baseline: ['scratch'] }, shape)).toMatchObject({
      flops: { S: 180 * large },
      total: 200 * small + 80 * large,
    });
  });

  it('a plan of four small, two medium, one large', () => {
    const experiment = {
      ...presetExperiment('first-fusion'),
      model: size,
      plan: parsePlan('A:10,B:10,C:10,D:20,A+B>M:30,C+D>N:30,M+N>L:40'),
    };
    const [small = 0, medium = 0, large = 0] = [1, 2, 4].map((width) => stepFlops(fusedSize(size, width), shape, 64, 'gd'));
    const { flops, total, criticalPath } = plannedCost(experiment, shape);
    expect(flops).toEqual({ A: 10 * small, B: 10 * small, C: 10 * small, D: 20 * small, M: 30 * medium, N: 30 * medium, L: 40 * large });
    expect(total).toBe(50 * small + 60 * medium + 40 * large);
    expect(criticalPath).toBe(20 * small + 30 * medium + 40 * large);
  });

  it('memory grows with everything that is held', () => {
    const experiment = presetExperiment('first-fusion');
    const base = memoryEstimate(experiment);
    expect(base).toBeGreaterThan(4 * 4 * countParameters(fusedSize(experiment.model, 2), shape));
    expect(memoryEstimate({ ...experiment, k: 4 })).toBeGreaterThan(base);
    expect(memoryEstimate({ ...experiment, examples: 128 })).toBeGreaterThan(base);
    // Four times as wide either way: four small ones beside it, or one small and one medium.
    const [small, medium] = [1, 2].map((width) => countParameters(fusedSize(experiment.model, width), TYPICAL_SHAPE)) as [number, number];
    expect(memoryEstimate({ ...experiment, k: 4 }) - memoryEstimate({ ...experiment, plan: parsePlan('A:1,A+A>M:1,M+M>L:1') })).toBe(
      16 * (4 * small - small - medium),
    );
    expect(memoryEstimate({ ...experiment, k: 4, operator: 'stack' })).toBeLessThan(memoryEstimate({ ...experiment, k: 4 }));
  });

  it('the way to every point of every curve', () => {
    const experiment = {
      ...presetExperiment('first-fusion'),
      model: size,
      baseline: ['scratch', 'alone'] as const,
      plan: parsePlan('A:10,B:10,C:10,D:20,A+B>M:30,C+D>N:30,M+N>L:40'),
    };
    const stages = schedule(experiment.plan);
    const all = [...stages, ...baselineStages(experiment, stages)];
    const perStep = stepCosts(experiment, stages, shape);
    const [small = 0, medium = 0, large = 0] = [1, 2, 4].map((width) => stepFlops(fusedSize(size, width), shape, 64, 'gd'));
    expect(Object.fromEntries(perStep)).toEqual({
      A: small,
      B: small,
      C: small,
      D: small,
      M: medium,
      N: medium,
      L: large,
      S: large,
      alone: small,
    });
    const way = (model: string, step: number) => costTo(all, perStep, model, step);
    expect(way('A', 4)).toEqual({ total: 4 * small, criticalPath: 4 * small });
    expect(way('M', 15)).toEqual({ total: 20 * small + 5 * medium, criticalPath: 10 * small + 5 * medium });
    expect(way('L', 60)).toEqual({ total: 50 * small + 60 * medium + 10 * large, criticalPath: 20 * small + 30 * medium + 10 * large });
    expect(way('S', 33)).toEqual({ total: 33 * large, criticalPath: 33 * large });
    // The small one alone goes on from the first growth: nobody pays for its siblings.
    expect(way('alone', 25)).toEqual({ total: 25 * small, criticalPath: 25 * small });
    const { flops, total, criticalPath } = costUntil(experiment, stages, shape, 60);
    expect({ total, criticalPath }).toEqual(way('L', 60));
    expect(flops).toMatchObject({ L: 10 * large, S: 60 * large, alone: 50 * small });
    expect(() => way('X', 1)).toThrow('no model X');
  });

  it('an ensemble of the small networks costs what they cost, up to the growth and beyond (10.28)', () => {
    const experiment = { ...presetExperiment('first-fusion'), model: size, k: 3, grow: 10, steps: 30, baseline: ['ensemble'] as const };
    const stages = schedule(planOf(experiment));
    const contenders = contenderStages(experiment, stages);
    expect(contenders.map(({ model, from, to, sources }) => ({ model, from, to, sources }))).toEqual([
      { model: 'alone', from: 10, to: 30, sources: ['A'] },
      { model: 'aloneB', from: 10, to: 30, sources: ['B'] },
      { model: 'aloneC', from: 10, to: 30, sources: ['C'] },
      { model: 'ensemble', from: 10, to: 30, sources: ['alone', 'aloneB', 'aloneC'] },
    ]);
    expect([...stages, ...contenders].map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const perStep = stepCosts(experiment, stages, shape);
    const small = stepFlops(size, shape, 64, 'gd');
    const way = (step: number) => costTo([...stages, ...contenders], perStep, ENSEMBLE_ID, step);
    // Free up to the growth: these are the networks that are fused.
    expect(way(4)).toEqual({ total: 3 * 4 * small, criticalPath: 4 * small });
    expect(way(10)).toEqual({ total: 3 * 10 * small, criticalPath: 10 * small });
    expect(way(25)).toEqual({ total: 3 * 25 * small, criticalPath: 25 * small });
    const { flops, total } = costUntil(experiment, stages, shape, 30);
    expect(flops).toMatchObject({ alone: 20 * small, aloneB: 20 * small, aloneC: 20 * small });
    expect(total).toBe(plannedCost({ ...experiment, baseline: [] }, shape).total);
  });

  it('an ensemble is of all networks that start at random, each from where its own stages end (10.28)', () => {
    const experiment = {
      ...presetExperiment('first-fusion'),
      model: size,
      baseline: ['alone', 'ensemble'] as const,
      plan: parsePlan('A:10,B:10,C:10,D:20,A+B>M:30,C+D>N:30,M+N>L:40'),
    };
    const stages = schedule(experiment.plan);
    const contenders = contenderStages(experiment, stages);
    expect(contenders.map(({ model, from }) => [model, from])).toEqual([
      ['alone', 10],
      ['aloneB', 10],
      ['aloneC', 10],
      ['aloneD', 20],
      ['ensemble', 10],
    ]);
    const small = stepFlops(size, shape, 64, 'gd');
    const way = costTo([...stages, ...contenders], stepCosts(experiment, stages, shape), ENSEMBLE_ID, 33);
    expect(way).toEqual({ total: 4 * 33 * small, criticalPath: 33 * small });
    // One network by itself has no ensemble.
    const self = { ...presetExperiment('self-fusion'), baseline: ['ensemble'] as const };
    expect(contenderStages(self, schedule(planOf(self)))).toEqual([]);
  });

  it('what a rival makes of one source', () => {
    const experiment = { ...presetExperiment('first-fusion'), model: size };
    expect(
      Object.fromEntries(
        stepCosts({ ...experiment, operator: 'stack', k: 3 }, schedule(planOf({ ...experiment, operator: 'stack', k: 3 })), shape),
      ),
    ).toEqual({ A: stepFlops(size, shape, 64, 'gd'), M: stepFlops({ ...size, layers: 3 }, shape, 64, 'gd') });
    expect(plannedCost({ ...experiment, operator: 'net2net' }, shape)).toEqual(plannedCost({ ...experiment, operator: 'self' }, shape));
  });
});
