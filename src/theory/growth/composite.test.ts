import { describe, expect, it } from 'vitest';
import {
  type CompositeTerms,
  compositeFlow,
  compositeFlowFromProducts,
  growthBracket,
  type StageTimes,
  type TwoStages,
} from './composite.ts';
import { createFloat64Space } from '../float64-space.ts';
import type { Flow } from '../flows/flows.ts';
import { fixedSubsteps } from '../integrate/integrators.ts';
import { analyticGoldens, analyticObjective, distance, orders } from '../testing/analytic.ts';

const goldens = analyticGoldens();
const TERMS: Readonly<Record<string, CompositeTerms>> = {
  plain: { modified: false, bracket: false },
  modified: { modified: true, bracket: false },
  bracket_only: { modified: false, bracket: true },
  modified_and_bracket: { modified: true, bracket: true },
};

/** The two functions of the reference over one space, with P = diag(metric). */
function stagesWith(metric: readonly number[] = [1, 1, 1, 1]) {
  const space = createFloat64Space(4);
  const [before, after] = [analyticObjective(goldens.functions[0]!, space), analyticObjective(goldens.functions[1]!, space)];
  const stages: TwoStages<Float64Array> = {
    before,
    after,
    metric: (vector) => metric.forEach((p, i) => (vector[i] = p * vector[i]!)),
  };
  return { ...stages, before, after, space };
}

async function descend(
  stages: ReturnType<typeof stagesWith>,
  { n1, n2, h1, h2 }: Record<'n1' | 'n2' | 'h1' | 'h2', number>,
): Promise<Float64Array> {
  const x = Float64Array.from(goldens.x0);
  const g = new Float64Array(4);
  for (let i = 0; i < n1 + n2; i++) {
    await (i < n1 ? stages.before : stages.after).lossAndGradient(x, g);
    if (i < n1) await stages.metric(g);
    stages.space.axpy(i < n1 ? -h1 : -h2, g, x);
  }
  return x;
}

async function end(stages: ReturnType<typeof stagesWith>, flow: Flow<Float64Array>): Promise<Float64Array> {
  const theta = Float64Array.from(goldens.x0);
  for await (const spent of fixedSubsteps(stages.space, 20).step(flow, theta, 1)) expect(spent).toBe(flow.gradientsPerEvaluation);
  return theta;
}

const byProducts = (stages: ReturnType<typeof stagesWith>, times: StageTimes, terms: CompositeTerms): Flow<Float64Array> =>
  compositeFlowFromProducts(stages, times, { before: stages.before.product, after: stages.after.product }, terms);

