/** The sources asked together, without fusing them: the control of a fusion. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { withPlan } from '../../experiment/plan/plan-size.ts';
import { type Bench, runToEnd, tiny } from '../../session/testing/bench.ts';

const benches: Bench[] = [];
afterEach(async () => {
  for (const { session } of benches.splice(0)) {
    session.close();
    await session.ended;
  }
});

async function run(experiment: Experiment): Promise<Bench> {
  const bench = await runToEnd(experiment);
  benches.push(bench);
  return bench;
}

const together: Experiment = { ...tiny, baseline: ['ensemble'] };

describe('the ensemble', () => {
  it('is the loss of the averaged outputs: at the growth the one that the fusion gap is against (10.28)', async () => {
    const bench = await run(together);
    const curves = bench.curves();
    expect([...curves.keys()].toSorted()).toEqual(['A', 'B', 'M', 'alone', 'aloneB', 'ensemble']);
    expect(curves.get('ensemble')?.map(([step]) => step)).toEqual([0, 5, 10, 12, 15, 20]);
    const [growth] = bench.of('growth');
    expect(curves.get('ensemble')?.find(([step]) => step === 12)?.[1]).toBeCloseTo(growth?.report.loss.average ?? 0, 6);
    // The average of the outputs is not the average of the losses.
    const at = (id: string, step: number): number => curves.get(id)?.find(([each]) => each === step)?.[1] ?? Number.NaN;
    expect(at('ensemble', 12)).toBeLessThan((at('A', 12) + at('B', 12)) / 2);
  });

  it('goes on beyond the growth as networks that were never fused (10.28)', async () => {
    const beside = (await run(together)).curves();
    const later = await run({ ...together, grow: 20, steps: 22 });
    expect(beside.get('ensemble')?.at(-1)?.[1]).toBeCloseTo(later.of('growth')[0]?.report.loss.average ?? 0, 6);
    for (const [source, alone] of [
      ['A', 'alone'],
      ['B', 'aloneB'],
    ] as const)
      expect(beside.get(alone)).toEqual(
        later
          .curves()
          .get(source)
          ?.filter(([step]) => step >= 12 && step <= 20),
      );
  });

  it('changes no number of the run it stands beside (10.28)', async () => {
    const beside = (await run(together)).curves();
    const plain = (await run(tiny)).curves();
    for (const id of ['A', 'B', 'M']) expect(beside.get(id)).toEqual(plain.get(id));
  });

  it('of a schedule of growth is of all networks that start at random (10.28)', async () => {
    const bench = await run(withPlan(together, parsePlan('A:6,B:6,C:6,D:4,A+B>M:5,C+D>N:5,M+N>L:7')));
    const ensemble = bench.curves().get('ensemble') ?? [];
    expect(ensemble[0]?.[0]).toBe(0);
    expect(ensemble.at(-1)?.[0]).toBe(18);
    expect(
      bench
        .of('ready')
        .at(-1)
        ?.models.map(({ id }) => id),
    ).toEqual([...'ABCDMNL', 'alone', 'aloneB', 'aloneC', 'aloneD']);
  });

  it('stands in the result files with what it cost, and its networks as checkpoints (10.28)', async () => {
    const files = (await run(together)).session.files(false);
    const result = JSON.parse(new TextDecoder().decode(files.find(({ path }) => path === 'result.json')?.bytes)) as {
      readonly curves: readonly { readonly model: string; readonly step: readonly number[] }[];
      readonly cost: { readonly flops: Readonly<Record<string, number>>; readonly perStep: Readonly<Record<string, number>> };
    };
    expect(result.curves.find(({ model }) => model === 'ensemble')?.step).toEqual([0, 5, 10, 12, 15, 20]);
    const { A = 0 } = result.cost.perStep;
    expect(result.cost.flops).toMatchObject({ alone: 8 * A, aloneB: 8 * A });
    expect(result.cost.flops).not.toHaveProperty('ensemble');
    for (const name of ['alone-20', 'aloneB-12', 'aloneB-20'])
      expect(files.some(({ path }) => path === `checkpoints/${name}/model.safetensors`)).toBe(true);
  });
});
