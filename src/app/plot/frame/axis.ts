/**
 * The quantity of the horizontal axis. Everything is kept by step; an axis says where a step of a model lies when
 * one counts compute (all networks that train side by side pay) or seconds instead.
 */
import { say } from '../../text/en/chart/plot.ts';
import { isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import { spentUntil, wayTo, type Work } from '../plan/work.ts';
import { count, figures, formatQuantity } from '../../text/numbers.ts';
import { niceStep } from './ticks.ts';

export type AxisKind = 'steps' | 'compute' | 'time';

export interface Axis {
  readonly kind: AxisKind;
  /** Value on the axis of a model at a step. */
  readonly valueOf: (model: ModelId, step: number) => number;
  /** Step of the plan at a value on the axis. */
  readonly stepAt: (value: number) => number;
  /** Value of the plan's last step. */
  readonly end: number;
  readonly format: (value: number) => string;
  /** The last tick, which carries the unit. */
  readonly formatEnd: (value: number) => string;
}

export function stepAxis(steps: number): Axis {
  return {
    kind: 'steps',
    valueOf: (_model, step) => step,
    stepAt: (value) => value,
    end: steps,
    format: count,
    formatEnd: (value) => say.steps(count(value)),
  };
}

/**
 * FLOPs spent so far. Networks of the plan share one clock of compute, the sum over all that train at a step; each
 * baseline has its own, with all that it has grown from, so that equal x means equal total compute.
 */
export function computeAxis(work: Work, steps: number): Axis {
  const corners = [...new Set([0, steps, ...work.stages.flatMap(({ from, to }) => [from, to])])]
    .filter((step) => step >= 0 && step <= steps)
    .sort((a, b) => a - b);
  const spent = corners.map((step) => spentUntil(work, step));
  const own = new Map<ModelId, readonly number[]>();
  for (const { model } of work.stages)
    if (isBaseline(model))
      own.set(
        model,
        corners.map((step) => wayTo(work, model, step).total),
      );
  const end = Math.max(...[spent, ...own.values()].map((values) => values[values.length - 1] ?? 0));
  return {
    kind: 'compute',
    valueOf: (model, step) => along(corners, own.get(model) ?? spent, step),
    stepAt: (value) => along(spent, corners, value),
    end,
    format: (value) => formatQuantity(value, '').trim(),
    formatEnd: (value) => formatQuantity(value, 'FLOPs'),
  };
}

/** Seconds of training at the steps of `clock`; beyond its end time goes on at the mean rate so far. */
export function timeAxis(
  clock: { readonly steps: Float64Array; readonly values: Float32Array; readonly length: number },
  steps: number,
): Axis {
  const at = [0, ...clock.steps.subarray(0, clock.length)];
  const seconds = [0, ...clock.values.subarray(0, clock.length)];
  const lastAt = at[at.length - 1] ?? 0;
  const lastSeconds = seconds[seconds.length - 1] ?? 0;
  const rate = lastAt > 0 ? lastSeconds / lastAt : 0;
  const valueOf = (step: number) => (step > lastAt ? lastSeconds + rate * (step - lastAt) : along(at, seconds, step));
  const planned = valueOf(steps);
  const coarse = niceStep(planned / 20);
  return {
    kind: 'time',
    valueOf: (_model, step) => valueOf(step),
    stepAt: (value) => (value > lastSeconds && rate > 0 ? lastAt + (value - lastSeconds) / rate : along(seconds, at, value)),
    end: Math.ceil(planned / coarse) * coarse,
    format: (value) => figures(value, 3),
    formatEnd: (value) => `${figures(value, 3)} s`,
  };
}

/** Piecewise linear through (xs, ys), both ascending; the last slope goes on beyond the end. */
function along(xs: readonly number[], ys: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length - 1;
  if (high <= 0) return ys[0] ?? 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  const x0 = xs[low] ?? 0;
  const x1 = xs[high] ?? 0;
  const y0 = ys[low] ?? 0;
  const y1 = ys[high] ?? 0;
  return x1 > x0 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : y0;
}
