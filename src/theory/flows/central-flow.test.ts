import { describe, expect, it } from 'vitest';
import type { Objective } from '../../engine/vector-space.ts';
import type { CentralStep } from './central-flow.ts';
import { CentralFlow } from './central-flow.ts';
import { EigenTracker } from '../curvature/eigen-tracker.ts';
import { createFloat64Space, type Float64Space } from '../float64-space.ts';
import { symmetricEigen } from '../curvature/symmetric-eigen.ts';
import { TrajectoryPredictor } from '../integrate/trajectory.ts';

type Toy = Objective<Float64Array> & { readonly space: Float64Space };

/**
 * Valleys that sharpen as one walks down them: across the i-th lies x_i, with curvature a_i + b_i y_i; along it y_i,
 * drawn towards a far minimum. L = Σ ½ (a_i + b_i y_i) x_i² + ½ κ (y_i - 10)². Coordinates are x_1 … x_k, y_1 … y_k. b
 * is small enough for descent's oscillation about the edge to die down instead of growing.
 */
function valleys(a: readonly number[], b: readonly number[], kappa = 0.03): Toy {
  const k = a.length;
  const far = 10;
  const curvature = (x: Float64Array, i: number): number => a[i]! + b[i]! * x[k + i]!;
  const loss = (x: Float64Array): number =>
    a.reduce((sum, _, i) => sum + (curvature(x, i) * x[i]! ** 2) / 2 + (kappa * (x[k + i]! - far) ** 2) / 2, 0);
  return {
    space: createFloat64Space(2 * k),
    loss,
    lossAndGradient(x, g) {
      for (let i = 0; i < k; i++) {
        g[i] = curvature(x, i) * x[i]!;
        g[k + i] = kappa * (x[k + i]! - far) + (b[i]! * x[i]! ** 2) / 2;
      }
      return loss(x);
    },
  };
}

const exact = { thirdStep: 3e-3 };

async function central(
  toy: Toy,
  start: readonly number[],
  h: number,
  steps: number,
  options = {},
): Promise<{ trace: CentralStep[]; end: Float64Array }> {
  const flow = new CentralFlow(toy, { ...exact, ...options });
  const theta = Float64Array.from(start);
  const trace: CentralStep[] = [];
  for (let i = 0; i < steps; i++) {
    const step = flow.step(theta, h);
    for (;;) {
      const { done, value } = await step.next();
      if (done === true) {
        trace.push(value);
        break;
      }
    }
  }
  flow.dispose();
  return { trace, end: theta };
}

