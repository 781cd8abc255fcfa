import { tell } from '../../experiment/messages/tell.ts';
import { describe, expect, it } from 'vitest';
import type { Flow } from './flows.ts';
import {
  createFlow,
  exactModifiedFlow,
  gradientFlow,
  modifiedFlow,
  modifiedFlowFromProduct,
  reasonForNoFlow,
  thirdOrderFlow,
} from './flows.ts';
import { fixedSubsteps } from '../integrate/integrators.ts';
import type { AnalyticObjective } from '../testing/analytic.ts';
import { GRADIENT_DESCENT_FLOW } from '../../training/modified-flow.ts';
import { analyticGoldens, analyticObjective, distance, gradientDescent, orders } from '../testing/analytic.ts';

const goldens = analyticGoldens();
const objective = (): AnalyticObjective => analyticObjective(goldens.functions[0]!);

async function flowEnd(made: (o: AnalyticObjective) => Flow<Float64Array>, h: number, n: number, substeps = 120): Promise<Float64Array> {
  const o = objective();
  const flow = made(o);
  const integrator = fixedSubsteps(o.space, substeps);
  const theta = Float64Array.from(goldens.x0);
  for (let i = 0; i < n; i++)
    for await (const gradients of integrator.step(flow, theta, h)) expect(gradients).toBe(flow.gradientsPerEvaluation);
  return theta;
}

/** The third order as it is defined: -(g + (h/2) H g + h²((1/3) H H g + (1/12) ∇³L[g,g])). */
function thirdOrderByDefinition(o: AnalyticObjective): Flow<Float64Array> {
  const [g, Hg, HHg] = [new Float64Array(4), new Float64Array(4), new Float64Array(4)];
  return {
    name: 'third-order-flow',
    gradientsPerEvaluation: 5,
    async field(theta, h, out) {
      const loss = await o.lossAndGradient(theta, g);
      await o.product.apply(theta, g, Hg);
      await o.product.apply(theta, Hg, HHg);
      const third = o.thirdDerivative(theta, g);
      for (let i = 0; i < 4; i++) out[i] = -(g[i]! + (h / 2) * Hg[i]! + h * h * (HHg[i]! / 3 + third[i]! / 12));
      return loss;
    },
    dispose() {},
  };
}

const flows = {
  gradient_flow: gradientFlow,
  modified_flow: (o: AnalyticObjective) => modifiedFlowFromProduct(o, o.product),
  modified_flow_two_gradients: modifiedFlow,
  next_order: thirdOrderByDefinition,
} as const;

describe('flows on an analytic function (float64 reference values)', () => {
  it('has the reference losses, gradients and products', async () => {
    for (const [i, { L, g, v, Hv, third_derivative_gg }] of goldens.at_x0.entries()) {
      const o = analyticObjective(goldens.functions[i]!);
      const [x, out] = [Float64Array.from(goldens.x0), new Float64Array(4)];
      expect(await o.lossAndGradient(x, out)).toBeCloseTo(L, 12);
      expect(distance(out, g)).toBeLessThan(1e-12);
      await o.product.apply(x, Float64Array.from(v), out);
      expect(distance(out, Hv)).toBeLessThan(1e-12);
      expect(distance(o.thirdDerivative(x, g), third_derivative_gg)).toBeLessThan(1e-11);
    }
  });

  it('follows gradient descent to the same points', async () => {
    for (const [h, points] of Object.entries(goldens.gradient_descent.points_after_n_steps)) {
      for (const [n, point] of Object.entries(points))
        expect(distance(await gradientDescent(objective(), goldens.x0, Number(h), Number(n)), point)).toBeLessThan(1e-12);
    }
  });

  for (const [name, made] of Object.entries(flows)) {
    it(`${name} ends where the reference does`, async () => {
      for (const row of goldens.gradient_descent.single_step.rows) {
        expect(distance(await flowEnd(made, row.h, 1), row[name as keyof typeof flows])).toBeLessThan(1e-10);
      }
      for (const row of goldens.gradient_descent.fixed_time_1.rows) {
        expect(distance(await flowEnd(made, row.h, row.n!, 40), row[name as keyof typeof flows])).toBeLessThan(1e-10);
      }
    });
  }
});

describe('order of the flows against gradient descent, by halving the step size', () => {
  const expected = [
    ['gradient flow', gradientFlow, 2],
    ['modified flow by its definition', flows.modified_flow, 3],
    ['exact first order (10.27)', exactModifiedFlow, 3],
    ['modified flow from two gradients', modifiedFlow, 3],
    ['third order by its definition', thirdOrderByDefinition, 4],
    ['third order from three gradients', thirdOrderFlow, 4],
  ] as const;
  for (const [name, made, order] of expected) {
    it(`${name}: ${order} in a single step, ${order - 1} at a fixed time`, async () => {
      const oneStep: number[] = [];
      const fixedTime: number[] = [];
      for (const halvings of [3, 4, 5, 6]) {
        const h = 0.2 / 2 ** halvings;
        oneStep.push(distance(await flowEnd(made, h, 1, 20), await gradientDescent(objective(), goldens.x0, h, 1)));
        const n = 2 ** halvings;
        fixedTime.push(distance(await flowEnd(made, h, n, 8), await gradientDescent(objective(), goldens.x0, h, n)));
      }
      expect(Math.abs(orders(oneStep).at(-1)! - order)).toBeLessThan(0.07);
      expect(Math.abs(orders(fixedTime).at(-1)! - (order - 1))).toBeLessThan(0.07);
    });
  }
});

describe('a flow', () => {
  it('returns the loss at θ, leaves θ alone, costs what it says and gives its vectors back', async () => {
    for (const name of ['gradient-flow', 'modified-flow', 'modified-flow-exact', 'third-order-flow'] as const) {
      const o = objective();
      const flow = createFlow(name, o);
      const theta = Float64Array.from(goldens.x0);
      const before = o.gradientsSpent();
      expect(await flow.field(theta, 0.1, new Float64Array(4))).toBe(o.loss(theta));
      expect(Array.from(theta)).toEqual(goldens.x0);
      expect(o.gradientsSpent() - before).toBe(flow.gradientsPerEvaluation);
      flow.dispose();
      expect(o.space.live()).toBe(0);
    }
  });

  it('is asked of the optimizer, which says why there is none', () => {
    expect(reasonForNoFlow(GRADIENT_DESCENT_FLOW)).toBeNull();
    const unavailable = tell('unpredicted-adafactor');
    expect(reasonForNoFlow({ kind: 'none', unavailable })).toBe(unavailable);
  });
});
