import { describe, expect, it } from 'vitest';
import type { Objective } from '../../engine/vector-space.ts';
import type { Float64Space } from '../float64-space.ts';
import { createFloat64Space } from '../float64-space.ts';
import { fixedSubsteps } from './integrators.ts';
import type { GrownStage, PredictedPoint, PredictedStage, PredictorOptions, Slice, StageState } from './trajectory.ts';
import { TrajectoryPredictor } from './trajectory.ts';

type Toy = Objective<Float64Array> & { readonly space: Float64Space; spent(): number };

/** ½Σ c_i x_i² + ¼Σ x_i⁴: a quadratic with a quartic on top. */
function toy(curvatures: readonly number[]): Toy {
  let spent = 0;
  const loss = (x: Float64Array): number => curvatures.reduce((sum, c, i) => sum + (c * x[i]! ** 2) / 2 + x[i]! ** 4 / 4, 0);
  return {
    space: createFloat64Space(curvatures.length),
    spent: () => spent,
    loss,
    lossAndGradient(x, g) {
      spent++;
      curvatures.forEach((c, i) => (g[i] = c * x[i]! + x[i]! ** 3));
      return loss(x);
    },
  };
}

/** Two small models that become one of twice the width, with a term between the halves that neither source knew. */
function growing(): {
  a: Toy;
  b: Toy;
  large: Toy;
  grow(sources: readonly StageState<Float64Array>[]): Promise<GrownStage<Float64Array>>;
  stages: PredictedStage<Float64Array>[];
  spaces: Float64Space[];
} {
  const [a, b, large] = [toy([1, 4]), toy([2, 3]), toy([1.5, 4, 2, 5])];
  const grow = async (sources: readonly StageState<Float64Array>[]): Promise<GrownStage<Float64Array>> => {
    const theta = large.space.create();
    theta.set([...sources[0]!.theta, ...sources[1]!.theta]);
    return { objective: large, theta };
  };
  const stages: PredictedStage<Float64Array>[] = [
    { model: 'M', from: 10, to: 25, start: { kind: 'grown', sources: ['A', 'B'], grow } },
    { model: 'A', from: 0, to: 10, start: { kind: 'given', objective: a, theta: Float64Array.of(1, -0.5) } },
    { model: 'B', from: 0, to: 10, start: { kind: 'given', objective: b, theta: Float64Array.of(-0.7, 0.8) } },
  ];
  return { a, b, large, grow, stages, spaces: [a.space, b.space, large.space] };
}

async function finish(
  predictor: TrajectoryPredictor<Float64Array>,
  budget = {},
): Promise<{ points: PredictedPoint[]; last: Slice; slices: number }> {
  const points: PredictedPoint[] = [];
  for (let slices = 1; ; slices++) {
    const last = await predictor.advance(budget);
    points.push(...last.points);
    if (last.state !== 'running') return { points, last, slices };
  }
}

const curve = (points: readonly PredictedPoint[], model: string): number[][] =>
  points.filter((p) => p.model === model).map(({ step, loss }) => [step, loss]);
const live = (spaces: readonly Float64Space[]): number => spaces.reduce((sum, space) => sum + space.live(), 0);
const options = (
  stages: readonly PredictedStage<Float64Array>[],
  more: Partial<PredictorOptions<Float64Array>> = {},
): PredictorOptions<Float64Array> => ({ flow: 'modified-flow', stages, stepSizeAt: () => 0.1, ...more });

/** What really happens: gradient descent of the sources, growth, gradient descent of the large one. */
async function measured(h: number): Promise<Map<string, number[]>> {
  const { a, b, large, stages } = growing();
  const curves = new Map<string, number[]>();
  const run = (o: Toy, model: string, x: Float64Array, steps: number): Float64Array => {
    const g = new Float64Array(x.length);
    const losses: number[] = [];
    for (let i = 0; i <= steps; i++) {
      losses.push(o.lossAndGradient(x, g) as number);
      if (i < steps) o.space.axpy(-h, g, x);
    }
    curves.set(model, losses);
    return x;
  };
  const start = (model: string): Float64Array => {
    const found = stages.find((stage) => stage.model === model)!.start;
    return Float64Array.from(found.kind === 'given' ? found.theta : []);
  };
  const halves = [run(a, 'A', start('A'), 10), run(b, 'B', start('B'), 10)];
  run(large, 'M', Float64Array.from(halves.flatMap((half) => [...half])), 15);
  return curves;
}

