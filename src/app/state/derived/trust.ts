/**
 * How far the predictions on the page are trusted, by the one rule (curves/trust.ts), and where the edge of stability
 * is crossed.
 */
import { say } from '../../text/en/screen/state.ts';
import { type Compared, type Trust, trustBand, trustEdge, type TrustEdge, trustOf } from '../../../curves/trust.ts';
import { isBaseline, type DrawnFlow, type ModelId } from '../../../experiment/experiment.ts';
import { FLOW_ROWS, HEADLINE } from '../../../experiment/declared/flows.ts';
import type { FlowReport, Stability } from '../../../predict/reports.ts';
import { lossAt } from '../../plot/curves/curve.ts';
import type { State } from '../state.ts';
import { count } from '../../text/numbers.ts';
import { referenceOf } from '../../plot/curves/prediction-error.ts';
import type { ChartCurves } from '../../plot/curves/series.ts';
import { remember } from '../view.ts';

interface Sharpness {
  readonly steps: Float64Array;
  readonly hLambda: Float32Array;
  readonly length: number;
}

/** Stands among the models in `sharpness`: what the central flow predicts. */
export const PREDICTED_SHARPNESS = 'predicted';

/** The edge of stability of gradient descent: past it no local flow follows it. Other optimizers say theirs. */
export const EDGE_OF_STABILITY = 2;

const GRADIENT_DESCENT: Stability = { smoothTo: 1, edge: EDGE_OF_STABILITY };

/** Where the run's optimizer is stable, as it says. */
export const stabilityNow = ({ flow }: { readonly flow: FlowReport | null }): Stability =>
  flow && 'edge' in flow ? flow : GRADIENT_DESCENT;
export const edgeNow = (state: { readonly flow: FlowReport | null }): number => stabilityNow(state).edge;

type Predicted = Pick<ChartCurves, 'measured' | 'predicted'>;

const STARTS = ['0', 'growth'] as const;

/**
 * The key of the plan's prediction by a flow: from step 0 if that is drawn, else from the growth on; `null` where
 * neither is.
 */
export function keyOfFlow({ predicted }: Pick<Predicted, 'predicted'>, flow: DrawnFlow): string | null {
  for (const from of STARTS) {
    const key = `${flow}|${from}|plan`;
    if ([...(predicted.get(key)?.values() ?? [])].some(({ length }) => length > 0)) return key;
  }
  return null;
}

/** The flow whose prediction stands for the run: the first of `HEADLINE` that is drawn; `null` where none is. */
export function headlineOf(chart: Pick<Predicted, 'predicted'>): DrawnFlow | null {
  return HEADLINE.find((flow) => keyOfFlow(chart, flow) !== null) ?? null;
}

/**
 * The loss of a network at a step by the prediction that stands for the run; from the growth on where that from step 0
 * ends before; `null` where it says nothing.
 */
export function predictedLoss(chart: Pick<Predicted, 'predicted'>, model: ModelId, step: number): number | null {
  const flow = headlineOf(chart);
  if (flow === null) return null;
  for (const from of STARTS) {
    const curve = chart.predicted.get(`${flow}|${from}|plan`)?.get(model);
    const loss = curve ? lossAt(curve, step) : null;
    if (loss !== null) return loss;
  }
  return null;
}

const known = new WeakMap<Predicted, Map<string, Trust>>();
/** The band of trust along the run of the page. */
export const bandOf = remember((measured: Predicted['measured']) =>
  trustBand([...measured].filter(([id]) => !isBaseline(id)).map(([, curve]) => curve)),
);

/** How far the plan's prediction by a flow is trusted; `null` where there is none. */
export function trustOfFlow(chart: Predicted, flow: DrawnFlow): Trust | null {
  const key = keyOfFlow(chart, flow);
  if (key === null) return null;
  const found = known.get(chart) ?? new Map<string, Trust>();
  known.set(chart, found);
  const before = found.get(key);
  if (before) return before;
  const compared: Compared[] = [];
  for (const [model, predicted] of chart.predicted.get(key) ?? []) {
    const measured = referenceOf(chart, key, model);
    if (measured) compared.push({ measured, predicted });
  }
  const trust = trustOf(bandOf(chart.measured), compared, FLOW_ROWS[flow].averaged);
  found.set(key, trust);
  return trust;
}

/** From where on a flow's prediction is not to be trusted, as the chart hatches it and the Theory tab says it. */
export function edgeOfFlow(
  state: Pick<State, 'chart' | 'sharpness' | 'flow'>,
  flow: DrawnFlow,
  trust = trustOfFlow(state.chart, flow),
): TrustEdge | null {
  if (!trust) return null;
  return trustEdge(trust, FLOW_ROWS[flow].pastTheEdge ? null : crossingOf(state.sharpness, edgeNow(state)));
}

/** Until when, in a cell of a table: `112`, `112 (estimate)`, `its end`, `so far`. */
export function trustedUntil(edge: TrustEdge | null, comparedTo: number | null, over: boolean): string {
  if (edge) return edge.estimate ? say.estimated(count(edge.step)) : count(edge.step);
  return comparedTo === null ? '–' : over ? say.itsEnd : say.soFar;
}

export interface Hatch extends TrustEdge {
  /** Whose prediction it is. */
  readonly flow: DrawnFlow;
}

const hatchOf = remember((chart: State['chart'], sharpness: State['sharpness'], flow: State['flow']): Hatch | null => {
  const headline = headlineOf(chart);
  const edge = headline === null ? null : edgeOfFlow({ chart, sharpness, flow }, headline);
  return headline === null || edge === null ? null : { ...edge, flow: headline };
});

/** The hatch of the chart: where the headline's prediction is not to be trusted. */
export const hatchNow = (state: Pick<State, 'chart' | 'sharpness' | 'flow'>): Hatch | null =>
  hatchOf(state.chart, state.sharpness, state.flow);

/** First step at which h·λmax of any network of the plan is above the edge twice in a row; `null` if never. */
export function crossing(sharpness: ReadonlyMap<string, Sharpness>, edge = EDGE_OF_STABILITY): number | null {
  let first: number | null = null;
  for (const [model, curve] of sharpness) {
    if (model === PREDICTED_SHARPNESS || isBaseline(model)) continue;
    for (let i = 0; i + 1 < curve.length; i++) {
      if (!((curve.hLambda[i] ?? 0) > edge && (curve.hLambda[i + 1] ?? 0) > edge)) continue;
      const step = curve.steps[i] ?? Infinity;
      if (first === null || step < first) first = step;
      break;
    }
  }
  return first;
}

const crossingOf = remember(crossing);
