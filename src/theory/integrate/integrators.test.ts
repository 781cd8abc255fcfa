import { describe, expect, it } from 'vitest';
import { createFloat64Space } from '../float64-space.ts';
import type { Flow } from '../flows/flows.ts';
import { gradientFlow, modifiedFlow } from '../flows/flows.ts';
import type { Integrator, StepReport } from './integrators.ts';
import { fixedSubsteps, stepDoubling } from './integrators.ts';
import { analyticGoldens, analyticObjective, distance, orders } from '../testing/analytic.ts';

const goldens = analyticGoldens();

async function take(
  integrator: Integrator<Float64Array>,
  flow: Flow<Float64Array>,
  theta: Float64Array,
  h: number,
): Promise<StepReport & { gradients: number }> {
  const step = integrator.step(flow, theta, h);
  let gradients = 0;
  for (;;) {
    const { done, value } = await step.next();
    if (done === true) return { ...value, gradients };
    gradients += value;
  }
}

describe('Runge–Kutta 4', () => {
  it('has order 4 in the number of substeps', async () => {
    const errors: number[] = [];
    const ends: Float64Array[] = [];
    for (const substeps of [1, 2, 4, 8, 200]) {
      const o = analyticObjective(goldens.functions[0]!);
      const theta = Float64Array.from(goldens.x0);
      await take(fixedSubsteps(o.space, substeps), modifiedFlow(o), theta, 0.25);
      ends.push(theta);
    }
    for (const end of ends.slice(0, 4)) errors.push(distance(end, ends[4]!));
    expect(Math.abs(orders(errors).at(-1)! - 4)).toBeLessThan(0.15);
  });

  it('reports the loss before the step and what it cost', async () => {
    const o = analyticObjective(goldens.functions[0]!);
    const theta = Float64Array.from(goldens.x0);
    const loss = o.loss(theta);
    const report = await take(fixedSubsteps(o.space, 3), modifiedFlow(o), theta, 0.1);
    expect(report).toEqual({ loss, substeps: 3, relativeError: null, gradients: 24 });
    expect(o.gradientsSpent()).toBe(24);
  });

  it('refuses a number of substeps that is none', () => {
    expect(() => fixedSubsteps(createFloat64Space(2), 0)).toThrow('substeps is 0; it must be a positive integer');
  });

  it('leaves θ as it was when a step is left half done', async () => {
    for (const make of [fixedSubsteps<Float64Array>, stepDoubling<Float64Array>]) {
      const o = analyticObjective(goldens.functions[0]!);
      const theta = Float64Array.from(goldens.x0);
      const step = (make as (space: typeof o.space, n?: never) => Integrator<Float64Array>)(
        o.space,
        ...((make === fixedSubsteps ? [4] : []) as never[]),
      ).step(gradientFlow(o), theta, 0.3);
      for (let i = 0; i < 7; i++) await step.next();
      await step.return({ loss: 0, substeps: 0, relativeError: null });
      expect(Array.from(theta)).toEqual(goldens.x0);
    }
  });
});

describe('step doubling', () => {
  it('keeps the error under the tolerance, measured against the distance of the two flows, and says how large it is', async () => {
    for (const h of [0.05, 0.1, 0.15]) {
      for (const make of [gradientFlow, modifiedFlow]) {
        const o = analyticObjective(goldens.functions[2]!);
        const exact = async (f: typeof make): Promise<Float64Array> => {
          const theta = Float64Array.from(goldens.x0);
          await take(fixedSubsteps(o.space, 400), f(o), theta, h);
          return theta;
        };
        const effect = distance(await exact(gradientFlow), await exact(modifiedFlow));
        const theta = Float64Array.from(goldens.x0);
        const report = await take(stepDoubling(o.space, { tolerance: 1e-3, rounding: 0 }), make(o), theta, h);
        const error = distance(theta, await exact(make));
        expect(report.relativeError).toBeLessThanOrEqual(1e-3);
        expect(error / effect).toBeLessThan(1e-3);
      }
    }
  });

  it('the estimate of the error tends to the error', async () => {
    const o = analyticObjective(goldens.functions[0]!);
    const h = 0.1;
    const g = new Float64Array(4);
    const x0 = Float64Array.from(goldens.x0);
    await o.lossAndGradient(x0, g);
    const Hg = new Float64Array(4);
    await o.product.apply(x0, g, Hg);
    const effect = (h * h * Math.hypot(...Hg)) / 2;
    const theta = Float64Array.from(goldens.x0);
    const report = await take(stepDoubling(o.space, { tolerance: 1, rounding: 0 }), gradientFlow(o), theta, h);
    const exact = Float64Array.from(goldens.x0);
    await take(fixedSubsteps(o.space, 100), gradientFlow(o), exact, h);
    expect(report.relativeError! / (distance(theta, exact) / effect)).toBeGreaterThan(0.8);
    expect(report.relativeError! / (distance(theta, exact) / effect)).toBeLessThan(1.25);
  });

  it('checks the first steps, then now and then, and whenever the step size changes', async () => {
    const o = analyticObjective(goldens.functions[0]!);
    const integrator = stepDoubling(o.space, { checkedAtFirst: 3, checkEvery: 4 });
    const flow = gradientFlow(o);
    const theta = Float64Array.from(goldens.x0);
    const checked: boolean[] = [];
    for (const h of [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2])
      checked.push((await take(integrator, flow, theta, h)).relativeError !== null);
    expect(checked).toEqual([true, true, true, false, false, false, true, true, false]);
  });

  it('takes more substeps where the field is stiffer, and fewer again where it is not', async () => {
    const space = createFloat64Space(1);
    let lambda = 1;
    const o = {
      space,
      loss: (x: Float64Array) => (lambda * x[0]! ** 2) / 2,
      lossAndGradient: (x: Float64Array, g: Float64Array) => ((g[0] = lambda * x[0]!), (lambda * x[0]! ** 2) / 2),
    };
    const integrator = stepDoubling(space, { rounding: 0, tolerance: 1e-3, checkedAtFirst: 100 });
    const flow = gradientFlow(o);
    const substeps = async (): Promise<number> => {
      let report = await take(integrator, flow, Float64Array.of(1), 1);
      for (let i = 0; i < 6; i++) report = await take(integrator, flow, Float64Array.of(1), 1);
      return report.substeps;
    };
    const mild = await substeps();
    lambda = 6;
    const stiff = await substeps();
    lambda = 1;
    expect(stiff).toBeGreaterThan(mild);
    expect(await substeps()).toBe(mild);
  });

  it('gives its vectors back', () => {
    const space = createFloat64Space(3);
    const [a, b] = [stepDoubling(space), fixedSubsteps(space, 2)];
    a.dispose();
    b.dispose();
    expect(space.live()).toBe(0);
  });
});
