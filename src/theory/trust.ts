/**
 * How far a prediction can be trusted.
 *
 * Trusted until: the first step n from which on, for 10 steps in a row,
 *     |predicted(n) - measured(n)| > 1 % · drop so far,   drop so far = starting loss - smallest measured loss up to n.
 * The starting loss is that of the first shared step, unless the caller gives another (a curve that goes through a
 * growth counts its drop from step 0). Ten in a row, because in the first steps next to nothing has dropped yet and
 * the step size is largest: on T5 the modified flow is off by 2–7 % of the drop at step 1, by less than 1 % after 3–6
 * steps and by .1 % after 30, while gradient flow stays off by 2–6 % (first-fusion and see-the-theory, two seeds each).
 * For the same reason the drop counts as at least 5 % of the starting loss.
 *
 * Before anything is measured, the distance of the two flows stands in: it is the first order of the difference
 * between gradient flow and gradient descent, and past hλ = 2 neither holds. The estimate says where one would expect
 * a curve to leave the measurement, not where it did.
 */
import type { Curve } from './curve.ts';
import { sharedSteps } from './curve.ts';

export interface TrustOptions {
  /** Allowed difference as a share of the drop so far. */
  readonly share: number;
  /** The drop counts as at least this share of the starting loss. */
  readonly floor: number;
  /** For how many steps in a row the difference must be larger. */
  readonly sustained: number;
  /** The loss from which the drop is counted; by default the reference's at the first shared step. */
  readonly startingLoss?: number;
}

export const TRUST: TrustOptions = { share: 0.01, floor: 0.05, sustained: 10 };

/** The first step of the first run of steps over which the prediction is off by more than the rule above allows; a prediction that is not finite is off at once. Null if there is none. */
export function trustedUntil(measured: Curve, predicted: Curve, options: Partial<TrustOptions> = {}): number | null {
  const { share, floor, sustained, startingLoss } = { ...TRUST, ...options };
  let start = startingLoss;
  let smallest = Number.POSITIVE_INFINITY;
  let since: number | null = null;
  for (const { step, first, second } of sharedSteps(measured, predicted)) {
    start ??= first;
    smallest = Math.min(smallest, first);
    const drop = Math.max(start - smallest, floor * Math.abs(start));
    const off = !(Math.abs(second - first) <= share * drop);
    since = off ? (since ?? step) : null;
    if (since !== null && (step - since + 1 >= sustained || !Number.isFinite(second))) return since;
  }
  return null;
}

/** Mean |first - second| over the shared steps from `from` to `to` (inclusive); NaN if they share none. */
export function meanAbsoluteDifference(
  first: Curve,
  second: Curve,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): number {
  let sum = 0;
  let count = 0;
  for (const pair of sharedSteps(first, second)) {
    if (pair.step < from || pair.step > to) continue;
    sum += Math.abs(pair.first - pair.second);
    count++;
  }
  return sum / count;
}

export interface TrustEstimate {
  /** Where gradient flow is expected to leave the run: where it leaves the modified flow. */
  readonly gradientFlow: number | null;
  /** Where the modified flow is expected to leave the run: where hλ crosses 2. */
  readonly modifiedFlow: number | null;
}

/** An estimate of "trusted until" from the predictions alone; `edgeCrossing`: the step where hλ reached 2, null if it did not. */
export function estimateTrust(
  gradientFlow: Curve,
  modifiedFlow: Curve,
  edgeCrossing: number | null,
  options: Partial<TrustOptions> = {},
): TrustEstimate {
  const left = trustedUntil(modifiedFlow, gradientFlow, options);
  const first = [left, edgeCrossing].filter((step): step is number => step !== null);
  return { gradientFlow: first.length > 0 ? Math.min(...first) : null, modifiedFlow: edgeCrossing };
}
