/**
 * Two stages of training as one flow. n1 steps of size h1 on a loss L1, then n2 of size h2 on L2, with a = n1·h1 and
 * b = n2·h2, end where the flow θ' = Z(θ) ends after time 1, up to terms of third order in the step sizes:
 *
 *     Z = -(a P g1 + b g2) - ((a h1/2) P H1 P g1 + (b h2/2) H2 g2) + (a b/2)(H2 P g1 - P H1 g2)
 *
 * The second group are the two modified flows (Barrett & Dherin 2021, arXiv 2009.11162); the last term is the Lie
 * bracket of the two vector fields, from the Baker–Campbell–Hausdorff formula. For a growth in the middle L1 is the sum
 * of the sources' losses as a function of the large model's inherited blocks, and P the metric of their training in its
 * coordinates (growth-coordinates.ts). With P = 1 and n1 = n2 = 1 it is the result on continual learning of Dherin
 * 2023, arXiv 2311.00235.
 */
import { toEnd } from '../../engine/jobs/job.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective, type VectorSpace } from '../../engine/vector-space.ts';
import { queued, queueGradient, type Flow } from '../flows/flows.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';
import { hessianProduct, type HessianProduct } from '../hessian-product.ts';

/** Both losses over the same space, and the metric of the first stage. */
export interface TwoStages<V> {
  /** L1 */
  readonly before: Objective<V>;
  /** L2 */
  readonly after: Objective<V>;
  /** vector ← P·vector: the first stage's gradient descent is θ ← θ - h1·P·g1. */
  metric(vector: V): void | Promise<void>;
}

/** Times and step sizes: a = n1·h1, b = n2·h2. All positive. */
export interface StageTimes {
  readonly a: number;
  readonly b: number;
  readonly h1: number;
  readonly h2: number;
}

/** Which terms of second order are kept; by default all. */
export interface CompositeTerms {
  readonly modified: boolean;
  readonly bracket: boolean;
}

const ALL_TERMS: CompositeTerms = { modified: true, bracket: true };

function checkTimes(times: StageTimes): void {
  for (const [name, value] of Object.entries(times))
    if (!(value > 0) || !Number.isFinite(value)) throw new Error(`${name} is ${value}; step sizes and total times must be positive`);
  for (const [total, h] of [
    ['a', 'h1'],
    ['b', 'h2'],
  ] as const)
    if (times[total] < times[h] * (1 - 1e-9))
      throw new Error(
        `${total} is ${times[total]}, less than one step of ${h} = ${times[h]}; it is the number of steps times the step size`,
      );
}

/** The parts of the corrections, and the vectors that receive them. */
interface CorrectionVectors<V> {
  readonly Pg1: V;
  readonly g2: V;
  readonly u1: V;
  readonly u2: V;
}

/** u1 ← (a h1/2) P g1 + (a b/2) g2 and u2 ← (a b/2) P g1 - (b h2/2) g2: Z = -(a P g1 + b g2) - P H1 u1 + H2 u2. */
function corrections<V>(
  space: VectorSpace<V>,
  { a, b, h1, h2 }: StageTimes,
  { modified, bracket }: CompositeTerms,
  { Pg1, g2, u1, u2 }: CorrectionVectors<V>,
): void {
  space.scale(0, u1);
  space.scale(0, u2);
  if (modified) {
    space.axpy((a * h1) / 2, Pg1, u1);
    space.axpy((-b * h2) / 2, g2, u2);
  }
  if (bracket) {
    space.axpy((a * b) / 2, g2, u1);
    space.axpy((a * b) / 2, Pg1, u2);
  }
}

/**
 * Z as it is defined, from Hessian products (they stay the caller's). To be followed for the time 1; the step size of
 * the integrator does not enter the field.
 */
