import { describe, expect, it } from 'vitest';
import { StepTimes } from './step-times.ts';

describe('seconds of a step', () => {
  it('are the median of the last ones: a hiccup does not count', () => {
    const times = new StepTimes();
    for (const a of [9, 1, 1, 2, 2, 2, 2, 2, 50]) times.add(new Map([['A', a]]));
    times.add(
      new Map([
        ['A', 2],
        ['M', 4],
      ]),
    );
    times.add(new Map([['M', 6]]));
    expect(times.medians()).toEqual({ A: 2, M: 5 });
  });

  it('are asked for often while a network is new, then now and then', () => {
    const times = new StepTimes();
    expect(times.isDue(['A'], 3)).toBe(true);
    for (let i = 0; i < 4; i++) times.add(new Map([['A', 1]]));
    expect(times.isDue(['A'], 3)).toBe(false);
    expect(times.isDue(['A'], 40)).toBe(true);
    expect(times.isDue(['A', 'M'], 3)).toBe(true);
  });
});
