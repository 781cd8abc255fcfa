/**
 * How far a prediction is trusted: the one rule of the chart's hatch, the Theory tab, the table of runs and the result
 * files, and the band of the prediction-error panel.
 *
 * At every measured step the run has come down by
 *     drop = (mean loss at its first step) - (lowest mean loss so far),
 * the mean being over the networks in training, and a prediction may be off by 1 % of it: that is the band. The drop
 * counts as at least 5 % of the first loss, since in the first steps next to nothing has dropped yet. A prediction is
 * trusted until the first of ten steps in a row at each of which it lies outside the band for some network. Ten in a
 * row, because the step size is largest at the beginning: on T5 the modified flow is off by 2–7 % of the drop at step
 * 1, by less than 1 % after 3–6 steps and by .1 % after 30, while gradient flow stays off by 2–6 %.
 *
 * Before a prediction is compared with the run, the edge of stability stands in for it: past hλ = 2 no local flow
 * holds. That is an estimate, and ends where the comparison has gone past it.
 */
import { type Curve, lengthOf, sharedSteps } from './curve.ts';

export const TRUST = {
  /** Allowed difference as a share of the drop so far. */
  share: 0.01,
  /** The drop counts as at least this share of the first loss. */
  floor: 0.05,
  /** For how many steps in a row the difference must be larger. */
  sustained: 10,
} as const;

/** The rule as a reader is told it, beside the number. */
export const TRUST_RULE = `Trusted until prediction and measurement differ by more than ${TRUST.share * 100} % of the drop so far for ${TRUST.sustained} steps in a row. The drop counts as at least ${TRUST.floor * 100} % of the first loss.`;

/** The band at a step, and what it is made of. */
export interface BandPoint {
  readonly step: number;
  /** Mean loss at the first step of the run. */
  readonly start: number;
  /** Lowest mean loss up to this step. */
  readonly least: number;
  /** Largest difference that is trusted here. */
  readonly width: number;
}

/** A walk along a curve: its loss at ascending steps, on straight lines between its points; NaN before and after it. */
function follower(curve: Curve): (step: number) => number {
  const length = lengthOf(curve);
  let i = 0;
  return (step) => {
    while (i < length && curve.steps[i]! < step) i++;
    if (i >= length) return Number.NaN;
    const [next, loss] = [curve.steps[i]!, curve.losses[i]!];
    if (next === step) return loss;
    if (i === 0) return Number.NaN;
    const [before, last] = [curve.steps[i - 1]!, curve.losses[i - 1]!];
    return last + ((loss - last) * (step - before)) / (next - before);
  };
}

/**
 * The trusted band along a run.
 * @param measured the curves of the plan's networks (not of baselines), from the run's first step on
 */
export function trustBand(measured: readonly Curve[]): readonly BandPoint[] {
  const steps = new Set<number>();
  for (const curve of measured) for (let i = 0; i < lengthOf(curve); i++) steps.add(curve.steps[i]!);
  const followers = measured.map(follower);
  const band: BandPoint[] = [];
  let start = Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  for (const step of [...steps].sort((a, b) => a - b)) {
    const alive = followers.map((lossAt) => lossAt(step)).filter((loss) => Number.isFinite(loss));
    if (alive.length === 0) continue;
    const mean = alive.reduce((sum, loss) => sum + loss, 0) / alive.length;
    if (Number.isNaN(start)) start = mean;
    least = Math.min(least, mean);
    band.push({ step, start, least, width: TRUST.share * Math.max(start - least, TRUST.floor * Math.abs(start)) });
  }
  return band;
}

/** A prediction of one network beside what it is compared with. */
export interface Compared {
  readonly measured: Curve;
  readonly predicted: Curve;
}

export interface Trust {
  /** First of the ten steps, or the step where the prediction is not finite; null: never so far. */
  readonly until: number | null;
  /** Last step at which the two were compared; null: not yet. */
  readonly comparedTo: number | null;
}

/**
 * How far a prediction is trusted.
 * @param band of the run (`trustBand`)
 * @param compared every network of the prediction
 * @param averaged steps over which the difference is averaged first: for a flow that predicts the mean of an
 * oscillation
 */
export function trustOf(band: readonly BandPoint[], compared: readonly Compared[], averaged = 1): Trust {
  const widths = new Map(band.map(({ step, width }) => [step, width]));
  /** Whether some network's prediction is outside the band at a step, or is no number there. */
  const off = new Map<number, 'inside' | 'outside' | 'lost'>();
  for (const { measured, predicted } of compared) {
    for (const { step, difference, lost } of differences(measured, predicted, averaged)) {
      const width = widths.get(step);
      if (width === undefined) continue;
      const before = off.get(step);
      const now = lost ? 'lost' : Math.abs(difference) > width ? 'outside' : 'inside';
      if (before === undefined || before === 'inside' || now === 'lost') off.set(step, now);
    }
  }
  const steps = [...off.keys()].sort((a, b) => a - b);
  const comparedTo = steps.at(-1) ?? null;
  let since: number | null = null;
  for (const step of steps) {
    const now = off.get(step);
    since = now === 'inside' ? null : (since ?? step);
    if (since !== null && (now === 'lost' || step - since + 1 >= TRUST.sustained)) return { until: since, comparedTo };
  }
  return { until: null, comparedTo };
}

/** Prediction minus measurement at the shared steps, as the mean over so many of them around each. */
function differences(
  measured: Curve,
  predicted: Curve,
  averaged: number,
): readonly { readonly step: number; readonly difference: number; readonly lost: boolean }[] {
  const pairs = [...sharedSteps(measured, predicted)].filter(({ first }) => Number.isFinite(first));
  const half = Math.floor(averaged / 2);
  return pairs.map(({ step, first, second }, i) => {
    const lost = !Number.isFinite(second);
    if (lost || half === 0) return { step, difference: second - first, lost };
    const around = pairs.slice(Math.max(0, i - half), i + half + 1);
    return { step, lost, difference: around.reduce((sum, pair) => sum + (pair.second - pair.first), 0) / around.length };
  });
}

/** Where the hatch begins, and whether that was measured. */
export interface TrustEdge {
  readonly step: number;
  readonly estimate: boolean;
}

/**
 * From where on a prediction is not to be trusted; null: nowhere, as far as is known.
 * @param crossing where hλ passes the edge of stability, for a flow that does not hold past it; null: nowhere
 */
export function trustEdge({ until, comparedTo }: Trust, crossing: number | null): TrustEdge | null {
  if (until !== null) return { step: until, estimate: false };
  if (crossing === null) return null;
  // If the comparison went beyond the crossing and stayed in the band, the estimate was wrong.
  return (comparedTo ?? Number.NEGATIVE_INFINITY) < crossing + TRUST.sustained ? { step: crossing, estimate: true } : null;
}
