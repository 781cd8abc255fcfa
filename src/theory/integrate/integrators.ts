/**
 * Runge–Kutta of order 4 with a fixed number of substeps in one optimizer step, and step doubling, which chooses
 * that number (Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, II.4).
 *
 * What must the error be small against? Against the effect that the prediction shows: the distance between
 * modified and gradient flow after one step, (h²/2)‖Hg‖. It comes for free from the first two Runge–Kutta stages,
 * which lie Δt/2 apart along the field: ‖k2 - k1‖ ≈ (Δt/2)‖H g‖. (A leading term, and an upper one: for the modified
 * flow it is (1 + hλ/2)² too large along an eigenvector. The tolerance was found with that.)
 *
 * Steps are async generators that yield after every evaluation of the field, so that the caller can put them aside
 * at any time; leaving one early leaves θ as it was before the step.
 */
import { hold, type Held } from '../../engine/jobs/later.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type VectorSpace } from '../../engine/vector-space.ts';
import { queueField, type Flow } from '../flows/flows.ts';

export interface StepReport {
  /** L(θ) before the step, or the loss to show there. */
  readonly loss: number;
  /** Substeps of the result. */
  readonly substeps: number;
  /** Estimated ‖error‖ of this step over (h²/2)‖Hg‖; `null` where it was not estimated. */
  readonly relativeError: number | null;
}

/** Yields the gradients spent since the last yield. */
type IntegrationStep = AsyncGenerator<number, StepReport, undefined>;

export interface Integrator<V> {
  /** θ ← solution of the flow after time h, started at θ. */
  step(flow: Flow<V>, theta: V, h: number): IntegrationStep;
  /** The loss to show at the end of the path, where it is not L(θ) itself (central-flow.ts). */
  shownLoss?(loss: number): number;
  dispose(): void;
}

interface Substeps {
  readonly loss: Held<number>;
  /** ‖k2 - k1‖² of the first substep; null if not asked for. */
  readonly bend: Held<number> | null;
}

class RungeKutta4<V> {
  private readonly space: VectorSpace<V>;
  private readonly stage: V;
  private readonly slope: V;
  private readonly sum: V;

  constructor(space: VectorSpace<V>) {
    this.space = space;
    [this.stage, this.slope, this.sum] = createVectors(space, 3);
  }

  dispose(): void {
    for (const vector of [this.stage, this.slope, this.sum]) this.space.dispose(vector);
  }

  /** θ ← θ after `count` classical Runge–Kutta steps of h/count. `theta` changes after each substep. */
  async *run(flow: Flow<V>, theta: V, h: number, count: number, wantEffect: boolean): AsyncGenerator<number, Substeps, undefined> {
    const { space, stage, slope, sum } = this;
    const dt = h / count;
    let first: Held<number> = { value: Number.NaN };
    let bend: Held<number> | null = null;
    for (let i = 0; i < count; i++) {
      const loss = await queueField(flow, theta, h, sum, i === 0);
      yield flow.gradientsPerEvaluation;
      if (i === 0) first = loss;
      space.copy(theta, stage);
      space.axpy(dt / 2, sum, stage);
      await queueField(flow, stage, h, slope, false);
      yield flow.gradientsPerEvaluation;
      if (i === 0 && wantEffect) {
        space.copy(slope, stage);
        space.axpy(-1, sum, stage);
        bend = await hold(space.dot(stage, stage));
      }
      space.axpy(2, slope, sum);
      space.copy(theta, stage);
      space.axpy(dt / 2, slope, stage);
      await queueField(flow, stage, h, slope, false);
      yield flow.gradientsPerEvaluation;
      space.axpy(2, slope, sum);
      space.copy(theta, stage);
      space.axpy(dt, slope, stage);
      await queueField(flow, stage, h, slope, false);
      yield flow.gradientsPerEvaluation;
      space.axpy(1, slope, sum);
      space.axpy(dt / 6, sum, theta);
    }
    return { loss: first, bend };
  }
}

