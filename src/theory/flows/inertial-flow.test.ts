import { describe, expect, it } from 'vitest';
import type { Objective } from '../../engine/vector-space.ts';
import { gradientFlow } from './flows.ts';
import { bufferOf, inertialFlow, movingStart, phaseObjective, phaseSpace, standingStart } from './inertial-flow.ts';
import { fixedSubsteps } from '../integrate/integrators.ts';
import { type AnalyticObjective, analyticGoldens, analyticObjective, distance, orders } from '../testing/analytic.ts';

const goldens = analyticGoldens();
const objective = () => analyticObjective(goldens.functions[0]!);

/** Points of θ_{n+1} = θ_n - lr g + β(θ_n - θ_{n-1}) from a standing start. */
async function heavyBall(lr: number, beta: number, steps: number): Promise<Float64Array[]> {
  const o = objective();
  const [x, v, g] = [Float64Array.from(goldens.x0), new Float64Array(4), new Float64Array(4)];
  const points = [Float64Array.from(x)];
  for (let i = 0; i < steps; i++) {
    await o.lossAndGradient(x, g);
    o.space.scale(beta, v);
    o.space.axpy(-lr, g, v);
    o.space.axpy(1, v, x);
    points.push(Float64Array.from(x));
  }
  return points;
}

async function inertial(h: number, beta: number, steps: number): Promise<Float64Array[]> {
  const o = objective();
  const state = await standingStart(o, Float64Array.from(goldens.x0), beta);
  const integrator = fixedSubsteps(phaseSpace(o.space), 4);
  const flow = inertialFlow(o, beta);
  const points = [Float64Array.from(state.position)];
  for (let i = 0; i < steps; i++) {
    for await (const _gradients of integrator.step(flow, state, h));
    points.push(Float64Array.from(state.position));
  }
  return points;
}

/** The memoryless flow -∇(L + (h/4)((1+β)/(1-β))‖g‖²) with the exact Hessian. */
async function memoryless(h: number, beta: number, steps: number): Promise<Float64Array[]> {
  const o = objective();
  const theta = Float64Array.from(goldens.x0);
  const Hg = new Float64Array(4);
  const flow = {
    ...gradientFlow(o),
    async field(x: Float64Array, _h: number, out: Float64Array): Promise<number> {
      const loss = await (o as Objective<Float64Array>).lossAndGradient(x, out);
      await o.product.apply(x, out, Hg);
      o.space.scale(-1, out);
      o.space.axpy((-h / 2) * ((1 + beta) / (1 - beta)), Hg, out);
      return loss;
    },
  };
  const integrator = fixedSubsteps(o.space, 2);
  const points = [Float64Array.from(theta)];
  for (let i = 0; i < steps; i++) {
    for await (const _gradients of integrator.step(flow, theta, h));
    points.push(Float64Array.from(theta));
  }
  return points;
}

const worst = (a: readonly Float64Array[], b: readonly Float64Array[]): number => Math.max(...a.map((point, i) => distance(point, b[i]!)));

