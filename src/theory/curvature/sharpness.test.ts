import { describe, expect, it } from 'vitest';
import type { Objective } from '../../engine/vector-space.ts';
import { createFloat64Space } from '../float64-space.ts';
import { centralDifferenceProduct, hessianProduct } from '../hessian-product.ts';
import { SharpnessProbe } from './sharpness.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { analyticGoldens, analyticObjective, distance } from '../testing/analytic.ts';

const goldens = analyticGoldens();

/** A fixed stream of numbers in (-1, 1), so that a failure can be repeated. */
function noise(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x40000000 - 1;
  };
}

/** Q diag(values) Qᵀ with a random orthogonal Q, as x ↦ ½x'Mx + ⅛Σx⁴. */
function quartic(
  values: readonly number[],
): Objective<Float64Array> & { matrix: number[][]; space: ReturnType<typeof createFloat64Space> } {
  const n = values.length;
  const next = noise();
  const random = Array.from({ length: n }, () => Array.from({ length: n }, next));
  const { vectors } = symmetricEigen(random.map((row, i) => row.map((x, j) => x + random[j]![i]!)));
  const matrix = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_unused, j) => values.reduce((sum, value, k) => sum + value * vectors[k]![i]! * vectors[k]![j]!, 0)),
  );
  const loss = (x: Float64Array): number =>
    matrix.reduce((sum, row, i) => sum + row.reduce((s, a, j) => s + (a * x[i]! * x[j]!) / 2, 0) + x[i]! ** 4 / 8, 0);
  return {
    matrix,
    space: createFloat64Space(n),
    loss,
    lossAndGradient(x, g) {
      matrix.forEach((row, i) => (g[i] = row.reduce((s, a, j) => s + a * x[j]!, x[i]! ** 3 / 2)));
      return loss(x);
    },
  };
}

describe('symmetricEigen', () => {
  it('finds eigenvalues in order with their unit eigenvectors', () => {
    const values = [-7, -1e-3, 0, 2, 2, 5.5, 40];
    const { matrix } = quartic(values);
    const eigen = symmetricEigen(matrix);
    expect(distance(eigen.values, values)).toBeLessThan(1e-11);
    for (const [i, vector] of eigen.vectors.entries()) {
      const image = matrix.map((row) => row.reduce((sum, a, j) => sum + a * vector[j]!, 0));
      expect(
        distance(
          image,
          vector.map((x) => x * eigen.values[i]!),
        ),
      ).toBeLessThan(1e-11);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
    }
  });

  it('takes a matrix that is diagonal, and one of zeros', () => {
    expect(
      Array.from(
        symmetricEigen([
          [3, 0],
          [0, -1],
        ]).values,
      ),
    ).toEqual([-1, 3]);
    expect(
      Array.from(
        symmetricEigen([
          [0, 0],
          [0, 0],
        ]).values,
      ),
    ).toEqual([0, 0]);
  });
});

describe('Hessian-vector products by central differences', () => {
  it('agree with the exact ones, whatever the length of v', async () => {
    const o = analyticObjective(goldens.functions[0]!);
    const { v, Hv } = goldens.at_x0[0]!;
    for (const scale of [1e-6, 1, 1e6]) {
      const out = new Float64Array(4);
      const x = Float64Array.from(goldens.x0);
      await centralDifferenceProduct(o).apply(
        x,
        Float64Array.from(v, (a) => a * scale),
        out,
      );
      expect(
        distance(
          out,
          Hv.map((a) => a * scale),
        ) / scale,
      ).toBeLessThan(1e-9);
      expect(Array.from(x)).toEqual(goldens.x0);
    }
  });

  it('are not taken in float32, where no width serves every direction (10.18)', () => {
    const { float64: _, ...float32 } = createFloat64Space(2);
    const o: Objective<Float64Array> = { space: float32, loss: () => 0, lossAndGradient: () => 0 };
    expect(() => hessianProduct(o)).toThrow('this objective has no products with its Hessian, and differences are for float64');
  });

  it('refuse a vector that has no direction', async () => {
    const o = analyticObjective(goldens.functions[0]!);
    await expect(
      centralDifferenceProduct(o).apply(Float64Array.from(goldens.x0), new Float64Array(4), new Float64Array(4)),
    ).rejects.toThrow('its squared norm is 0');
  });
});

