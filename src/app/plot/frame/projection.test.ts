import { expect, it } from 'vitest';
import { lossAfterKey, roundedLoss } from '../marks/loss-slider.ts';
import { projectionOf } from './projection.ts';

it('a loss is found again under its pixel, on either scale', () => {
  for (const scale of ['log', 'linear'] as const) {
    const { y, lossAt } = projectionOf({ x: 40, y: 80, width: 400, height: 300 }, [0, 60], [0.5, 3], scale);
    for (const loss of [0.5, 1.25, 3]) expect(lossAt(y(loss))).toBeCloseTo(loss, 12);
  }
});

it('a slider of losses moves by a factor, to its ends, and by a page only where that is given', () => {
  const after = (key: string, page?: number) => lossAfterKey(key, 2, [0.5, 3], 1.1, page);
  expect([after('ArrowUp'), after('ArrowLeft'), after('Home'), after('End'), after('a')]).toEqual([2 * 1.1, 2 / 1.1, 0.5, 3, null]);
  expect([after('PageUp'), after('PageUp', 1.5), after('PageDown', 1.5)]).toEqual([null, 3, 2 / 1.5]);
  expect([0.1, 1.23456, 9].map((loss) => roundedLoss(loss, [0.5, 3]))).toEqual([0.5, 1.23, 3]);
});
