import { describe, expect, it } from 'vitest';
import { tableAt } from '../../experiment/experiment.ts';
import { LIMITS } from '../../experiment/limits.ts';
import { HeldSharpness } from './held-sharpness.ts';

describe('HeldSharpness', () => {
  it('is due every 2 steps in the first 20 of a stage, then every 10', () => {
    const held = new HeldSharpness({ edge: 1.2, from: 100 });
    const due: number[] = [];
    for (let step = 100; step < 160; step++) {
      if (!held.due(step)) continue;
      due.push(step - 100);
      held.refresh(step, [10]);
    }
    expect(due).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 30, 40, 50]);
  });

  it('holds c/λ for the sharpest of the models side by side', () => {
    const held = new HeldSharpness({ edge: 1.2, from: 0 });
    expect(held.refresh(0, [3, 12, 6])).toBeCloseTo(0.1, 12);
    expect(held.at(0)).toBeCloseTo(0.1, 12);
    expect(held.at(1)).toBeCloseTo(0.1, 12);
  });

  it('knows nothing past the next refresh, so that a prediction waits there', () => {
    const held = new HeldSharpness({ edge: 1, from: 0 });
    expect(held.at(0)).toBeUndefined();
    held.refresh(0, [1]);
    expect(held.at(1)).toBe(1);
    expect(held.at(2)).toBeUndefined();
    expect(held.due(2)).toBe(true);
    expect(held.at(-1)).toBeUndefined();
  });

  it('makes the table of the run, which reads the same', () => {
    const held = new HeldSharpness({ edge: 1, from: 0 });
    for (let step = 0; step < 40; step++) if (held.due(step)) held.refresh(step, [1 + step]);
    for (let step = 0; step < 40; step++) expect(tableAt(held.table, step)).toBe(held.at(step));
    expect(held.table.slice(0, 2)).toEqual([
      [0, 1],
      [2, 1 / 3],
    ]);
  });

  it('takes a known table as it is, and measures where it ends', () => {
    const held = new HeldSharpness({
      edge: 1,
      from: 0,
      known: [
        [0, 0.5],
        [2, 0.25],
      ],
    });
    expect([held.due(0), held.due(2), held.at(3), held.due(4)]).toEqual([false, false, 0.25, true]);
    held.refresh(4, [8]);
    expect(held.table).toEqual([
      [0, 0.5],
      [2, 0.25],
      [4, 0.125],
    ]);
  });

  it('keeps the last step size where no curvature is positive, and refuses to start there', () => {
    const held = new HeldSharpness({ edge: 1, from: 0 });
    expect(() => held.refresh(0, [-2])).toThrow('the sharpness at step 0 is -2; it must be positive');
    held.refresh(0, [2]);
    expect(held.refresh(2, [-2, 0])).toBe(0.5);
  });

  it('is never larger than a step size may be, where the curvature vanishes (10.20)', () => {
    const held = new HeldSharpness({ edge: 1.9, from: 0 });
    expect(held.refresh(0, [0.5])).toBeCloseTo(3.8, 12);
    expect(held.isBounded(0)).toBe(false);
    expect(held.refresh(2, [3e-4, 1e-5])).toBe(LIMITS.stepSize.max);
    expect(held.isBounded(3)).toBe(true);
    expect(held.refresh(4, [1.9])).toBe(1);
    // A stage may begin where there is none to be seen.
    expect(new HeldSharpness({ edge: 1.9, from: 0 }).refresh(0, [-1e-9])).toBe(LIMITS.stepSize.max);
  });

  it('refuses an edge that is none and a step it has been past', () => {
    expect(() => new HeldSharpness({ edge: 0, from: 0 })).toThrow('edge is 0');
    const held = new HeldSharpness({ edge: 1, from: 0 });
    held.refresh(2, [1]);
    expect(() => held.refresh(2, [1])).toThrow("step 2 can't be refreshed");
  });
});
