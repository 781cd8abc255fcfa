/**
 * Curves that grow while a run goes on: typed arrays that double, kept outside React. A `Curve` handed to the
 * page is a window on them (`[0, length)`), replaced, never changed, when the length changes.
 */
import type { CurveLike } from './curve.ts';

export interface Curve extends CurveLike {
  /** Points in use; what lies behind it is room to grow. */
  readonly length: number;
}

/** Values along the run that are no loss: step sizes, mean |w|, training seconds. */
export interface Course {
  readonly steps: Float64Array;
  readonly values: Float32Array;
  readonly length: number;
}

export const emptyCourse = (): Course => ({ steps: new Float64Array(0), values: new Float32Array(0), length: 0 });

/** A pair of growing columns: steps (sorted, increasing) and values. */
export class Growable {
  steps = new Float64Array(256);
  values = new Float32Array(256);
  length = 0;

  append(steps: ArrayLike<number>, values: ArrayLike<number>): void {
    const first = steps[0];
    if (first === undefined) return;
    // A worker that reports a step twice (after a pause, say) corrects it: the newer value stands.
    this.truncateFrom(first);
    const needed = this.length + steps.length;
    if (needed > this.steps.length) {
      const room = Math.max(needed, 2 * this.steps.length);
      const [oldSteps, oldValues] = [this.steps, this.values];
      this.steps = new Float64Array(room);
      this.values = new Float32Array(room);
      this.steps.set(oldSteps.subarray(0, this.length));
      this.values.set(oldValues.subarray(0, this.length));
    }
    this.steps.set(steps, this.length);
    this.values.set(values, this.length);
    this.length = needed;
  }

  /** Keeps the points with a step below `step`. */
  truncateFrom(step: number): void {
    while (this.length > 0 && (this.steps[this.length - 1] ?? 0) >= step) this.length--;
  }

  /** Keeps the points up to and with `step`. */
  truncateAfter(step: number): void {
    while (this.length > 0 && (this.steps[this.length - 1] ?? 0) > step) this.length--;
  }

  /** Values above this become this; windows that were handed out keep theirs. */
  limit(most: number): void {
    this.values = this.values.map((value) => Math.min(value, most));
  }

  /** The last value, or `undefined` of an empty curve. */
  last(): number | undefined {
    return this.length > 0 ? this.values[this.length - 1] : undefined;
  }

  asCurve(): Curve {
    return { steps: this.steps, losses: this.values, length: this.length };
  }
}
