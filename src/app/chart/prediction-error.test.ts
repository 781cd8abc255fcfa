import { describe, expect, it } from 'vitest';
import type { CurveLike } from './curve.ts';
import { errorBound, errorCurve, meanAbsolute, trustedBand } from './prediction-error.ts';
import { crossing, trustEdge } from './trust.ts';

const curve = (steps: readonly number[], losses: readonly number[]) => ({
  steps: Float64Array.from(steps),
  losses: Float32Array.from(losses),
  length: steps.length,
});
const values = ({ steps, losses, length }: CurveLike) => Array.from({ length }, (_, i) => [steps[i], Number((losses[i] ?? 0).toFixed(5))]);

describe('prediction minus measurement', () => {
  it('interpolates the prediction at the measured steps', () => {
    const error = errorCurve(curve([0, 10, 20], [4, 3, 1]), curve([0, 5, 10, 15, 20, 25], [4, 3.4, 3, 2.1, 1.25, 1]));
    expect(values(error)).toEqual([
      [0, 0],
      [5, 0.1],
      [10, 0],
      [15, -0.1],
      [20, -0.25],
    ]);
  });

  it('begins where the prediction begins, and leaves out what is not finite', () => {
    expect(values(errorCurve(curve([10, 20], [2, 1]), curve([0, 10, 15, 20], [9, 2, NaN, 1.5])))).toEqual([
      [10, 0],
      [20, -0.5],
    ]);
    expect(errorCurve(curve([], []), curve([0], [1])).length).toBe(0);
  });

  it('averages the absolute value', () => {
    expect(meanAbsolute(curve([0, 1], [-1, 3]))).toBe(2);
    expect(meanAbsolute(curve([], []))).toBeNull();
  });
});

describe('trusted band', () => {
  it('is 1 % of the drop so far of the mean loss, through the growth, and never shrinks', () => {
    const a = curve([0, 10, 20], [4, 3, 2]);
    const b = curve([0, 10, 20], [6, 5, 4]);
    const m = curve([21, 30, 40], [3.5, 1, 2]);
    expect(values(trustedBand([a, b, m], 0))).toEqual([
      [0, 0.0025],
      [10, 0.01],
      [20, 0.02],
      [21, 0.02],
      [30, 0.04],
      [40, 0.04],
    ]);
  });

  it('counts the drop from where the prediction starts', () => {
    expect(values(trustedBand([curve([0, 10, 20], [4, 3, 2])], 10))).toEqual([
      [10, 0.0015],
      [20, 0.01],
    ]);
  });
});

it('has a round symmetric bound', () => {
  expect([0.0023, 0.011, 0.09, 0.24, 0].map(errorBound)).toEqual([0.003, 0.015, 0.1, 0.3, 0.01]);
});

describe('edge of trust', () => {
  const sharp = (values: readonly number[]) => ({
    steps: Float64Array.from(values.map((_, i) => 10 * i)),
    hLambda: Float32Array.from(values),
    length: values.length,
  });
  const entry = (trustedUntil: number | null) => ({ trustedUntil });

  it('is measured where the worker says so, by the strongest prediction', () => {
    const trust = new Map([
      ['gradient-flow|0|plan', entry(40)],
      ['modified-flow|0|plan', entry(120)],
    ]);
    expect(trustEdge(trust, new Map(), 'plan')).toEqual({ step: 120, estimate: false });
    const control = new Map([['gradient-flow|0|plan', entry(40)]]);
    expect(trustEdge(control, new Map(), 'plan', ['gradient-flow'])).toEqual({ step: 40, estimate: false });
    expect(trustEdge(control, new Map(), 'plan', ['gradient-flow', 'modified-flow'])).toBeNull();
  });

  it('is estimated from the edge of stability until then, after two measurements above it', () => {
    const trust = new Map([['modified-flow|0|plan', entry(null)]]);
    expect(trustEdge(trust, new Map([['M', sharp([1, 2.2, 1.9, 2.1, 2.3])]]), 'plan')).toEqual({ step: 30, estimate: true });
    expect(trustEdge(trust, new Map([['M', sharp([1, 1.2])]]), 'plan')).toBeNull();
    expect(trustEdge(new Map(), new Map([['M', sharp([3, 3])]]), 'plan')).toBeNull();
  });

  it('takes the earliest crossing of all networks', () => {
    expect(
      crossing(
        new Map([
          ['A', sharp([1, 1, 1, 3, 3])],
          ['B', sharp([1, 2.5, 2.5, 1, 1])],
        ]),
      ),
    ).toBe(10);
    expect(crossing(new Map())).toBeNull();
  });
});
