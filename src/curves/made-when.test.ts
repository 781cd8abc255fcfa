import { describe, expect, it } from 'vitest';
import { madeWords } from '../app/plot/curves/made.ts';
import { madeWhen } from './made-when.ts';

const curve = (points: readonly (readonly [step: number, madeAt: number])[]) => ({
  steps: points.map(([step]) => step),
  madeAt: points.map(([, madeAt]) => madeAt),
  length: points.length,
});

describe('when a prediction was made', () => {
  it('is in advance where every point was made before the training got there (10.3)', () => {
    expect(
      madeWhen([
        curve([
          [0, 0],
          [1, 0],
          [2, 1],
        ]),
      ]),
    ).toEqual({ kind: 'advance' });
    // A point that is made as the training arrives is no forecast.
    expect(
      madeWhen([
        curve([
          [0, 0],
          [1, 0],
          [2, 2],
        ]),
      ]),
    ).toEqual({ kind: 'afterwards' });
  });

  it('says from where on, over all networks together (10.3)', () => {
    const sources = curve([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
      [4, 3],
    ]);
    const fused = curve([
      [4, 3],
      [5, 4],
      [6, 4],
    ]);
    expect(madeWhen([sources, fused])).toEqual({ kind: 'from', step: 4 });
    expect(
      madeWhen([
        sources,
        curve([
          [4, 3],
          [5, 9],
        ]),
      ]),
    ).toEqual({ kind: 'afterwards' });
  });

  it('says nothing of the step where a prediction begins (10.3)', () => {
    expect(madeWhen([])).toBeNull();
    expect(madeWhen([curve([[45, 45]])])).toBeNull();
    expect(
      madeWhen([
        curve([
          [45, 45],
          [46, 45],
        ]),
      ]),
    ).toEqual({ kind: 'advance' });
  });

  it('has words (10.3)', () => {
    expect(madeWords({ kind: 'from', step: 1200 })).toBe('said in advance from step 1,200 on');
  });
});
