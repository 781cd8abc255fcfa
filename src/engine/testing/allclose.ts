/**
 * A matcher for lists of numbers that differ by rounding: `expect(actual).toBeAllclose(expected, tolerance)`. Importing
 * this file adds it. A failure tells the worst element.
 */
import { expect } from 'vitest';

/** An element may differ by the sum of the tolerances given here. */
interface Tolerance {
  readonly absolute?: number;
  /** Times the expected element's magnitude. */
  readonly relative?: number;
  /**
   * Times the largest magnitude of all expected elements, or 0.1 where all are smaller: for sums of terms that cancel.
   */
  readonly ofLargest?: number;
}

type Numbers = ArrayLike<number>;

interface Worst {
  readonly index: number;
  /** Difference over what is allowed. */
  readonly excess: number;
  readonly difference: number;
  readonly allowed: number;
}

const SMALLEST_SCALE = 0.1;

/** How far each element is from what is allowed: the worst one, and how many are beyond. */
function compare(actual: Numbers, expected: Numbers, tolerance: Tolerance): { readonly worst: Worst | null; readonly beyond: number } {
  const { absolute = 0, relative = 0, ofLargest = 0 } = tolerance;
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), SMALLEST_SCALE);
  let worst: Worst | null = null;
  let beyond = 0;
  for (let index = 0; index < expected.length; index++) {
    const [a, e] = [actual[index] ?? Number.NaN, expected[index] ?? Number.NaN];
    if (Object.is(a, e)) continue;
    const difference = Math.abs(a - e);
    const allowed = absolute + relative * Math.abs(e) + ofLargest * largest;
    const excess = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference === 0 ? 0 : difference / allowed;
    if (excess > 1) beyond++;
    if (worst === null || excess > worst.excess) worst = { index, excess, difference, allowed };
  }
  return { worst, beyond };
}

expect.extend({
  toBeAllclose(actual: Numbers, expected: Numbers, tolerance: Tolerance) {
    if (actual.length !== expected.length)
      return { pass: false, message: () => `${actual.length} numbers; there should be ${expected.length}` };
    const { worst, beyond } = compare(actual, expected, tolerance);
    if (worst === null) return { pass: true, message: () => 'the numbers are the same; they should not be' };
    const { index, difference, allowed } = worst;
    const tell = (): string =>
      `element ${index} of ${expected.length} is ${actual[index]}, expected ${expected[index]}: they differ by ${difference.toPrecision(3)}, ` +
      `and ${allowed.toPrecision(3)} is allowed; ${beyond} of ${expected.length} elements differ by more than is allowed`;
    return { pass: beyond === 0, message: tell };
  },
});

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-unused-vars -- vitest's own declaration has the parameter
  interface Matchers<T> {
    /** Lists of one length, of which each element differs by no more than the tolerance allows. */
    toBeAllclose(expected: ArrayLike<number>, tolerance: Tolerance): void;
  }
}
