/** Numbers that lessons read off a run. */
import type { DrawnFlow, ModelId } from '../../../experiment/experiment.ts';
import type { GuessPoints } from '../../../experiment/link/lesson-keys.ts';
import { type CurveLike, curveOf, indexAtOrBefore, lastLoss, lossAt } from '../../plot/curves/curve.ts';
import { errorCurve, meanAbsolute } from '../../plot/curves/prediction-error.ts';
import { keyOfFlow } from '../../state/derived/trust.ts';
import type { State } from '../../state/state.ts';

/** The measured loss of a network at a step; of its newest step where none is named. */
export function lossOf({ chart }: Pick<State, 'chart'>, model: ModelId, step?: number): number | null {
  const curve = chart.measured.get(model);
  if (!curve) return null;
  return step === undefined ? lastLoss(curve) : lossAt(curve, step);
}

/** The last measured loss of a network before a step: at the step itself another task may have begun. */
export function lossBefore({ chart }: Pick<State, 'chart'>, model: ModelId, step: number): number | null {
  const curve = chart.measured.get(model);
  const index = curve ? indexAtOrBefore(curve, step - 1) : -1;
  const loss = curve?.losses[index] ?? NaN;
  return index >= 0 && Number.isFinite(loss) ? loss : null;
}

/** Where a fused network began, beside its sources; `null` before the growth. */
export function startOfFused({ growth }: Pick<State, 'growth'>) {
  if (!growth) return null;
  const [a = NaN, b = a] = growth.loss.sources;
  return { a, b, fused: growth.loss.fused, average: growth.loss.average, gap: growth.gap, at: growth.step };
}

/**
 * Mean distance of a flow's prediction from the measured curve of a network, from a step on; `null` where they do not
 * meet, and while it is still being made.
 */
export function distanceOfFlow(
  { chart, predictionCosts }: Pick<State, 'chart' | 'predictionCosts'>,
  flow: DrawnFlow,
  model: ModelId,
  from: number,
): number | null {
  const key = keyOfFlow(chart, flow);
  if (key === null || predictionCosts.get(key)?.state !== 'done') return null;
  const predicted = chart.predicted.get(key)?.get(model);
  const measured = chart.measured.get(model);
  return predicted && measured ? meanAbsolute(behind(errorCurve(predicted, measured), from)) : null;
}

function behind(curve: CurveLike, from: number): CurveLike {
  let first = 0;
  while (first < curve.length && (curve.steps[first] ?? 0) < from) first++;
  return {
    steps: curve.steps.subarray(first, curve.length),
    losses: curve.losses.subarray(first, curve.length),
    length: curve.length - first,
  };
}

/**
 * A drawn curve at every step between its ends. Between two points the loss changes by the same factor each step: a
 * straight line on the logarithmic axis.
 */
export function curveOfGuess(points: GuessPoints): CurveLike {
  const steps: number[] = [];
  const losses: number[] = [];
  points.forEach(([step, loss], i) => {
    const next = points[i + 1];
    if (!next) {
      steps.push(step);
      losses.push(loss);
      return;
    }
    for (let at = step; at < next[0]; at++) {
      steps.push(at);
      losses.push(loss * (next[1] / loss) ** ((at - step) / (next[0] - step)));
    }
  });
  return curveOf(steps, losses);
}

/** Mean distance of a drawn curve from the measured one, over the steps that both have. */
export function distanceOfGuess({ chart }: Pick<State, 'chart'>, points: GuessPoints, model: ModelId): number | null {
  const measured = chart.measured.get(model);
  return measured ? meanAbsolute(errorCurve(curveOfGuess(points), measured)) : null;
}
