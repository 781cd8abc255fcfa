/** What is said in advance, what is asked before it is run, and what of another plan never stands beside a run. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment.ts';
import type { Result } from '../storage/results.ts';
import { Bench, tiny } from './testing/bench.ts';
import { predicted } from './testing/leaks.ts';

let bench: Bench;
afterEach(() => bench.close());

const experiment: Experiment = { ...tiny, predict: ['modified-flow'] };

function result(): Result {
  const file = bench.session.files(false).find(({ path }) => path === 'result.json');
  return JSON.parse(new TextDecoder().decode(file?.bytes)) as Result;
}

type Predicted = Extract<Result['curves'][number], { readonly from: number }>;
const predictions = (of: Predicted['of']): readonly Predicted[] =>
  result().curves.filter((curve): curve is Predicted => 'of' in curve && curve.of === of);

/** The last state of the predictions of a kind. */
const stateOf = (of: string): string | undefined => bench.of('prediction-state').findLast(({ key }) => key.of === of)?.cost.state;

async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a prediction', () => {
  it('bears the mark of when it was made: before the training got there, or after (10.3)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment });
    await predicted(bench, experiment);
    await bench.until('finished', { type: 'run' });
    const said = predictions('plan');
    expect(said.map(({ model }) => model).sort()).toEqual(['A', 'B', 'M']);
    for (const curve of said) {
      expect(curve).toMatchObject({ inAdvance: true, inAdvanceFrom: 1 });
      expect(curve.madeAt).toEqual(curve.step.map(() => 0));
    }
    await bench.close();
    // A step size that is held is known when the training is there: what follows it is said afterwards.
    bench = new Bench();
    const held: Experiment = { ...experiment, h: { kind: 'edge', edge: 1 } };
    await bench.until('ready', { type: 'load', experiment: held });
    await bench.until('finished', { type: 'run' });
    await predicted(bench, held);
    expect(predictions('plan').map(({ inAdvance }) => inAdvance)).not.toContain(true);
  });

  it('that was asked of a branch stays when it is run, and is tested by it (10.3)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment });
    await bench.until('finished', { type: 'run' });
    bench.send({ type: 'what-if', change: { grow: 7 } });
    await until(() => stateOf('what-if') === 'done');
    await bench.until('finished', { type: 'run-branch', change: { grow: 7 } });
    expect(bench.of('prediction-kept')).toHaveLength(1);
    const asked = predictions('asked').find(({ model }) => model === 'M');
    expect([asked?.step[0], asked?.step.at(-1)]).toEqual([7, 20]);
    const measured = bench.curves().get('M') ?? [];
    const off = Math.abs((asked?.loss.at(-1) ?? 0) - (measured.at(-1)?.[1] ?? 9));
    expect(off).toBeLessThan(0.02 * ((measured[0]?.[1] ?? 0) - (measured.at(-1)?.[1] ?? 0)));
    // Of another branch it says nothing.
    bench.send({ type: 'what-if', change: { grow: 9 } });
    await until(() => stateOf('what-if') === 'done');
    await bench.until('finished', { type: 'run-branch', change: { grow: 5 } });
    expect(predictions('asked')).toEqual([]);
  });

  it('of another plan never stands beside a run (10.3)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment });
    await predicted(bench, experiment);
    for (let i = 0; i < 4; i++) await bench.until('paused', { type: 'step' });
    await bench.until('paused', { type: 'fuse' });
    for (let i = 0; i < 4; i++) await bench.until('paused', { type: 'step' });
    await bench.until('paused', { type: 'fuse' });
    const check = (): void => {
      for (const { model, step } of predictions('plan')) {
        const stage = result().models.find(({ id }) => id === model);
        expect(stage, model).toBeDefined();
        const end = { A: 4, B: 4, M: 8, L: 20 }[model] ?? -1;
        expect(step.at(-1), model).toBeLessThanOrEqual(end);
      }
    };
    check();
    await bench.until('finished', { type: 'run' });
    check();
    expect(bench.of('prediction-void').map(({ after }) => after)).toEqual([0, 4, 8]);
  });
});

describe('waiting for the prediction', () => {
  it('holds the training at the seam until what is past it is drawn, and changes no bit (10.3)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment });
    await bench.until('finished', { type: 'run' });
    const { curves: plain } = { curves: bench.curves() };
    await bench.close();
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...experiment, wait: true } });
    await bench.until('finished', { type: 'run' });
    expect(bench.curves()).toEqual(plain);
    const past = predictions('plan').find(({ model }) => model === 'M');
    expect(past?.step.at(-1)).toBe(20);
    expect(Math.max(...(past?.madeAt ?? [99]))).toBeLessThanOrEqual(12);
  });

  it('draws the curve past the seam first where its step sizes are held too (10.3)', async () => {
    bench = new Bench();
    const held: Experiment = { ...experiment, h: { kind: 'edge', edge: 1 }, wait: true };
    await bench.until('ready', { type: 'load', experiment: held });
    await bench.until('finished', { type: 'run' });
    const asked = predictions('asked').find(({ model }) => model === 'M');
    expect([asked?.step[0], asked?.step.at(-1)]).toEqual([12, 20]);
    expect(asked).toMatchObject({ inAdvance: true });
    const told = bench.of('holding').map(({ progress }) => progress);
    expect(told.at(-1)).toBeNull();
    expect(told.length).toBeGreaterThan(1);
  });
});
