import { expect, it } from 'vitest';
import { apart } from './against-link.ts';

const curve = (steps: readonly number[], losses: readonly number[]) => ({
  steps: Float64Array.from(steps),
  losses: Float32Array.from(losses),
  length: steps.length,
});

it('a run is compared with the curve of its link by the newest network that both have, where both end', () => {
  const linked = new Map([
    ['A', curve([0, 100], [4, 2])],
    ['M', curve([100, 200], [2, 1])],
  ]);
  expect(apart(new Map([['A', curve([0, 50], [4, 2.5])]]), linked)).toEqual({ model: 'A', step: 50, difference: -0.5 });
  const whole = new Map([
    ['A', curve([0, 100], [4, 2])],
    ['M', curve([100, 150, 300], [2, 1.75, 0.5])],
    ['scratch', curve([0, 300], [5, 3])],
  ]);
  expect(apart(whole, linked)).toMatchObject({ model: 'M', step: 200 });
  expect(apart(whole, linked)?.difference).toBeCloseTo(1.75 - 1.25 / 3 - 1, 6);
  expect(apart(new Map([['Z', curve([0, 9], [4, 2])]]), linked)).toBeNull();
  expect(apart(new Map(), linked)).toBeNull();
});
