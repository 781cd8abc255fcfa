/**
 * Gradient flow for less than a gradient a step of training: the stabilised Runge–Kutta–Chebyshev method of second
 * order (RKC; Sommeijer, Shampine & Verwer 1998, J. Comput. Appl. Math. 88). With s stages a step τ is stable while τλ
 * < .65 (s² - 1), so that one long step in place of ten of gradient descent costs four to six gradients.
 *
 * The result is the loss along the flow as a function of *time*: gradient flow knows no step size, so one
 * integration serves every table of them (L after n steps is L at time Σh). Between the ends of the steps it is the
 * cubic through the losses with the slopes dL/dt = -‖∇L‖², which come for free.
 */
import { hold } from '../../engine/jobs/later.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective, type VectorSpace } from '../../engine/vector-space.ts';
import type { StepSizeTable } from '../../experiment/experiment.ts';
import { tableAt } from '../../experiment/experiment.ts';
import { gradientOnly } from './gradient-only.ts';
import { SharpnessProbe } from '../curvature/sharpness.ts';

/** The coefficients of s stages. */
interface Coefficients {
  readonly first: number;
  /** For stages 2 … s: of Y_0, Y_{j-1}, Y_{j-2}, τF_{j-1}, τF_0. */
  readonly stages: readonly { readonly y0: number; readonly y1: number; readonly y2: number; readonly f: number; readonly f0: number }[];
}

/** T_j(w0), its first and second derivative, for j = 0 … s. */
function chebyshev(s: number, w0: number): { T: number[]; D: number[]; E: number[] } {
  const [T, D, E] = [
    [1, w0],
    [0, 1],
    [0, 0],
  ];
  for (let j = 2; j <= s; j++) {
    T!.push(2 * w0 * T![j - 1]! - T![j - 2]!);
    D!.push(2 * T![j - 1]! + 2 * w0 * D![j - 1]! - D![j - 2]!);
    E!.push(4 * D![j - 1]! + 2 * w0 * E![j - 1]! - E![j - 2]!);
  }
  return { T: T!, D: D!, E: E! };
}

const known = new Map<number, Coefficients>();

function coefficients(s: number): Coefficients {
  const found = known.get(s);
  if (found !== undefined) return found;
  const damping = 2 / 13;
  const w0 = 1 + damping / (s * s);
  const { T, D, E } = chebyshev(s, w0);
  const w1 = D[s]! / E[s]!;
  const b = T.map((_, j) => (j < 2 ? E[2]! / D[2]! ** 2 : E[j]! / D[j]! ** 2));
  b[1] = 1 / w0;
  const stages = [];
  for (let j = 2; j <= s; j++) {
    const [y1, y2, f] = [(2 * b[j]! * w0) / b[j - 1]!, -b[j]! / b[j - 2]!, (2 * b[j]! * w1) / b[j - 1]!];
    stages.push({ y0: 1 - y1 - y2, y1, y2, f, f0: -(1 - b[j - 1]! * T[j - 1]!) * f });
  }
  const made = { first: b[1] * w1, stages };
  known.set(s, made);
  return made;
}

/** The fewest stages, at least 2, with which a step of this length is stable. */
export function stagesFor(tau: number, lambda: number): number {
  return Math.max(2, Math.ceil(Math.sqrt(1 + 1.54 * tau * Math.max(lambda, 0))));
}

/** One step of RKC over vectors of a space, with scratch of its own. */
export class ChebyshevStep<V> {
  private readonly objective: Objective<V>;
  private readonly space: VectorSpace<V>;
  private readonly scratch: V[];

  constructor(objective: Objective<V>) {
    this.objective = objective;
    this.space = objective.space;
    this.scratch = createVectors(this.space, 4);
  }

