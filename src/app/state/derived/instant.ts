/**
 * Instant answers to another step size after the growth, made in the page so that they follow the slider within a
 * frame: the curve of the Gauss–Newton spectrum (which steps), and the measured branch in another time (which only goes
 * faster). Each is good in a window of its own and hatched beyond it.
 */
import {
  type Experiment,
  type ModelId,
  type StepSize,
  type StepSizeTable,
  stepSizeAfter,
  tableAt,
} from '../../../experiment/experiment.ts';
import { spectralCurve } from '../../../curves/spectral-curve.ts';
import { rescaleTime } from '../../../curves/time-rescaling.ts';
import type { SpectrumReport } from '../../../predict/reports.ts';
import type { WhatIf } from '../../../experiment/plan/what-if.ts';
import type { Course } from '../../plot/curves/growable.ts';
import type { SharpnessCurve } from '../slices/curves.ts';
import type { State } from '../state.ts';
import { type CurveLike, indexAtOrBefore } from '../../plot/curves/curve.ts';
import { remember } from '../view.ts';

export const SPECTRAL_KEY = 'spectral|growth|what-if';
export const RESCALED_KEY = 'time-rescaling|growth|what-if';

export interface InstantCurve {
  readonly key: string;
  readonly model: ModelId;
  readonly curve: CurveLike;
  /** First step past its window; `null` if it holds to its end. */
  readonly until: number | null;
}

export interface InstantParts {
  readonly experiment: Experiment;
  readonly change: WhatIf | null;
  readonly growth: { readonly step: number; readonly target: ModelId } | null;
  /** Last step of the grown model. */
  readonly to: number;
  readonly measured: CurveLike | undefined;
  readonly used: Course | undefined;
  readonly sharpness: SharpnessCurve | undefined;
  readonly spectrum: SpectrumReport | null;
}

/** Step sizes that were used, from the worker's reports of their changes. */
export function usedTable(course: Course | undefined): StepSizeTable {
  if (!course) return [];
  return Array.from({ length: course.length }, (_, i) => [course.steps[i] ?? 0, course.values[i] ?? NaN] as const);
}

/**
 * The step sizes that are asked about, as a table; a held sharpness scales what the run's own came to, or begins from λ
 * at the growth.
 */
export function askedTable(
  wanted: StepSize,
  was: StepSize,
  used: StepSizeTable,
  from: number,
  lambda: number | null,
): StepSizeTable | null {
  switch (wanted.kind) {
    case 'constant':
      return [[from, wanted.value]];
    case 'table':
      return [[from, tableAt(wanted.table, from)], ...wanted.table.filter(([step]) => step > from)];
    case 'edge':
      if (was.kind === 'edge' && used.length > 0) return used.map(([step, size]) => [step, (size * wanted.edge) / was.edge] as const);
      return lambda === null ? null : [[from, wanted.edge / lambda]];
  }
}

const asCurve = (steps: Float64Array, losses: Float64Array): CurveLike => ({
  steps,
  losses: Float32Array.from(losses),
  length: steps.length,
});

/** Nothing where the growth itself would be another one, or where the step size before it would. */
export function instantCurves({
  experiment,
  change,
  growth,
  to,
  measured,
  used,
  sharpness,
  spectrum,
}: InstantParts): readonly InstantCurve[] {
  if (!growth || !change?.h2 || change.h !== undefined || (change.grow !== undefined && change.grow !== growth.step)) return [];
  const own = usedTable(used);
  const known = spectrum && spectrum.step === growth.step && spectrum.model === growth.target ? spectrum : null;
  const table = askedTable(change.h2, stepSizeAfter(experiment), own, growth.step, known?.lambda ?? null);
  if (!table) return [];
  const curves: InstantCurve[] = [];
  if (known) {
    const { steps, losses, trustedUntil } = spectralCurve({ spectrum: known, table, from: growth.step, to, lambda: known.lambda });
    curves.push({ key: SPECTRAL_KEY, model: growth.target, curve: asCurve(steps, losses), until: trustedUntil });
  }
  if (measured && measured.length > 1 && own.length > 0) {
    const { steps, losses, trustedUntil } = rescaleTime({
      measured: { steps: measured.steps.subarray(0, measured.length), losses: measured.losses.subarray(0, measured.length) },
      measuredTable: own,
      table,
      to,
      ...(sharpness && sharpness.length > 0
        ? { sharpness: { steps: sharpness.steps.subarray(0, sharpness.length), lambdas: sharpness.lambda.subarray(0, sharpness.length) } }
        : {}),
    });
    if (steps.length > 1) curves.push({ key: RESCALED_KEY, model: growth.target, curve: asCurve(steps, losses), until: trustedUntil });
  }
  return curves;
}

