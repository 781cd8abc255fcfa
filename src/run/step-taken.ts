/** A step of a run that was taken, and the measurements on the way. */
import type { ModelId } from '../experiment/experiment.ts';

export interface StepTaken {
  readonly step: number;
  readonly stepSizes: ReadonlyMap<ModelId, number>;
  /** Loss on the step's batch before the update, by model. */
  readonly losses: ReadonlyMap<ModelId, Promise<number>>;
  /** Seconds that each model's step took by itself; empty unless the step was timed. */
  readonly seconds: ReadonlyMap<ModelId, number>;
  /** Models whose step size is held to a sharpness that asks for more than may be. */
  readonly bounded: ReadonlySet<ModelId>;
}

export interface SharpnessMeasured {
  readonly model: ModelId;
  readonly lambda: number;
}

/** Seconds from a moment (performance.now) until a promise is kept. */
export async function secondsUntil(kept: Promise<unknown>, from: number): Promise<number> {
  await kept;
  return (performance.now() - from) / 1000;
}
