/**
 * Numbers that go with a curve.
 *
 * Flatness share: gradient descent follows the gradient flow of L + (h/4)‖∇L‖² (Barrett & Dherin 2021,
 * arXiv 2009.11162); the second term as a share of L says how strongly the step size prefers flat places.
 *
 * Edge of stability: gradient descent is stable along a direction of curvature λ only while hλ < 2 (Cohen et al.
 * 2021, arXiv 2103.00065); past it no local flow describes the run.
 */
import { EDGE } from '../experiment/presets/edge.ts';

export { EDGE };

/** (h/4)‖g‖²: what gradient descent with step size h adds to the loss. */
export function flatnessTerm(h: number, gradientSquared: number): number {
  return (h / 4) * gradientSquared;
}

/** (h/4)‖g‖² as a share of the loss (0.03 = 3 %). NaN where the loss is 0. */
export function flatnessShare(h: number, gradientSquared: number, loss: number): number {
  return loss === 0 ? Number.NaN : flatnessTerm(h, gradientSquared) / loss;
}

export interface SharpnessPoint {
  readonly step: number;
  /** h·λmax at this step. */
  readonly hLambda: number;
}

/**
 * First step at which hλ reaches 2, on the straight line between measurements, rounded up; null if it does not. Points
 * are in order of step.
 */
export function edgeCrossing(points: readonly SharpnessPoint[], edge: number = EDGE): number | null {
  for (let i = 0; i < points.length; i++) {
    const now = points[i]!;
    if (!(now.hLambda >= edge)) continue;
    const before = points[i - 1];
    if (before === undefined) return now.step;
    const share = (edge - before.hLambda) / (now.hLambda - before.hLambda);
    return Math.ceil(before.step + share * (now.step - before.step));
  }
  return null;
}
