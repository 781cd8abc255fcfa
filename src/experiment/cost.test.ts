import { describe, expect, it } from 'vitest';
import { type TaskShape, countParameters, forwardFlops, fusedSize, memoryEstimate, plannedCost, stepFlops } from './cost.ts';
import type { ModelSize } from './experiment.ts';
import { parsePlan } from './plan.ts';
import { presetExperiment } from './presets.ts';

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
    // Decoder, 3 tokens: self 4·(3·3·8) = 288, 2·(3·8·3) = 144; cross q, o 2·(3·3·8) = 144, k, v 2·(2·3·8) = 96, 2·(3·8·2) = 96; feed-forward 3·(3·3·5) = 135.
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
    expect(plannedCost(experiment, shape)).toEqual({ flops: { A: 100 * small, B: 100 * small, M: 80 * large }, total: 200 * small + 80 * large, criticalPath: 100 * small + 80 * large });
    expect(plannedCost({ ...experiment, grow: null }, shape)).toEqual({ flops: { A: 180 * small }, total: 180 * small, criticalPath: 180 * small });
    expect(plannedCost({ ...experiment, baseline: 'scratch' }, shape)).toMatchObject({ flops: { S: 180 * large }, total: 200 * small + 80 * large });
  });

  it('a plan of four small, two medium, one large', () => {
    const experiment = { ...presetExperiment('first-fusion'), model: size, plan: parsePlan('A:10,B:10,C:10,D:20,A+B>M:30,C+D>N:30,M+N>L:40') };
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
    expect(memoryEstimate({ ...experiment, plan: parsePlan('A:1,A+A>M:1,M+M>L:1') })).toBe(memoryEstimate({ ...experiment, k: 4 }));
  });
});
