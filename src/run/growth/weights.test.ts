import { afterEach, describe, expect, it } from 'vitest';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { withPlan } from '../../experiment/plan/plan-size.ts';
import { Bench, tiny } from '../../session/testing/bench.ts';

let bench: Bench | undefined;
afterEach(async () => {
  bench?.session.close();
  await bench?.session.ended;
  bench = undefined;
});

describe('the weight picture', () => {
  const shown = (on: Bench, step: number): Promise<unknown> => on.event((event) => event.type === 'weights' && event.step === step);

  it('says how far every block moved in a step, for the tensor that is asked for', async () => {
    bench = new Bench(true);
    await bench.until('ready', { type: 'load', experiment: { ...tiny, grow: 1, steps: 4 } });
    for (const step of [1, 2, 3]) {
      const seen = shown(bench, step);
      await bench.until('paused', { type: 'step' });
      await seen;
    }
    const { picture } = bench.of('weights').at(-1) ?? {};
    expect(picture?.model).toBe('M');
    expect(picture?.change?.steps).toBe(1);
    expect(picture?.change?.cells.length).toBe(picture?.cells.length);
    const off = picture?.blocks.findIndex(({ origin }) => origin === 'new') ?? -1;
    // From zero, the off-diagonals are as far as they moved in all steps: the mean |Δw| of one can't be less than mean
    // |w| grew by.
    const sizes = bench.of('weights').flatMap(({ picture: p }) => (p.model === 'M' ? [p.blocks[off]?.meanAbsolute ?? Number.NaN] : []));
    expect(picture?.change?.blocks[off]).toBeGreaterThanOrEqual((sizes.at(-1) ?? 0) - (sizes.at(-2) ?? Number.NaN) - 1e-9);
    expect(picture?.change?.blocks[off]).toBeLessThan(sizes.at(-1) ?? 0);
    const asked = shown(bench, 3);
    bench.send({ type: 'show-weights', name: 'shared.weight' });
    await asked;
    const other = bench.of('weights').at(-1)?.picture;
    expect([other?.name, other?.change?.steps]).toEqual(['shared.weight', 1]);
    expect(other?.change?.blocks.every((mean) => mean > 0)).toBe(true);
  });

  it('is of the network that is asked for, where several train side by side', async () => {
    bench = new Bench(true);
    const plan = parsePlan('A:1,B:1,C:1,D:1,A+B>M:3,C+D>N:3');
    await bench.until('ready', { type: 'load', experiment: withPlan(tiny, plan) });
    for (const step of [1, 2]) {
      const seen = shown(bench, step);
      await bench.until('paused', { type: 'step' });
      await seen;
    }
    expect(bench.of('weights').at(-1)?.picture.model).toBe('N');
    const asked = shown(bench, 2);
    bench.send({ type: 'show-weights', name: '', model: 'M' });
    await asked;
    const { picture } = bench.of('weights').at(-1) ?? {};
    expect(picture?.model).toBe('M');
    expect(picture?.blocks.map(({ origin }) => origin)).toEqual(['A', 'new', 'new', 'B']);
  });
});
