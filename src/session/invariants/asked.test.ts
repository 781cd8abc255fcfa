/** What is said in advance, what is asked before it is run, and what of another plan never stands beside a run. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Result } from '../../storage/results.ts';
import { Bench, tiny } from '../testing/bench.ts';
import { predicted } from '../testing/leaks.ts';

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
    // It was drawn while the run before stood at its end: the branch had not been trained.
    expect(asked).toMatchObject({ inAdvance: true, inAdvanceFrom: 8 });
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

/** With step sizes that are held nothing is known past a growth before the training is there. */
const held: Experiment = { ...experiment, h: { kind: 'edge', edge: 1 } };

describe('a fusion by hand', () => {
  it('keeps what was asked of it also where the run went on since: it is asked from the step it is done at (10.3)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: held });
    for (let i = 0; i < 4; i++) await bench.until('paused', { type: 'step' });
    bench.send({ type: 'what-if', change: { grow: 4 } });
    for (let i = 0; i < 2; i++) await bench.until('paused', { type: 'step' });
    await bench.until('paused', { type: 'fuse' });
    await until(() => stateOf('asked') === 'done');
    const asked = predictions('asked').find(({ model }) => model === 'M');
    expect([asked?.step[0], asked?.step.at(-1)]).toEqual([6, 20]);
    expect(asked).toMatchObject({ inAdvance: true });
  });

  it('does not ask again what is asked of this very step (10.3)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: held });
    for (let i = 0; i < 4; i++) await bench.until('paused', { type: 'step' });
    bench.send({ type: 'what-if', change: { grow: 4 } });
    await until(() => stateOf('what-if') === 'done');
    const cleared = (): number => bench.of('prediction-cleared').filter(({ of }) => of === 'what-if').length;
    const before = cleared();
    await bench.until('paused', { type: 'fuse' });
    expect(cleared()).toBe(before);
    expect(
      predictions('asked')
        .find(({ model }) => model === 'M')
        ?.step.at(-1),
    ).toBe(20);
  });

  for (const [when, steps] of [
    ['while the run is paused', 4],
    ['at the end of a plan without a growth', 6],
  ] as const)
    it(`holds the training at the seam as a planned one does, ${when} (10.3)`, async () => {
      bench = new Bench();
      const waiting: Experiment = { ...held, wait: true, ...(steps === 6 ? { grow: null, steps } : {}) };
      await bench.until('ready', { type: 'load', experiment: waiting });
      for (let i = 0; i < steps; i++) await bench.until(steps === 6 && i === 5 ? 'finished' : 'paused', { type: 'step' });
      if (steps === 4) await bench.until('paused', { type: 'fuse' });
      await bench.until('finished', { type: steps === 4 ? 'run' : 'fuse' });
      const asked = predictions('asked').find(({ model }) => model === 'M');
      expect([asked?.step[0], asked?.step.at(-1)]).toEqual([steps, steps === 4 ? 20 : 12]);
      expect(Math.max(...(asked?.madeAt ?? [99]))).toBe(steps);
    });

  it('holds the training at the seam while it trains, asked for in advance or not (10.3)', async () => {
    for (const points of [true, false]) {
      bench = new Bench(true);
      await bench.until('ready', { type: 'load', experiment: { ...held, wait: true, pace: 10 } });
      bench.send({ type: 'run' });
      await until(() => (bench.curves().get('A')?.length ?? 0) >= 4);
      if (points) bench.send({ type: 'what-if', change: { grow: 3 } });
      bench.send({ type: 'set-pace', pace: 'max' });
      await bench.until('finished', { type: 'fuse' });
      const at = bench.of('growth')[0]?.report.step ?? 0;
      expect(at).toBeLessThan(12);
      const asked = predictions('asked').find(({ model }) => model === 'M');
      expect([asked?.step[0], asked?.step.at(-1)]).toEqual([at, 20]);
      expect(Math.max(...(asked?.madeAt ?? [99]))).toBe(at);
      await bench.close();
    }
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
    await bench.until('ready', { type: 'load', experiment: { ...held, wait: true } });
    await bench.until('finished', { type: 'run' });
    const asked = predictions('asked').find(({ model }) => model === 'M');
    expect([asked?.step[0], asked?.step.at(-1)]).toEqual([12, 20]);
    expect(asked).toMatchObject({ inAdvance: true });
    const told = bench.of('holding').map(({ progress }) => progress);
    expect(told.at(-1)).toBeNull();
    expect(told.length).toBeGreaterThan(1);
  });

  it('holds a single step at the seam as it holds a run; Pause takes the step back (10.3)', async () => {
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...held, wait: true } });
    for (let i = 0; i < 12; i++) await bench.until('paused', { type: 'step' });
    expect(predictions('asked')).toEqual([]);
    await bench.until('paused', { type: 'step' });
    expect([bench.of('growth').length, bench.of('phase').at(-1)?.step]).toEqual([1, 13]);
    const asked = predictions('asked').find(({ model }) => model === 'M');
    expect([asked?.step[0], asked?.step.at(-1)]).toEqual([12, 20]);
    expect(Math.max(...(asked?.madeAt ?? [99]))).toBe(12);
    expect(bench.of('holding').at(-1)?.progress).toBeNull();
    await bench.close();
    bench = new Bench();
    await bench.until('ready', { type: 'load', experiment: { ...held, wait: true } });
    for (let i = 0; i < 12; i++) await bench.until('paused', { type: 'step' });
    await bench.until('training', { type: 'step' });
    await bench.until('paused', { type: 'pause' });
    await bench.idle();
    expect(bench.of('growth')).toEqual([]);
    await bench.until('finished', { type: 'run' });
    expect(bench.of('growth')).toHaveLength(1);
  });
});
