import { describe, expect, it } from 'vitest';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { adam, adamw } from '../../training/optimizers/adam.ts';
import type { AdaptiveFlowDescription } from '../../training/modified-flow.ts';
import { adaptiveFlow, adaptiveFlowFromProduct } from './adaptive-flow.ts';
import { adaptiveWindow } from './adaptive-window.ts';
import { elementwiseArrays, elementwisePools } from './elementwise.ts';
import { reasonForNoFlow, type Flow } from './flows.ts';
import { fixedSubsteps } from '../integrate/integrators.ts';
import { type AdaptiveGolden, analyticGoldens, analyticObjective, type AnalyticObjective, distance, orders } from '../testing/analytic.ts';
import { t5Case } from '../testing/t5-case.ts';

const goldens = analyticGoldens();
const objective = () => analyticObjective(goldens.functions[0]!);
type Settings = Pick<AdaptiveFlowDescription, 'beta1' | 'beta2' | 'epsilon' | 'epsilonIn'>;

interface AdamState {
  readonly x: Float64Array;
  readonly m: Float64Array;
  readonly v: Float64Array;
}

/** Adam without bias correction, as it is after its warm-up. */
async function adamRun(
  o: AnalyticObjective,
  { beta1, beta2, epsilon, epsilonIn }: Settings,
  h: number,
  steps: number,
  { x, m, v }: AdamState,
): Promise<void> {
  const g = new Float64Array(4);
  for (let i = 0; i < steps; i++) {
    await o.lossAndGradient(x, g);
    for (let j = 0; j < 4; j++) {
      m[j] = beta1 * m[j]! + (1 - beta1) * g[j]!;
      v[j] = beta2 * v[j]! + (1 - beta2) * g[j]! ** 2;
      x[j] = x[j]! - (h * m[j]!) / (epsilonIn === 'root' ? Math.sqrt(v[j]! + epsilon) : Math.sqrt(v[j]!) + epsilon);
    }
  }
}

/** The flow of step size h from a point for the time 1, in 320 steps of the integrator. */
async function flowEnd(o: AnalyticObjective, flow: Flow<Float64Array>, h: number, start: ArrayLike<number>): Promise<Float64Array> {
  const x = Float64Array.from(start);
  const fixed: Flow<Float64Array> = { ...flow, field: (theta, _dt, out) => flow.field(theta, h, out) };
  const integrator = fixedSubsteps(o.space, 320);
  for await (const _spent of integrator.step(fixed, x, 1));
  integrator.dispose();
  return x;
}

const made = (o: AnalyticObjective, settings: Settings) => {
  const space = elementwiseArrays(o.space);
  return {
    corrected: adaptiveFlowFromProduct(o, space, settings, o.product),
    sign: adaptiveFlowFromProduct(o, space, settings, o.product, false),
    twoGradients: adaptiveFlow(o, space, settings),
  };
};

describe.each(['adam', 'rmsprop'] as const)('the flow of %s, ε inside the root (float64 reference values)', (name) => {
  const golden: AdaptiveGolden = goldens[name];
  const settings: Settings = { beta1: golden.beta1, beta2: golden.beta2, epsilon: golden.eps, epsilonIn: 'root' };

  it('has the reference field', async () => {
    const o = objective();
    const { corrected, sign } = made(o, settings);
    const out = new Float64Array(4);
    const x = Float64Array.from(goldens.x0);
    expect(await corrected.field(x, golden.field_at_x0.h, out)).toBe(o.loss(x));
    expect(distance(out, golden.field_at_x0.corrected)).toBeLessThan(1e-12);
    await sign.field(x, golden.field_at_x0.h, out);
    expect(distance(out, golden.field_at_x0.uncorrected)).toBeLessThan(1e-12);
  });

  it('ends where the reference does, of second order where the sign-like flow is of first', async () => {
    const o = objective();
    const { corrected, sign, twoGradients } = made(o, settings);
    const errors = { corrected: [] as number[], sign: [] as number[], twoGradients: [] as number[] };
    for (const row of golden.rows) {
      const end = await flowEnd(o, corrected, row.h, row.start);
      expect(distance(end, row.corrected_flow)).toBeLessThan(1e-10);
      const signEnd = await flowEnd(o, sign, row.h, row.start);
      expect(distance(signEnd, row.sign_flow)).toBeLessThan(1e-10);
      errors.corrected.push(distance(end, row.end));
      errors.sign.push(distance(signEnd, row.end));
      errors.twoGradients.push(distance(await flowEnd(o, twoGradients, row.h, row.start), row.end));
    }
    expect(Math.abs(orders(errors.corrected).at(-1)! - 2)).toBeLessThan(0.05);
    expect(Math.abs(orders(errors.twoGradients).at(-1)! - 2)).toBeLessThan(0.1);
    expect(orders(errors.sign).at(-1)!).toBeLessThan(0.9);
    expect(errors.sign.at(-1)! / errors.twoGradients.at(-1)!).toBeGreaterThan(30);
    const row = golden.rows[0]!;
    const state = { x: Float64Array.from(row.start), m: Float64Array.from(row.m_at_start), v: Float64Array.from(row.v_at_start) };
    await adamRun(o, settings, row.h, row.steps, state);
    expect(distance(state.x, row.end)).toBeLessThan(1e-10);
  });
});

