/**
 * Which curves the chart draws, in which order and how. Hue says which network; line style says how we know: measured
 * is solid, theory is dashed ink drawn over it, from scratch is dotted, an ensemble thin and grey, and what learns its
 * last task without the ones before it is dash and dot.
 */
import { say } from '../../text/en/chart/plot.ts';
import { type DrawnFlow, isMember, type ModelId } from '../../../experiment/experiment.ts';
import { type FlowLine, FLOW_ROWS, type FlowRow } from '../../../experiment/declared/flows.ts';
import { hueOf, isFused } from '../../look/hues.ts';
import { besideOf, type BesideKind } from './beside.ts';
import type { Course } from './growable.ts';
import type { CurveLike } from './curve.ts';
import { madeOf } from './made.ts';

export type SeriesKind = 'source' | 'fused' | BesideKind | FlowLine | 'instant' | 'what-if' | 'before';

export interface Series {
  readonly key: string;
  readonly kind: SeriesKind;
  readonly model: ModelId;
  readonly curve: CurveLike;
  /** Key of the prediction it belongs to; empty for measured curves. */
  readonly prediction: string;
  /** First step past the window in which it is good; `null`: none is known. */
  readonly until: number | null;
  /** When it was made, in words; `null` of a measurement. */
  readonly said: string | null;
}

export interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly dash: string | undefined;
  readonly round: boolean;
}

const solid = (color: string, width: number): Stroke => ({ color, width, dash: undefined, round: true });
const dashed = (color: string, width: number, dash: string): Stroke => ({ color, width, dash, round: false });

/** Strokes at scale 1; present mode multiplies widths and dashes. */
export function strokeOf(kind: SeriesKind, model: ModelId): Stroke {
  /**
   * Theory: a source's band is half as wide as M's, so its ink is thinner, or its hue would not show beside the dashes.
   */
  const theory = (dash: string, ofFused: number, ofSource = 1.5) => dashed('var(--ink)', isFused(model) ? ofFused : ofSource, dash);
  switch (kind) {
    case 'source':
      return solid(hueOf(model), 3);
    case 'fused':
      return solid(hueOf(model), 6);
    case 'scratch':
      return { color: 'var(--series-S)', width: 3, dash: '0.1 6', round: true };
    case 'unread':
      return { color: hueOf(model), width: 3, dash: '8 6 0.1 6', round: true };
    case 'ensemble':
      return solid('var(--series-S)', 2);
    case 'alone':
    case 'mean':
      return solid(hueOf(model), 1.5);
    case 'modified':
      return theory('7 4', 2.25);
    case 'gradient':
      return theory('3 3.5', 1.5, 1.25);
    case 'central':
      return theory('9 3 2 3', 2.25);
    case 'exact':
      return theory('10 2', 2);
    case 'forecast':
      return theory('7 2 2 2', 2);
    case 'third':
      return theory('14 4', 2);
    case 'principal':
      return theory('7 3 2 3 2 3', 2);
    case 'composite':
      return dashed('var(--ink)', 2.25, '9 3 2 3');
    case 'plain-composite':
      return dashed('var(--ink)', 1.5, '9 3 2 3');
    case 'spectral':
      return dashed('var(--ink)', 2, '4 2');
    case 'instant':
      return dashed('var(--ink)', 1.5, '2 3');
    case 'what-if':
      return dashed('var(--ink)', 2.75, '7 4');
    case 'before':
      return dashed('var(--faint)', 1.75, '7 4');
  }
}

export interface ChartCurves {
  readonly measured: ReadonlyMap<ModelId, CurveLike>;
  /** Key: `${flow}|${from}|${of}`. */
  readonly predicted: ReadonlyMap<string, ReadonlyMap<ModelId, CurveLike>>;
  /** First step past the window of a prediction that has one. */
  readonly windows?: ReadonlyMap<string, number>;
  /** The step that the training had come to when each predicted point was made. */
  readonly made?: ReadonlyMap<string, ReadonlyMap<ModelId, Course>>;
  /** A hypothetical is drawn beside the plan's prediction, not in its place. */
  readonly besidePlan?: boolean;
}

/**
 * All curves, lowest layer first: baseline, sources, fused, then theory over them. While a hypothetical is drawn, the
 * plan's prediction is what it is compared with (`before`) and the control is left out.
 */
