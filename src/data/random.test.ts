import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawIndices, stream } from './random.ts';

const take = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

test('frozen values: the same experiment draws the same numbers for ever', () => {
  const a = stream(3, 'init A');
  expect(take(4, a.uniform)).toEqual([0.6418744148307964, 0.7096267064745096, 0.9465333148174032, 0.09723824432566064]);
  expect(take(5, a.normal)).toEqual([
    0.09646757396542685, -0.48340564433575967, 1.434646111307158, 0.28644830203935806, 0.5966782134661293,
  ]);
  expect(take(6, () => a.integer(10))).toEqual([7, 9, 1, 4, 8, 7]);
  expect(a.shuffle([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([1, 2, 0, 4, 7, 5, 6, 3]);
  expect(drawIndices(stream(-1, 'pick'), 1000, 5)).toEqual([890, 726, 302, 140, 798]);
});

test('streams share nothing: drawing from one changes no other, and names, seeds and instances stand alone', () => {
  const alone = take(10, stream(7, 'noise').uniform);
  const noise = stream(7, 'noise');
  const order = stream(7, 'order');
  expect(take(10, () => (order.normal(), noise.uniform()))).toEqual(alone);
  expect(take(10, stream(7, 'order').uniform)).not.toEqual(alone);
  expect(take(10, stream(8, 'noise').uniform)).not.toEqual(alone);
  expect(take(10, stream(7, 'noise').uniform)).toEqual(alone);
});

test('first draws of neighbouring seeds look independent', () => {
  const firsts = Array.from({ length: 4000 }, (_, seed) => stream(seed, 'init').uniform());
  const mean = firsts.reduce((sum, u) => sum + u, 0) / firsts.length;
  const product = firsts.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * ((firsts[i] as number) - 0.5), 0) / (firsts.length - 1);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.015); // 3 standard errors
  expect(Math.abs(product)).toBeLessThan(0.004);
});

test('normal numbers: moments and tails of a standard normal', () => {
  const draws = take(200_000, stream(1, 'normal').normal);
  const moment = (power: number): number => draws.reduce((sum, x) => sum + x ** power, 0) / draws.length;
  expect(Math.abs(moment(1))).toBeLessThan(0.008);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.012);
  expect(Math.abs(moment(3))).toBeLessThan(0.03);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.07);
  const beyond = draws.filter((x) => Math.abs(x) > 1.959963985).length / draws.length;
  expect(Math.abs(beyond - 0.05)).toBeLessThan(0.0018);
});

test('integers stay in range and fill it evenly', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 0x100000000 }), (seed, n) => {
      const value = stream(seed, 'range').integer(n);
      return Number.isInteger(value) && value >= 0 && value < n;
    }),
    { numRuns: 500, seed: 1 },
  );
  const random = stream(5, 'dice');
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < 60_000; i++) counts[random.integer(6)]! += 1;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(330);
  expect(() => random.integer(0)).toThrow('integer(0)');
  expect(() => random.integer(2.5)).toThrow('integer(2.5)');
});

test('drawIndices: without repetition, and a longer draw begins with the shorter one', () => {
  const short = drawIndices(stream(2, 'x'), 500, 64);
  expect(new Set(short).size).toBe(64);
  expect(drawIndices(stream(2, 'x'), 500, 128).slice(0, 64)).toEqual(short);
  expect(() => drawIndices(stream(2, 'x'), 5, 6)).toThrow('only 5');
});

test('a seed that is no integer is refused', () => {
  expect(() => stream(0.5, 'x')).toThrow('seed: 0.5');
});