describe('the flow of Adam with ε beside the root', () => {
  const settings: Settings = { beta1: 0.9, beta2: 0.95, epsilon: 0.3, epsilonIn: 'denominator' };

  it('is of second order, and the formula for the inside with ε² is far worse', async () => {
    const o = objective();
    const flows = made(o, settings);
    const inside = made(o, { ...settings, epsilon: settings.epsilon ** 2, epsilonIn: 'root' }).corrected;
    const errors = { corrected: [] as number[], sign: [] as number[], twoGradients: [] as number[], inside: [] as number[] };
    for (const h of [4e-4, 2e-4, 1e-4]) {
      const state = { x: Float64Array.from(goldens.x0), m: new Float64Array(4), v: new Float64Array(4) };
      await adamRun(o, settings, h, 400, state);
      const start = Float64Array.from(state.x);
      await adamRun(o, settings, h, Math.round(1 / h), state);
      for (const name of ['corrected', 'sign', 'twoGradients'] as const)
        errors[name].push(distance(await flowEnd(o, flows[name], h, start), state.x));
      errors.inside.push(distance(await flowEnd(o, inside, h, start), state.x));
    }
    expect(Math.abs(orders(errors.corrected).at(-1)! - 2)).toBeLessThan(0.1);
    expect(Math.abs(orders(errors.twoGradients).at(-1)! - 2)).toBeLessThan(0.1);
    expect(orders(errors.sign).at(-1)!).toBeLessThan(1.1);
    expect(errors.inside[0]! / errors.corrected[0]!).toBeGreaterThan(100);
  });

  it('costs what it says and gives its vectors back', async () => {
    const o = objective();
    const out = o.space.create();
    for (const flow of [made(o, settings).twoGradients]) {
      const before = o.gradientsSpent();
      await flow.field(Float64Array.from(goldens.x0), 0.01, out);
      expect(o.gradientsSpent() - before).toBe(flow.gradientsPerEvaluation);
      flow.dispose();
    }
    const product = adaptiveFlowFromProduct(o, elementwiseArrays(o.space), settings, o.product);
    expect(product.gradientsPerEvaluation).toBe(3);
    product.dispose();
    expect(() => adaptiveFlow(o, elementwiseArrays(o.space), { ...settings, beta1: 1 })).toThrow('β1 is 1');
    expect(() => adaptiveFlow(o, elementwiseArrays(o.space), { ...settings, epsilon: 0 })).toThrow('ε is 0');
  });

  it('is the same on pools as on arrays', async () => {
    const device = await nodeWasmDevice();
    const { objective: t5, theta } = await t5Case(device, 'theory-t5');
    const space = elementwisePools(t5.space);
    const flow = adaptiveFlow(t5, space, { ...settings, epsilon: 1e-2 });
    const [out, g, ahead] = [space.create(), space.create(), space.create()];
    const h = 3e-4;
    const loss = await flow.field(theta, h, out);
    expect(loss).toBeCloseTo(3.9023, 3);
    await t5.lossAndGradient(theta, g);
    const [gs, thetas, found] = [await device.read(g), await device.read(theta), await device.read(out)];
    device.write(
      ahead,
      thetas.map((x, i) => x + ((h / 2) * gs[i]!) / (Math.abs(gs[i]!) + 1e-2)),
    );
    await t5.lossAndGradient(ahead, g);
    const later = await device.read(g);
    let [difference, norm] = [0, 0];
    found.forEach((value, i) => {
      const P = 1 / (Math.abs(gs[i]!) + 1e-2);
      const wanted = -P * (gs[i]! + (19 - 39 + 39 * 1e-2 * P) * (later[i]! - gs[i]!));
      difference += (value - wanted) ** 2;
      norm += wanted ** 2;
    });
    expect(Math.sqrt(difference / norm)).toBeLessThan(1e-5);
    device.dispose();
  });
});

describe('the window of the flow of Adam', () => {
  const inside: AdaptiveFlowDescription = {
    kind: 'adaptive',
    title: 'Adam',
    beta1: 0.9,
    beta2: 0.95,
    epsilon: 1e-2,
    epsilonIn: 'denominator',
    decay: 0,
  };

  it('is small, and told in words with the numbers of the run', () => {
    expect(adaptiveWindow(inside)).toBeNull();
    expect(adaptiveWindow(inside, 3e-4, 60)).toBeNull();
    expect(adaptiveWindow(inside, 1e-3, 20)?.message).toBe(
      'Not predicted for Adam, because the step size is 0.001 (the flow holds up to 0.0003); the averages have had 20 steps (the flow holds after 60). Outside these limits the corrected flow runs away from the run.',
    );
    expect(adaptiveWindow({ ...inside, epsilon: 0.1 })?.message).toContain('ε is 0.1 (the flow holds from 0.005 to 0.05)');
    expect(adaptiveWindow({ ...inside, beta1: 0.5 })?.message).toContain('β1 is 0.5 (the flow holds at 0 and from 0.9 on)');
    expect(adaptiveWindow({ ...inside, beta1: 0 })?.message).toContain('β2 is 0.95 (the flow holds up to 0.8)');
    expect(adaptiveWindow({ ...inside, beta1: 0, beta2: 0.8 }, 1e-4)).toBeNull();
  });

  it('does not hold Adam and AdamW as they are usually set, asked of the optimizers', () => {
    expect(reasonForNoFlow(adam.modifiedFlow)?.message).toContain(
      'Not predicted for Adam, because β2 is 0.999 (the flow holds up to 0.95); ε is 1e-8',
    );
    expect(reasonForNoFlow(adamw.modifiedFlow)?.message).toContain('weights decay by 0.01');
    expect(reasonForNoFlow(inside, 1e-3)?.message).toContain('the step size is 0.001');
    expect(reasonForNoFlow(inside, 1e-4)).toBeNull();
  });
});
