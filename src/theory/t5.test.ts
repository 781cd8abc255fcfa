/**
 * The theory on a T5 in float32 on the wasm device, against float64 reference values: flows, Hessian-vector products,
 * sharpness.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../engine/device.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { WasmDevice } from '../engine/wasm/wasm-device.ts';
import { goldenError } from '../fusion/testing/golden.ts';
import type { Flow } from './flows/flows.ts';
import { gradientFlow, modifiedFlow, modifiedFlowFromProduct } from './flows/flows.ts';
import { fixedSubsteps, stepDoubling } from './integrate/integrators.ts';
import { hessianProduct } from './hessian-product.ts';
import { SharpnessProbe } from './curvature/sharpness.ts';
import { t5Case, type T5Case } from './testing/t5-case.ts';
import { meanAbsoluteDifference } from '../curves/curve.ts';

let device: WasmDevice;
let t5: T5Case;

beforeAll(async () => {
  device = await nodeWasmDevice();
  t5 = await t5Case(device, 'theory-t5');
});
afterAll(() => device.dispose());

/** Losses at steps 0…20 along a flow. */
async function along(
  flow: Flow<Pool>,
  h: number,
  integrator = fixedSubsteps(t5.objective.space, 4),
): Promise<{ steps: number[]; losses: number[]; gradients: number }> {
  const theta = t5.objective.space.create();
  t5.objective.space.copy(t5.theta, theta);
  const curve = { steps: [] as number[], losses: [] as number[], gradients: 0 };
  for (let step = 0; step < 20; step++) {
    const walk = integrator.step(flow, theta, h);
    for (;;) {
      const { done, value } = await walk.next();
      if (done === true) {
        curve.losses.push(value.loss);
        curve.steps.push(step);
        break;
      }
      curve.gradients += value;
    }
  }
  curve.losses.push(await t5.objective.loss(theta));
  curve.steps.push(20);
  return curve;
}

describe('on the golden T5', () => {
  it('has the reference loss and gradient norm', async () => {
    const gradient = t5.objective.space.create();
    expect(Math.abs((await t5.objective.lossAndGradient(t5.theta, gradient)) / t5.golden.loss - 1)).toBeLessThan(1e-6);
    expect(Math.abs(Math.sqrt(await t5.objective.space.dot(gradient, gradient)) / t5.golden.gradient_norm - 1)).toBeLessThan(1e-5);
  });

  it('Hessian-vector products are exact, for a random vector and for the gradient (10.18)', async () => {
    const product = hessianProduct(t5.objective);
    const out = t5.objective.space.create();
    for (const [v, Hv] of [
      ['v', 'Hv'],
      ['g', 'Hg'],
    ] as const) {
      await product.apply(t5.theta, t5.vector(v).pool, out);
      expect(goldenError(await device.read(out), await t5.vector(Hv).values)).toBeLessThan(1e-5);
    }
  });

  it('Lanczos finds the largest eigenvalue', async () => {
    const top = t5.golden.top_eigenvalues[0]!;
    const fine = await new SharpnessProbe(t5.objective, { tolerance: 1e-3 }).measure(t5.theta);
    expect(Math.abs(fine.lambda / top - 1)).toBeLessThan(1e-5);
    const usual = await new SharpnessProbe(t5.objective).measure(t5.theta);
    expect(usual.converged).toBe(true);
    expect(Math.abs(usual.lambda / top - 1)).toBeLessThan(1e-3);
    expect(usual.gradients).toBeLessThanOrEqual(17);
  });

  // At h = .1 hλ is 3.3: the modified flow is stiff there, and takes more substeps.
  for (const [h, substeps] of [
    ['0.02', 6],
    ['0.05', 8],
    ['0.1', 32],
  ] as const) {
    it(`the flows' losses agree at h = ${h}`, async () => {
      const golden = t5.golden.curves[h]!;
      const product = hessianProduct(t5.objective);
      const flows = {
        gradient_flow: gradientFlow(t5.objective),
        modified_flow: modifiedFlowFromProduct(t5.objective, product),
        modified_flow_two_gradients: modifiedFlow(t5.objective),
      } as const;
      for (const [name, flow] of Object.entries(flows)) {
        if (h === '0.1' && name === 'modified_flow') continue;
        const { losses } = await along(flow, Number(h), fixedSubsteps(t5.objective.space, substeps));
        expect(goldenError(losses, golden[name as keyof typeof flows]), name).toBeLessThan(t5.golden.tolerance.losses);
      }
    });
  }

  it('step doubling stays a tenth of the effect from the exact flow, at a fraction of the cost', async () => {
    for (const h of ['0.02', '0.05']) {
      const golden = t5.golden.curves[h]!;
      const steps = Array.from({ length: 21 }, (_, i) => i);
      const effect = meanAbsoluteDifference({ steps, losses: golden.gradient_flow }, { steps, losses: golden.modified_flow_two_gradients });
      for (const [name, flow] of [
        ['gradient_flow', gradientFlow(t5.objective)],
        ['modified_flow_two_gradients', modifiedFlow(t5.objective)],
      ] as const) {
        const curve = await along(flow, Number(h), stepDoubling(t5.objective.space));
        const error = meanAbsoluteDifference(curve, { steps, losses: golden[name] });
        expect(error / effect).toBeLessThan(0.1);
      }
    }
  });
});
