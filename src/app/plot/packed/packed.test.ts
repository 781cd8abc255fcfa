import { describe, expect, it } from 'vitest';
import { GHOST_LIMIT, ROWS } from '../../../experiment/link/view.ts';
import type { CurveLike } from '../curves/curve.ts';
import { pack, shapeOf, unpack } from './packed.ts';

function curve(from: number, to: number, lossAt: (step: number) => number): CurveLike {
  const steps = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { steps, losses: Float32Array.from(steps, lossAt), length: steps.length };
}
/** Falls as training does, with noise. */
const noisy = (from: number, to: number, seed: number): CurveLike =>
  curve(from, to, (step) => 4 * Math.exp(-step / 150) + 0.3 + 0.05 * Math.sin(step * step * 0.37 + seed) + 0.02 * Math.cos(step * 1.7));

const between = ({ steps, losses, length }: CurveLike, step: number): number => {
  const behind = steps.findIndex((at) => at > step);
  const i = behind < 0 ? length - 2 : behind - 1;
  const share = (step - (steps[i] ?? 0)) / ((steps[i + 1] ?? 0) - (steps[i] ?? 0));
  // As the chart draws it, on a logarithmic axis.
  return (losses[i] ?? 0) ** (1 - share) * (losses[i + 1] ?? 0) ** share;
};

describe('a measured curve in a link', () => {
  const run = new Map([
    ['A', noisy(0, 300, 1)],
    ['B', noisy(0, 300, 2)],
    ['M', noisy(300, 700, 3)],
    ['scratch', noisy(0, 700, 4)],
  ]);

  it('comes back with its networks, its ends, and its losses within 0.02 % at the points that were kept', () => {
    const text = pack(run) ?? '';
    const back = unpack(text);
    expect([...back.keys()]).toEqual([...run.keys()]);
    for (const [name, { steps, losses, length }] of back) {
      const was = run.get(name);
      expect([steps[0], steps[length - 1]]).toEqual([was?.steps[0], was?.steps[(was?.length ?? 0) - 1]]);
      for (let i = 0; i < length; i++) {
        const exact = was?.losses[(steps[i] ?? 0) - (was.steps[0] ?? 0)] ?? NaN;
        expect(Math.abs((losses[i] ?? 0) / exact - 1)).toBeLessThan(2e-4);
      }
    }
  });

  it('takes at most 1,500 characters that a link may hold, however many networks and steps there are', () => {
    const many = new Map(['A', 'B', 'C', 'D', 'M', 'N', 'L', 'scratch', 'alone'].map((name, i) => [name, noisy(0, 5000, i)] as const));
    for (const curves of [run, many]) {
      const text = pack(curves) ?? '';
      expect(text.length).toBeLessThanOrEqual(GHOST_LIMIT);
      expect(ROWS.ghost.read(text)).toEqual({ value: text });
      expect(unpack(text).size).toBe(curves.size);
    }
  });

  it('keeps the shape of a smooth curve within 1 % by 64 points, the steep beginning as well', () => {
    const smooth = curve(0, 2000, (step) => 4 * Math.exp(-step / 20) + 0.5 * Math.exp(-step / 900));
    const kept = shapeOf(smooth, 64);
    expect(kept.length).toBe(64);
    for (let step = 0; step <= 2000; step++) expect(Math.abs(between(kept, step) / (smooth.losses[step] ?? 1) - 1)).toBeLessThan(0.01);
  });

  it('keeps a diverged loss at the edge of what can be drawn', () => {
    const text = pack(new Map([['A', curve(0, 3, (step) => (step === 3 ? Number.POSITIVE_INFINITY : 2))]]));
    expect(
      unpack(text ?? '')
        .get('A')
        ?.losses.at(-1),
    ).toBeGreaterThan(9e5);
  });

  it('of nothing is none, and what was not packed here is refused', () => {
    expect(pack(new Map())).toBeNull();
    expect(pack(new Map([['A', curve(0, 0, () => 1)]]))).toBeNull();
    const good = pack(run) ?? '';
    for (const text of ['abc', 'eJx-_9', good.slice(0, -9), good.slice(3), `x${good}`, 'AAAA']) expect(() => unpack(text)).toThrow();
  });
});
