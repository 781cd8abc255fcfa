import { describe, expect, it } from 'vitest';
import { createFloat64Space } from '../float64-space.ts';
import type { Flow } from './flows.ts';
import { fixedSubsteps } from '../integrate/integrators.ts';
import { miniBatchFlow, shuffledRuns, type ShuffledRuns } from './mini-batch-flow.ts';
import { analyticGoldens, analyticObjective, distance, orders } from '../testing/analytic.ts';

const goldens = analyticGoldens();
const PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

function threeBatches() {
  const space = createFloat64Space(4);
  return { space, batches: goldens.functions.map((each) => analyticObjective(each, space)) };
}

async function end(flow: Flow<Float64Array>, h: number, steps = 3): Promise<Float64Array> {
  const x = Float64Array.from(goldens.x0);
  for (let i = 0; i < steps; i++) for await (const _spent of fixedSubsteps(createFloat64Space(4), 20).step(flow, x, h));
  return x;
}

/** Mean end point of one epoch over all orders of the batches. */
async function meanEnd({ batches, space }: ReturnType<typeof threeBatches>, h: number): Promise<Float64Array> {
  const mean = new Float64Array(4);
  const g = new Float64Array(4);
  for (const order of PERMUTATIONS) {
    const x = Float64Array.from(goldens.x0);
    for (const k of order) {
      await batches[k]!.lossAndGradient(x, g);
      space.axpy(-h, g, x);
    }
    space.axpy(1 / PERMUTATIONS.length, x, mean);
  }
  return mean;
}

describe('the flow of mini-batches in the mean over shufflings (float64 reference values)', () => {
  it('is of third order in an epoch, and close to the reference', async () => {
    const setup = threeBatches();
    const flow = miniBatchFlow(setup.batches);
    const errors: number[] = [];
    for (const row of goldens.sgd_one_epoch.rows) {
      const mean = await meanEnd(setup, row.h);
      expect(distance(mean, row.mean_of_permutations)).toBeLessThan(1e-12);
      const ours = await end(flow, row.h);
      errors.push(distance(ours, mean));
      // The reference has the Hessian products, this form two gradients: the same to the third order.
      expect(distance(ours, row.modified_flow)).toBeLessThan(distance(row.without_variance_term, row.modified_flow) / 3);
      expect(errors.at(-1)!).toBeLessThan(distance(row.without_variance_term, mean) / 2);
    }
    expect(Math.abs(orders(errors).at(-1)! - 3)).toBeLessThan(0.1);
  });

  it('by its definition it ends where the reference does', async () => {
    const { batches, space } = threeBatches();
    const [g, Hg] = [new Float64Array(4), new Float64Array(4)];
    const definition: Flow<Float64Array> = {
      name: 'mini-batch-flow',
      gradientsPerEvaluation: 2,
      dispose() {},
      async field(theta, h, out) {
        out.fill(0);
        for (const batch of batches) {
          await batch.lossAndGradient(theta, g);
          await batch.product.apply(theta, g, Hg);
          space.axpy(-1 / 3, g, out);
          space.axpy(-h / 6, Hg, out);
        }
        return 0;
      },
    };
    for (const row of goldens.sgd_one_epoch.rows) expect(distance(await end(definition, row.h), row.modified_flow)).toBeLessThan(1e-10);
  });

  it('has the mean loss, leaves θ alone, and gives its vectors back', async () => {
    const { batches, space } = threeBatches();
    const flow = miniBatchFlow(batches);
    const [x, out] = [Float64Array.from(goldens.x0), space.create()];
    expect(await flow.field(x, 0.01, out)).toBeCloseTo((goldens.at_x0[0]!.L + goldens.at_x0[1]!.L + goldens.at_x0[2]!.L) / 3, 12);
    expect(Array.from(x)).toEqual(goldens.x0);
    flow.dispose();
    space.dispose(out);
    expect(space.live()).toBe(0);
    expect(() => miniBatchFlow([])).toThrow('at least one batch');
  });
});

describe('runs over several shufflings', () => {
  async function runs(
    h: number,
    orders: readonly (readonly (readonly number[])[])[],
  ): Promise<ShuffledRuns & { updates: number; live: number }> {
    const { batches, space } = threeBatches();
    const loss = (x: Float64Array): number => batches.reduce((sum, batch) => sum + (batch.loss(x) as number) / 3, 0);
    const work = shuffledRuns(batches, loss, Float64Array.from(goldens.x0), h, orders);
    let updates = 0;
    for (;;) {
      const { done, value } = await work.next();
      if (done === true) return { ...value, updates, live: space.live() };
      updates += value;
    }
  }

  it('have the mean and the spread of their losses', async () => {
    const { batches } = threeBatches();
    const loss = (x: ArrayLike<number>): number =>
      batches.reduce((sum, batch) => sum + (batch.loss(Float64Array.from(x)) as number) / 3, 0);
    const { mean, spread, updates, live } = await runs(
      0.02,
      PERMUTATIONS.map((order) => [order]),
    );
    expect(updates).toBe(18);
    expect(live).toBe(0);
    const losses: number[] = [];
    for (const order of PERMUTATIONS) {
      const x = Float64Array.from(goldens.x0);
      const g = new Float64Array(4);
      for (const k of order) {
        await batches[k]!.lossAndGradient(x, g);
        x.forEach((value, j) => (x[j] = value - 0.02 * g[j]!));
      }
      losses.push(loss(x));
    }
    const average = losses.reduce((sum, each) => sum + each / 6, 0);
    expect(mean[0]).toBeCloseTo(loss(goldens.x0), 14);
    expect(mean[1]).toBeCloseTo(average, 12);
    expect(spread[0]).toBe(0);
    expect(spread[1]).toBeCloseTo(Math.sqrt(losses.reduce((sum, each) => sum + (each - average) ** 2, 0) / 5), 10);
  });

  it('refuse an epoch that leaves a batch out', async () => {
    await expect(runs(0.02, [[[0, 1, 1]]])).rejects.toThrow(
      'run 0 takes the batches 0, 1, 1; every epoch of every run takes each of 0 to 2 once',
    );
    await expect(runs(0.02, [])).rejects.toThrow('at least one batch and one shuffling');
  });
});