describe('TrajectoryPredictor', () => {
  it('predicts the sources side by side, grows the predicted ones and goes on: every model at every step once', async () => {
    const { stages } = growing();
    const { points, last } = await finish(new TrajectoryPredictor(options(stages)));
    expect(last).toMatchObject({ state: 'done', progress: 1, divergedAt: null });
    for (const [model, from, to] of [
      ['A', 0, 10],
      ['B', 0, 10],
      ['M', 10, 25],
    ] as const) {
      expect(curve(points, model).map(([step]) => step)).toEqual(Array.from({ length: to - from + 1 }, (_, i) => from + i));
    }
    expect(points.map(({ step }) => step)).toEqual(points.map(({ step }) => step).toSorted((x, y) => x - y));
  });

  it('stays with the run through the growth, the modified flow an order closer than gradient flow', async () => {
    const error = async (flow: 'gradient-flow' | 'modified-flow', h: number): Promise<number> => {
      const steps = await measured(h);
      const { points } = await finish(new TrajectoryPredictor(options(growing().stages, { flow, stepSizeAt: () => h })));
      const differences = points.map(({ model, step, loss }) => Math.abs(loss - steps.get(model)![model === 'M' ? step - 10 : step]!));
      return Math.max(...differences.slice(-16));
    };
    // The toy's time is h · steps, so this halves both step size and time; gradient flow's error is O(h) of the curve,
    // the modified flow's O(h²).
    const [gradient, gradientHalf, modified, modifiedHalf] = [
      await error('gradient-flow', 0.04),
      await error('gradient-flow', 0.02),
      await error('modified-flow', 0.04),
      await error('modified-flow', 0.02),
    ];
    expect(modified).toBeLessThan(gradient / 8);
    expect(modifiedHalf / gradientHalf).toBeLessThan(0.65 * (modified / gradient));
  });

  it('gives the same curve however thin the slices, and counts the gradients that were spent', async () => {
    const whole = growing();
    const one = await finish(new TrajectoryPredictor(options(whole.stages)));
    const thin = growing();
    const many = await finish(new TrajectoryPredictor(options(thin.stages)), { gradients: 1 });
    expect(many.points).toEqual(one.points);
    expect(many.slices).toBeGreaterThan(200);
    expect(one.last.gradients).toBe(whole.a.spent() + whole.b.spent() + whole.large.spent());
    expect(many.last.gradients).toBe(one.last.gradients);
  });

  it('does no more than one evaluation of the field in a slice whose time is up', async () => {
    const { stages, a, b } = growing();
    const predictor = new TrajectoryPredictor(options(stages));
    for (let i = 1; i <= 20; i++) {
      const slice = await predictor.advance({ milliseconds: 0 });
      expect(slice.gradients).toBe(2 * i);
      expect(a.spent() + b.spent()).toBe(2 * i);
    }
    await predictor.cancel();
  });

  it('uses the table of step sizes, one for the sources and another after the growth', async () => {
    const { stages } = growing();
    const asked: number[] = [];
    const { points } = await finish(
      new TrajectoryPredictor(options(stages, { stepSizeAt: (step) => (asked.push(step), step < 10 ? 0.1 : 0.001) })),
    );
    expect(asked).toEqual(Array.from({ length: 25 }, (_, i) => i));
    const losses = curve(points, 'M').map(([, loss]) => loss!);
    expect(losses[0]! - losses[1]!).toBeLessThan(0.01 * losses[0]!);
    expect(curve(points, 'A')[1]![1]!).toBeLessThan(0.8 * curve(points, 'A')[0]![1]!);
  });

  it('waits where the step size is not known yet, shows the losses there, and goes on to the same curve', async () => {
    const { stages } = growing();
    let known = 4;
    const predictor = new TrajectoryPredictor(options(stages, { stepSizeAt: async (step) => (step < known ? 0.1 : undefined) }));
    const first = await finish(predictor);
    expect(first.last.state).toBe('waiting');
    expect(first.last.progress).toBeCloseTo(4 / 25, 12);
    expect(curve(first.points, 'A').map(([step]) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(await finish(predictor)).toMatchObject({ points: [], last: { state: 'waiting' } });
    known = 12;
    const second = await finish(predictor);
    expect(second.last.state).toBe('waiting');
    known = 100;
    const third = await finish(predictor);
    expect(third.last.state).toBe('done');
    const straight = await finish(new TrajectoryPredictor(options(growing().stages)));
    expect(
      [...first.points, ...second.points, ...third.points].toSorted((x, y) => x.step - y.step || x.model.localeCompare(y.model)),
    ).toEqual(straight.points.toSorted((x, y) => x.step - y.step || x.model.localeCompare(y.model)));
  });

  it('starts from the growth on as well', async () => {
    const { large } = growing();
    const theta = Float64Array.of(0.4, 0.2, -0.1, 0.3);
    const { points } = await finish(
      new TrajectoryPredictor(options([{ model: 'M', from: 10, to: 12, start: { kind: 'given', objective: large, theta } }])),
    );
    expect(curve(points, 'M').map(([step]) => step)).toEqual([10, 11, 12]);
    expect(points[0]!.loss).toBe(large.loss(theta));
    expect(Array.from(theta)).toEqual([0.4, 0.2, -0.1, 0.3]);
  });

  it('keeps a source that is done until it is grown, and grows in several rounds', async () => {
    const { stages, spaces, large } = growing();
    const more: PredictedStage<Float64Array>[] = [
      { ...stages[0]!, from: 12, to: 15 },
      stages[1]!,
      { ...stages[2]!, to: 12 },
      {
        model: 'N',
        from: 15,
        to: 16,
        start: {
          kind: 'grown',
          sources: ['M'],
          grow: async ([source]) => ({
            objective: large,
            theta: ((copy) => (large.space.copy(source!.theta, copy), copy))(large.space.create()),
          }),
        },
      },
    ];
    const { points } = await finish(new TrajectoryPredictor(options(more)));
    expect(
      curve(points, 'A')
        .map(([step]) => step)
        .at(-1),
    ).toBe(10);
    expect(
      curve(points, 'B')
        .map(([step]) => step)
        .at(-1),
    ).toBe(12);
    expect(curve(points, 'N').map(([step]) => step)).toEqual([15, 16]);
    expect(curve(points, 'N')[0]![1]).toBe(curve(points, 'M').at(-1)![1]);
    expect(live(spaces)).toBe(0);
  });

  it('goes on with a model in a later stage, beside a growth, with a step size for each', async () => {
    const { stages, spaces, a, grow } = growing();
    const split: PredictedStage<Float64Array>[] = [
      { ...stages[1]!, to: 4 },
      { model: 'A', from: 4, to: 10, start: { kind: 'continued' } },
      stages[2]!,
      // M grows at 10, where A goes on beside it.
      { model: 'M', from: 10, to: 25, start: { kind: 'grown', sources: ['A', 'B'], grow } },
      { model: 'A', from: 10, to: 14, start: { kind: 'continued' } },
    ];
    const sizeOf = (model: string): number => (model === 'M' ? 0.05 : 0.1);
    const { points } = await finish(
      new TrajectoryPredictor(options(split, { stepSizeAt: (_step, models) => models.map(({ model }) => sizeOf(model)) })),
    );
    const whole = await finish(
      new TrajectoryPredictor(options(stages, { stepSizeAt: (_step, models) => (models.some(({ model }) => model === 'M') ? 0.05 : 0.1) })),
    );
    const alone = await finish(new TrajectoryPredictor(options([{ ...stages[1]!, to: 14 }])));
    expect(curve(points, 'M')).toEqual(curve(whole.points, 'M'));
    expect(curve(points, 'A')).toEqual(curve(alone.points, 'A'));
    expect(live(spaces)).toBe(0);
    expect(a.space.live()).toBe(0);
    expect(() => new TrajectoryPredictor(options([split[1]!]))).toThrow('model A goes on at step 4 from a stage before');
    await expect(new TrajectoryPredictor(options(stages, { stepSizeAt: () => [0.1] })).advance({})).rejects.toThrow(
      '1 step sizes were given at step 0 for 2 models',
    );
  });

  it('gives every vector back: done, cancelled at any moment, broken, diverged', async () => {
    const { stages, spaces } = growing();
    await finish(new TrajectoryPredictor(options(stages)));
    expect(live(spaces)).toBe(0);
    const cut = growing();
    let released = 0;
    const grown = cut.stages.map((stage) =>
      stage.start.kind === 'grown'
        ? {
            ...stage,
            start: {
              ...stage.start,
              grow: async (sources: readonly StageState<Float64Array>[]) => ({
                ...(await cut.grow(sources)),
                release: () => void released++,
              }),
            },
          }
        : stage,
    );
    for (const gradients of [0, 1, 7, 40, 80, 200, 270]) {
      const predictor = new TrajectoryPredictor(options(grown, { integrator: (space) => fixedSubsteps(space, 1) }));
      if (gradients > 0) await predictor.advance({ gradients });
      await predictor.cancel();
      expect(live(cut.spaces)).toBe(0);
      expect((await predictor.advance({})).state).toBe('cancelled');
    }
    expect(released).toBe(2);

    const broken = growing();
    const predictor = new TrajectoryPredictor(
      options([
        { ...broken.stages[0]!, start: { kind: 'grown', sources: ['A', 'B'], grow: () => Promise.reject(new Error('no')) } },
        ...broken.stages.slice(1),
      ]),
    );
    await expect(finish(predictor)).rejects.toThrow('no');
    expect(live(broken.spaces)).toBe(0);
    expect((await predictor.advance({})).state).toBe('cancelled');
  });

  it('can be cancelled while a slice is under way: the slice ends at once and nothing leaks', async () => {
    const { stages, spaces } = growing();
    const predictor = new TrajectoryPredictor(options(stages));
    const slice = predictor.advance({});
    await predictor.cancel();
    expect((await slice).state).toBe('cancelled');
    expect((await slice).gradients).toBeLessThan(5);
    expect(live(spaces)).toBe(0);
  });

  it('ends where the predicted loss is no longer finite, and says at which step', async () => {
    const { stages, spaces } = growing();
    const { last, points } = await finish(
      new TrajectoryPredictor(
        options(stages, { stepSizeAt: (step) => (step < 12 ? 0.1 : 1e4), integrator: (space) => fixedSubsteps(space, 1) }),
      ),
    );
    expect(last.state).toBe('done');
    expect(last.divergedAt).toBe(13);
    expect(points.at(-1)!.step).toBe(13);
    expect(live(spaces)).toBe(0);
  });

  it('refuses what cannot be predicted, in words', async () => {
    const { stages } = growing();
    expect(() => new TrajectoryPredictor(options([]))).toThrow('at least one stage');
    expect(() => new TrajectoryPredictor(options([{ ...stages[0]!, from: 5 }, ...stages.slice(1)]))).toThrow(
      'model M grows at step 5 from A, which ends only at 10',
    );
    expect(() => new TrajectoryPredictor(options([stages[0]!]))).toThrow('from A, which is not among the stages');
    expect(() => new TrajectoryPredictor(options([{ ...stages[1]!, to: -1 }]))).toThrow('from step 0 to -1');
    await expect(new TrajectoryPredictor(options(stages, { stepSizeAt: () => 0 })).advance({})).rejects.toThrow(
      'the step size at step 0 is 0; it must be a positive number',
    );
    const busy = new TrajectoryPredictor(options(stages));
    const slice = busy.advance({});
    await expect(busy.advance({})).rejects.toThrow('being advanced already');
    await slice;
  });
});
