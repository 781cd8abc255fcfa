import { describe, expect, it } from 'vitest';
import type { StepSizeTable } from '../experiment/experiment.ts';
import { analyticGoldens, analyticObjective } from './testing/analytic.ts';
import { rescaleTime } from './time-rescaling.ts';

const goldens = analyticGoldens();
const table = (h: number): StepSizeTable => [[0, h]];

async function run(sizeAt: (step: number) => number, steps: number): Promise<{ steps: number[]; losses: number[] }> {
  const o = analyticObjective(goldens.functions[0]!);
  const [x, g] = [Float64Array.from(goldens.x0), new Float64Array(4)];
  const curve = { steps: [] as number[], losses: [] as number[] };
  for (let step = 0; step <= steps; step++) {
    curve.steps.push(step);
    curve.losses.push((await o.lossAndGradient(x, g)) as number);
    o.space.axpy(-sizeAt(step), g, x);
  }
  return curve;
}
const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)));

describe('rescaleTime', () => {
  it('gives back the branch in its own time', async () => {
    const measured = await run((step) => (step < 5 ? 0.1 : 0.07), 20);
    const own: StepSizeTable = [
      [0, 0.1],
      [5, 0.07],
    ];
    const { steps, losses, trustedUntil } = rescaleTime({ measured, measuredTable: own, table: own, to: 20 });
    expect(Array.from(steps)).toEqual(measured.steps);
    expect(worst(losses, measured.losses)).toBeLessThan(1e-12);
    expect(trustedUntil).toBeNull();
  });

  it('predicts another step size to first order: the error falls with the difference of the step sizes', async () => {
    const error = async (h: number): Promise<number> => {
      const n = Math.round(1 / h);
      const measured = await run(() => h, n);
      const truth = await run(() => h / 2, 2 * n);
      return worst(rescaleTime({ measured, measuredTable: table(h), table: table(h / 2), to: 2 * n }).losses, truth.losses);
    };
    const [coarse, fine] = [await error(0.1), await error(0.05)];
    const drop = 1.78;
    expect(coarse / drop).toBeLessThan(0.03);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(0.85);
    expect(Math.log2(coarse / fine)).toBeLessThan(1.3);
  });

  it('ends where the measured time ends, and says so', async () => {
    const measured = await run(() => 0.1, 10);
    const { steps, trustedUntil } = rescaleTime({ measured, measuredTable: table(0.1), table: table(0.2), to: 20 });
    expect(Array.from(steps)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(trustedUntil).toBe(6);
  });

  it('is trusted only while the new step size times λ is below 2', async () => {
    const measured = await run(() => 0.1, 10);
    const sharpness = { steps: [0, 10], lambdas: [10, 30] };
    // λ = 10 + 20 t at time t; .1 λ = 2 at t = .5 (step 5), .05 λ never.
    expect(rescaleTime({ measured, measuredTable: table(0.1), table: table(0.1), to: 10, sharpness }).trustedUntil).toBe(5);
    expect(rescaleTime({ measured, measuredTable: table(0.1), table: table(0.05), to: 20, sharpness }).trustedUntil).toBeNull();
  });

  it('starts where the branch starts', async () => {
    const measured = { steps: [100, 101, 102, 103, 104], losses: [4, 3, 2, 1, 0] };
    const { steps, losses } = rescaleTime({
      measured,
      measuredTable: [
        [0, 9],
        [100, 0.2],
      ],
      table: [
        [0, 7],
        [100, 0.1],
      ],
      to: 104,
    });
    expect(Array.from(steps)).toEqual([100, 101, 102, 103, 104]);
    expect(worst(losses, [4, 3.5, 3, 2.5, 2])).toBeLessThan(1e-12);
    expect(() => rescaleTime({ measured: { steps: [], losses: [] }, measuredTable: table(1), table: table(1), to: 1 })).toThrow(
      'needs a measured branch',
    );
  });
});
