import { describe, expect, it } from 'vitest';
import { type RankedResult, ranksOf, ranksText } from './ranks.ts';

/** A run of 100 + 200 steps whose measured loss falls with the time, as it is predicted but for an offset. */
function result(
  grow: number,
  h2: number,
  change: { readonly flow?: number; readonly seed?: number; readonly cut?: number } = {},
): RankedResult {
  const steps = Array.from({ length: 301 - grow }, (_, i) => grow + i).filter((step) => step <= (change.cut ?? 300));
  const loss = steps.map((step) => 10 - 0.03 * grow - h2 * (step - grow));
  return {
    link: `#v=1&preset=edge&grow=${grow}&h2=${h2}&seed=${change.seed ?? 3}`,
    curves: [
      { model: 'A', kind: 'measured', step: [0, grow], loss: [10, 9] },
      { model: 'M', kind: 'measured', step: steps, loss },
      ...(change.flow === undefined ? [] : [{ model: 'M', kind: 'gradient-flow', step: [grow, 300], loss: [10, change.flow] }]),
    ],
    stepSize: { A: [[0, 0.03]], M: [[grow, h2]] },
  };
}

describe('the ranks of a sweep', () => {
  it('are those of each flow beside the total time, over the runs that it predicts', () => {
    const [ranks, ...others] = ranksOf([
      result(100, 0.01, { flow: 5 }),
      result(100, 0.02, { flow: 4 }),
      result(100, 0.03, { flow: 4.5 }),
      result(50, 0.02),
    ]);
    expect(others).toEqual([]);
    expect(ranks).toMatchObject({ runs: 4, early: 0 });
    expect(ranks?.predictors).toEqual([
      { name: 'total time Σh alone', correlation: expect.closeTo(1, 12), ofTime: expect.closeTo(1, 12), count: 4 },
      { name: 'gradient-flow', correlation: expect.closeTo(0.5, 12), ofTime: expect.closeTo(1, 12), count: 3 },
      // The longest branch of a growth has none to be read off; two runs are no ranking.
      { name: 'time rescaling', correlation: null, ofTime: null, count: 2 },
    ]);
    expect(ranksText(ranks ? [ranks] : [])).toContain('gradient-flow           0.500     1.000     3');
  });

  it('hold a run that was cut short for the highest loss, with the time that it would have taken', () => {
    const [ranks] = ranksOf([result(100, 0.01), result(100, 0.02), result(100, 0.04, { cut: 120 })]);
    expect(ranks?.early).toBe(1);
    expect(ranks?.predictors[0]).toMatchObject({ correlation: expect.closeTo(-0.5, 12) as number, count: 3 });
    expect(ranks ? ranksText([ranks]) : '').toContain('1 of them cut short');
  });

  it('keep seeds apart, and leave out what is no map', () => {
    const kept = [result(100, 0.01), result(100, 0.02, { seed: 5 })];
    const four: RankedResult = { link: '#v=1&preset=four-to-one', curves: [], stepSize: {} };
    expect(ranksOf([...kept, four, { link: '#kept', curves: [] }]).map(({ runs }) => runs)).toEqual([1, 1]);
    expect(ranksText(ranksOf(kept))).toContain('1 run:');
  });
});
