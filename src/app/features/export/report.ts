/**
 * A run as a report in Markdown: settings, networks, growth, cost, predictions with their error, and the curves in a
 * few rows. From its `result.json`.
 */
import { differences } from '../../../experiment/differences.ts';
import { sentence } from '../../../experiment/describe.ts';
import { type DrawnFlow, type Experiment, type ModelId, isBaseline } from '../../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../../experiment/declared/flows.ts';
import { OPERATOR_WORDS } from '../../../experiment/declared/operators.ts';
import { PRESETS, presetOf } from '../../../experiment/presets/presets.ts';
import { type CurveLike, lossAt, lowestSinceGap } from '../../plot/curves/curve.ts';
import { errorCurve, meanAbsolute } from '../../plot/curves/prediction-error.ts';
import { isMean } from '../../plot/curves/series.ts';
import { gapsOf } from '../../state/heard/gaps.ts';
import { count, fixed, formatDifference, formatError, formatLoss, formatQuantity } from '../../text/numbers.ts';
import { say } from '../../text/en/share/export.ts';
import { listed } from '../../text/words.ts';
import { table } from './markdown.ts';

interface Points {
  readonly model: ModelId;
  readonly kind: string;
  readonly step: readonly number[];
  /** `null` where it diverged. */
  readonly loss: readonly (number | null)[];
  /** Of a prediction: the step it starts at, and what it is of. */
  readonly from?: number;
  readonly of?: string;
  readonly trustedUntil?: number | null;
  readonly inAdvance?: boolean;
}

/** The parts of a `result.json` that the report tells. */
export interface Told {
  readonly experiment: Experiment;
  readonly adapter: { readonly description: string; readonly kind: string };
  readonly models: readonly {
    readonly id: ModelId;
    readonly parameters: number;
    readonly parents: readonly ModelId[];
    readonly from: number;
    readonly to: number;
  }[];
  readonly curves: readonly Points[];
  readonly growth: readonly {
    readonly step: number;
    readonly operator: string;
    readonly sources: readonly ModelId[];
    readonly target: ModelId;
    readonly loss: { readonly average: number; readonly fused: number };
    readonly gap: number;
  }[];
  readonly cost: { readonly total: number; readonly criticalPath: number; readonly seconds: number };
}

/** Rows of the table of curves. */
const ROWS = 12;

/** @param link whole, with the page's address */
export function reportOf(told: Told, link: string): string {
  const { experiment } = told;
  return `${[
    say.report(PRESETS.get(experiment.preset)?.title ?? experiment.preset),
    sentence(experiment),
    `${say.whoeverOpens}\n\n<${link}>`,
    ...settingsOf(told),
    ...networksOf(told),
    ...growthOf(told),
    say.cost,
    `${say.operations(formatQuantity(told.cost.total, 'FLOPs'), formatQuantity(told.cost.criticalPath, 'FLOPs'))} ${say.seconds(fixed(told.cost.seconds, 1))}`,
    ...predictionsOf(told),
    ...curvesOf(told),
  ].join('\n\n')}\n`;
}

function settingsOf({ experiment, adapter }: Told): readonly string[] {
  const changed = differences(presetOf(experiment), experiment);
  const where = say.trainedOn(adapter.description === '' ? adapter.kind : adapter.description);
  if (changed.length === 0) return [say.settings, `${say.asThePreset} ${where}`];
  return [
    say.settings,
    table(
      [say.setting, say.value],
      changed.map(({ key, to, words }) => [words === key ? key : `${words} (${key})`, to]),
    ),
    `${say.allElse} ${where}`,
  ];
}

const asCurve = ({ step, loss }: Points): CurveLike => ({
  steps: Float64Array.from(step),
  losses: Float32Array.from(loss, (each) => each ?? NaN),
  length: step.length,
});

/** With its gaps: over them losses are of other examples. */
const asMeasured = (points: Points, experiment: Experiment): CurveLike => ({ ...asCurve(points), ...gapsOf(experiment, points.model) });