export function compositeFlowFromProducts<V>(
  stages: TwoStages<V>,
  times: StageTimes,
  products: { readonly before: HessianProduct<V>; readonly after: HessianProduct<V> },
  terms: CompositeTerms = ALL_TERMS,
): Flow<V> {
  checkTimes(times);
  const { before, after } = stages;
  const { space } = after;
  const [Pg1, g2, u1, u2] = createVectors(space, 4);
  const corrected = terms.modified || terms.bracket;
  const gradientsPerEvaluation = 2 + (corrected ? products.before.gradientsPerProduct + products.after.gradientsPerProduct : 0);
  const dispose = (): void => [Pg1, g2, u1, u2].forEach((vector) => space.dispose(vector));
  return queued({ name: 'composite', gradientsPerEvaluation, dispose }, async (theta, _h, out, wantLoss) => {
    await gradientOnly(before, theta, Pg1);
    await stages.metric(Pg1);
    const loss = await queueGradient(after, theta, g2, wantLoss);
    space.scale(0, out);
    if (corrected) {
      corrections(space, times, terms, { Pg1, g2, u1, u2 });
      await products.before.apply(theta, u1, out);
      await stages.metric(out);
      space.scale(-1, out);
      await products.after.apply(theta, u2, u1);
      space.axpy(1, u1, out);
    }
    space.axpy(-times.a, Pg1, out);
    space.axpy(-times.b, g2, out);
    return loss;
  });
}

/**
 * Z to the same order from four gradients, with the corrections as shifts of the points at which they are taken:
 *     -a P g1(θ + (h1/2) P g1 + (b/2) g2) - b g2(θ + (h2/2) g2 - (a/2) P g1).
 * To be followed for the time 1.
 */
export function compositeFlow<V>(stages: TwoStages<V>, times: StageTimes, terms: CompositeTerms = ALL_TERMS): Flow<V> {
  checkTimes(times);
  const { before, after } = stages;
  const { space } = after;
  const { a, b } = times;
  const [Pg1, g2, u1, u2] = createVectors(space, 4);
  const dispose = (): void => [Pg1, g2, u1, u2].forEach((vector) => space.dispose(vector));
  return queued({ name: 'composite', gradientsPerEvaluation: 4, dispose }, async (theta, _h, out, wantLoss) => {
    await gradientOnly(before, theta, Pg1);
    await stages.metric(Pg1);
    const loss = await queueGradient(after, theta, g2, wantLoss);
    corrections(space, times, terms, { Pg1, g2, u1, u2 });
    space.scale(1 / a, u1);
    space.axpy(1, theta, u1);
    space.scale(-1 / b, u2);
    space.axpy(1, theta, u2);
    await gradientOnly(before, u1, out);
    await stages.metric(out);
    space.scale(-a, out);
    await gradientOnly(after, u2, g2);
    space.axpy(-b, g2, out);
    return loss;
  });
}

/** Norms of a vector of the large model: on inherited coordinates, on new ones, and in total. */
export interface SplitNorm {
  readonly old: number;
  readonly new: number;
  readonly total: number;
}

/**
 * (time of the longer stage)·λ up to which the bracket improves the prediction. On T5 the error with it is a quarter of
 * that without at a single step, and larger than that without at n·h·λ of some ten.
 */
export const COMPOSITE_WINDOW = 2;

/** The parts of a growth's bracket, at any step sizes. */
export interface BracketParts {
  /** The bracket H2 P g1 - P H1 g2. */
  readonly bracket: SplitNorm;
  readonly g1: SplitNorm;
  readonly g2: SplitNorm;
  /** g2·bracket: the bracket adds (a b/2) times this to the loss after the growth, to first order. */
  readonly alongBracket: number;
  /** g2·P H1 P g1 and g2·H2 g2: the modified flows add -(a h1/2) and -(b h2/2) times these. */
  readonly alongModified: readonly [before: number, after: number];
  /** g2·P g1 and ‖g2‖²: the loss changes by -a and -b times these, to first order. */
  readonly alongGradients: readonly [before: number, after: number];
  /** Gradients of both losses that were spent. */
  readonly gradients: number;
}

