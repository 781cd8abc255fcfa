import { describe, expect, it } from 'vitest';
import { type Curve, meanAbsoluteDifference, sharedSteps } from './curve.ts';
import { TRUST_RULE, trustBand, trustEdge, trustOf } from './trust.ts';

const upTo = (last: number, from = 0): number[] => Array.from({ length: last - from + 1 }, (_, i) => from + i);
const curve = (f: (step: number) => number, steps: readonly number[] = upTo(100)): Curve => ({ steps, losses: steps.map(f) });
const line = (n: number): number => 4 - n / 50;
const falling = curve(line);
/** How far a prediction of the falling curve is trusted. */
const of = (predicted: Curve, measured: Curve = falling, averaged?: number) =>
  trustOf(trustBand([measured]), [{ measured, predicted }], averaged);

describe('steps that two curves share', () => {
  it('are paired in order', () => {
    expect([
      ...sharedSteps(
        curve((n) => n, [0, 2, 3, 7, 9]),
        curve((n) => -n, [1, 2, 7, 8]),
      ),
    ]).toEqual([
      { step: 2, first: 2, second: -2 },
      { step: 7, first: 7, second: -7 },
    ]);
  });

  it('end where the arrays are no longer filled', () => {
    const filled: Curve = { steps: [0, 1, 2, 0, 0], losses: [3, 2, 1, 9, 9], length: 3 };
    expect(
      [
        ...sharedSteps(
          filled,
          curve((n) => n, [0, 1, 2, 3]),
        ),
      ].map(({ step }) => step),
    ).toEqual([0, 1, 2]);
  });

  it('have a mean distance over a range, ends included', () => {
    const off = curve((n) => line(n) + (n % 2 ? 0.1 : -0.1) + (n < 50 ? 1 : 0));
    expect(meanAbsoluteDifference(falling, off, 50)).toBeCloseTo(0.1, 12);
    expect(meanAbsoluteDifference(falling, off, 0, 1)).toBeCloseTo(1, 12);
    expect(meanAbsoluteDifference(falling, off, 1000)).toBeNaN();
  });
});

describe('the trusted band', () => {
  it('is 1 % of the drop so far of the mean loss, through the growth, and never shrinks', () => {
    const a = curve((n) => 4 - n / 10, [0, 10, 20]);
    const b = curve((n) => 6 - n / 10, [0, 10, 20]);
    const m: Curve = { steps: [21, 30, 40], losses: [3.5, 1, 2] };
    expect(trustBand([a, b, m]).map(({ step, width }) => [step, Number(width.toFixed(9))])).toEqual([
      [0, 0.0025],
      [10, 0.01],
      [20, 0.02],
      [21, 0.02],
      [30, 0.04],
      [40, 0.04],
    ]);
    expect(trustBand([a, b, m]).at(-1)).toMatchObject({ start: 5, least: 1 });
  });

  it('reads a network that is measured less often on straight lines', () => {
    const [rare, often] = [curve((n) => 4 - n / 10, [0, 10]), curve((n) => 4 - n / 10, [0, 5, 10])];
    expect(trustBand([rare, often]).map(({ least }) => least)).toEqual([4, 3.5, 3]);
  });
});

