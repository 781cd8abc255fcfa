import { describe, expect, it } from 'vitest';
import { fallOf, LADDER, localErrors } from './local-orders.ts';
import { analyticGoldens, analyticObjective } from './testing/analytic.ts';

const goldens = analyticGoldens();

describe('the error of one step (10.27)', () => {
  it('falls at each halving of the step size as the flow’s order says, whatever its size', async () => {
    const objective = analyticObjective(goldens.functions[0]!);
    const theta = Float64Array.from(goldens.x0);
    const work = localErrors(objective, theta, [0.02, 0.01, 0.005]);
    let spent = 0;
    for (;;) {
      const { done, value } = await work.next();
      if (done !== true) {
        spent += value;
        continue;
      }
      expect(value.map(({ flow }) => flow)).toEqual(LADDER);
      const last = value.map((each) => Math.log2(fallOf(each).at(-1)!));
      [2, 3, 3, 4].forEach((order, i) => expect(Math.abs(last[i]! - order), LADDER[i]).toBeLessThan(0.1));
      // Equal to the same order, and not beyond: the two forms of the first order have errors of their own.
      expect(value[1]!.errors[0]).not.toBeCloseTo(value[2]!.errors[0]!, 6);
      break;
    }
    expect(Array.from(theta)).toEqual(goldens.x0);
    // One gradient, and 16 evaluations of each flow at three step sizes: of 1, 3, 2 and 3 gradients.
    expect(spent).toBe(1 + 3 * 16 * (1 + 3 + 2 + 3));
    expect(objective.space.live()).toBe(0);
  });

  it('gives its vectors back where it is put aside in its middle', async () => {
    const objective = analyticObjective(goldens.functions[0]!);
    const work = localErrors(objective, Float64Array.from(goldens.x0), [0.02]);
    for (let i = 0; i < 20; i++) await work.next();
    await work.return([]);
    expect(objective.space.live()).toBe(0);
  });
});
