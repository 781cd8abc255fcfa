import { describe, expect, it } from 'vitest';
import { pathOf, thin } from './thin.ts';

const curve = (losses: readonly number[], steps = losses.map((_, i) => i)) => ({
  steps: Float64Array.from(steps),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const map = (perStep: number) => ({ x: (step: number) => step * perStep, y: (loss: number) => 100 - 10 * loss });
const pairs = (points: Float64Array) => Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i], points[2 * i + 1]]);

describe('thinning by pixel column', () => {
  it('keeps every point when there is at most one a column', () => {
    expect(pairs(thin(curve([1, 2, 3]), map(5), 0, 10))).toEqual([
      [0, 90],
      [5, 80],
      [10, 70],
    ]);
  });

  it('keeps a spike of a single step among ten thousand', () => {
    const losses = Array.from({ length: 10_000 }, () => 1);
    losses[5_037] = 9;
    losses[7_411] = -4;
    const points = pairs(thin(curve(losses), map(0.08), 0, 10_000));
    expect(points.some(([, y]) => y === 10)).toBe(true);
    expect(points.some(([, y]) => y === 140)).toBe(true);
    expect(points.length).toBeLessThan(4 * 800);
  });

  it('keeps first, lowest, highest and last of a column in their order', () => {
    const points = pairs(thin(curve([5, 1, 9, 4, 6], [0, 0.1, 0.2, 0.3, 0.9]), map(1), 0, 1));
    expect(points.map(([, y]) => y)).toEqual([50, 90, 10, 40]);
  });

  it('says a flat column with one point, and still ends at the last step', () => {
    const points = pairs(thin(curve(Array.from({ length: 1001 }, () => 2)), map(0.01), 0, 1000));
    expect(points.length).toBeLessThanOrEqual(12);
    expect(points[points.length - 1]?.[0]).toBe(10);
  });

  it('breaks the line where the loss is not finite', () => {
    const points = thin(curve([1, NaN, 3, Infinity, 5]), map(5), 0, 100);
    expect(pathOf(points)).toBe('M0 90M10 70M20 50');
  });

  it('draws no line over a gap, keeps the ends at its two sides, and a point between two of them as a dot', () => {
    const flat = { ...curve(Array.from({ length: 41 }, (_, i) => (i < 21 ? 1 : 5))), gaps: [[20, 21]] as const };
    expect(pathOf(thin(flat, map(0.3), 0, 40))).toMatch(/^M0 90.*L6 90M6.3 50.*L12 50$/);
    const lone = {
      ...curve([1, 2, 3, 4, 5]),
      gaps: [
        [1, 2],
        [2, 3],
      ] as const,
    };
    expect(pathOf(thin(lone, map(5), 0, 4))).toBe('M0 90L5 80M10 70L10 70M15 60L20 50');
    // Of the same line without the gap nothing is missing.
    expect(pathOf(thin(curve([1, 2, 3, 4, 5]), map(5), 0, 4))).toBe('M0 90L5 80L10 70L15 60L20 50');
  });

  it('takes one neighbour on each side of the range, so that lines reach the edges', () => {
    const points = pairs(thin(curve([0, 1, 2, 3, 4, 5, 6]), map(10), 2.5, 3.5));
    expect(points.map(([x]) => x)).toEqual([20, 30, 40]);
  });

  it('reads only the filled part of the arrays', () => {
    const half = { steps: Float64Array.from([0, 1, 0, 0]), losses: Float32Array.from([1, 1, 0, 0]), length: 2 };
    expect(pairs(thin(half, map(5), 0, 100))).toHaveLength(2);
  });
});

describe('path', () => {
  it('is empty for no points and rounds to a tenth of a pixel', () => {
    expect(pathOf(new Float64Array(0))).toBe('');
    expect(pathOf(Float64Array.from([0.04, 1.26, 2, 3]))).toBe('M0 1.3L2 3');
  });
});
