import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { WasmDevice } from '../../engine/wasm/wasm-device.ts';
import { goldenCase, goldenError } from '../../fusion/testing/golden.ts';
import { hessianProduct } from '../hessian-product.ts';
import { ritzSpectrum, type SpectralDynamics, spectralLosses, type Spectrum } from './spectrum.ts';
import { analyticGoldens, analyticObjective } from '../testing/analytic.ts';
import { t5Case } from '../testing/t5-case.ts';

type Losses = Readonly<Record<'gradient_descent' | 'gradient_flow' | 'modified_flow', readonly number[]>>;
interface Ritz {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}
interface SpectralCase {
  readonly loss: number;
  readonly lanczos_from_gradient: Readonly<Record<string, Ritz>> & Readonly<Record<string, unknown>>;
  readonly tolerance: { readonly ritz_10: number };
}
const DYNAMICS: readonly SpectralDynamics[] = ['gradient-descent', 'gradient-flow', 'modified-flow'];

const typed = ({ values, weights }: Ritz): Spectrum => ({ values: Float64Array.from(values), weights: Float64Array.from(weights) });

describe('losses in closed form', () => {
  it('are the reference ones from the reference Ritz values, also where the curvature is negative and past the edge', () => {
    const golden = goldenCase<SpectralCase>('theory-t5');
    let compared = 0;
    for (const [vectors, key] of [
      ['10', 'predicted_losses_from_10'],
      ['60', 'predicted_losses_from_60'],
    ] as const) {
      const predicted = golden.lanczos_from_gradient[key] as unknown as Readonly<Record<string, Losses>>;
      for (const [h, losses] of Object.entries(predicted)) {
        for (const dynamics of DYNAMICS) {
          const wanted = losses[dynamics.replace('-', '_') as keyof Losses];
          const steps = new Array<number>(wanted.length - 1).fill(Number(h));
          expect(
            goldenError(spectralLosses(typed(golden.lanczos_from_gradient[vectors]!), golden.loss, steps, dynamics), wanted),
          ).toBeLessThan(1e-9);
          compared++;
        }
      }
    }
    expect(compared).toBe(18);
  });

  it('have their limit where the curvature vanishes', () => {
    for (const dynamics of DYNAMICS) {
      const flat = spectralLosses({ values: Float64Array.of(0), weights: Float64Array.of(2) }, 5, [0.1, 0.3], dynamics);
      const nearly = spectralLosses({ values: Float64Array.of(1e-9), weights: Float64Array.of(2) }, 5, [0.1, 0.3], dynamics);
      [5, 4.8, 4.2].forEach((loss, i) => {
        expect(flat[i]).toBeCloseTo(loss, 14);
        expect(nearly[i]).toBeCloseTo(loss, 8);
      });
    }
  });
});

describe('the spectrum seen from the gradient', () => {
  it('reproduces ‖g‖², gᵀHg and gᵀH²g', async () => {
    const goldens = analyticGoldens();
    const o = analyticObjective(goldens.functions[0]!);
    const [x, g, Hg] = [Float64Array.from(goldens.x0), new Float64Array(4), new Float64Array(4)];
    await o.lossAndGradient(x, g);
    await o.product.apply(x, g, Hg);
    const work = ritzSpectrum(o.space, o.product, x, g, 2);
    let { done, value } = await work.next();
    while (done !== true) ({ done, value } = await work.next());
    const { values, weights } = value as Spectrum;
    const moment = (power: number): number => values.reduce((sum, lambda, i) => sum + weights[i]! * lambda ** power, 0);
    expect(values).toHaveLength(2);
    expect(moment(0)).toBeCloseTo(o.space.dot(g, g), 12);
    expect(moment(1)).toBeCloseTo(o.space.dot(g, Hg), 12);
    expect(moment(2)).toBeCloseTo(o.space.dot(Hg, Hg), 12);
    expect(o.space.live()).toBe(0);
    await expect(ritzSpectrum(o.space, o.product, x, new Float64Array(4), 2).next()).rejects.toThrow(
      'the squared norm of the gradient is 0',
    );
    await expect(ritzSpectrum(o.space, o.product, x, g, 0).next()).rejects.toThrow('0 Lanczos vectors asked for');
  });

  describe('of a T5', () => {
    let device: WasmDevice;
    beforeAll(async () => {
      device = await nodeWasmDevice();
    });
    afterAll(() => device.dispose());

    it('has the reference Ritz values and weights after ten steps', async () => {
      const golden = goldenCase<SpectralCase>('theory-t5');
      const { objective, theta } = await t5Case(device, 'theory-t5');
      const gradient = objective.space.create();
      await objective.lossAndGradient(theta, gradient);
      const work = ritzSpectrum(objective.space, hessianProduct(objective), theta, gradient, 10);
      let { done, value } = await work.next();
      while (done !== true) ({ done, value } = await work.next());
      const { values, weights } = value as Spectrum;
      const wanted = golden.lanczos_from_gradient['10']!;
      expect(goldenError(values, wanted.values)).toBeLessThan(golden.tolerance.ritz_10);
      expect(goldenError(weights, wanted.weights)).toBeLessThan(golden.tolerance.ritz_10);
    });
  });
});
