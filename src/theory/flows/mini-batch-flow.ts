/**
 * Mini-batch gradient descent in the mean over shufflings. An epoch takes m batches without repeating one, in random
 * order; its mean end point follows the flow of
 *
 *     L + (h/4)‖g‖² + (h/4m) Σ_k ‖g_k - g‖²    (Smith, Dherin, Barrett & De 2021, arXiv 2101.12176)
 *
 * for the time m·h, to the third order. The sum is (1/m) Σ_k (L_k + (h/4)‖g_k‖²), so the flow costs no more than that
 * of the full batch: θ' = -(1/m) Σ_k ∇L_k(θ + (h/2)∇L_k(θ)).
 *
 * A single run scatters around its mean by nearly as much as the terms move the path: .0021 against .0062 - .0030 on T5
 * (`npm run validate-theory -- --only mini-batch`). So what is measured beside it is the mean over several shufflings,
 * with their spread.
 */
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective } from '../../engine/vector-space.ts';
import { laterAll } from '../../engine/jobs/later.ts';
import { queued, queueGradient, type Flow } from './flows.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value / values.length, 0);

/**
 * The flow of the batches' losses; L = (1/m) Σ L_k. A batch's gradient counts as 1/m of one. Errors: no batch.
 * @param perEpoch m, where the batches are those of several shufflings: then their mean stands for all shufflings
 */
export function miniBatchFlow<V>(batches: readonly Objective<V>[], perEpoch = batches.length): Flow<V> {
  const [first] = batches;
  if (first === undefined) throw new Error('the flow of mini-batches needs at least one batch');
  const { space } = first;
  const [gradient, ahead] = createVectors(space, 2);
  const dispose = (): void => {
    space.dispose(gradient);
    space.dispose(ahead);
  };
  const gradientsPerEvaluation = (2 * batches.length) / perEpoch;
  return queued({ name: 'mini-batch-flow', gradientsPerEvaluation, dispose }, async (theta, h, out, wantLoss) => {
    space.scale(0, out);
    const losses: (number | Promise<number>)[] = [];
    for (const batch of batches) {
      losses.push((await queueGradient(batch, theta, gradient, wantLoss)).value);
      space.copy(theta, ahead);
      space.axpy(h / 2, gradient, ahead);
      await gradientOnly(batch, ahead, gradient);
      space.axpy(-1 / batches.length, gradient, out);
    }
    return { value: laterAll(losses, mean) };
  });
}

/** The control: the gradient flow of the mean of the batches' losses. */
export function meanGradientFlow<V>(batches: readonly Objective<V>[], perEpoch = batches.length): Flow<V> {
  const [first] = batches;
  if (first === undefined) throw new Error('the flow of mini-batches needs at least one batch');
  const { space } = first;
  const gradient = space.create();
  const gradientsPerEvaluation = batches.length / perEpoch;
  const dispose = (): void => space.dispose(gradient);
  return queued({ name: 'gradient-flow', gradientsPerEvaluation, dispose }, async (theta, _h, out, wantLoss) => {
    space.scale(0, out);
    const losses: (number | Promise<number>)[] = [];
    for (const batch of batches) {
      losses.push((await queueGradient(batch, theta, gradient, wantLoss)).value);
      space.axpy(-1 / batches.length, gradient, out);
    }
    return { value: laterAll(losses, mean) };
  });
}

export interface ShuffledRuns {
  /** Mean over the runs of the loss after 0, 1, 2 … epochs. */
  readonly mean: Float64Array;
  /** Its standard deviation from run to run (n - 1); NaN for a single run. */
  readonly spread: Float64Array;
}

/**
 * Mini-batch gradient descent from θ (not changed), once a shuffling.
 * @param orders the batches' order in each run and epoch: `orders[run][epoch]` is a permutation of 0 … m - 1
 * @param loss of the full batch or the probe set
 * Yields the updates made since the last yield.
 */
export async function* shuffledRuns<V>(
  batches: readonly Objective<V>[],
  loss: (theta: V) => number | Promise<number>,
  theta: V,
  stepSize: number,
  orders: readonly (readonly (readonly number[])[])[],
): AsyncGenerator<number, ShuffledRuns, undefined> {
  const epochs = orders[0]?.length ?? 0;
  const first = batches[0];
  if (first === undefined || orders.length === 0) throw new Error('runs of mini-batches need at least one batch and one shuffling');
  for (const [run, order] of orders.entries())
    for (const permutation of order)
      if (order.length !== epochs || permutation.toSorted((a, b) => a - b).join() !== batches.map((_, k) => k).join())
        throw new Error(
          `run ${run} takes the batches ${permutation.join(', ')}; every epoch of every run takes each of 0 to ${batches.length - 1} once`,
        );
  const { space } = first;
  using own = new Resources();
  const [x, gradient] = createVectors(space, 2, own);
  const sums = { value: new Float64Array(epochs + 1), square: new Float64Array(epochs + 1) };
  const start = await loss(theta);
  for (const order of orders) {
    space.copy(theta, x);
    for (const [epoch, permutation] of order.entries()) {
      for (const k of permutation) {
        await gradientOnly(batches[k]!, x, gradient);
        space.axpy(-stepSize, gradient, x);
        yield 1;
      }
      // Relative to the start, so that the squares do not cancel.
      const change = (await loss(x)) - start;
      sums.value[epoch + 1]! += change;
      sums.square[epoch + 1]! += change * change;
    }
  }
  const n = orders.length;
  return {
    mean: sums.value.map((sum) => start + sum / n),
    spread: sums.square.map((square, i) => Math.sqrt(Math.max(square - sums.value[i]! ** 2 / n, 0) / (n - 1))),
  };
}