  /**
   * end ← the solution of θ' = -∇L after time τ, started at θ. Costs stages - 1 gradients; yields after each.
   * @param gradient ∇L(θ)
   */
  async *run(theta: V, gradient: V, tau: number, stages: number, end: V): AsyncGenerator<number, void, undefined> {
    if (!Number.isInteger(stages) || stages < 2) throw new Error(`stages is ${stages}; RKC has a whole number of them, at least 2`);
    const { space } = this;
    const { first, stages: rest } = coefficients(stages);
    let [before, last, next] = this.scratch as [V, V, V];
    const slope = this.scratch[3]!;
    space.copy(theta, before);
    space.copy(theta, last);
    space.axpy(-tau * first, gradient, last);
    for (const { y0, y1, y2, f, f0 } of rest) {
      await gradientOnly(this.objective, last, slope);
      yield 1;
      space.copy(theta, next);
      space.scale(y0, next);
      space.axpy(y1, last, next);
      space.axpy(y2, before, next);
      space.axpy(-tau * f, slope, next);
      space.axpy(-tau * f0, gradient, next);
      [before, last, next] = [last, next, before];
    }
    space.copy(last, end);
  }

  dispose(): void {
    for (const vector of this.scratch) this.space.dispose(vector);
  }
}

/** The loss along gradient flow at some times, in order, with its slope. */
export interface LossInTime {
  readonly times: number[];
  readonly losses: number[];
  /** dL/dt = -‖∇L‖² */
  readonly slopes: number[];
}

/** L at this time, on the cubic between its neighbours; NaN outside. */
export function lossAtTime({ times, losses, slopes }: LossInTime, time: number): number {
  const last = times.length - 1;
  if (last < 0 || time < times[0]! || time > times[last]!) return Number.NaN;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle;
    else high = middle;
  }
  if (high === low) return losses[low]!;
  const width = times[high]! - times[low]!;
  const x = (time - times[low]!) / width;
  const [a, b] = [losses[low]!, losses[high]!];
  const [p, q] = [slopes[low]! * width, slopes[high]! * width];
  return a + x * (p + x * (3 * (b - a) - 2 * p - q + x * (2 * (a - b) + p + q)));
}

export interface ForecastOptions {
  /** Allowed error of a step as a share of the way it goes. */
  readonly tolerance: number;
  /** The sharpness is taken for larger by this factor: it may grow within a step. */
  readonly safety: number;
  /** Steps between two measurements of the sharpness, where it is not given. */
  readonly measureEvery: number;
  readonly maxStages: number;
  /** λ at a time, where it is known: then none is measured. */
  readonly lambdaAt?: (time: number) => number;
}

/**
 * Found on the presets with `bench/theory-cheap.ts`: the loss is within 1 % of the drop, for some ten gradients a step
 * of RKC, the measurements of λ included. That is .3 gradients a step of training at hλ = .3, one at hλ = 1: gradient
 * flow sharpens beyond 2/h, where gradient descent can not follow, and there its forecast costs more than training.
 */
const FORECAST: ForecastOptions = { tolerance: 0.1, safety: 1.3, measureEvery: 8, maxStages: 20 };

/** The sharpness has outgrown every step of a useful length; the forecast up to there stands. */
export class ForecastLimitError extends Error {
  override readonly name = 'ForecastLimitError';
}

export interface Forecast {
  /** Filled as the work goes on. */
  readonly curve: LossInTime;
  /** Yields the gradients spent since the last yield. */
  readonly work: AsyncGenerator<number, void, undefined>;
}

/**
 * Gradient flow from θ (copied) over this time, with steps as long as the tolerance allows. A diverging loss ends it.
 */
export function forecastGradientFlow<V>(
  objective: Objective<V>,
  theta: V,
  duration: number,
  options: Partial<ForecastOptions> = {},
): Forecast {
  if (!(duration > 0) || !Number.isFinite(duration)) throw new Error(`the forecast is over a time of ${duration}; it must be positive`);
  const settings: ForecastOptions = { ...FORECAST, ...options };
  const curve: LossInTime = { times: [], losses: [], slopes: [] };
  return { curve, work: integrate(objective, theta, duration, settings, curve) };
}