export function seriesOf(data: ChartCurves): readonly Series[] {
  const measured: Series[] = [...data.measured]
    .filter(([model, curve]) => curve.length > 0 && !isMember(model))
    .map(([model, curve]) => ({
      key: model,
      kind: measuredKind(model),
      model,
      curve,
      prediction: '',
      until: null,
      said: null,
    }));
  // Who only points at Fuse now looks at the plan's prediction and at another one beside it.
  const hypothetical = data.besidePlan !== true && [...data.predicted].some(([key, of]) => key.endsWith('|what-if') && hasPoints(of));
  const theory: Series[] = [];
  for (const [key, models] of data.predicted) {
    const kind = theoryKind(key, hypothetical, data.predicted);
    if (!kind) continue;
    for (const [model, curve] of models) {
      // Under a hypothetical the sources' own prediction is no news.
      if (kind === 'before' && !isFused(model)) continue;
      if (curve.length > 0)
        theory.push({
          key: `${key}|${model}`,
          kind,
          model,
          curve,
          prediction: key,
          until: data.windows?.get(key) ?? null,
          said: madeOf(data, key),
        });
    }
  }
  return [...measured, ...theory].sort((a, b) => LAYER[a.kind] - LAYER[b.kind]);
}

function measuredKind(model: ModelId): SeriesKind {
  return besideOf(model) ?? (isFused(model) ? 'fused' : 'source');
}

const LAYER: Record<SeriesKind, number> = {
  scratch: 0,
  unread: 0,
  ensemble: 0,
  alone: 0,
  source: 1,
  fused: 2,
  before: 3,
  mean: 3,
  gradient: 4,
  modified: 5,
  exact: 6,
  third: 6,
  forecast: 5,
  principal: 6,
  central: 6,
  'plain-composite': 6,
  composite: 6,
  instant: 7,
  spectral: 8,
  'what-if': 9,
};

function hasPoints(models: ReadonlyMap<ModelId, CurveLike>): boolean {
  return [...models.values()].some((curve) => curve.length > 0);
}

/** The row of a prediction's flow, by its key; null for what is no flow of its own. */
function rowOf(key: string): FlowRow | null {
  const flow = key.split('|')[0] ?? '';
  return Object.hasOwn(FLOW_ROWS, flow) ? FLOW_ROWS[flow as DrawnFlow] : null;
}

/** Whether a prediction looks at the growth alone, by its key. */
export function isLocal(key: string): boolean {
  return rowOf(key)?.role === 'at the growth';
}

function theoryKind(key: string, hypothetical: boolean, predicted: ChartCurves['predicted']): SeriesKind | null {
  const [flow, from, of] = key.split('|');
  if (of === 'what-if') {
    if (flow === 'time-rescaling') return 'instant';
    if (flow === 'spectral') return 'spectral';
    if (!isControl(key)) return 'what-if';
    // Only gradient flow was asked for: then it is the answer.
    const better = [...predicted.keys()].some((other) => /^[a-z-]*flow.*what-if$/.test(other) && !isControl(other));
    return better ? null : 'what-if';
  }
  // What was asked before it was run, and is tested by it.
  if (of === 'asked') return hypothetical ? null : 'modified';
  if (isLocal(key)) return hypothetical ? null : kindOfFlow(key);
  if (hypothetical) return isControl(key) || isMean(key) || from === undefined ? null : 'before';
  return kindOfFlow(key);
}

/** Line style of a flow's prediction, by the prediction's key. */
export function kindOfFlow(key: string): SeriesKind {
  return rowOf(key)?.line ?? 'modified';
}

/** Whether it is no prediction but the mean of several runs, which predictions are compared with. */
export const isMean = (key: string): boolean => rowOf(key)?.role === 'mean';

/** Whether a prediction is the control: what the optimizer would follow in infinitely small steps. */
export function isControl(key: string): boolean {
  return rowOf(key)?.role === 'control';
}

/** Name of a prediction at its curve. */
export function predictionName(key: string, alsoFromGrowth: boolean): string {
  const [flow, from] = key.split('|');
  if (flow === 'time-rescaling') return say.measuredOnlyFaster;
  const words = FLOW_ROWS[flow as DrawnFlow].words;
  if (key.endsWith('|asked')) return say.asAsked(words);
  return alsoFromGrowth && from === 'growth' && !isLocal(key) ? say.fromTheGrowth(words) : words;
}