type Shown = Pick<
  State,
  | 'covered'
  | 'chart'
  | 'predictionCosts'
  | 'asked'
  | 'growth'
  | 'running'
  | 'experiment'
  | 'models'
  | 'stepSizes'
  | 'sharpness'
  | 'spectrum'
>;

const instantOf = remember(
  (
    measured: CurveLike | undefined,
    change: WhatIf | null,
    growth: State['growth'],
    experiment: Experiment,
    models: State['models'],
    used: Course | undefined,
    sharpness: SharpnessCurve | undefined,
    spectrum: SpectrumReport | null,
  ): readonly InstantCurve[] =>
    instantCurves({
      experiment,
      change,
      growth,
      to: models.find(({ id }) => id === growth?.target)?.to ?? experiment.steps,
      measured,
      used,
      sharpness,
      spectrum,
    }),
);

/** The instant curves of what is asked now. */
export function instantNow(state: Shown): readonly InstantCurve[] {
  const { growth } = state;
  const change = state.asked?.change;
  if (!growth || !change?.h2) return NONE;
  const id = growth.target;
  return instantOf(
    state.chart.measured.get(id),
    change,
    growth,
    state.running ?? state.experiment,
    state.models,
    state.stepSizes.get(id),
    state.sharpness.get(id),
    state.spectrum,
  );
}
const NONE: readonly InstantCurve[] = [];

/** Curves that hold around the growth only; the worker says where they end. */
const LOCAL = ['spectral|growth|plan', 'composite|growth|plan', 'composite-without-bracket|growth|plan'] as const;

/** Curves to draw, with the windows of those that are good near the growth only. */
export interface ShownChart extends Omit<State['chart'], 'predicted'> {
  readonly predicted: ReadonlyMap<string, ReadonlyMap<ModelId, CurveLike>>;
  readonly windows: ReadonlyMap<string, number>;
  readonly besidePlan: boolean;
}

const joined = remember((chart: State['chart'], instant: readonly InstantCurve[], windows: string, besidePlan: boolean): ShownChart => {
  const ends = new Map<string, number>(windows === '' ? [] : (JSON.parse(windows) as [string, number][]));
  if (instant.length === 0) return { ...chart, windows: ends, besidePlan };
  const predicted = new Map<string, ReadonlyMap<ModelId, CurveLike>>(chart.predicted);
  for (const { key, model, curve, until } of instant) {
    predicted.set(key, new Map([[model, curve]]));
    if (until !== null) ends.set(key, until);
  }
  return { ...chart, predicted, windows: ends, besidePlan };
});

/** The curves of the run and its predictions, and the instant ones of what is asked now. */
export function shownChart(state: Shown): ShownChart {
  const windows = LOCAL.flatMap((key) => {
    const until = state.predictionCosts.get(key)?.window ?? null;
    return until === null ? [] : [[key, until]];
  });
  const besidePlan = state.asked?.by === 'fuse';
  const all = joined(state.chart, instantNow(state), windows.length === 0 ? '' : JSON.stringify(windows), besidePlan);
  return state.covered === null || !Number.isFinite(state.covered) ? all : coveredFrom(all, state.covered);
}

/** The curves up to a step, the step itself included; a curve that begins later is left out. */
function cut<C extends CurveLike>(curves: ReadonlyMap<ModelId, C>, step: number): ReadonlyMap<ModelId, C> {
  const before = [...curves].filter(([, { steps, length }]) => length > 0 && (steps[0] ?? Infinity) < Math.max(step, 1));
  return new Map(before.map(([model, curve]) => [model, { ...curve, length: indexAtOrBefore(curve, step) + 1 }]));
}

/** The chart of a lesson whose question is not answered yet. */
const coveredFrom = remember(
  (chart: ShownChart, step: number): ShownChart => ({
    ...chart,
    measured: cut(chart.measured, step),
    predicted: new Map([...chart.predicted].map(([key, models]) => [key, cut(models, step)])),
  }),
);
