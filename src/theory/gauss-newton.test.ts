/** The Gauss–Newton spectrum on analytic models (float64) and on the golden T5s (float32, wasm). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Objective } from '../engine/vector-space.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { WasmDevice } from '../engine/wasm/wasm-device.ts';
import { goldenCase, goldenModel } from '../fusion/testing/golden.ts';
import { type Inputs, toBatch } from '../fusion/testing/on-device.ts';
import { T5Objective } from '../training/t5-objective.ts';
import { T5Outputs } from '../training/t5-outputs.ts';
import { createFloat64Space } from './float64-space.ts';
import { gaussNewtonProduct, gaussNewtonSpectrum, type GaussNewtonSpectrum, type OutputModel, spectralCurve } from './gauss-newton.ts';
import { distance } from './testing/analytic.ts';

const A = [
  [1, 0.3, -0.2],
  [0.4, 1.5, 0.1],
  [-0.6, 0.2, 0.8],
  [0.5, -0.7, 0.3],
];
const TARGET = [0.2, -0.4, 1, 0.5];
const CURVATURE = [1, 2, 0.5, 1.5];
const X0 = [0.9, -0.6, 0.7];

/** z = A x + bend·sin(A x), L = Σ curvature (z - target)²/2. `bend` 0: a quadratic. */
function toy(bend: number): {
  objective: Objective<Float64Array>;
  model: OutputModel<Float64Array>;
  space: ReturnType<typeof createFloat64Space>;
} {
  const space = createFloat64Space(3);
  const linear = (x: ArrayLike<number>): number[] => A.map((row) => row.reduce((sum, a, j) => sum + a * x[j]!, 0));
  const outputs = (x: Float64Array): number[] => linear(x).map((y) => y + bend * Math.sin(y));
  const pullBack = (x: Float64Array, u: ArrayLike<number>, gradient: Float64Array): void => {
    const slopes = linear(x).map((y) => 1 + bend * Math.cos(y));
    gradient.forEach((_, j) => (gradient[j] = A.reduce((sum, row, i) => sum + row[j]! * slopes[i]! * u[i]!, 0)));
  };
  const loss = (x: Float64Array): number => outputs(x).reduce((sum, z, i) => sum + (CURVATURE[i]! * (z - TARGET[i]!) ** 2) / 2, 0);
  return {
    space,
    model: { space, outputs, pullBack, outputHessian: (_z, u) => CURVATURE.map((c, i) => c * u[i]!) },
    objective: {
      space,
      loss,
      lossAndGradient(x, gradient) {
        pullBack(
          x,
          outputs(x).map((z, i) => CURVATURE[i]! * (z - TARGET[i]!)),
          gradient,
        );
        return loss(x);
      },
    },
  };
}

async function spectrumOf<V>(objective: Objective<V>, model: OutputModel<V>, theta: V, vectors?: number): Promise<GaussNewtonSpectrum> {
  const work = gaussNewtonSpectrum(objective, model, theta, vectors);
  let spent = 0;
  for (;;) {
    const { done, value } = await work.next();
    if (done === true) {
      expect(value.gradients).toBe(spent);
      return value;
    }
    spent += value;
  }
}

async function descend<V>(objective: Objective<V>, start: V, h: number, steps: number): Promise<number[]> {
  const { space } = objective;
  const [x, g] = [space.create(), space.create()];
  space.copy(start, x);
  const losses: number[] = [];
  for (let i = 0; i <= steps; i++) {
    losses.push(await objective.lossAndGradient(x, g));
    space.axpy(-h, g, x);
  }
  space.dispose(x);
  space.dispose(g);
  return losses;
}

describe('on models of four outputs', () => {
  it('the product is JᵀH_outJ v', async () => {
    const { model, space } = toy(0.4);
    const x = Float64Array.from(X0);
    const product = gaussNewtonProduct(model, 1e-5);
    const out = new Float64Array(3);
    for (const v of [
      [1, 0, 0],
      [0.3, -2, 0.5],
    ]) {
      await product.apply(x, Float64Array.from(v), out);
      const y = A.map((row) => row.reduce((sum, a, j) => sum + a * X0[j]!, 0));
      const J = A.map((row, i) => row.map((a) => a * (1 + 0.4 * Math.cos(y[i]!))));
      const Jv = J.map((row) => row.reduce((sum, a, j) => sum + a * v[j]!, 0));
      const exact = [0, 1, 2].map((j) => J.reduce((sum, row, i) => sum + row[j]! * CURVATURE[i]! * Jv[i]!, 0));
      expect(distance(out, exact)).toBeLessThan(1e-9);
    }
    await expect(product.apply(x, new Float64Array(3), out)).rejects.toThrow('its squared norm is 0');
    product.dispose();
    expect(space.live()).toBe(0);
  });

  it('the closed form is gradient descent itself on a quadratic, for every step size', async () => {
    const { objective, model, space } = toy(0);
    const x = Float64Array.from(X0);
    const spectrum = await spectrumOf(objective, model, x);
    for (const h of [0.01, 0.1, 0.3]) {
      const { losses, steps } = spectralCurve({ spectrum, table: [[100, h]], from: 100, to: 112 });
      expect(distance(losses, await descend(objective, x, h, 12)), `h ${h}`).toBeLessThan(1e-8);
      expect(Array.from(steps.slice(0, 3))).toEqual([100, 101, 102]);
    }
    expect(space.live()).toBe(0);
  });

  it('is trusted until n·h = .5 or hλ = 2, whichever comes first', async () => {
    const { objective, model } = toy(0);
    const spectrum = await spectrumOf(objective, model, Float64Array.from(X0));
    const until = (h: number, lambda?: number, to = 40): number | null =>
      spectralCurve({ spectrum, table: [[0, h]], from: 10, to, ...(lambda === undefined ? {} : { lambda }) }).trustedUntil;
    expect(until(0.05)).toBe(21);
    expect(until(0.05, 41)).toBe(10);
    expect(until(0.05, 39)).toBe(21);
    expect(until(0.05, 39, 20)).toBeNull();
    // The table's step size rises past the edge at step 13.
    expect(
      spectralCurve({
        spectrum,
        table: [
          [0, 0.01],
          [13, 0.1],
        ],
        from: 10,
        to: 30,
        lambda: 30,
      }).trustedUntil,
    ).toBe(13);
    expect(() => spectralCurve({ spectrum, table: [[0, 0.1]], from: 3, to: 2 })).toThrow('the curve goes from step 3 to 2');
  });
});