async function* integrate<V>(
  objective: Objective<V>,
  start: V,
  duration: number,
  settings: ForecastOptions,
  curve: LossInTime,
): AsyncGenerator<number, void, undefined> {
  const { space } = objective;
  const { tolerance, safety, measureEvery, maxStages, lambdaAt } = settings;
  using own = new Resources();
  const step = own.use(new ChebyshevStep(objective));
  const probe = lambdaAt === undefined ? own.use(new SharpnessProbe(objective, { tolerance: 0.1 })) : null;
  const vectors = createVectors(space, 5, own);
  let [theta, gradient, end, endGradient] = vectors;
  const estimate = vectors[4];
  const record = (time: number, loss: number, squared: number): void => {
    curve.times.push(time);
    curve.losses.push(loss);
    curve.slopes.push(-squared);
  };
  space.copy(start, theta);
  let loss = await objective.lossAndGradient(theta, gradient);
  yield 1;
  record(0, loss, await space.dot(gradient, gradient));
  let time = 0;
  let tau = Number.NaN;
  let lambda = Number.NaN;
  // The given sharpness may be too small, or outgrown: a step that fails says so.
  let inflation = 1;
  for (let steps = 0, stale = true; time < duration && Number.isFinite(loss); ) {
    if (probe === null) lambda = lambdaAt!(time);
    else if (stale || steps % measureEvery === 0) {
      const measured = await probe.measure(theta);
      lambda = measured.lambda;
      yield measured.gradients;
    }
    stale = false;
    const bound = safety * inflation * lambda;
    if (Number.isNaN(tau)) tau = 1 / Math.max(bound, 1e-12);
    // As long as the most stages are stable, and no longer than what is left.
    tau = Math.min(tau, bound > 0 ? (0.65 * (maxStages ** 2 - 1)) / bound : tau, duration - time);
    yield* step.run(theta, gradient, tau, stagesFor(tau, bound), end);
    const atEnd = await hold(objective.lossAndGradient(end, endGradient));
    yield 1;
    // (12 (θ - end) + 6 τ (F + F_end))/15, F = -gradient.
    space.copy(theta, estimate);
    space.axpy(-1, end, estimate);
    const gone = await hold(space.dot(estimate, estimate));
    space.scale(12 / 15, estimate);
    space.axpy((-6 * tau) / 15, gradient, estimate);
    space.axpy((-6 * tau) / 15, endGradient, estimate);
    const off = await hold(space.dot(estimate, estimate));
    const slope = await hold(space.dot(endGradient, endGradient));
    // The one wait of a step.
    const [endLoss, wentSquared, offSquared, slopeSquared] = await Promise.all([atEnd.value, gone.value, off.value, slope.value]);
    const error = Math.sqrt(offSquared) / (tolerance * Math.sqrt(wentSquared));
    const factor = error > 0 ? Math.min(Math.max(0.8 * error ** (-1 / 3), 0.2), 3) : 3;
    // A loss that rises along its own gradient flow says that the sharpness has outgrown the stages.
    if (error > 1 || !(endLoss <= loss + 1e-6 * Math.abs(loss))) {
      tau *= Math.min(factor, 0.5);
      if (probe === null) inflation *= 2;
      stale = true;
      if (tau < 1e-6 * duration)
        throw new ForecastLimitError(`gradient flow can not be forecast beyond the time ${time}: steps of ${tau} are still too long`);
      continue;
    }
    time = duration - time - tau < 1e-9 * duration ? duration : time + tau;
    [theta, end] = [end, theta];
    [gradient, endGradient] = [endGradient, gradient];
    loss = endLoss;
    record(time, loss, slopeSquared);
    tau *= factor;
    steps++;
  }
}

/** The forecast at the steps from `from` (its time 0) to `to` of a table; ends where the forecast ends. */
export function forecastCurve(
  curve: LossInTime,
  table: StepSizeTable,
  from: number,
  to: number,
): { readonly steps: Float64Array; readonly losses: Float64Array } {
  const steps: number[] = [];
  const losses: number[] = [];
  const horizon = curve.times.at(-1) ?? Number.NEGATIVE_INFINITY;
  let time = 0;
  for (let step = from; step <= to; step++) {
    // Rounding of the sum must not end a forecast over exactly the table's time.
    if (time > horizon * (1 + 1e-9)) break;
    steps.push(step);
    losses.push(lossAtTime(curve, Math.min(time, horizon)));
    time += tableAt(table, step);
  }
  return { steps: Float64Array.from(steps), losses: Float64Array.from(losses) };
}
