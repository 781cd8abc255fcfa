/** The Gauss–Newton spectrum on analytic models (float64) and on the golden T5s (float32, wasm). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../engine/device.ts';
import type { Objective } from '../../engine/vector-space.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { WasmDevice } from '../../engine/wasm/wasm-device.ts';
import { goldenCase, goldenModel } from '../../fusion/testing/golden.ts';
import { type Inputs, toBatch } from '../../fusion/testing/on-device.ts';
import { batchInputs } from '../../model/batch-inputs.ts';
import { FORWARD_INPUTS, setInputs, T5Model } from '../../model/t5-model.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { createFloat64Space } from '../float64-space.ts';
import { gaussNewtonSpectrum, type GaussNewtonSpectrum, semidefiniteValues, spectralCurve } from './gauss-newton.ts';
import { distance } from '../testing/analytic.ts';

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
function toy(bend: number): { objective: Objective<Float64Array>; space: ReturnType<typeof createFloat64Space> } {
  const space = createFloat64Space(3);
  const linear = (x: ArrayLike<number>): number[] => A.map((row) => row.reduce((sum, a, j) => sum + a * x[j]!, 0));
  const outputs = (x: Float64Array): number[] => linear(x).map((y) => y + bend * Math.sin(y));
  const slopes = (x: Float64Array): number[] => linear(x).map((y) => 1 + bend * Math.cos(y));
  const vjp = (x: Float64Array, u: ArrayLike<number>, gradient: Float64Array): void => {
    const slope = slopes(x);
    gradient.forEach((_, j) => (gradient[j] = A.reduce((sum, row, i) => sum + row[j]! * slope[i]! * u[i]!, 0)));
  };
  const loss = (x: Float64Array): number => outputs(x).reduce((sum, z, i) => sum + (CURVATURE[i]! * (z - TARGET[i]!) ** 2) / 2, 0);
  return {
    space,
    objective: {
      space,
      loss,
      lossAndGradient(x, gradient) {
        vjp(
          x,
          outputs(x).map((z, i) => CURVATURE[i]! * (z - TARGET[i]!)),
          gradient,
        );
        return loss(x);
      },
      gaussNewtonProduct: () => ({
        gradientsPerProduct: 1.5,
        apply(x, v, out) {
          const slope = slopes(x);
          const Jv = linear(v).map((y, i) => slope[i]! * y);
          vjp(
            x,
            Jv.map((y, i) => CURVATURE[i]! * y),
            out,
          );
          return Promise.resolve();
        },
        dispose() {},
      }),
    },
  };
}

async function spectrumOf<V>(objective: Objective<V>, theta: V, vectors?: number): Promise<GaussNewtonSpectrum> {
  const work = gaussNewtonSpectrum(objective, theta, vectors);
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
  it('takes a Ritz value that is rounding as 0, and refuses one that is an error (10.18)', () => {
    expect(Array.from(semidefiniteValues(Float64Array.of(-3e-5, 0.5, 40)))).toEqual([0, 0.5, 40]);
    expect(() => semidefiniteValues(Float64Array.of(-1.06, 0.5, 47.72))).toThrow('the Ritz value -1.06 beside 47.72');
  });

  it('asks for an objective with exact products', async () => {
    const { objective } = toy(0);
    const { gaussNewtonProduct: _none, ...without } = objective;
    await expect(gaussNewtonSpectrum(without, Float64Array.from(X0)).next()).rejects.toThrow('no products with the Gauss–Newton matrix');
  });

  it('the closed form is gradient descent itself on a quadratic, for every step size', async () => {
    const { objective, space } = toy(0);
    const x = Float64Array.from(X0);
    const spectrum = await spectrumOf(objective, x);
    for (const h of [0.01, 0.1, 0.3]) {
      const { losses, steps } = spectralCurve({ spectrum, table: [[100, h]], from: 100, to: 112 });
      expect(distance(losses, await descend(objective, x, h, 12)), `h ${h}`).toBeLessThan(1e-8);
      expect(Array.from(steps.slice(0, 3))).toEqual([100, 101, 102]);
    }
    expect(space.live()).toBe(0);
  });

  it('is trusted until n·h = .5 or hλ = 2, whichever comes first', async () => {
    const { objective } = toy(0);
    const spectrum = await spectrumOf(objective, Float64Array.from(X0));
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
    return { objective, theta: objective.space.fromTensors(parameters), labels: batch.labels, config, batch };
  }

  it('the product is JᵀH_outJ v: that of differences of the logits, through the softmax, into a gradient (10.18)', async () => {
    const { objective, theta, labels, config, batch } = await t5('theory-t5');
    const { space } = objective;
    const model = new T5Model(device, config);
    const forward = await model.compileForward(batch);
    setInputs(forward, batchInputs(batch, config.vocab_size), FORWARD_INPUTS);
    const logits = async (at: Pool): Promise<Float32Array> => {
      device.copy(at, model.parameters);
      forward.run();
      return forward.read('logits');
    };
    const [v, w, moved, Gv, Gw] = [space.create(), space.create(), space.create(), space.create(), space.create()];
    for (const [pool, frequency] of [
      [v, 12.9898],
      [w, 7.233],
    ] as const)
      device.write(
        pool,
        Float32Array.from({ length: space.layout.size }, (_, i) => Math.sin(frequency * i)),
      );
    const change = async (direction: Pool): Promise<Float64Array> => {
      const epsilon = 3e-4;
      const at = async (sign: number): Promise<Float32Array> => {
        space.copy(theta, moved);
        space.axpy(sign * epsilon, direction, moved);
        return logits(moved);
      };
      const [plus, minus] = [await at(1), await at(-1)];
      return Float64Array.from(plus, (value, i) => (value - minus[i]!) / (2 * epsilon));
    };
    // ⟨w, G v⟩ = Σ over the rows of weight·(cov of Jw and Jv under the softmax).
    const [z, Jv, Jw] = [await logits(theta), await change(v), await change(w)];
    let wanted = 0;
    labels.forEach((label, row) => {
      if (label < 0) return;
      const range = [row * config.vocab_size, (row + 1) * config.vocab_size] as const;
      const e = Array.from(z.slice(...range), Math.exp);
      const total = e.reduce((sum, value) => sum + value, 0);
      const mean = (of: (i: number) => number): number => e.reduce((sum, value, i) => sum + (value / total) * of(range[0] + i), 0);
      wanted += (mean((i) => Jv[i]! * Jw[i]!) - mean((i) => Jv[i]!) * mean((i) => Jw[i]!)) / labels.length;
    });
    const product = objective.gaussNewtonProduct();
    await product.apply(theta, v, Gv);
    await product.apply(theta, w, Gw, true);
    const [left, right, vv] = [await space.dot(w, Gv), await space.dot(v, Gw), await space.dot(v, Gv)];
    expect(vv).toBeGreaterThan(0);
    expect(Math.abs(left - right) / vv).toBeLessThan(1e-6);
    expect(Math.abs(left - wanted) / vv).toBeLessThan(2e-3);
    model.dispose();
    objective.dispose();
  });

  // At .5 it is 12 % on both; at the growths of the presets 10 % (bench/theory-cheap.ts), on an untrained T5 25 %.
  for (const [name, until] of [
    ['theory-t5-trained', 0.4],
    ['theory-t5-composite/fused', 0.4],
  ] as const) {
    it(`${name}: within 10 % of the drop until n·h = ${until}, for every step size, from ten vectors`, async () => {
      const { objective, theta } = await t5(name);
      const spectrum = await spectrumOf(objective, theta);
      expect(spectrum.gradients).toBe(16);
      expect(spectrum.values[0]).toBeGreaterThan(0);
      for (const h of [0.01, 0.02, 0.05]) {
        const steps = Math.round(until / h);
        const run = await descend(objective, theta, h, steps);
        const { losses } = spectralCurve({ spectrum, table: [[0, h]], from: 0, to: steps });
        run.forEach((loss, i) => expect(Math.abs(losses[i]! - loss), `h ${h} step ${i}`).toBeLessThanOrEqual(0.1 * (run[0]! - loss)));
      }
    });
  }
});