/** Runge–Kutta 4 with the same number of substeps in every step. Scratch vectors are made once, here. */
export function fixedSubsteps<V>(space: VectorSpace<V>, substeps: number): Integrator<V> {
  if (!Number.isInteger(substeps) || substeps < 1) throw new Error(`substeps is ${substeps}; it must be a positive integer`);
  using own = new Resources();
  const method = own.use(new RungeKutta4(space));
  const [moving] = createVectors(space, 1, own);
  const kept = own.move();
  return {
    async *step(flow, theta, h) {
      space.copy(theta, moving);
      const { loss } = yield* method.run(flow, moving, h, substeps, false);
      const known = await loss.value;
      space.copy(moving, theta);
      return { loss: known, substeps, relativeError: null };
    },
    dispose: () => kept.dispose(),
  };
}

export interface StepDoublingOptions {
  /** Largest accepted error of a step, as a share of (h²/2)‖Hg‖. */
  readonly tolerance: number;
  /** Every one of this many first steps is checked: there the sharpness grows fast. */
  readonly checkedAtFirst: number;
  /** Afterwards one step in so many is checked. A changed step size is always checked. */
  readonly checkEvery: number;
  readonly maxSubsteps: number;
  /** Differences below this share of ‖θ‖ are rounding, not error. */
  readonly rounding: number;
}

/** Found on `first-fusion` with `bench/theory-check.ts`. */
const STEP_DOUBLING: StepDoublingOptions = { tolerance: 0.05, checkedAtFirst: 20, checkEvery: 10, maxSubsteps: 64, rounding: 2e-7 };

/**
 * Runge–Kutta 4 that chooses its substeps by step doubling: a checked step is done with N and with 2N substeps, the
 * difference over 15 is the error of the finer one, which is kept; if that is too large, 4N are tried, and so on.
 * Steps in between use the number that the last check found sufficient.
 */
export function stepDoubling<V>(space: VectorSpace<V>, options: Partial<StepDoublingOptions> = {}): Integrator<V> {
  const { tolerance, checkedAtFirst, checkEvery, maxSubsteps, rounding } = { ...STEP_DOUBLING, ...options };
  using own = new Resources();
  const method = own.use(new RungeKutta4(space));
  const vectors = createVectors(space, 3, own);
  const kept = own.move();
  let [coarse, fine] = vectors;
  const difference = vectors[2];
  let count = 1;
  let steps = 0;
  let lastChecked = { step: Number.NEGATIVE_INFINITY, h: Number.NaN };

  async function* unchecked(flow: Flow<V>, theta: V, h: number): IntegrationStep {
    space.copy(theta, fine);
    const { loss } = yield* method.run(flow, fine, h, count, false);
    const known = await loss.value;
    space.copy(fine, theta);
    return { loss: known, substeps: count, relativeError: null };
  }

  async function* checked(flow: Flow<V>, theta: V, h: number): IntegrationStep {
    let n = count;
    space.copy(theta, coarse);
    const start = yield* method.run(flow, coarse, h, n, true);
    const size = await hold(space.dot(theta, theta));
    for (;;) {
      space.copy(theta, fine);
      yield* method.run(flow, fine, h, 2 * n, false);
      space.copy(fine, difference);
      space.axpy(-1, coarse, difference);
      // The one wait of a step: all that was asked for on the way comes with it.
      const apart = await hold(space.dot(difference, difference));
      const [loss, bend, own, squared] = await Promise.all([start.loss.value, start.bend?.value ?? Number.NaN, size.value, apart.value]);
      const effect = h * count * Math.sqrt(bend);
      const allowed = Math.max(tolerance * effect, rounding * Math.sqrt(own));
      const gap = Math.sqrt(squared);
      const error = gap / 15;
      if (error <= allowed || 2 * n >= maxSubsteps || !Number.isFinite(loss)) {
        // The error of N substeps is 16/15 of the gap and falls with the fourth power of their number.
        const enough = Math.ceil(n * ((gap * (16 / 15)) / allowed) ** 0.25);
        count = Number.isFinite(enough) ? Math.min(Math.max(enough, 1), 2 * n, maxSubsteps) : 2 * n;
        space.copy(fine, theta);
        return { loss, substeps: 2 * n, relativeError: effect > 0 ? error / effect : null };
      }
      n *= 2;
      [coarse, fine] = [fine, coarse];
    }
  }

  return {
    async *step(flow, theta, h) {
      const due = steps < checkedAtFirst || steps - lastChecked.step >= checkEvery || h !== lastChecked.h;
      if (due) lastChecked = { step: steps, h };
      steps++;
      return yield* due ? checked(flow, theta, h) : unchecked(flow, theta, h);
    },
    dispose: () => kept.dispose(),
  };
}
