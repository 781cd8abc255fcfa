import { describe, expect, it } from 'vitest';
import type { CurveLike } from './curve.ts';
import { errorBound, errorCurve, meanAbsolute, trustedBand } from './prediction-error.ts';
import { crossing, edgeOfFlow, hatchNow, headlineOf, trustedUntil } from '../../state/derived/trust.ts';

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
  it('is that of the one rule, of the plan’s networks, drawn from where a prediction starts (10.2)', () => {
    const measured = new Map([
      ['A', curve([0, 10, 20], [4, 3, 2])],
      ['B', curve([0, 10, 20], [6, 5, 4])],
      ['S', curve([0, 10, 20], [1, 1, 1])],
    ]);
    expect(values(trustedBand(measured, 10))).toEqual([
      [10, 0.01],
      [20, 0.02],
    ]);
  });
});

it('has a round symmetric bound', () => {
  expect([0.0023, 0.011, 0.09, 0.24, 0].map(errorBound)).toEqual([0.003, 0.015, 0.1, 0.3, 0.01]);
});

describe('edge of trust (10.2)', () => {
  const sharp = (values: readonly number[]) => ({
    steps: Float64Array.from(values.map((_, i) => 10 * i)),
    hLambda: Float32Array.from(values),
    lambda: Float32Array.from(values),
    length: values.length,
  });
  const upTo = Array.from({ length: 61 }, (_, step) => step);
  const falling = (off: (step: number) => number = () => 0) =>
    curve(
      upTo,
      upTo.map((step) => 4 - step / 50 + off(step)),
    );
  const state = (predicted: Readonly<Record<string, CurveLike>>, hLambda: readonly number[] = []) => ({
    chart: {
      measured: new Map([['A', falling()]]),
      predicted: new Map(Object.entries(predicted).map(([flow, each]) => [`${flow}|0|plan`, new Map([['A', each]])])),
    },
    sharpness: new Map([['A', sharp(hLambda)]]),
    flow: null,
  });
  const from = (step: number) => falling((at) => (at >= step ? 0.1 : 0));

  it('is that of the strongest prediction that is drawn, whichever it is', () => {
    for (const flow of ['third-order-flow', 'principal-flow', 'central-flow', 'modified-flow'] as const) {
      const now = state({ 'gradient-flow': from(12), [flow]: from(30) });
      expect(headlineOf(now.chart)).toBe(flow);
      // The mean over 21 steps leaves the band a little earlier.
      expect(hatchNow(now)).toEqual({ step: flow === 'central-flow' ? expect.any(Number) : 30, estimate: false, flow });
    }
    expect(hatchNow(state({ 'gradient-flow': from(12) }))).toEqual({ step: 12, estimate: false, flow: 'gradient-flow' });
    expect(hatchNow(state({ 'gradient-flow': from(12), 'modified-flow': falling() }))).toBeNull();
    expect(hatchNow(state({}))).toBeNull();
  });

  it('is estimated at the edge of stability until the prediction was compared past it', () => {
    const short = curve([0, 1, 2], [4, 3.98, 3.96]);
    const crossed = [1, 2.2, 1.9, 2.1, 2.3];
    expect(hatchNow(state({ 'modified-flow': short }, crossed))).toEqual({ step: 30, estimate: true, flow: 'modified-flow' });
    expect(hatchNow(state({ 'modified-flow': short }, [1, 1.2]))).toBeNull();
    // It stayed in the band up to step 60: the chart must not hatch from 30 where the Theory tab says it holds to its
    // end.
    const held = state({ 'modified-flow': falling() }, crossed);
    expect(hatchNow(held)).toBeNull();
    expect(trustedUntil(edgeOfFlow(held, 'modified-flow'), 60, true)).toBe('its end');
    // The central flow holds past the edge.
    expect(hatchNow(state({ 'central-flow': short }, crossed))).toBeNull();
  });

  it('is said in the same words in every table', () => {
    expect(trustedUntil({ step: 1112, estimate: false }, 2000, true)).toBe('1,112');
    expect(trustedUntil({ step: 112, estimate: true }, 100, false)).toBe('112 (estimate)');
    expect([trustedUntil(null, 50, false), trustedUntil(null, 180, true), trustedUntil(null, null, false)]).toEqual([
      'so far',
      'its end',
      '–',
    ]);
  });

  it('takes the earliest crossing of the plan’s networks', () => {
    expect(
      crossing(
        new Map([
          ['A', sharp([1, 1, 1, 3, 3])],
          ['B', sharp([1, 2.5, 2.5, 1, 1])],
          ['S', sharp([9, 9, 9])],
        ]),
      ),
    ).toBe(10);
    expect(crossing(new Map())).toBeNull();
  });
});
