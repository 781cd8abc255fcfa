/** Costs say what they count: what a run spends beside its training stands apart, on the page and in its files. */
import { afterEach, describe, expect, it } from 'vitest';
import { loadTaskData } from '../../data/task-data.ts';
import type { WorkBeside } from '../../experiment/cost/cost.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { planOf, schedule } from '../../experiment/plan/plan.ts';
import { taskRow } from '../../experiment/declared/tasks.ts';
import { expectedBeside } from '../../experiment/cost/work-beside.ts';
import { type Bench, readPrepared, runToEnd, tiny } from '../testing/bench.ts';

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

interface Costs {
  readonly total: number;
  readonly flops: Readonly<Record<string, number>>;
  readonly beside: WorkBeside;
}

async function costsOf(experiment: Experiment): Promise<{ readonly bench: Bench; readonly cost: Costs }> {
  const bench = await runToEnd(experiment);
  benches.push(bench);
  await bench.idle();
  const file = bench.session.files(false).find(({ path }) => path === 'result.json');
  return { bench, cost: (JSON.parse(new TextDecoder().decode(file?.bytes)) as { readonly cost: Costs }).cost };
}

describe('what a run spends beside its training', () => {
  it('is the measuring of losses alone where nothing is held and nothing predicted (10.29)', async () => {
    const { bench, cost } = await costsOf(tiny);
    expect(cost.beside.probe).toBeGreaterThan(0);
    expect(cost.beside).toMatchObject({ sharpness: 0, predictions: 0 });
    expect(bench.of('spent-beside').at(-1)?.flops).toEqual(cost.beside);
  });

  it('has the sharpness that a step size is held to, and predictions, apart; training counts as before (10.29)', async () => {
    const plain = (await costsOf(tiny)).cost;
    const { cost } = await costsOf({ ...tiny, h: { kind: 'edge', edge: 1 }, predict: ['gradient-flow', 'modified-flow'] });
    // Lanczos at every second step costs more than the steps do.
    expect(cost.beside.sharpness).toBeGreaterThan(cost.total);
    expect(cost.beside.predictions).toBeGreaterThan(cost.total);
    expect(cost.beside.probe).toBe(plain.beside.probe);
    expect([cost.total, cost.flops]).toEqual([plain.total, plain.flops]);
  });

  it('is what is expected of it before the run: that says how long it takes (10.13)', async () => {
    const held: Experiment = { ...tiny, h: { kind: 'edge', edge: 1 }, predict: ['gradient-flow', 'modified-flow'], from: ['0'] };
    const cases: Readonly<Record<string, Experiment>> = {
      held,
      'self-held': { ...held, predict: ['self-held'] },
      exact: { ...held, predict: ['modified-flow-exact', 'third-order-flow'] },
      principal: { ...tiny, predict: ['principal-flow'], from: ['0'] },
      'both starts': { ...tiny, predict: ['modified-flow'], from: ['0', 'growth'] },
      inertial: {
        ...tiny,
        optimizer: 'momentum',
        h: { kind: 'constant', value: 0.005 },
        predict: ['gradient-flow', 'modified-flow'],
        from: ['0'],
      },
      'mini-batches': { ...tiny, batch: 8, predict: ['gradient-flow', 'modified-flow'], from: ['0'] },
    };
    for (const [name, asked] of Object.entries(cases)) {
      const experiment: Experiment = { ...asked, grow: 5, steps: 9, wait: false };
      const { bench, cost } = await costsOf(experiment);
      const perStep = new Map(bench.of('ready')[0]?.models.map(({ id, flopsPerStep }) => [id, flopsPerStep]));
      const expected = expectedBeside(experiment, schedule(planOf(experiment)), perStep);
      for (const what of ['sharpness', 'predictions'] as const) {
        if (cost.beside[what] === 0) continue;
        const ratio = expected[what] / cost.beside[what];
        // Lanczos takes as many products as it needs; what a flow takes is known.
        const close = what === 'sharpness' || name === 'self-held' ? 1.6 : 1.15;
        expect(ratio, `${name}, ${what}: expected ${expected[what]}, spent ${cost.beside[what]}`).toBeGreaterThan(1 / close);
        expect(ratio, `${name}, ${what}: expected ${expected[what]}, spent ${cost.beside[what]}`).toBeLessThan(close);
      }
    }
  });

  const WORLD = ['spans', 'who', 'where', 'mood', 'true', 'ok', 'same', 'tell', 'turn'] as const;
  it('is known of a preset before its task is loaded: each task says its shape (10.13)', async () => {
    for (const [task, examples] of [
      ['reverse', 64],
      ['sort', 64],
      ['copy', 64],
      ['pronounce', 64],
      ['pronounce', 27_000],
      ...WORLD.map((task) => [task, 64] as const),
    ] as const) {
      const { vocabularySize, sourceLength, targetLength } = await loadTaskData({ ...tiny, task, examples }, readPrepared);
      expect(taskRow(task).shape(examples), `${task}, ${examples}`).toEqual({ vocabulary: vocabularySize, sourceLength, targetLength });
    }
  });

  it('begins anew with another experiment (10.29)', async () => {
    const { bench, cost } = await costsOf(tiny);
    await bench.until('ready', { type: 'load', experiment: tiny });
    await bench.until('finished', { type: 'run' });
    expect(bench.of('spent-beside').at(-1)?.flops).toEqual(cost.beside);
  });
});
