import { describe, expect, it } from 'vitest';
import type { Curve } from './curve.ts';
import { sharedSteps } from './curve.ts';
import { estimateTrust, meanAbsoluteDifference, trustedUntil } from './trust.ts';

const curve = (f: (step: number) => number, steps: readonly number[] = Array.from({ length: 101 }, (_, i) => i)): Curve => ({
  steps,
  losses: steps.map(f),
});
const falling = curve((n) => 4 - n / 50);

describe('sharedSteps', () => {
  it('pairs what both curves have', () => {
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
});

describe('trustedUntil', () => {
  it('is the first step where the difference is over 1 % of the drop so far', () => {
    // The drop at step n is n/50, so the allowance is n/5000 past the floor; .01 is over it up to step 50.
    expect(
      trustedUntil(
        falling,
        curve((n) => 4 - n / 50 + (n >= 60 ? 0.0121 : 0)),
        { sustained: 1 },
      ),
    ).toBe(60);
    expect(
      trustedUntil(
        falling,
        curve((n) => 4 - n / 50 + (n >= 61 ? 0.0121 : 0)),
        { sustained: 1 },
      ),
    ).toBeNull();
    expect(
      trustedUntil(
        falling,
        curve((n) => 4 - n / 50 - (n >= 30 ? 0.0061 : 0)),
        { sustained: 1 },
      ),
    ).toBe(30);
  });

  it('wants the difference for ten steps in a row, and then counts from the first of them', () => {
    const off = (from: number, to: number): Curve => curve((n) => 4 - n / 50 + (n >= from && n <= to ? 0.1 : 0));
    expect(trustedUntil(falling, off(20, 28))).toBeNull();
    expect(trustedUntil(falling, off(20, 29))).toBe(20);
    expect(trustedUntil(falling, off(95, 100))).toBeNull();
    expect(trustedUntil(falling, off(20, 20), { sustained: 1 })).toBe(20);
  });

  it('does not ask for more than .05 % of the starting loss at the first steps', () => {
    expect(
      trustedUntil(
        falling,
        curve((n) => 4 - n / 50 + (n === 1 ? 0.0019 : 0)),
        { sustained: 1 },
      ),
    ).toBeNull();
    expect(
      trustedUntil(
        falling,
        curve((n) => 4 - n / 50 + (n === 1 ? 0.0021 : 0)),
        { sustained: 1 },
      ),
    ).toBe(1);
  });

  it('counts the drop from the loss that is given, for a curve that goes through a growth', () => {
    const fused = curve((n) => 2 - n / 1000);
    const off = curve((n) => 2 - n / 1000 + 0.01);
    expect(trustedUntil(fused, off)).toBe(0);
    expect(trustedUntil(fused, off, { startingLoss: 4.7 })).toBeNull();
  });

  it('holds the drop where the measured loss rises again, and does not trust what is not finite', () => {
    const spiky = curve((n) => (n === 80 ? 6 : 4 - n / 50));
    expect(
      trustedUntil(
        spiky,
        curve((n) => (n === 80 ? 6.01 : 4 - n / 50)),
        { sustained: 1 },
      ),
    ).toBeNull();
    expect(
      trustedUntil(
        falling,
        curve((n) => (n < 12 ? 4 - n / 50 : Number.NaN)),
      ),
    ).toBe(12);
  });

  it('compares shared steps only', () => {
    expect(
      trustedUntil(
        falling,
        curve(() => 9, [200, 300]),
      ),
    ).toBeNull();
    expect(
      trustedUntil(
        falling,
        curve((n) => (n >= 33 ? 9 : 4 - n / 50), [30, 33, 42]),
      ),
    ).toBe(33);
  });
});

describe('meanAbsoluteDifference', () => {
  it('is taken over a range of steps, ends included', () => {
    const off = curve((n) => 4 - n / 50 + (n % 2 ? 0.1 : -0.1) + (n < 50 ? 1 : 0));
    expect(meanAbsoluteDifference(falling, off, 50)).toBeCloseTo(0.1, 12);
    expect(meanAbsoluteDifference(falling, off, 0, 1)).toBeCloseTo(1, 12);
    expect(meanAbsoluteDifference(falling, off, 1000)).toBeNaN();
  });
});

describe('estimateTrust', () => {
  it('expects gradient flow to leave the run where it leaves the modified flow, or where hλ crosses 2', () => {
    const gradient = curve((n) => 4 - n / 50 - (n >= 40 ? 0.02 : 0));
    expect(estimateTrust(gradient, falling, null)).toEqual({ gradientFlow: 40, modifiedFlow: null });
    expect(estimateTrust(gradient, falling, 25)).toEqual({ gradientFlow: 25, modifiedFlow: 25 });
    expect(estimateTrust(falling, falling, 70)).toEqual({ gradientFlow: 70, modifiedFlow: 70 });
  });
});