describe('SharpnessProbe', () => {
  const values = Array.from({ length: 30 }, (_, i) => (i < 28 ? i / 4 - 3 : i === 28 ? 20 : 23));
  const start = (): Float64Array => {
    const next = noise();
    return Float64Array.from({ length: 30 }, next);
  };

  it('finds the largest eigenvalue of the Hessian at θ, not the one largest in size', async () => {
    const o = quartic([-50, ...values.slice(1)]);
    const x = start();
    const dense = symmetricEigen(o.matrix.map((row, i) => row.map((a, j) => (i === j ? a + 1.5 * x[i]! ** 2 : a))));
    const probe = new SharpnessProbe(o, { tolerance: 1e-6 });
    const found = await probe.measure(x);
    expect(found.converged).toBe(true);
    expect(Math.abs(found.lambda - dense.values[29]!)).toBeLessThan(1e-5);
    const overlap = await o.space.dot(probe.eigenvector, dense.vectors[29]!);
    expect(Math.abs(Math.abs(overlap) - 1)).toBeLessThan(1e-5);
  });

  it('keeps λ within the residual that it states', async () => {
    const o = quartic(values);
    const x = new Float64Array(30);
    for (let i = 0; i < 30; i++) x[i] = start()[i]! * 1e-3;
    const probe = new SharpnessProbe(o, { tolerance: 0.01 });
    const { lambda, residual } = await probe.measure(x);
    expect(residual).toBeLessThanOrEqual(0.01);
    expect(Math.abs(lambda - 23)).toBeLessThan(0.01 * 23);
  });

  it('costs less when it starts from the last eigenvector, and counts its gradients', async () => {
    const base = quartic(values);
    let spent = 0;
    const o: Objective<Float64Array> = { ...base, lossAndGradient: (x, g) => (spent++, base.lossAndGradient(x, g)) };
    const probe = new SharpnessProbe(o);
    const x = start();
    const cold = await probe.measure(x);
    expect(cold.gradients).toBe(spent);
    expect(cold.gradients).toBe(1 + 2 * cold.iterations);
    x[3] = x[3]! + 0.01;
    const warm = await probe.measure(x);
    expect(warm.gradients).toBe(spent - cold.gradients);
    expect(warm.iterations).toBeLessThan(cold.iterations);
    expect(Math.abs(warm.lambda - cold.lambda)).toBeLessThan(0.01 * cold.lambda);
  });

  it('says when it has not converged, and stops where the space is used up', async () => {
    const hard = await new SharpnessProbe(quartic(values), {
      tolerance: 1e-9,
      maxIterations: 3,
    }).measure(start());
    expect(hard).toMatchObject({ converged: false, iterations: 3 });
    const two = await new SharpnessProbe(quartic([1, 4]), { tolerance: 1e-12 }).measure(Float64Array.of(1e-3, 2e-3));
    expect(two.iterations).toBeLessThanOrEqual(3);
    expect(two.lambda).toBeCloseTo(4, 4);
  });

  // L = x²/2 + y⁴/12 has H = diag(1, y²): from y = 1 on the other direction is the sharper one, and the last
  // eigenvector knows nothing of it.
  it('sees another direction become the sharpest, however long the last one has been it (10.19)', async () => {
    const space = createFloat64Space(2);
    const o: Objective<Float64Array> = {
      space,
      loss: ([x, y]) => x! ** 2 / 2 + y! ** 4 / 12,
      lossAndGradient([x, y], g) {
        g.set([x!, y! ** 3 / 3]);
        return x! ** 2 / 2 + y! ** 4 / 12;
      },
    };
    const probe = new SharpnessProbe(o);
    const found: number[] = [];
    for (const y of [0.5, 1, 1.5, 2, 2.5, 3]) found.push((await probe.measure(Float64Array.of(1, y))).lambda);
    for (const [i, lambda] of [1, 1, 2.25, 4, 6.25, 9].entries()) expect(found[i]).toBeCloseTo(lambda, 6);
  });

  // As above among thirty directions, of which one rises through the top from below, a little at a time.
  it.each([0.2, 1, 4])('sees a crossing among many directions, at %f a measurement (10.19)', async (rise) => {
    const o = quartic(values);
    const probe = new SharpnessProbe(o);
    const x = start();
    for (let i = 0; i < 30; i++) x[i] = x[i]! * 1e-3;
    const hessianAt = (): number =>
      symmetricEigen(o.matrix.map((row, i) => row.map((a, j) => (i === j ? a + 1.5 * x[i]! ** 2 : a)))).values[29]!;
    for (let step = 0; step < 20; step++) {
      x[7] = Math.sqrt((15 + rise * step) / 1.5);
      expect((await probe.measure(x)).lambda, `step ${step}`).toBeGreaterThan(0.99 * hessianAt());
    }
  });

  it('names a gradient that is not finite', async () => {
    const o = { ...quartic([1, 2]), lossAndGradient: (_x: Float64Array, g: Float64Array) => (g.fill(Number.NaN), Number.NaN) };
    await expect(new SharpnessProbe(o).measure(Float64Array.of(1, 1))).rejects.toThrow("the start vector's norm is NaN");
  });

  it('gives its vectors back', async () => {
    const o = quartic(values);
    const probe = new SharpnessProbe(o);
    await probe.measure(start());
    expect(o.space.live()).toBeGreaterThan(5);
    probe.dispose();
    expect(o.space.live()).toBe(0);
  });
});
