import { expect, it } from 'vitest';
import { lowestSoFar, smoothed } from './smooth.ts';

const curve = (length: number, lossAt: (step: number) => number) => {
  const steps = Float64Array.from({ length }, (_, i) => i);
  return { steps, losses: Float32Array.from(steps, lossAt), length };
};

it('a smoothed curve keeps an exponential as it is, with its ends, and takes most of the noise away', () => {
  const plain = smoothed(curve(400, (step) => 4 * Math.exp(-step / 100)));
  for (const step of [0, 1, 50, 200, 398, 399]) expect((plain.losses[step] ?? 0) / (4 * Math.exp(-step / 100))).toBeCloseTo(1, 5);
  const noise = (step: number): number => 0.2 * (step % 2 === 0 ? 1 : -1);
  const noisy = smoothed(curve(400, (step) => 2 * Math.exp(noise(step))));
  for (const step of [40, 200, 350]) expect(Math.abs(Math.log((noisy.losses[step] ?? 0) / 2))).toBeLessThan(0.03);
  expect(smoothed(curve(400, (step) => (step === 100 ? 0 : 2))).losses[300]).toBeCloseTo(2, 5);
  expect(smoothed(curve(1, () => 3)).losses[0]).toBe(3);
  expect(smoothed(curve(0, () => 3)).length).toBe(0);
});

it('the best so far never rises', () => {
  expect([...lowestSoFar(curve(5, (step) => [3, 2, 2.5, 1, 4][step] ?? 0)).losses]).toEqual([3, 2, 2, 1, 1]);
});

it('neither looks over a gap, at whose other side other examples are measured', () => {
  const broken = { ...curve(400, (step) => (step < 200 ? 1 : 4)), gaps: [[199, 200]] as const };
  expect([...new Set(smoothed(broken).losses.map((loss) => Math.round(loss * 1e5) / 1e5))]).toEqual([1, 4]);
  expect(lowestSoFar(broken).losses[399]).toBe(4);
  expect(lowestSoFar(broken).gaps).toBe(broken.gaps);
});