describe('the inertial flow of heavy-ball momentum', () => {
  it('follows a standing start where the memoryless flow cannot', async () => {
    for (const beta of [0.8, 0.9, 0.95]) {
      const h = 0.02;
      const run = await heavyBall(h * (1 - beta), beta, 60);
      expect(worst(await inertial(h, beta, 60), run)).toBeLessThan(worst(await memoryless(h, beta, 60), run) / 20);
    }
  });

  it('ends close to the run, the closer the smaller the step size', async () => {
    const beta = 0.9;
    const errors: number[] = [];
    for (const n of [50, 100, 200]) {
      const h = 1 / n;
      const run = await heavyBall(h * (1 - beta), beta, n);
      errors.push(distance((await inertial(h, beta, n)).at(-1)!, run.at(-1)!));
    }
    // First order, with a small constant: the start takes a fixed number of steps, however short they are.
    expect(errors.at(-1)!).toBeLessThan(2e-4);
    expect(orders(errors).at(-1)!).toBeGreaterThan(0.9);
  });

  it('goes on from the middle of a run as it would have come there, and says the buffer of the last update', async () => {
    const [beta, h, n] = [0.9, 0.01, 40];
    const o = objective();
    const [x, m, g] = [Float64Array.from(goldens.x0), new Float64Array(4), new Float64Array(4)];
    const trained = [Float64Array.from(x)];
    for (let i = 0; i < n; i++) {
      await o.lossAndGradient(x, g);
      o.space.scale(beta, m);
      o.space.axpy(1, g, m);
      o.space.axpy(-h * (1 - beta), m, x);
      trained.push(Float64Array.from(x));
    }
    const after = (await heavyBall(h * (1 - beta), beta, 2 * n)).slice(n);
    const follow = async (state: Awaited<ReturnType<typeof movingStart<Float64Array>>>): Promise<number> => {
      const integrator = fixedSubsteps(phaseSpace(o.space), 4);
      const points = [Float64Array.from(state.position)];
      for (let i = 0; i < n; i++) {
        for await (const _gradients of integrator.step(inertialFlow(o, beta), state, h));
        points.push(Float64Array.from(state.position));
      }
      return worst(points, after);
    };
    const moving = await movingStart(o, x, beta, m);
    const standing = await standingStart(o, x, beta);
    const buffer = o.space.create();
    await bufferOf(o, moving, beta, buffer);
    expect(distance(buffer, m)).toBeLessThan(1e-12);
    // The velocity that the flow itself arrives with says nearly the same buffer.
    const arriving = await standingStart(o, Float64Array.from(goldens.x0), beta);
    const integrator = fixedSubsteps(phaseSpace(o.space), 4);
    for (let i = 0; i < n; i++) for await (const _gradients of integrator.step(inertialFlow(o, beta), arriving, h));
    await bufferOf(o, arriving, beta, buffer);
    expect(distance(buffer, m)).toBeLessThan(0.02 * Math.sqrt(o.space.dot(m, m)));
    const [good, bad] = [await follow(moving), await follow(standing)];
    expect(good).toBeLessThan(bad / 50);
  });

  it('without momentum it has the mass h/2 of gradient descent itself', async () => {
    const o = objective();
    const state = await standingStart(o, Float64Array.from(goldens.x0), 0);
    const out = phaseSpace(o.space).create();
    const flow = inertialFlow(o, 0);
    await flow.field({ position: state.position, velocity: new Float64Array(4) }, 0.1, out);
    expect(
      distance(
        out.velocity,
        goldens.at_x0[0]!.g.map((g) => -g / 0.05),
      ),
    ).toBeLessThan(1e-9);
    expect(
      distance(
        state.velocity,
        goldens.at_x0[0]!.g.map((g) => -g),
      ),
    ).toBeLessThan(1e-9);
  });

  it('has a loss that does not depend on the velocity, and gives its vectors back', async () => {
    const o = objective();
    const pairs = phaseObjective<Float64Array, AnalyticObjective>(o);
    const state = await standingStart(o, Float64Array.from(goldens.x0), 0.9);
    expect(await pairs.loss(state)).toBe(o.loss(state.position));
    const gradient = pairs.space.create();
    gradient.velocity.fill(3);
    await pairs.lossAndGradient(state, gradient);
    expect(Array.from(gradient.velocity)).toEqual([0, 0, 0, 0]);
    expect(await pairs.space.dot(state, gradient)).toBeCloseTo(o.space.dot(state.position, gradient.position), 12);
    pairs.space.dispose(state);
    pairs.space.dispose(gradient);
    expect(o.space.live()).toBe(0);
  });

  it('refuses a momentum that is none', () => {
    expect(() => inertialFlow(objective(), 1)).toThrow('momentum β is 1; it must be at least 0 and below 1');
  });
});
