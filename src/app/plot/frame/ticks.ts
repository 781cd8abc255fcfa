/**
 * Domains and ticks. A logarithmic axis is marked 1 2 3 5 of every decade as far as there is room (…, 0.3, 0.5, 1.0,
 * 2.0, 3.0, …); a linear one at 1, 2 or 5 times a power of ten. Domains move in coarse steps, so that the axis
 * stands still while the loss creeps.
 */
import type { LossScale } from './projection.ts';

const MANTISSAS: readonly (readonly number[])[] = [
  [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9],
  [1, 1.5, 2, 3, 4, 5, 7],
  [1, 2, 3, 5],
  [1, 3],
  [1],
];
/** A logarithmic domain is rounded outward to this fraction of a decade. */
const DECADE_STEP = 0.1;
/** Decades that the logarithmic axis shows at least. */
const LEAST_SPAN = 0.4;

/** Round number 1, 2 or 5 (or one of `factors`) times a power of ten that is at least `rough`. */
export function niceStep(rough: number, factors: readonly number[] = [1, 2, 5]): number {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  for (const factor of factors) if (factor * power >= rough * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

/**
 * Domain of the loss axis for values between `low` and `high`, with a little air.
 * The log domain is never thinner than `LEAST_SPAN`; the linear one starts at 0.
 */
export function lossDomain(low: number, high: number, scale: LossScale): readonly [number, number] {
  if (scale === 'linear') {
    const step = niceStep((high * 1.04) / 10);
    return [0, Math.max(step, Math.ceil((high * 1.02) / step) * step)];
  }
  const bottom = Math.log10(Math.max(low, 1e-6)) - 0.03;
  const top = Math.log10(Math.max(high, 1e-6)) + 0.03;
  const to = Math.ceil(top / DECADE_STEP) * DECADE_STEP;
  // Room is made below: that is where a loss goes.
  const from = Math.min(Math.floor(bottom / DECADE_STEP) * DECADE_STEP, to - LEAST_SPAN);
  return [10 ** from, 10 ** to];
}

/** Ticks of the loss axis, ascending, none closer than `gap` pixels to the next on an axis of `height` pixels. */
export function lossTicks(domain: readonly [number, number], scale: LossScale, height: number, gap = 26): readonly number[] {
  if (scale === 'linear') return linearTicks(domain, Math.max(1, Math.floor(height / (gap + 12))));
  const [low, high] = domain;
  const perDecade = height / Math.log10(high / low);
  const set = MANTISSAS.find((mantissas) => smallestGap(mantissas) * perDecade >= gap) ?? [1];
  // So many decades that even their beginnings are too close: every second, every third.
  const stride = Math.max(1, Math.ceil(gap / perDecade - 1e-9));
  const ticks: number[] = [];
  for (let decade = Math.floor(Math.log10(low)) - 1; decade <= Math.ceil(Math.log10(high)); decade++) {
    if (decade % stride !== 0) continue;
    for (const mantissa of set) {
      const tick = Number((mantissa * 10 ** decade).toPrecision(3));
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks;
}

function smallestGap(mantissas: readonly number[]): number {
  let gap = Infinity;
  mantissas.forEach((mantissa, i) => {
    const next = mantissas[i + 1] ?? 10;
    gap = Math.min(gap, Math.log10(next / mantissa));
  });
  return gap;
}

export function linearTicks(domain: readonly [number, number], count: number, factors?: readonly number[]): readonly number[] {
  const step = niceStep((domain[1] - domain[0]) / count, factors);
  const ticks: number[] = [];
  for (let i = Math.ceil(domain[0] / step - 1e-9); i * step <= domain[1] + step * 1e-9; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

/**
 * Ticks of the step axis: round numbers about `spacing` pixels apart, and always the end of the domain, which carries
 * the unit; the last round ones give way if they come closer than `endRoom` pixels to it.
 */
export function stepTicks(domain: readonly [number, number], width: number, spacing: number, endRoom: number): readonly number[] {
  const span = domain[1] - domain[0];
  if (!(span > 0)) return [domain[0]];
  const count = Math.max(1, Math.floor(width / spacing));
  // A quarter of a hundred is a round number of steps; of one step it is none.
  const ticks = linearTicks(domain, count, span / count > 10 ? [1, 2, 2.5, 5] : [1, 2, 5]);
  const kept = ticks.filter((tick) => ((domain[1] - tick) / span) * width >= endRoom);
  return [...kept, domain[1]];
}
