/**
 * The time of a training step of a network on this device when nothing else runs on it, in seconds. Now and then a step
 * is waited for before the next network's begins; the median of the last ones stands, so that a hiccup of the machine
 * does not. It changes no number of the training.
 */
import type { ModelId } from '../../experiment/experiment.ts';

/** Samples kept by network. */
const KEPT = 9;
/** So many in a row in the beginning: a short stage is timed as well. The first of them compiles, or warms up. */
const FIRST = 4;
/** Steps from one sample to the next after that. */
const EVERY = 20;

export class StepTimes {
  private readonly samples = new Map<ModelId, number[]>();

  isDue(models: Iterable<ModelId>, step: number): boolean {
    return step % EVERY === 0 || [...models].some((id) => (this.samples.get(id)?.length ?? 0) < FIRST);
  }

  add(seconds: ReadonlyMap<ModelId, number>): void {
    for (const [id, value] of seconds) this.samples.set(id, [...(this.samples.get(id) ?? []), value].slice(-KEPT));
  }

  /** Seconds of a step, by network. */
  medians(): Readonly<Record<ModelId, number>> {
    return Object.fromEntries([...this.samples].map(([id, values]) => [id, median(values)]));
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