describe('how far a prediction is trusted (10.2)', () => {
  it('until the first step outside the band of ten in a row, and what it was compared with is said', () => {
    // The drop at step n is n/50, so the band is n/5000 wide past the floor of .002; .0121 is over it up to step 60.
    expect(of(curve((n) => line(n) + (n >= 30 ? 0.0121 : 0)))).toEqual({ until: 30, comparedTo: 100 });
    expect(of(curve((n) => line(n) + (n >= 61 ? 0.0121 : 0)))).toEqual({ until: null, comparedTo: 100 });
    expect(of(curve((n) => line(n) - (n >= 30 ? 0.0121 : 0))).until).toBe(30);
    const during = (from: number, to: number): Curve => curve((n) => line(n) + (n >= from && n <= to ? 0.1 : 0));
    expect(of(during(20, 28)).until).toBeNull();
    expect(of(during(20, 29)).until).toBe(20);
    expect(of(during(95, 100)).until).toBeNull();
  });

  it('is not decided by the first steps, which are off while next to nothing has dropped', () => {
    expect(of(curve((n) => line(n) + (n >= 1 && n <= 8 ? 0.05 : 0)))).toEqual({ until: null, comparedTo: 100 });
    expect(of(curve((n) => line(n) + (n <= 40 ? 0.0019 : 0))).until).toBeNull();
  });

  it('counts the run’s whole drop behind a growth, and goes on counting through it', () => {
    const before = curve((n) => 4.7 - n / 50);
    const fused = curve((n) => 2.7 - (n - 100) / 1000, upTo(200, 100));
    const off = (losses: Curve, from: number, to: number): Curve => ({
      ...losses,
      losses: Array.from(losses.losses, (loss, i) => loss + ((losses.steps[i] ?? 0) >= from && (losses.steps[i] ?? 0) <= to ? 0.05 : 0)),
    });
    const band = trustBand([before, fused]);
    const small = { ...fused, losses: Array.from(fused.losses, (loss) => loss + 0.015) };
    expect(trustOf(band, [{ measured: fused, predicted: small }]).until).toBeNull();
    // Six steps before the growth and six behind it are ten in a row.
    const pairs = [
      { measured: before, predicted: off(before, 95, 100) },
      { measured: fused, predicted: off(fused, 100, 105) },
    ];
    expect(trustOf(band, pairs).until).toBe(95);
    expect(trustOf(band, pairs.slice(0, 1)).until).toBeNull();
  });

  it('is for all networks together: one that is off is enough', () => {
    const band = trustBand([falling]);
    const off = curve((n) => line(n) + (n >= 70 ? 0.1 : 0));
    const good = { measured: falling, predicted: falling };
    expect(trustOf(band, [good, { measured: falling, predicted: off }]).until).toBe(70);
    expect(trustOf(band, [{ measured: falling, predicted: off }, good]).until).toBe(70);
  });

  it('ends at once where the prediction is no number, and compares shared steps only', () => {
    expect(of(curve((n) => (n < 12 ? line(n) : Number.NaN))).until).toBe(12);
    expect(of(curve(() => 9, [200, 300]))).toEqual({ until: null, comparedTo: null });
    expect(of(curve((n) => (n >= 33 ? 9 : line(n)), [30, 33, 42])).until).toBe(33);
  });

  it('is by the mean over steps where a flow predicts the mean of an oscillation', () => {
    const oscillating = curve((n) => line(n) + (n > 30 ? (n % 2 ? 0.2 : -0.2) : 0));
    expect(of(falling, oscillating).until).toBe(31);
    expect(of(falling, oscillating, 21).until).toBeNull();
    const above = curve((n) => line(n) + (n > 50 ? 0.05 : 0));
    expect(of(above, oscillating, 21).until).toBeGreaterThan(40);
  });
});

describe('the hatch (10.2)', () => {
  it('begins where trust was measured to end', () => {
    expect(trustEdge({ until: 120, comparedTo: 180 }, null)).toEqual({ step: 120, estimate: false });
    expect(trustEdge({ until: 120, comparedTo: 180 }, 60)).toEqual({ step: 120, estimate: false });
    expect(trustEdge({ until: null, comparedTo: 180 }, null)).toBeNull();
  });

  it('is an estimate at the edge of stability until the comparison has gone past it, and then no more', () => {
    expect(trustEdge({ until: null, comparedTo: null }, 112)).toEqual({ step: 112, estimate: true });
    expect(trustEdge({ until: null, comparedTo: 115 }, 112)).toEqual({ step: 112, estimate: true });
    expect(trustEdge({ until: null, comparedTo: 180 }, 112)).toBeNull();
  });
});

it('the rule is told with the numbers it has (10.2)', () => {
  expect(TRUST_RULE).toContain('more than 1 % of the drop so far for 10 steps in a row');
  expect(TRUST_RULE).toContain('at least 5 % of the first loss');
});
