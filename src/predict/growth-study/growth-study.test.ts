/** What a session finds at a growth: against the run itself, and in no way changing it. */
import { afterEach, describe, expect, it } from 'vitest';
import { spectralCurve } from '../../curves/spectral-curve.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { type Bench, runToEnd, tiny } from '../../session/testing/bench.ts';

let bench: Bench;
afterEach(() => bench.close());

/** Waits until a thing was said. */
async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const studied: Experiment = { ...tiny, grow: 20, steps: 50 };
const measuredAt = (model: string, step: number): number =>
  bench
    .curves()
    .get(model)
    ?.find(([at]) => at === step)?.[1] ?? Number.NaN;

describe('the spectrum at a growth', () => {
  it('comes once to whoever looks, costs some fifteen gradients, and gives the curve of the run', async () => {
    bench = await runToEnd(studied, true);
    await until(() => bench.of('growth-composite').length > 0);
    const [spectrum, ...more] = bench.of('growth-spectrum');
    expect(more).toEqual([]);
    if (!spectrum) throw new Error('there is no spectrum');
    expect(spectrum.step).toBe(20);
    expect(spectrum.model).toBe('M');
    expect(spectrum.gradients).toBe(16);
    expect(spectrum.loss).toBeCloseTo(measuredAt('M', 20), 5);
    // λ as the run itself measured it at that step.
    const lambda = bench.of('sharpness').find(({ model, step }) => model === 'M' && step === 20)?.lambda ?? Number.NaN;
    expect(Math.abs(spectrum.lambda / lambda - 1)).toBeLessThan(0.02);
    expect(spectrum.sourceLambdas).toHaveLength(2);
    const { losses, trustedUntil } = spectralCurve({ spectrum, table: [[0, 0.05]], from: 20, to: 50, lambda: spectrum.lambda });
    expect(trustedUntil).toBe(31);
    // Ten steps of .05: off by less than a fifth of the drop; a curve of another step size is not.
    const drop = measuredAt('M', 20) - measuredAt('M', 30);
    expect(Math.abs((losses[10] ?? 0) - measuredAt('M', 30)) / drop).toBeLessThan(0.2);
    const doubled = spectralCurve({ spectrum, table: [[0, 0.1]], from: 20, to: 50, lambda: spectrum.lambda }).losses[10] ?? 0;
    expect(Math.abs(doubled - measuredAt('M', 30)) / drop).toBeGreaterThan(0.3);
  });

  it('is looked for again in a branch, and never by a program that did not ask', async () => {
    bench = await runToEnd({ ...studied, steps: 30 }, true);
    await until(() => bench.of('growth-spectrum').length > 0);
    await bench.until('finished', { type: 'run-branch', change: { grow: 10 } });
    await until(() => bench.of('growth-spectrum').length > 1);
    expect(bench.of('growth-spectrum').map(({ step }) => step)).toEqual([20, 10]);
    await bench.close();
    bench = await runToEnd({ ...studied, steps: 30 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bench.of('growth-spectrum')).toEqual([]);
  });

  it('is a curve of the result where it is asked for, and changes no bit of the run', async () => {
    bench = await runToEnd(studied);
    const plain = bench.curves();
    await bench.close();
    bench = await runToEnd({ ...studied, predict: ['spectral', 'composite'] }, true);
    await until(
      () =>
        new Set(
          bench
            .of('prediction-state')
            .filter(({ cost }) => cost.state === 'done')
            .map(({ key }) => key.flow),
        ).size === 3,
    );
    expect(bench.curves()).toEqual(plain);
    const spectral = bench.of('prediction-state').findLast(({ key }) => key.flow === 'spectral');
    expect(spectral?.cost).toMatchObject({ gradients: 16, window: 31, progress: 1 });
    const files = bench.session.files(false);
    const result = JSON.parse(new TextDecoder().decode(files.find(({ path }) => path === 'result.json')?.bytes)) as {
      curves: { kind: string; model: string; step: number[]; from?: number; gradients?: number }[];
    };
    const kinds = result.curves.filter(({ kind }) => kind !== 'measured').map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['composite', 'composite-without-bracket', 'spectral']);
    const curve = result.curves.find(({ kind }) => kind === 'spectral');
    expect(curve).toMatchObject({ model: 'M', from: 20, gradients: 16 });
    expect(curve?.step).toEqual(Array.from({ length: 31 }, (_, i) => 20 + i));
  });
});