describe('the composite of two stages (float64 reference values)', () => {
  it('ends where the reference does, with each of the terms', async () => {
    const stages = stagesWith();
    for (const row of goldens.composite.rows) {
      expect(distance(await descend(stages, row), row.after_stage_2)).toBeLessThan(1e-12);
      const times = { a: row.n1 * row.h1, b: row.n2 * row.h2, h1: row.h1, h2: row.h2 };
      for (const [name, terms] of Object.entries(TERMS))
        expect(distance(await end(stages, byProducts(stages, times, terms)), row[name as 'plain']), name).toBeLessThan(1e-10);
    }
  });

  // Metric forgotten: first order. A term forgotten: second. All terms: third.
  for (const [form, make] of [
    ['its definition', byProducts],
    ['four gradients', compositeFlow],
  ] as const) {
    it(`has the orders 1, 2 and 3 by ${form}, in a metric`, async () => {
      const stages = stagesWith([1, 0.25, 1, 0.25]);
      const errors: Record<string, number[]> = { plain: [], modified: [], bracket_only: [], modified_and_bracket: [], no_metric: [] };
      for (const h of [0.004, 0.002, 0.001]) {
        const run = { n1: 3, n2: 2, h1: h, h2: 0.7 * h };
        const times = { a: 3 * h, b: 1.4 * h, h1: h, h2: 0.7 * h };
        const ends = await descend(stages, run);
        for (const [name, terms] of Object.entries(TERMS))
          errors[name]!.push(distance(await end(stages, make(stages, times, terms)), ends));
        const flat = stagesWith();
        errors['no_metric']!.push(distance(await end(flat, make(flat, times, TERMS['modified_and_bracket']!)), ends));
      }
      const order = (name: string): number => orders(errors[name]!).at(-1)!;
      expect(Math.abs(order('no_metric') - 1)).toBeLessThan(0.05);
      for (const name of ['plain', 'modified', 'bracket_only']) expect(Math.abs(order(name) - 2), name).toBeLessThan(0.05);
      expect(Math.abs(order('modified_and_bracket') - 3)).toBeLessThan(0.05);
    });
  }

  it('has the reference bracket, and tells its effect on the loss', async () => {
    const stages = stagesWith();
    const theta = Float64Array.from(goldens.x0);
    let bracket: number[] = [];
    const report = await growthBracket({
      ...stages,
      a: 0.03,
      b: 0.014,
      h1: 0.01,
      h2: 0.007,
      theta,
      lambda: 3,
      split: async (vector: Float64Array) => {
        if (bracket.length === 0) bracket = Array.from(vector);
        const old = Math.hypot(vector[0]!, vector[1]!);
        const fresh = Math.hypot(vector[2]!, vector[3]!);
        return { old, new: fresh, total: Math.hypot(old, fresh) };
      },
    });
    // By central differences of step 3e-4, extrapolated: 1e-9.
    expect(distance(bracket, goldens.composite.bracket_at_start)).toBeLessThan(1e-7);
    expect(report.bracket.total).toBeCloseTo(Math.hypot(...goldens.composite.bracket_at_start), 7);
    const loss = (x: readonly number[]): number => stages.after.loss(Float64Array.from(x)) as number;
    // g2 and the bracket are nearly orthogonal here, so the effect is compared as a share of ‖g2‖·‖bracket‖; its error
    // falls with h.
    const off = goldens.composite.rows.map((row) => {
      const share = (row.n1 * row.h1 * row.n2 * row.h2) / (0.03 * 0.014);
      const scale = ((0.03 * 0.014) / 2) * report.bracket.total * report.g2.total;
      return Math.abs(report.effectOnLoss - (loss(row.bracket_only) - loss(row.plain)) / share) / scale;
    });
    expect(off[2]).toBeLessThan(0.01);
    expect(Math.abs(orders(off).at(-1)! - 1)).toBeLessThan(0.1);
    const row = goldens.composite.rows.at(-1)!;
    const share = (row.h1 / 0.01) ** 2;
    expect(Math.abs((report.modifiedEffectOnLoss * share) / (loss(row.modified) - loss(row.plain)) - 1)).toBeLessThan(0.03);
    expect(Math.abs((report.firstOrderChange * row.h1) / 0.01 / (loss(row.plain) - loss(goldens.x0)) - 1)).toBeLessThan(0.03);
    expect(report.timeTimesLambda).toBeCloseTo(0.09, 12);
    expect(report.inWindow).toBe(true);
    expect(stages.space.live()).toBe(0);
  });

  it('is in its window only while n·h·λ ≤ 2', async () => {
    const stages = stagesWith();
    const at = (a: number, lambda: number) =>
      growthBracket({
        ...stages,
        a,
        b: 0.1,
        h1: 0.1,
        h2: 0.1,
        theta: Float64Array.from(goldens.x0),
        lambda,
        split: () => Promise.resolve({ old: 0, new: 0, total: 0 }),
      });
    expect((await at(0.2, 9)).inWindow).toBe(true);
    expect((await at(0.3, 9)).inWindow).toBe(false);
    await expect(at(0, 9)).rejects.toThrow('a is 0; step sizes and total times must be positive');
    await expect(at(0.05, 9)).rejects.toThrow('a is 0.05, less than one step of h1 = 0.1');
    await expect(at(0.2, Number.NaN)).rejects.toThrow('the sharpness λ is NaN');
  });

  it('gives its vectors back', async () => {
    const stages = stagesWith();
    const flow = compositeFlow(stages, { a: 0.1, b: 0.1, h1: 0.1, h2: 0.1 });
    const out = stages.space.create();
    const theta = Float64Array.from(goldens.x0);
    expect(await flow.field(theta, 1, out)).toBe(stages.after.loss(theta));
    expect(Array.from(theta)).toEqual(goldens.x0);
    flow.dispose();
    stages.space.dispose(out);
    expect(stages.space.live()).toBe(0);
  });
});
