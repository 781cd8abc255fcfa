/** Loss at equal cost: what a budget of compute buys, by training a model alone, from scratch, or growing it. */
import type { Device } from '../../engine/device.ts';
import type { Experiment, ModelId } from '../../experiment/experiment.ts';
import { curveOf, best, stepAtLoss, train, type LossCurve } from './train.ts';

/** One way to spend compute. */
export interface Way {
  /** The model whose loss counts. */
  readonly model: ModelId;
  experiment(seed: number): Experiment;
}

/** A way as it was trained with one seed. */
export interface Trial {
  readonly curve: LossCurve;
  /** Cost of the way up to a step of the curve, in operations. */
  total(step: number): number;
  criticalPath(step: number): number;
  /** Its schedule is over: it would train no further, so what it reached stands for every larger budget too. */
  readonly over?: boolean;
}

export async function trial(device: Device, way: Way, seed: number, every: number): Promise<Trial> {
  const trained = await train(device, way.experiment(seed), every);
  const cost = (step: number): { total: number; criticalPath: number } => trained.cost(way.model, step);
  return {
    curve: curveOf(trained, way.model),
    total: (step) => cost(step).total,
    criticalPath: (step) => cost(step).criticalPath,
  };
}

/**
 * The lowest held-out loss that a budget buys (early stopping); null where it does not reach the curve's first point,
 * or pays for more than was trained of a way that could go on.
 */
export function bestWithin({ curve, total, over }: Trial, budget: number): number | null {
  const last = curve.steps.at(-1) ?? 0;
  const affordable = curve.steps.filter((step) => total(step) <= budget).at(-1);
  // A curve that ends short of the budget says nothing about it; one step of rounding is allowed.
  if (affordable === undefined || (over !== true && affordable === last && total(last) < 0.98 * budget)) return null;
  return best(curve, affordable).loss;
}

/** Cost to reach a loss for the first time, in operations; null if it never does. */
export function costToLoss(
  { curve, total, criticalPath }: Trial,
  loss: number,
): { readonly total: number; readonly criticalPath: number } | null {
  const step = stepAtLoss(curve, loss);
  return step === null ? null : { total: total(step), criticalPath: criticalPath(step) };
}
