/** From where on a prediction is no longer to be trusted, and whether that was measured or is an estimate. */
import type { FlowReport, Stability } from '../../worker/protocol.ts';

export interface TrustEdge {
  readonly step: number;
  readonly estimate: boolean;
}

interface Trusted {
  readonly trustedUntil: number | null;
}

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

/** In which order predictions are asked: the strongest that was asked for decides. */
const ORDER = [
  'modified-flow|0',
  'modified-flow|growth',
  'gradient-flow|0',
  'gradient-flow|growth',
  'sign-flow|0',
  'sign-flow|growth',
] as const;

/**
 * The hatch of the chart. Measured: the first step at which prediction and measurement differ by more than 1 % of the drop so far.
 * The control (gradient flow) decides only where it is the only one asked for. Estimated: the first step at which h·λmax passes 2 and stays there for a second measurement.
 */
export function trustEdge(
  trust: ReadonlyMap<string, Trusted>,
  sharpness: ReadonlyMap<string, Sharpness>,
  of: 'plan' | 'what-if',
  asked: readonly string[] = ['modified-flow', 'gradient-flow'],
  edge = EDGE_OF_STABILITY,
): TrustEdge | null {
  const control = asked.includes('modified-flow');
  for (const name of ORDER) {
    if (control && !name.startsWith('modified-flow')) break;
    const entry = trust.get(`${name}|${of}`);
    if (!entry) continue;
    if (entry.trustedUntil !== null) return { step: entry.trustedUntil, estimate: false };
    break;
  }
  if (of === 'what-if' || trust.size === 0) return null;
  const crossed = crossing(sharpness, edge);
  return crossed === null ? null : { step: crossed, estimate: true };
}

/** First step at which h·λmax of any model is above the edge twice in a row; `null` if never. */
export function crossing(sharpness: ReadonlyMap<string, Sharpness>, edge = EDGE_OF_STABILITY): number | null {
  let first: number | null = null;
  for (const [model, curve] of sharpness) {
    if (model === PREDICTED_SHARPNESS) continue;
    for (let i = 0; i + 1 < curve.length; i++) {
      if (!((curve.hLambda[i] ?? 0) > edge && (curve.hLambda[i + 1] ?? 0) > edge)) continue;
      const step = curve.steps[i] ?? Infinity;
      if (first === null || step < first) first = step;
      break;
    }
  }
  return first;
}
