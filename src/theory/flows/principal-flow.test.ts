import { describe, expect, it } from 'vitest';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { modifiedFlow, type Flow } from './flows.ts';
import { fixedSubsteps } from '../integrate/integrators.ts';
import { principalFactor, principalFlow } from './principal-flow.ts';
import { symmetricEigen } from '../curvature/symmetric-eigen.ts';
import { analyticGoldens, analyticObjective, type AnalyticObjective, distance, gradientDescent, orders } from '../testing/analytic.ts';
import { t5Case } from '../testing/t5-case.ts';

const golden = analyticGoldens().principal_flow;
const quadratic = (): AnalyticObjective => analyticObjective({ A: golden.A, b: [0, 0, 0], C: [[0, 0, 0]] });

async function end(
  o: AnalyticObjective,
  flow: Flow<Float64Array>,
  start: readonly number[],
  h: number,
  steps: number,
  substeps = 200,
): Promise<Float64Array> {
  const x = Float64Array.from(start);
  const integrator = fixedSubsteps(o.space, substeps);
  for (let i = 0; i < steps; i++) for await (const _spent of integrator.step(flow, x, h));
  integrator.dispose();
  return x;
}

/** The dense eigenvectors of a function that is quadratic. */
function denseEigenvectors(A: readonly (readonly number[])[]) {
  const { values, vectors } = symmetricEigen(A);
  return {
    lambdas: Array.from(values),
    vectors: [...vectors],
    async *update(): AsyncGenerator<number, void, undefined> {},
    dispose() {},
  };
}

describe('the principal flow', () => {
  it('on a quadratic is gradient descent itself (float64 reference values)', async () => {
    const o = quadratic();
    const flow = principalFlow(o, { eigenvectors: denseEigenvectors(golden.A) });
    const ours = await end(o, flow, golden.x0, golden.h, golden.n);
    expect(distance(ours, golden.principal_flow)).toBeLessThan(1e-10);
    expect(distance(ours, golden.gd)).toBeLessThan(1e-10);
    // The modified flow is a hundredth off, and is what is left without eigenvectors.
    const modified = await end(o, modifiedFlow(o), golden.x0, golden.h, golden.n);
    expect(distance(modified, golden.modified_flow)).toBeLessThan(1e-10);
    const none = principalFlow(o, { eigenvectors: { ...denseEigenvectors(golden.A), lambdas: [], vectors: [] } });
    expect(distance(await end(o, none, golden.x0, golden.h, golden.n), modified)).toBeLessThan(1e-14);
  });

  it('with tracked eigenvectors takes away the error of the modified flow along each of them', async () => {
    const o = quadratic();
    const { values, vectors } = symmetricEigen(golden.A);
    const modified = Float64Array.from(golden.modified_flow, (x, i) => x - golden.gd[i]!);
    for (const count of [1, 2, 3]) {
      const flow = principalFlow(o, { count });
      const x = await end(o, flow, golden.x0, golden.h, golden.n, 40);
      const error = x.map((value, i) => value - golden.gd[i]!);
      // Eigenvalues are in ascending order: the last `count` directions are followed, the others are the modified
      // flow's.
      for (let i = 0; i < 3; i++) {
        const [ours, without] = [o.space.dot(error, vectors[i]!), o.space.dot(modified, vectors[i]!)];
        if (i >= 3 - count) expect(Math.abs(ours), `${count}, λ ${values[i]}`).toBeLessThan(2e-5);
        else expect(Math.abs(ours - without)).toBeLessThan(1e-5);
      }
      flow.dispose();
    }
    expect(o.space.live()).toBe(0);
  });

  it('is of third order in a step where the curvature changes', async () => {
    const goldens = analyticGoldens();
    const errors: number[] = [];
    for (const h of [0.05, 0.025, 0.0125]) {
      const o = analyticObjective(goldens.functions[0]!);
      const flow = principalFlow(o, { count: 2 });
      errors.push(distance(await end(o, flow, goldens.x0, h, 1, 10), await gradientDescent(o, goldens.x0, h, 1)));
      flow.dispose();
    }
    expect(Math.abs(orders(errors).at(-1)! - 3)).toBeLessThan(0.1);
  });

  it('has a factor that is smooth at zero and held past hλ = .95', () => {
    expect(principalFactor(0.5)).toBeCloseTo(Math.log(0.5) / 0.5, 14);
    expect(principalFactor(-0.5)).toBeCloseTo(-Math.log(1.5) / 0.5, 14);
    expect(principalFactor(1e-9)).toBeCloseTo(-1, 8);
    expect(principalFactor(1.7)).toBe(principalFactor(0.95));
    expect(principalFactor(0.94)).toBeGreaterThan(principalFactor(0.95));
  });

  it('on T5 follows gradient descent more closely than the modified flow while hλ < 1', async () => {
    const device = await nodeWasmDevice();
    const { objective, theta, golden: t5 } = await t5Case(device, 'theory-t5');
    const run = t5.curves['0.02']!.gradient_descent.slice(0, 11);
    const error = async (flow: Flow<typeof theta>): Promise<number> => {
      const moved = objective.space.create();
      objective.space.copy(theta, moved);
      const integrator = fixedSubsteps(objective.space, 2);
      let sum = 0;
      for (let i = 0; i < run.length; i++) {
        sum += Math.abs((await objective.loss(moved)) - run[i]!) / run.length;
        for await (const _spent of integrator.step(flow, moved, 0.02));
      }
      return sum;
    };
    const [principal, modified] = [await error(principalFlow(objective)), await error(modifiedFlow(objective))];
    expect(principal).toBeLessThan(0.7 * modified);
    device.dispose();
  });
});
