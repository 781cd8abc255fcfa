/**
 * Numbers measured along a run for its result files: sharpness λ and h·λ, gradient norm and flatness share, and how far
 * the run's parameters are from a flow's. Each has steps of its own; going back to a step forgets what came after it.
 */
import type { DrawnFlow, ModelId, PredictionStart } from '../../experiment/experiment.ts';
import type { ResultMetric } from '../../storage/results.ts';
import { metricKey } from '../reports.ts';
import type { TaskMetric } from './task-metrics.ts';

/** One quantity of one model: a row of numbers a step. */
interface Series<T extends readonly number[]> {
  readonly model: ModelId;
  readonly steps: number[];
  readonly rows: T[];
}

interface DistanceSeries extends Series<readonly [distance: number, travelled: number]> {
  readonly flow: DrawnFlow;
  readonly from: PredictionStart;
}

function put<T extends readonly number[]>({ steps, rows }: Series<T>, step: number, row: T): void {
  if (steps.at(-1) === step) rows.pop();
  else steps.push(step);
  rows.push(row);
}

/** Forgets what lies beyond the step, and a model that begins at this very step: there it has not begun yet. */
function rewound<T extends readonly number[]>({ steps, rows }: Series<T>, step: number): boolean {
  while ((steps.at(-1) ?? -1) > step) {
    steps.pop();
    rows.pop();
  }
  return steps.length > 0 && !(step > 0 && steps[0] === step);
}

const column = <T extends readonly number[]>(rows: readonly T[], index: number): number[] => rows.map((row) => row[index] ?? Number.NaN);

export interface MetricsState {
  readonly tasks: readonly TaskMetric[];
  readonly sharpnesses: ReadonlyMap<ModelId, Series<readonly [lambda: number, hLambda: number]>>;
  readonly gradients: ReadonlyMap<ModelId, Series<readonly [norm: number, flatness: number]>>;
  readonly distances: ReadonlyMap<string, DistanceSeries>;
}

export class RunMetrics {
  private tasks: TaskMetric[] = [];
  private readonly sharpnesses = new Map<ModelId, Series<readonly [lambda: number, hLambda: number]>>();
  private readonly gradients = new Map<ModelId, Series<readonly [norm: number, flatness: number]>>();
  private readonly distances = new Map<string, DistanceSeries>();

  /** Largest eigenvalue of the Hessian at a step, and its product with the step size there. */
  sharpness(model: ModelId, step: number, lambda: number, hLambda: number): void {
    put(this.ofModel(this.sharpnesses, model), step, [lambda, hLambda]);
  }

  /**
   * The gradient at a step. The flatness share is (h/4)·‖∇L‖²/L: how much of the loss that the modified flow goes down
   * is its own correction.
   */
  gradient(
    model: ModelId,
    step: number,
    { squared, loss, h }: { readonly squared: number; readonly loss: number; readonly h: number },
  ): void {
    put(this.ofModel(this.gradients, model), step, [Math.sqrt(squared), ((h / 4) * squared) / loss]);
  }

  /** ‖θ_run − θ_flow‖ at a step, and how far the run has come since its stage began. */
  distance(
    of: { readonly model: ModelId; readonly flow: DrawnFlow; readonly from: PredictionStart },
    step: number,
    row: readonly [distance: number, travelled: number],
  ): void {
    const key = `${of.flow}|${of.from}|${of.model}`;
    const series = this.distances.get(key) ?? { ...of, steps: [], rows: [] };
    this.distances.set(key, series);
    put(series, step, row);
  }

  /** How good answers are; one that comes again, of the same step, takes the place of the one before. */
  task(measured: readonly TaskMetric[]): void {
    const same = (a: TaskMetric, b: TaskMetric): boolean => a.step === b.step && metricKey(a) === metricKey(b);
    const [{ step } = { step: 0 }] = measured;
    this.tasks = [...this.tasks.filter((known) => known.step !== step || !measured.some((each) => same(known, each))), ...measured];
  }

  /** All that was measured, plain. */
  state(): MetricsState {
    const { tasks, sharpnesses, gradients, distances } = this;
    return { tasks, sharpnesses: new Map(sharpnesses), gradients: new Map(gradients), distances: new Map(distances) };
  }

  /** Takes over what was measured before. The state is given away. */
  restore({ tasks, sharpnesses, gradients, distances }: MetricsState): void {
    this.tasks = [...tasks];
    for (const [key, series] of sharpnesses) this.sharpnesses.set(key, series);
    for (const [key, series] of gradients) this.gradients.set(key, series);
    for (const [key, series] of distances) this.distances.set(key, series);
  }

  private ofModel<T extends readonly number[]>(all: Map<ModelId, Series<T>>, model: ModelId): Series<T> {
    const series = all.get(model) ?? { model, steps: [], rows: [] };
    all.set(model, series);
    return series;
  }

  rewind(step: number): void {
    this.tasks = this.tasks.filter((each) => each.step <= step);
    for (const all of [this.sharpnesses, this.gradients, this.distances] as readonly Map<string, Series<readonly number[]>>[])
      for (const [key, series] of all) if (!rewound(series, step)) all.delete(key);
  }

  /** @param startOf first step of a prediction, as its curve in the result has it */
  entries(
    startOf: (series: { readonly model: ModelId; readonly flow: DrawnFlow; readonly from: PredictionStart }) => number,
  ): ResultMetric[] {
    return [
      ...[...this.sharpnesses.values()].map(
        ({ model, steps, rows }): ResultMetric => ({
          kind: 'sharpness',
          model,
          step: steps,
          lambda: column(rows, 0),
          hLambda: column(rows, 1),
        }),
      ),
      ...[...this.gradients.values()].map(
        ({ model, steps, rows }): ResultMetric => ({
          kind: 'gradient',
          model,
          step: steps,
          norm: column(rows, 0),
          flatnessShare: column(rows, 1),
        }),
      ),
      ...[...this.distances.values()].map(
        ({ steps, rows, ...of }): ResultMetric => ({
          kind: 'distance',
          model: of.model,
          prediction: of.flow,
          from: startOf(of),
          step: steps,
          distance: column(rows, 0),
          travelled: column(rows, 1),
        }),
      ),
      ...this.tasks.map((each): ResultMetric => ({ kind: 'task', ...each })),
    ];
  }
}