describe('growth as one flow', () => {
  it('is closer to the run with the bracket than without, in its window', async () => {
    bench = await runToEnd({ ...studied, h: { kind: 'constant', value: 0.01 } }, true);
    await until(() => bench.of('growth-composite').length > 0);
    const [composite] = bench.of('growth-composite');
    const [bracket] = bench.of('growth-bracket');
    expect(composite?.points.length).toBeGreaterThan(1);
    for (const { n, measured, withBracket, without } of composite?.points ?? []) {
      expect(withBracket.distance, `n = ${n}`).toBeLessThan(without.distance / 2);
      expect(measured).toBeCloseTo(measuredAt('M', 20 + n), 5);
      // What the bracket adds to the loss, to first order in the number of steps.
      const effect = (n * n * 0.01 * 0.01 * (bracket?.alongBracket ?? 0)) / 2;
      expect(Math.abs((withBracket.loss - without.loss) / effect - 1), `n = ${n}`).toBeLessThan(0.08 * n);
    }
    // Off-diagonals begin at zero: the sources know nothing of the new weights.
    expect(bracket?.g1.new).toBe(0);
    expect(bracket?.bracket.new).toBeGreaterThan(0);
    expect(bracket?.metric).toBe(0.25);
  });

  it('has no points past its window, and no bracket where no whole sources stand side by side', async () => {
    bench = await runToEnd({ ...studied, h: { kind: 'constant', value: 0.6 }, grow: 4, steps: 8 }, true);
    await until(() => bench.of('growth-composite').length > 0);
    const [composite] = bench.of('growth-composite');
    const lambdas = bench.of('growth-bracket')[0]?.lambdas ?? [0, 0];
    expect(0.6 * Math.max(...lambdas)).toBeGreaterThan(2);
    expect(composite?.points).toEqual([]);
    await bench.close();
    bench = await runToEnd({ ...tiny, operator: 'net2net', predict: ['composite'] });
    await until(() => bench.of('prediction-state').some(({ key }) => key.flow === 'composite'));
    expect(bench.of('growth-bracket')).toEqual([]);
    expect(bench.of('log').map(({ message }) => message)).toContainEqual(expect.stringContaining('known for fusions'));
  });
});

describe('the distance between the run’s parameters and a flow’s', () => {
  it('is told where both are held, and is smaller for the modified flow', async () => {
    bench = await runToEnd({ ...studied, predict: ['gradient-flow', 'modified-flow'], from: ['0'] }, true);
    const done = (): number => bench.of('prediction-state').filter(({ cost }) => cost.state === 'done').length;
    await until(() => done() >= 2 && bench.of('parameter-distance').some(({ key, step }) => key.flow === 'gradient-flow' && step === 45));
    const at = (flow: string, model: string, step: number): { distance: number; travelled: number } | undefined =>
      bench.of('parameter-distance').find((event) => event.key.flow === flow && event.model === model && event.step === step);
    for (const [model, step] of [
      ['A', 15],
      ['B', 5],
      ['M', 45],
    ] as const) {
      const [gradient, modified] = [at('gradient-flow', model, step), at('modified-flow', model, step)];
      expect(modified?.distance, `${model} ${step}`).toBeLessThan((gradient?.distance ?? 0) / 3);
      expect(modified?.travelled).toBe(gradient?.travelled);
      expect(gradient?.distance).toBeLessThan(gradient?.travelled ?? 0);
    }
  });
});
