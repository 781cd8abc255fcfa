import { describe, expect, it } from 'vitest';
import { bestWithin, costToLoss, type Trial } from './budget.ts';
import { best, stepAtLoss } from './train.ts';

/** Growth at step 100, which two sources of cost 1 a step paid for; a step costs 4 from there on. */
const trial: Pick<Trial, 'curve' | 'total' | 'criticalPath'> = {
  curve: { steps: [100, 150, 200, 250], losses: [1, 0.5, 0.4, 0.6] },
  total: (step) => 200 + 4 * (step - 100),
  criticalPath: (step) => 100 + 4 * (step - 100),
};
const whole = trial as Trial;

describe('loss at equal cost', () => {
  it('is the lowest that the budget reaches', () => {
    expect(bestWithin(whole, 399)).toBe(1);
    expect(bestWithin(whole, 400)).toBe(0.5);
    expect(bestWithin(whole, 800)).toBe(0.4);
  });

  it('is nothing before the growth is paid for, and nothing beyond what was trained', () => {
    expect(bestWithin(whole, 199)).toBeNull();
    expect(bestWithin(whole, 5000)).toBeNull();
  });
});

describe('cost to a loss', () => {
  it('is read between measurements', () => {
    expect(stepAtLoss(whole.curve, 0.75)).toBeCloseTo(125, 12);
    expect(costToLoss(whole, 0.75)).toEqual({ total: 300, criticalPath: 200 });
  });

  it('is null where the loss is never reached', () => {
    expect(costToLoss(whole, 0.39)).toBeNull();
  });

  it('is at the first point where the curve begins below it', () => {
    expect(costToLoss(whole, 2)?.total).toBe(200);
  });
});

describe('early stopping', () => {
  it('takes the lowest loss, not the last', () => {
    expect(best(whole.curve)).toEqual({ step: 200, loss: 0.4 });
    expect(best(whole.curve, 160)).toEqual({ step: 150, loss: 0.5 });
  });
});
