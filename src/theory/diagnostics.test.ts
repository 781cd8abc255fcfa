import { describe, expect, it } from 'vitest';
import { edgeCrossing, flatnessShare, flatnessTerm } from './diagnostics.ts';
import { analyticGoldens, analyticObjective } from './testing/analytic.ts';

describe('the flatness term', () => {
  it('is (h/4)‖g‖², the potential whose gradient is (h/2) H g', async () => {
    const { functions, x0, at_x0 } = analyticGoldens();
    const o = analyticObjective(functions[0]!);
    const h = 0.1;
    const penalised = async (x: Float64Array): Promise<number> => {
      const g = new Float64Array(4);
      await o.lossAndGradient(x, g);
      return flatnessTerm(h, o.space.dot(g, g));
    };
    const [x, direction, Hg] = [Float64Array.from(x0), Float64Array.of(0.3, -1, 0.2, 0.7), new Float64Array(4)];
    await o.product.apply(x, Float64Array.from(at_x0[0]!.g), Hg);
    const [plus, minus] = [x.map((a, i) => a + 1e-5 * direction[i]!), x.map((a, i) => a - 1e-5 * direction[i]!)];
    expect(((await penalised(plus)) - (await penalised(minus))) / 2e-5).toBeCloseTo((h / 2) * o.space.dot(Hg, direction), 7);
  });

  it('is stated as a share of the loss', () => {
    expect(flatnessShare(0.2, 10, 5)).toBeCloseTo(0.1, 12);
    expect(flatnessShare(0.2, 10, 0)).toBeNaN();
  });
});

describe('edgeCrossing', () => {
  const points = (...values: number[]): { step: number; hLambda: number }[] => values.map((hLambda, i) => ({ step: i * 10, hLambda }));
  it('is the first step at which hλ has reached 2, between measurements on a straight line', () => {
    expect(edgeCrossing(points(1, 1.5, 2.5, 3))).toBe(15);
    expect(edgeCrossing(points(1, 1.9, 2))).toBe(20);
    expect(edgeCrossing(points(2.2, 1))).toBe(0);
    expect(edgeCrossing(points(1, 1.99))).toBeNull();
    expect(edgeCrossing([])).toBeNull();
    expect(edgeCrossing(points(1, Number.NaN, 1.2))).toBeNull();
  });
});
