/**
 * The map as it is drawn: what each cell shows, how strong its colour is, and how well each predictor ranks the
 * measured ones. Pure.
 */
import { say } from '../../text/en/runs/map.ts';
import { type MapAxes, type MeasuredBranch, placeOnMap } from '../../../experiment/map/growth-map.ts';
import { compareRanks, type RankComparison } from '../../../curves/rank-correlation.ts';
import { curveOf, lossAt } from '../../plot/curves/curve.ts';
import { count, plain } from '../../text/numbers.ts';
import type { MapCell, MapPredictor, MapReport } from '../../../predict/reports.ts';

export const PREDICTORS: readonly MapPredictor[] = ['gradient-flow', 'time-rescaling', 'spectral'];
export const PREDICTOR_WORDS: Readonly<Record<MapPredictor, string>> = {
  'gradient-flow': say.gradientFlow,
  'time-rescaling': say.rescaledBranch,
  spectral: say.spectrum,
};

/**
 * The point at which the runs of a map are compared: their last step, or where each has cost as much as the cheapest.
 */
export type Equal = 'steps' | 'compute';

export interface DrawnCell {
  readonly grow: number;
  readonly after: number;
  /** The step that its loss is of; `null` where that is not known. */
  readonly step: number | null;
  readonly time: number | null;
  /** `null`: it diverged; `undefined`: it was not run. */
  readonly measured: number | null | undefined;
  readonly predicted: MapCell['predicted'];
  /** The number in the cell: measured, else predicted by the chosen predictor; `null` where there is none. */
  readonly shown: number | null;
  /** 0 (highest loss on the map) to 1 (lowest), on a logarithmic scale; `null` without a number. */
  readonly share: number | null;
}

/**
 * Why a growth at a step can't be asked for, as a sentence; null where it can: it begins at a checkpoint, and those
 * from before a fault or an import may be gone.
 * @param checkpoints steps of which the worker holds a state
 * @param step where the run is
 */
export function whyNotAsked(grow: number, checkpoints: readonly number[], step: number): string | null {
  if (grow >= step || checkpoints.length === 0 || checkpoints.some((at) => at <= grow)) return null;
  return say.itWouldBeginAtStepAnd(count(grow), count(Math.min(...checkpoints)));
}

/** Row by row. Measured runs that lie on no line are left out. */
export function drawnCells(
  axes: MapAxes,
  report: MapReport | null,
  branches: readonly MeasuredBranch[],
  by: MapPredictor,
  equal: Equal = 'steps',
): readonly DrawnCell[] {
  const key = (grow: number, after: number): string => `${grow} ${after}`;
  const known = new Map(report?.cells.map((cell) => [key(cell.grow, cell.after), cell]));
  const measured = new Map<string, MeasuredBranch>();
  for (const branch of branches) {
    const place = placeOnMap(branch.experiment, axes.held);
    if (place) measured.set(key(place.grow, place.after), branch);
  }
  const cells = axes.grow.flatMap((grow) =>
    axes.after.map((after) => {
      const cell = known.get(key(grow, after));
      const branch = measured.get(key(grow, after));
      const there = equal === 'steps' ? cell : cell?.within;
      const step = equal === 'steps' ? (branch?.experiment.steps ?? null) : (cell?.within?.step ?? null);
      const run = branch && measuredAt(branch, step);
      const predicted = there?.predicted ?? {};
      const shown = run === undefined ? (predicted[by] ?? null) : run;
      return { grow, after, step, time: there?.time ?? null, measured: run, predicted, shown };
    }),
  );
  const logs = cells.flatMap(({ shown }) => (shown === null || shown <= 0 ? [] : [Math.log(shown)]));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  return cells.map((cell) => {
    if (cell.shown === null || cell.shown <= 0) return { ...cell, share: null };
    return { ...cell, share: high > low ? (high - Math.log(cell.shown)) / (high - low) : 1 };
  });
}

/** Its loss at a step; undefined where it is not known. A run that diverged counts as such at every step. */
function measuredAt({ experiment, loss, curve }: MeasuredBranch, step: number | null): number | null | undefined {
  if (loss === null || step === experiment.steps) return loss;
  if (step === null || curve === undefined) return undefined;
  const at = lossAt(curveOf(curve.steps, curve.losses), step);
  return at ?? undefined;
}

export interface RankRow extends RankComparison {
  /** `time`: Σh alone. */
  readonly predictor: MapPredictor | 'time';
}

/** A run that diverged counts as the highest loss. */
export function rankRows(cells: readonly DrawnCell[]): readonly RankRow[] {
  const runs = cells.flatMap(({ measured, predicted, time }) =>
    measured === undefined ? [] : [{ measured: measured ?? Number.POSITIVE_INFINITY, predicted, time }],
  );
  const row = (predictor: RankRow['predictor'], of: (run: (typeof runs)[number]) => number | null): RankRow => ({
    predictor,
    ...compareRanks(runs.map((run) => ({ measured: run.measured, predicted: of(run), time: run.time }))),
  });
  return [
    row('time', ({ time }) => (time === null ? null : -time)),
    ...PREDICTORS.map((predictor) => row(predictor, ({ predicted }) => predicted[predictor] ?? null)),
  ];
}

/** Reads `50, 75, 100`: ascending numbers, each once; words for what can't be used. */
export function readLines(
  text: string,
  limits: { readonly min: number; readonly max: number; readonly whole: boolean; readonly most: number },
): { readonly values: readonly number[] } | { readonly wrong: string } {
  const { min, max, whole, most } = limits;
  const parts = text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return { wrong: say.nothingIsGivenRightWouldBe(whole) };
  for (const part of parts) {
    const value = Number(part);
    if (!Number.isFinite(value) || value < min || value > max || (whole && !Number.isInteger(value)))
      return { wrong: say.cantBeUsedTo(part, plain(min), plain(max), whole) };
  }
  const values = [...new Set(parts.map(Number))].toSorted((a, b) => a - b);
  return values.length > most ? { wrong: say.areGivenAMapHasAt(values.length, most) } : { values };
}