describe('on T5', () => {
  let device: WasmDevice;
  beforeAll(async () => {
    device = await nodeWasmDevice();
  });
  afterAll(() => device.dispose());

  async function t5(name: string) {
    const { config, parameters } = goldenModel(name);
    const batch = toBatch(goldenCase<{ readonly inputs: Inputs }>(name.split('/')[0]!).inputs);
    const objective = await T5Objective.create(device, config, batch);
    const model = await T5Outputs.create(device, config, batch);
    return { objective, model, theta: objective.space.fromTensors(parameters), labels: batch.labels, config };
  }

  it('a backward pass from the logits gives the gradient of the loss, and is the transpose of their differences', async () => {
    const { objective, model, theta, labels, config } = await t5('theory-t5');
    const { space } = objective;
    const z = await model.outputs(theta);
    // ∂L/∂z of the mean cross-entropy: (softmax - one hot) / number of labels.
    const u = new Float32Array(z.length);
    labels.forEach((label, row) => {
      const logits = z.slice(row * config.vocab_size, (row + 1) * config.vocab_size);
      const total = logits.reduce((sum, value) => sum + Math.exp(value), 0);
      logits.forEach((value, i) => (u[row * config.vocab_size + i] = (Math.exp(value) / total - (i === label ? 1 : 0)) / labels.length));
    });
    const [ours, gradient, v, moved] = [space.create(), space.create(), space.create(), space.create()];
    model.pullBack(theta, u, ours);
    await objective.lossAndGradient(theta, gradient);
    space.copy(ours, moved);
    space.axpy(-1, gradient, moved);
    expect(Math.sqrt((await space.dot(moved, moved)) / (await space.dot(gradient, gradient)))).toBeLessThan(1e-5);

    // ⟨u, J v⟩ = ⟨Jᵀu, v⟩ with J v by finite differences of the outputs, for a v of no special direction.
    device.write(
      v,
      Float32Array.from({ length: space.layout.size }, (_, i) => Math.sin(12.9898 * i)),
    );
    const epsilon = 3e-4;
    const shifted = async (sign: number): Promise<Float32Array> => {
      space.copy(theta, moved);
      space.axpy(sign * epsilon, v, moved);
      return model.outputs(moved);
    };
    const [plus, minus] = [await shifted(1), await shifted(-1)];
    const other = Float32Array.from(u, (_, i) => Math.cos(7.3 * i));
    const left = other.reduce((sum, value, i) => sum + (value * (plus[i]! - minus[i]!)) / (2 * epsilon), 0);
    model.pullBack(theta, other, ours);
    expect(Math.abs(left / (await space.dot(ours, v)) - 1)).toBeLessThan(2e-3);
  });

  it('H_out is the second derivative of the cross-entropy: its rows sum to zero, it is positive, and it costs nothing where labels are ignored', async () => {
    const { model, theta, config } = await t5('theory-t5');
    const z = await model.outputs(theta);
    const u = Float32Array.from(z, (_, i) => Math.cos(3.1 * i));
    const Hu = model.outputHessian(z, u);
    for (let row = 0; row < 3; row++) {
      const part = Hu.slice(row * config.vocab_size, (row + 1) * config.vocab_size);
      expect(Math.abs(part.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-7);
    }
    expect(Hu.reduce((sum, value, i) => sum + value * u[i]!, 0)).toBeGreaterThan(0);
  });

  // At .5 it is 12 % on both; at the growths of the presets 10 % (bench/theory-cheap.ts), on an untrained T5 25 %.
  for (const [name, until] of [
    ['theory-t5-trained', 0.4],
    ['theory-t5-composite/fused', 0.4],
  ] as const) {
    it(`${name}: within 10 % of the drop until n·h = ${until}, for every step size, from ten vectors`, async () => {
      const { objective, model, theta } = await t5(name);
      const spectrum = await spectrumOf(objective, model, theta);
      expect(spectrum.gradients).toBe(21);
      expect(spectrum.values[0]).toBeGreaterThan(-1e-3 * spectrum.values.at(-1)!);
      for (const h of [0.01, 0.02, 0.05]) {
        const steps = Math.round(until / h);
        const run = await descend(objective, theta, h, steps);
        const { losses } = spectralCurve({ spectrum, table: [[0, h]], from: 0, to: steps });
        run.forEach((loss, i) => expect(Math.abs(losses[i]! - loss), `h ${h} step ${i}`).toBeLessThanOrEqual(0.1 * (run[0]! - loss)));
      }
    });
  }
});
