/**
 * `curves.csv`: a row a point of every curve. `model,kind,step,loss` come first; behind them what was measured or used
 * at that step, empty where there is nothing: the step size of the update that starts there, λ and h·λ, ‖∇L‖ and its
 * flatness share (h/4)‖∇L‖²/L, on a predicted row the distance of the run's parameters from the flow's, and on a
 * measured one the operations that brought the model there, with all that it has grown from.
 */
import { type ModelId, type StepSizeTable, tableAt } from '../experiment/experiment.ts';
import type { Result, ResultCurve } from './results.ts';

const HEAD = 'model,kind,step,loss,step_size,lambda,h_lambda,gradient_norm,flatness_share,distance,flops';

function csvText(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A number that is not finite is written as `nan`, `inf` or `-inf`; undefined is an empty cell. */
function csvNumber(value: number | undefined): string {
  if (value === undefined) return '';
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

type Lookup = (step: number) => number | undefined;

/** A column of a metric, by step. */
function lookup(steps: readonly number[] = [], values: readonly number[] = []): Lookup {
  const byStep = new Map(steps.map((step, i) => [step, values[i]]));
  return (step) => byStep.get(step);
}

function stepSizeOf(result: Pick<Result, 'models' | 'stepSize'>, model: ModelId): Lookup {
  const table: StepSizeTable = result.stepSize[model] ?? [];
  const { from = 0, to = 0 } = result.models.find(({ id }) => id === model) ?? {};
  // A model's last step is one that it makes no update at.
  return (step) => (table.length > 0 && step >= from && step < to ? tableAt(table, step) : undefined);
}

type Tabled = Pick<Result, 'curves' | 'metrics' | 'models' | 'stepSize'>;

/** The columns behind `model,kind,step,loss` in the rows of a curve. */
function columnsOf(result: Tabled, curve: ResultCurve, flopsAt: (model: ModelId, step: number) => number | undefined): readonly Lookup[] {
  const { model } = curve;
  const none: Lookup = () => undefined;
  const stepSize = stepSizeOf(result, model);
  if (curve.kind !== 'measured') {
    const distance = result.metrics
      .filter((each) => each.kind === 'distance')
      .find((each) => each.model === model && each.prediction === curve.kind && each.from === curve.from);
    return [stepSize, none, none, none, none, lookup(distance?.step, distance?.distance), none];
  }
  const sharpness = result.metrics.filter((each) => each.kind === 'sharpness').find((each) => each.model === model);
  const gradient = result.metrics.filter((each) => each.kind === 'gradient').find((each) => each.model === model);
  return [
    stepSize,
    lookup(sharpness?.step, sharpness?.lambda),
    lookup(sharpness?.step, sharpness?.hLambda),
    lookup(gradient?.step, gradient?.norm),
    lookup(gradient?.step, gradient?.flatnessShare),
    none,
    (step) => flopsAt(model, step),
  ];
}

/**
 * @param flopsAt operations that brought a model to a step, with all that it has grown from; undefined where they are
 * not counted
 */
export function curvesCsv(result: Tabled, flopsAt: (model: ModelId, step: number) => number | undefined): string {
  const rows = [HEAD];
  for (const curve of result.curves) {
    const columns = columnsOf(result, curve, flopsAt);
    const start = `${csvText(curve.model)},${csvText(curve.kind)}`;
    curve.step.forEach((step, i) => {
      const values = [curve.loss[i] ?? Number.NaN, ...columns.map((column) => column(step))];
      rows.push(`${start},${step},${values.map(csvNumber).join(',')}`);
    });
  }
  return `${rows.join('\n')}\n`;
}
