import { describe, expect, it } from 'vitest';
import { apart } from '../features/growth/Symmetry.tsx';
import { keyed, scaleOf } from '../features/theory/step-size/StepSlider.tsx';
import { stepSizes, tensorWords } from './words.ts';
import { count, percent, size } from './numbers.ts';

describe('numbers as the page writes them', () => {
  it('step sizes have two decimals, more where they are needed', () => {
    expect([0.1, 0.18, 1.2, 0.033, 0.05, 0.003, 0.0001].map(size)).toEqual(['0.10', '0.18', '1.20', '0.033', '0.05', '0.003', '0.0001']);
    expect(stepSizes({ h: { kind: 'constant', value: 0.1 }, h2: { kind: 'edge', edge: 1.2 } })).toBe('0.10, then 1.2 / λ');
  });

  it('shares have a space before %, and small ones a decimal', () => {
    expect([0.31, 0.004, 0, 1].map(percent)).toEqual(['31 %', '0.4 %', '0 %', '100 %']);
    expect(count(104960)).toBe('104,960');
  });

  it('names of tensors are short', () => {
    expect(tensorWords('encoder.block.0.layer.1.DenseReluDense.wi_0.weight')).toBe('encoder 0 · wi_0');
    expect(tensorWords('decoder.block.1.layer.1.EncDecAttention.q.weight')).toBe('decoder 1 · cross q');
    expect(tensorWords('shared.weight')).toBe('embedding');
  });

  it('tells twins from networks that have parted', () => {
    expect([0.94, 0.002, 0.000002].map(apart)).toEqual(['0.94', '0.002', '0.000002']);
  });
});

describe('the slider of a step size', () => {
  it('always moves by a key, also across a power of ten', () => {
    expect(keyed('ArrowRight', false, 1.2, 0.1, 4)).toBe(1.3);
    expect(keyed('ArrowRight', false, 0.099, 0.01, 0.5)).toBe(0.1);
    expect(keyed('ArrowLeft', false, 0.1, 0.01, 0.5)).toBe(0.099);
    expect(keyed('ArrowRight', true, 0.1, 0.01, 0.5)).toBe(0.15);
    expect(keyed('End', false, 0.1, 0.01, 0.5)).toBe(0.5);
    expect(keyed('x', false, 0.1, 0.01, 0.5)).toBeNull();
  });

  it("moves its scale by decades for Adam's step sizes", () => {
    expect(scaleOf({ kind: 'constant', value: 0.1 })).toMatchObject({ min: 0.01, max: 0.5 });
    const small = scaleOf({ kind: 'constant', value: 0.003 });
    expect(small.min).toBeLessThanOrEqual(0.003);
    expect(small.max).toBeGreaterThanOrEqual(0.003);
  });
});
