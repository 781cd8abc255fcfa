import { expect, it } from 'vitest';
import { joined, lossAt, piecesOf } from './curve.ts';

const curve = { steps: Float64Array.from([0, 10, 20, 30]), losses: Float32Array.from([1, 0.5, 3, 2]), length: 4 };
const broken = { ...curve, gaps: [[19, 20]] as const };

it('nothing is read between the two sides of a gap, and all of what was measured', () => {
  expect(lossAt(curve, 15)).toBeCloseTo(1.75);
  expect(lossAt(broken, 15)).toBeNull();
  expect([0, 5, 10, 20, 25].map((step) => lossAt(broken, step))).toEqual([1, 0.75, 0.5, 3, 2.5]);
});

it('a curve falls into its parts at its gaps, and takes them along where it is joined to another', () => {
  expect(piecesOf(broken).map(({ losses }) => [...losses])).toEqual([
    [1, 0.5],
    [3, 2],
  ]);
  expect(piecesOf(curve)).toEqual([curve]);
  const later = { steps: Float64Array.from([30, 40]), losses: Float32Array.from([2, 1]), length: 2, gaps: [[35, 36]] as const };
  expect(joined(broken, later).gaps).toEqual([
    [19, 20],
    [35, 36],
  ]);
});
