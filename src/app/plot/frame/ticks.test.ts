import { describe, expect, it } from 'vitest';
import { count, formatDeviation, formatDifference, formatLoss, formatLossTick, formatQuantity } from '../../text/numbers.ts';
import { lossDomain, lossTicks, linearTicks, niceStep, stepTicks } from './ticks.ts';

describe('loss axis', () => {
  it('marks 1 2 3 5 of every decade at the size of the page', () => {
    expect(lossTicks([0.09, 6], 'log', 400)).toEqual([0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5]);
  });

  it('never puts ticks closer than the gap', () => {
    for (const height of [80, 150, 260, 500]) {
      for (const domain of [
        [0.3, 4],
        [0.001, 5],
        [1.1, 2.4],
      ] as const) {
        const ticks = lossTicks(domain, 'log', height);
        const perDecade = height / Math.log10(domain[1] / domain[0]);
        for (let i = 1; i < ticks.length; i++)
          expect(Math.log10((ticks[i] ?? 0) / (ticks[i - 1] ?? 1)) * perDecade).toBeGreaterThanOrEqual(26 - 1e-6);
      }
    }
  });

  it('holds what is shown, is never flat, and stands still while the loss creeps', () => {
    const domain = lossDomain(0.52, 3.4, 'log');
    expect(domain[0]).toBeLessThan(0.52);
    expect(domain[1]).toBeGreaterThan(3.4);
    expect(lossDomain(0.515, 3.39, 'log')).toEqual(domain);
    const flat = lossDomain(1, 1, 'log');
    expect(Math.log10(flat[1] / flat[0])).toBeCloseTo(0.4, 9);
    expect(1 / flat[0]).toBeGreaterThan(flat[1]);
    expect(lossDomain(0, 2, 'log')[0]).toBeGreaterThan(0);
  });

  it('starts at zero when it is linear', () => {
    expect(lossDomain(0.5, 3.4, 'linear')).toEqual([0, 3.5]);
    expect(linearTicks([0, 3.5], 7)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
  });
});

describe('step axis', () => {
  it('ends with the end of the run and keeps room before it', () => {
    expect(stepTicks([0, 700], 818, 96, 80)).toEqual([0, 100, 200, 300, 400, 500, 600, 700]);
    expect(stepTicks([0, 180], 818, 96, 80)).toEqual([0, 25, 50, 75, 100, 125, 150, 180]);
  });

  it('uses no quarters of a step', () => {
    expect(stepTicks([0, 10], 400, 100, 20).every(Number.isInteger)).toBe(true);
  });
});

it('rounds steps up to 1, 2 or 5', () => {
  expect([0.07, 1, 1.2, 3, 6, 87].map((rough) => niceStep(rough))).toEqual([0.1, 1, 2, 5, 10, 100]);
});

describe('numbers as the page writes them', () => {
  it('has two decimals, three below a tenth, and a true minus', () => {
    expect([1.234, 0.1, 0.0994, -0.5].map(formatLoss)).toEqual(['1.23', '0.10', '0.099', '−0.50']);
    expect([formatDifference(0.034, 2), formatDifference(-0.034, 2), formatDifference(-0.001, 2)]).toEqual(['+0.03', '−0.03', '0.00']);
  });
  it('writes ticks with as many decimals as they need', () => {
    expect([0.05, 0.1, 0.3, 1, 3, 20].map((tick) => formatLossTick(tick, [0.05, 0.1, 0.3, 1, 3, 20]))).toEqual([
      '0.05',
      '0.1',
      '0.3',
      '1.0',
      '3.0',
      '20',
    ]);
  });
  it('has figures that mean something for small losses, and their ticks (10.25)', () => {
    expect([0.0096, 0.0045, 0.00099, 4.5e-5, -4.5e-5, 1e-12, 0].map(formatLoss)).toEqual([
      '0.0096',
      '0.0045',
      '9.9e-4',
      '4.5e-5',
      '−4.5e-5',
      '1.0e-12',
      '0.000',
    ]);
    const ticks = [1e-4, 3e-4, 0.001, 0.003, 0.01, 0.1, 1];
    expect(ticks.map((tick) => formatLossTick(tick, ticks))).toEqual(['1e-4', '3e-4', '0.001', '0.003', '0.01', '0.1', '1.0']);
  });
  it('gives a deviation the decimals of the loss that it is of', () => {
    const of = (loss: number, deviation: number) => `${formatLoss(loss)} ± ${formatDeviation(deviation, loss)}`;
    expect([of(1.5, 0.126), of(0.05, 0.0126), of(0.005, 0.00126), of(4.5e-5, 1.2e-5), of(0, 0)]).toEqual([
      '1.50 ± 0.13',
      '0.050 ± 0.013',
      '0.0050 ± 0.0013',
      '4.5e-5 ± 0.000012',
      '0.000 ± 0.000',
    ]);
  });
  it('groups thousands and prefixes large quantities', () => {
    expect(count(12000)).toBe('12,000');
    expect(formatQuantity(1.28e11, 'FLOPs')).toBe('128 GFLOPs');
    expect(formatQuantity(0, 'FLOPs')).toBe('0 FLOPs');
  });
});
