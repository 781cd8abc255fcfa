/**
 * The onset of the oscillation past the edge of stability: gradient descent does not stop at hλ = 2, its oscillation
 * grows from the size of rounding and is seen after 20 to 74 steps (central flow: theory/flows/central-flow.ts). Until
 * then the central flow, which is of the mean of an oscillation that has come up, is too high. A fusion may start it at
 * once.
 */
import { say } from '../../text/en/screen/state.ts';
import { isBaseline } from '../../../experiment/experiment.ts';
import type { State } from '../state.ts';
import { type CurveLike, firstStep, indexAtOrBefore, lastStep } from '../../plot/curves/curve.ts';
import { EDGE_OF_STABILITY, PREDICTED_SHARPNESS } from './trust.ts';
import { remember } from '../view.ts';
import { shownExperiment } from './derive.ts';

/** Longest that was seen, in steps. */
export const LONGEST_ONSET = 74;
/** A shorter one is none. */
const SHORTEST = 3;
/** A rise of the loss in one step by this share of it is an oscillation that is seen. */
const SEEN = 1e-3;

export interface Onset {
  /** The step at which the central flow meets the edge. */
  readonly from: number;
  readonly to: number;
  /** Whether the oscillation was seen at `to`; otherwise that is as long as it may take. */
  readonly seen: boolean;
}

/** The first step behind `from` at which a loss rises visibly; `null` if none does. */
function firstRise(curve: CurveLike, from: number): number | null {
  for (let i = Math.max(1, indexAtOrBefore(curve, from)); i < curve.length; i++) {
    const [before, now] = [curve.losses[i - 1] ?? NaN, curve.losses[i] ?? NaN];
    if ((curve.steps[i] ?? 0) > from && now > before * (1 + SEEN)) return curve.steps[i] ?? null;
  }
  return null;
}

/** Nothing where no central flow is drawn, or where it meets no edge. */
export const onsetOf = remember(
  (chart: State['chart'], sharpness: State['sharpness'], growths: State['growths'], steps: number): Onset | null => {
    if (![...chart.predicted.keys()].some((key) => key.startsWith('central-flow'))) return null;
    const predicted = sharpness.get(PREDICTED_SHARPNESS);
    if (!predicted) return null;
    let from: number | null = null;
    for (let i = 0; i < predicted.length && from === null; i++)
      if ((predicted.hLambda[i] ?? 0) >= EDGE_OF_STABILITY) from = predicted.steps[i] ?? null;
    if (from === null) return null;
    const crossed = from;
    // Networks that end before it can be over are fused, which is an onset of its own.
    const ends = Math.min(steps, ...growths.map(({ step }) => step).filter((step) => step > crossed));
    const living = [...chart.measured].filter(
      ([id, curve]) => !isBaseline(id) && (firstStep(curve) ?? Infinity) <= crossed && (lastStep(curve) ?? -1) > crossed,
    );
    const rises = living.flatMap(([, curve]) => firstRise(curve, crossed) ?? []);
    const last = Math.min(crossed + LONGEST_ONSET, ends);
    const rise = rises.length > 0 ? Math.min(...rises) : Infinity;
    const to = Math.min(rise, last);
    return to - crossed < SHORTEST ? null : { from: crossed, to, seen: rise <= last };
  },
);

export function onsetNow(
  state: Pick<State, 'chart' | 'sharpness' | 'growths' | 'experiment' | 'running' | 'phase' | 'step'>,
): Onset | null {
  return onsetOf(state.chart, state.sharpness, state.growths, shownExperiment(state).steps);
}

/** The verdict of the band. */
export function onsetWords({ from, to, seen }: Onset): string {
  return seen ? say.onsetSteps(to - from) : say.onsetUpToStepsEstimate(to - from);
}