async function descend(
  toy: Toy,
  start: readonly number[],
  h: number,
  steps: number,
): Promise<{ losses: number[]; points: Float64Array[] }> {
  const [x, g] = [Float64Array.from(start), new Float64Array(start.length)];
  const [losses, points]: [number[], Float64Array[]] = [[], []];
  for (let i = 0; i < steps; i++) {
    losses.push((await toy.lossAndGradient(x, g)) as number);
    points.push(Float64Array.from(x));
    toy.space.axpy(-h, g, x);
  }
  return { losses, points };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('EigenTracker', () => {
  it('finds the largest eigenvalues from cold and keeps them along a path, a step at a time', async () => {
    const n = 12;
    const space = createFloat64Space(n);
    const diagonal = Array.from({ length: n }, (_, i) => [9, 8, 6, 1][i] ?? 0.5 - i / 10);
    const o: Objective<Float64Array> = {
      space,
      loss: (x) => x.reduce((sum, value, i) => sum + (diagonal[i]! * value ** 2) / 2 + value ** 4 / 4 + (i > 0 ? value * x[i - 1]! : 0), 0),
      lossAndGradient(x, g) {
        for (let i = 0; i < n; i++) g[i] = diagonal[i]! * x[i]! + x[i]! ** 3 + (x[i - 1] ?? 0) + (x[i + 1] ?? 0);
        return 0;
      },
    };
    const dense = (x: Float64Array): Float64Array =>
      symmetricEigen(
        Array.from({ length: n }, (_, i) =>
          Array.from({ length: n }, (_unused, j) => (i === j ? diagonal[i]! + 3 * x[i]! ** 2 : Math.abs(i - j) === 1 ? 1 : 0)),
        ),
      ).values;
    const tracker = new EigenTracker(o, 3);
    const x = Float64Array.from({ length: n }, (_, i) => 0.3 + Math.sin(i * 1.7));
    for (let step = 0; step < 12; step++) {
      for await (const gradients of tracker.update(x)) expect(gradients).toBeLessThanOrEqual(2);
      const truth = dense(x);
      tracker.lambdas.forEach((lambda, i) => expect(Math.abs(lambda - truth[n - 1 - i]!)).toBeLessThan(0.02));
      for (let i = 0; i < n; i++) x[i] = x[i]! * 0.98;
    }
    tracker.dispose();
    expect(space.live()).toBe(0);
  });
});

describe('CentralFlow with one oscillating direction', () => {
  const h = 0.4;
  // λ = 4.91 + .03 y reaches 2/h = 5 at y = 3.
  const toy = (): Toy => valleys([4.91], [0.03]);
  const start = [0.5, 2];

  it('has the closed form: no oscillation below the edge, then X = 2ẏ/b, which holds λ at 2/h', async () => {
    const { trace, end } = await central(toy(), start, h, 250);
    const crossing = trace.findIndex(({ regime }) => regime === 'central');
    expect(crossing).toBeGreaterThan(10);
    for (const { oscillation, lambdas } of trace.slice(0, crossing)) {
      expect(oscillation).toBeNull();
      expect(h * lambdas[0]!).toBeLessThan(2);
    }
    const last = trace.at(-1)!;
    expect(last.lambdas[0]!).toBeCloseTo(2 / h, 4);
    // κ (10 - y), which draws y on, must be held by ½ b X.
    expect(last.oscillation!.X[0]![0]!).toBeCloseTo((2 * 0.03 * (10 - end[1]!)) / 0.03, 2);
    expect(last.predicted - last.loss).toBeCloseTo(0.5 * last.lambdas[0]! * last.oscillation!.X[0]![0]!, 9);
  });

  it('solves the stiff direction exactly: across the valley it goes down by e^(-hλ) a step', async () => {
    const { end, trace } = await central(toy(), [0.5, 3.5], h, 1);
    expect(trace[0]!.regime).toBe('central');
    expect(end[0]! / 0.5).toBeCloseTo(Math.exp(-h * trace[0]!.lambdas[0]!), 3);
  });

  it('predicts the mean of descent past the edge, where the flow without it runs on', async () => {
    const steps = 1200;
    const run = await descend(toy(), start, h, steps);
    const { trace, end } = await central(toy(), start, h, steps);
    const window = (values: readonly number[]): number => mean(values.slice(steps - 400));
    const measured = window(run.losses);
    expect(Math.abs(window(trace.map(({ predicted }) => predicted)) - measured)).toBeLessThan(0.01 * measured);
    expect(Math.abs(end[1]! - mean(run.points.slice(-400).map((point) => point[1]!)))).toBeLessThan(0.05);
    // Without the oscillation's force y would be at 10 (1 - e^(-κ t)) + …, near the far minimum, and the loss near
    // zero.
    const ran = 10 - 8 * Math.exp(-0.03 * h * steps);
    expect(toy().loss(Float64Array.of(0, ran)) as number).toBeLessThan(0.01 * measured);
  });
});

describe('CentralFlow with several oscillating directions', () => {
  const h = 0.4;
  // The first reaches the edge at y = 3, the second at y = 4, the third never.
  const toy = (): Toy => valleys([4.91, 4.88, 1], [0.03, 0.03, 0.03]);
  const start = [0.5, -0.4, 0.3, 2, 2, 2];

  it('holds those that reach the edge there, with X and slack positive semidefinite and complementary', async () => {
    const { trace } = await central(toy(), start, h, 500, { maxDirections: 3 });
    const past = trace.filter(({ oscillation }) => oscillation !== null);
    expect(past.length).toBeGreaterThan(300);
    for (const { oscillation } of past) {
      const { X, slack } = oscillation!;
      const inner = X.reduce((sum, row, i) => sum + row.reduce((s, x, j) => s + x * slack[i]![j]!, 0), 0);
      expect(symmetricEigen(X).values[0]!).toBeGreaterThan(-1e-9);
      expect(symmetricEigen(slack).values[0]!).toBeGreaterThan(-1e-4);
      expect(Math.abs(inner)).toBeLessThan(1e-4);
    }
    const { lambdas } = trace.at(-1)!;
    for (const i of [0, 1]) expect(Math.abs(h * lambdas[i]! - 2)).toBeLessThan(0.002);
    expect(h * lambdas[2]!).toBeLessThan(1);
  });

  it('predicts the mean of descent with two directions at the edge at once', async () => {
    const steps = 1200;
    const run = await descend(toy(), start, h, steps);
    const { trace } = await central(toy(), start, h, steps);
    const measured = mean(run.losses.slice(-400));
    expect(Math.abs(mean(trace.slice(-400).map(({ predicted }) => predicted)) - measured)).toBeLessThan(0.01 * measured);
  });

  it('goes through the predictor as an integrator, with the predicted mean as its loss to the last step', async () => {
    const objective = valleys([4.91], [0.03]);
    const theta = Float64Array.of(0.5, 2);
    const predictor = new TrajectoryPredictor<Float64Array>({
      flow: 'modified-flow',
      stages: [{ model: 'A', from: 0, to: 200, start: { kind: 'given', objective, theta } }],
      stepSizeAt: () => h,
      integrator: (_space, o) => new CentralFlow(o, exact).asIntegrator(),
    });
    const { points } = await predictor.advance({});
    const { trace } = await central(valleys([4.91], [0.03]), [0.5, 2], h, 201);
    expect(points.map(({ loss }) => loss).slice(0, 200)).toEqual(trace.map(({ predicted }) => predicted).slice(0, 200));
    expect(points.at(-1)!.loss / trace.at(-1)!.predicted).toBeCloseTo(1, 2);
    expect(points.at(-1)!.loss).toBeGreaterThan(2 * trace.at(-1)!.loss);
    expect(objective.space.live()).toBe(0);
  });

  it('gives its vectors back', async () => {
    const one = toy();
    await central(one, start, h, 150);
    expect(one.space.live()).toBe(0);
  });
});