export interface GrowthBracket extends Pick<BracketParts, 'bracket' | 'g1' | 'g2' | 'gradients'> {
  /** (a b/2)·g2·bracket: what the bracket adds to the loss after the growth, to first order. Negative: it helps. */
  readonly effectOnLoss: number;
  /** The share of the modified flows' terms, to first order. */
  readonly modifiedEffectOnLoss: number;
  /** -(a g2·P g1 + b ‖g2‖²): the change of L2 over both stages, to first order. */
  readonly firstOrderChange: number;
  /** max(a, b)·λ */
  readonly timeTimesLambda: number;
  /** Whether that is within COMPOSITE_WINDOW; outside it the numbers are not to be shown. */
  readonly inWindow: boolean;
}

/**
 * The bracket of a growth at θ, the large model's parameters at the growth. Yields the gradients spent since the last
 * yield.
 * @param split norms of a vector by inherited and new coordinates
 * Errors: gradients that are zero.
 */
export async function* bracketParts<V>(
  options: TwoStages<V> & { readonly theta: V; split(vector: V): Promise<SplitNorm> },
): AsyncGenerator<number, BracketParts, undefined> {
  const { before, after, theta } = options;
  const { space } = after;
  using own = new Resources();
  const [first, second] = [own.use(hessianProduct(before)), own.use(hessianProduct(after))];
  const [g1, Pg1, g2, one, two, bracket] = createVectors(space, 6, own);
  await gradientOnly(before, theta, g1);
  await gradientOnly(after, theta, g2);
  space.copy(g1, Pg1);
  await options.metric(Pg1);
  yield 2;
  await second.apply(theta, Pg1, bracket);
  yield second.gradientsPerProduct;
  await first.apply(theta, g2, one);
  await options.metric(one);
  space.axpy(-1, one, bracket);
  yield first.gradientsPerProduct;
  // The modified flows' terms: -(a h1/2) P H1 P g1 - (b h2/2) H2 g2.
  await first.apply(theta, Pg1, one, true);
  await options.metric(one);
  yield first.gradientsPerProduct;
  await second.apply(theta, g2, two, true);
  yield second.gradientsPerProduct;
  const [alongFirst, gg, modified1, modified2, alongBracket] = await Promise.all([
    space.dot(g2, Pg1),
    space.dot(g2, g2),
    space.dot(g2, one),
    space.dot(g2, two),
    space.dot(g2, bracket),
  ]);
  return {
    bracket: await options.split(bracket),
    g1: await options.split(g1),
    g2: await options.split(g2),
    alongBracket,
    alongModified: [modified1, modified2],
    alongGradients: [alongFirst, gg],
    gradients: 2 + 2 * (first.gradientsPerProduct + second.gradientsPerProduct),
  };
}

/**
 * The bracket of a growth with these step sizes and times.
 * @param lambda the larger of the sharpnesses (largest Hessian eigenvalue) before and after the growth
 * Errors: times that are not positive, λ that is not a number, gradients that are zero.
 */
export async function growthBracket<V>(
  options: TwoStages<V> & StageTimes & { readonly theta: V; readonly lambda: number; split(vector: V): Promise<SplitNorm> },
): Promise<GrowthBracket> {
  const { a, b, h1, h2, lambda } = options;
  checkTimes({ a, b, h1, h2 });
  if (!Number.isFinite(lambda)) throw new Error(`the sharpness λ is ${lambda}; it must be a number`);
  const { bracket, g1, g2, alongBracket, alongModified, alongGradients, gradients } = await toEnd(bracketParts(options));
  const timeTimesLambda = Math.max(a, b) * lambda;
  return {
    bracket,
    g1,
    g2,
    effectOnLoss: ((a * b) / 2) * alongBracket,
    modifiedEffectOnLoss: -((a * h1) / 2) * alongModified[0] - ((b * h2) / 2) * alongModified[1],
    firstOrderChange: -(a * alongGradients[0] + b * alongGradients[1]),
    timeTimesLambda,
    inWindow: timeTimesLambda <= COMPOSITE_WINDOW,
    gradients,
  };
}