const measuredOf = ({ curves }: Told, model: ModelId): Points | undefined =>
  curves.find((curve) => curve.kind === 'measured' && curve.model === model);

function networksOf(told: Told): readonly string[] {
  const rows = told.models.map(({ id, parameters, parents, from, to }) => {
    const measured = measuredOf(told, id);
    const losses = measured?.loss ?? [];
    const said = (loss: number | null | undefined): string => (loss === undefined ? '' : formatLoss(loss ?? NaN));
    return [
      id,
      count(parameters),
      listed([...new Set(parents)]),
      `${count(from)}–${count(to)}`,
      said(losses[0]),
      said(losses.at(-1)),
      said(measured && (lowestSinceGap(asMeasured(measured, told.experiment)) ?? undefined)),
    ];
  });
  return [say.networks, table([say.network, say.parameters, say.grownFrom, say.steps, say.firstLoss, say.lastLoss, say.lowest], rows)];
}

function growthOf({ growth }: Told): readonly string[] {
  if (growth.length === 0) return [];
  const told = growth.map(({ step, operator, sources, target, loss, gap }) => {
    const title = OPERATOR_WORDS[operator as Experiment['operator']].title;
    return `${say.atStepGrew(count(step), listed([...new Set(sources)]), target, title)} ${say.lossesAtGrowth(formatLoss(loss.average), formatLoss(loss.fused), formatDifference(gap))}`;
  });
  return [say.growth, ...told];
}

/** The curve that a prediction is compared with: the mean of several runs where there is one, else the run. */
const referenceOf = (told: Told, { model, from, of }: Points): Points | undefined =>
  told.curves.find((curve) => isMean(curve.kind) && curve.model === model && curve.from === from && curve.of === of) ??
  measuredOf(told, model);

function predictionsOf(told: Told): readonly string[] {
  const rows = told.curves.flatMap((curve) => {
    if (curve.kind === 'measured' || isMean(curve.kind)) return [];
    const measured = referenceOf(told, curve);
    if (!measured || curve.step.length < 2) return [];
    const errors = errorCurve(asCurve(curve), asCurve(measured));
    const mean = meanAbsolute(errors);
    const last = errors.length > 0 ? errors.losses[errors.length - 1] : undefined;
    return [
      [
        FLOW_ROWS[curve.kind as DrawnFlow].title,
        curve.model,
        mean === null ? '' : formatError(mean),
        last === undefined ? '' : formatDifference(last, 3),
        curve.trustedUntil === null || curve.trustedUntil === undefined ? say.theEnd : count(curve.trustedUntil),
        curve.inAdvance === true ? say.yes : say.no,
      ],
    ];
  });
  if (rows.length === 0) return [say.predictions, say.noPredictions];
  return [
    say.predictions,
    table([say.flow, say.network, say.meanError, say.lastError, say.trustedUntil, say.inAdvance], rows),
    told.curves.some(({ kind }) => isMean(kind)) ? `${say.errorMeans} ${say.meanOfRuns}` : say.errorMeans,
  ];
}

function curvesOf(told: Told): readonly string[] {
  const measured = told.curves.filter(({ kind, step }) => kind === 'measured' && step.length > 0);
  const ends = measured.filter(({ model }) => !isBaseline(model)).flatMap(({ step }) => [step[0] ?? 0, step.at(-1) ?? 0]);
  const last = Math.max(0, ...ends);
  const steps = [...new Set([...Array.from({ length: ROWS + 1 }, (_, i) => Math.round((last * i) / ROWS)), ...ends])].sort((a, b) => a - b);
  const curves = measured.map((points) => asMeasured(points, told.experiment));
  const rows = steps.map((step) => [
    count(step),
    ...curves.map((curve) => {
      const loss = lossAt(curve, step);
      return loss === null ? '' : formatLoss(loss);
    }),
  ]);
  return [say.curves, table([say.step, ...measured.map(({ model }) => model)], rows), say.curvesMeans];
}
