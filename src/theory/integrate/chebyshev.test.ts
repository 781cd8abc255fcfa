import { describe, expect, it } from 'vitest';
import type { Objective } from '../../engine/vector-space.ts';
import { ChebyshevStep, forecastCurve, forecastGradientFlow, lossAtTime, stagesFor } from './chebyshev.ts';
import { createFloat64Space } from '../float64-space.ts';
import { gradientFlow } from '../flows/flows.ts';
import { fixedSubsteps } from './integrators.ts';
import { analyticGoldens, analyticObjective, distance, orders } from '../testing/analytic.ts';

const goldens = analyticGoldens();
const objective = () => analyticObjective(goldens.functions[0]!);

async function along(steps: number, stages: number, time: number): Promise<Float64Array> {
  const o = objective();
  const method = new ChebyshevStep(o);
  const [x, g] = [Float64Array.from(goldens.x0), new Float64Array(4)];
  for (let i = 0; i < steps; i++) {
    await o.lossAndGradient(x, g);
    for await (const _spent of method.run(x, g, time / steps, stages, x));
  }
  return x;
}

async function exact(time: number): Promise<Float64Array> {
  const o = objective();
  const x = Float64Array.from(goldens.x0);
  for await (const _spent of fixedSubsteps(o.space, 2000).step(gradientFlow(o), x, time));
  return x;
}

/** L = Σ λ x²/2 */
function quadratic(lambdas: readonly number[]): Objective<Float64Array> & { spent: () => number } {
  const space = createFloat64Space(lambdas.length);
  let spent = 0;
  const loss = (x: Float64Array): number => lambdas.reduce((sum, lambda, i) => sum + (lambda * x[i]! ** 2) / 2, 0);
  return {
    space,
    spent: () => spent,
    loss,
    lossAndGradient(x, gradient) {
      spent++;
      lambdas.forEach((lambda, i) => (gradient[i] = lambda * x[i]!));
      return loss(x);
    },
  };
}

describe('a step of RKC', () => {
  it('is of second order for every number of stages', async () => {
    const end = await exact(1);
    for (const stages of [2, 3, 5, 9]) {
      const errors: number[] = [];
      for (const steps of [8, 16, 32, 64]) errors.push(distance(await along(steps, stages, 1), end));
      expect(Math.abs(orders(errors).at(-1)! - 2), `${stages} stages`).toBeLessThan(0.1);
    }
  });

  it('is stable as far as its stages are said to reach, and not much further', async () => {
    for (const stages of [2, 4, 8]) {
      const reach = (stages ** 2 - 1) / 1.54;
      const growth = async (lambda: number): Promise<number> => {
        const o = quadratic([lambda]);
        const [x, g] = [Float64Array.of(1), new Float64Array(1)];
        await o.lossAndGradient(x, g);
        for await (const _spent of new ChebyshevStep(o).run(x, g, 1, stages, x));
        return Math.abs(x[0]!);
      };
      for (let share = 0.05; share <= 1; share += 0.05) expect(await growth(share * reach), `${stages} stages, ${share}`).toBeLessThan(1);
      expect(await growth(1.1 * reach)).toBeGreaterThan(1);
      expect(stagesFor(1, reach * 0.999)).toBe(stages);
      expect(stagesFor(1, reach * 1.001)).toBe(stages + 1);
    }
    const g = new Float64Array(4);
    await expect(new ChebyshevStep(objective()).run(g, g, 1, 1, g).next()).rejects.toThrow('stages is 1');
  });
});

describe('a forecast of gradient flow', () => {
  it('keeps its tolerance, and more of it costs more', async () => {
    const o = objective();
    const spent: number[] = [];
    for (const tolerance of [0.1, 0.01, 0.001]) {
      const { curve, work } = forecastGradientFlow(o, Float64Array.from(goldens.x0), 3, { tolerance });
      const before = o.gradientsSpent();
      let reported = 0;
      for await (const gradients of work) reported += gradients;
      expect(o.gradientsSpent() - before).toBe(reported);
      spent.push(reported);
      expect(curve.times.at(-1)).toBe(3);
      const start = o.loss(Float64Array.from(goldens.x0)) as number;
      for (const time of [0.3, 0.77, 1.5, 2.2, 3]) {
        const loss = o.loss(await exact(time)) as number;
        expect(Math.abs(lossAtTime(curve, time) - loss), `${tolerance}, ${time}`).toBeLessThan(tolerance * (start - loss));
      }
    }
    expect(spent[1]).toBeGreaterThan(spent[0]!);
    expect(spent[2]).toBeGreaterThan(spent[1]!);
    expect(o.space.live()).toBe(0);
  });

  it('costs a fraction of a gradient a step of training where curvatures lie far apart', async () => {
    const o = quadratic([0.02, 0.1, 1, 10, 50]);
    const start = Float64Array.of(1, 1, 1, 0.3, 0.1);
    const h = 1 / 50;
    const { curve, work } = forecastGradientFlow(o, start, 400 * h, { tolerance: 0.05 });
    for await (const _spent of work);
    expect(o.spent() / 400).toBeLessThan(0.5);
    for (let i = 0; i < curve.times.length; i++) {
      const loss = [0.02, 0.1, 1, 10, 50].reduce(
        (sum, lambda, j) => sum + (lambda * (start[j]! * Math.exp(-lambda * curve.times[i]!)) ** 2) / 2,
        0,
      );
      expect(Math.abs(curve.losses[i]! - loss)).toBeLessThan(0.02 * (curve.losses[0]! - loss) + 1e-12);
    }
  });

  it('takes the sharpness from the caller, and finds its way where that is too small', async () => {
    const o = quadratic([0.1, 40]);
    for (const lambda of [40, 2]) {
      const { curve, work } = forecastGradientFlow(o, Float64Array.of(1, 1), 4, { lambdaAt: () => lambda });
      for await (const _spent of work);
      expect(curve.times.at(-1)).toBe(4);
      expect(Math.abs(curve.losses.at(-1)! - 0.05 * Math.exp(-0.8))).toBeLessThan(1e-3);
    }
  });

  it('serves every table of step sizes', async () => {
    const { curve, work } = forecastGradientFlow(objective(), Float64Array.from(goldens.x0), 2, { tolerance: 1e-3 });
    for await (const _spent of work);
    const { steps, losses } = forecastCurve(
      curve,
      [
        [0, 9],
        [10, 0.25],
        [14, 0.5],
      ],
      10,
      40,
    );
    // 4 × .25 + 2 × .5 = 2: the forecast ends there.
    expect(Array.from(steps)).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(losses[6]).toBe(curve.losses.at(-1));
    const o = objective();
    expect(Math.abs(losses[5]! - (o.loss(await exact(1.5)) as number))).toBeLessThan(1e-3);
    expect(Number.isNaN(lossAtTime(curve, 2.1))).toBe(true);
    expect(() => forecastGradientFlow(o, Float64Array.from(goldens.x0), 0)).toThrow('the forecast is over a time of 0');
  });

  it('left early, gives its vectors back', async () => {
    const o = objective();
    const { work } = forecastGradientFlow(o, Float64Array.from(goldens.x0), 2);
    for (let i = 0; i < 4; i++) await work.next();
    await work.return();
    expect(o.space.live()).toBe(0);
  });
});
