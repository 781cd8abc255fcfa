import { describe, expect, it } from 'vitest';
import type { State } from '../state.ts';
import { LONGEST_ONSET, onsetOf, onsetWords } from './onset.ts';

const curve = (losses: readonly number[], from = 0) => ({
  steps: Float64Array.from(losses, (_, i) => from + i),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const falling = (steps: number): number[] => Array.from({ length: steps }, (_, i) => 4 * 0.99 ** i);
/** Falls, and from a step on oscillates. */
const shaken = (steps: number, at: number): number[] => falling(steps).map((loss, i) => (i >= at && i % 2 === 0 ? loss * 1.1 : loss));
/** The central flow meets the edge at this step. */
const sharpness = (at: number): State['sharpness'] => {
  const hLambda = Float32Array.from({ length: 200 }, (_, i) => (i < at ? 1 : 2));
  const steps = Float64Array.from({ length: 200 }, (_, i) => i);
  return new Map([['predicted', { steps, hLambda, lambda: hLambda, length: 200 }]]);
};
const chart = (measured: readonly (readonly [string, ReturnType<typeof curve>])[], flow = 'central-flow'): State['chart'] =>
  ({
    measured: new Map(measured),
    predicted: new Map([[`${flow}|0|plan`, new Map([['A', curve(falling(200))]])]]),
    spreads: new Map(),
  }) as State['chart'];
const grownAt = (step: number): State['growths'] => [{ step } as State['growths'][number]];

describe('the onset window', () => {
  it('is as long as it may take until the oscillation is seen, then as long as it took', () => {
    expect(onsetOf(chart([['A', curve(falling(60))]]), sharpness(40), [], 200)).toEqual({ from: 40, to: 40 + LONGEST_ONSET, seen: false });
    const seen = onsetOf(chart([['A', curve(shaken(100, 70))]]), sharpness(40), [], 200);
    expect(seen).toEqual({ from: 40, to: 70, seen: true });
    expect(seen && onsetWords(seen)).toBe('onset, 30 steps');
  });
  it('is not there without a central flow, without an edge, or where a fusion starts the oscillation at once', () => {
    const run = curve(shaken(100, 70));
    expect(onsetOf(chart([['A', run]], 'modified-flow'), sharpness(40), [], 200)).toBeNull();
    expect(onsetOf(chart([['A', run]]), sharpness(500), [], 200)).toBeNull();
    const fused = curve(shaken(60, 4), 36);
    expect(
      onsetOf(
        chart([
          ['A', curve(falling(37))],
          ['M', fused],
        ]),
        sharpness(40),
        grownAt(36),
        200,
      ),
    ).toBeNull();
  });
  it('ends where the network does', () => {
    expect(onsetOf(chart([['A', curve(falling(61))]]), sharpness(40), grownAt(60), 200)).toEqual({ from: 40, to: 60, seen: false });
  });
});
