import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Checkpoints } from './checkpoints.ts';

const room = (snapshots: number) => new Checkpoints<string>(snapshots * 10, () => 10);

describe('checkpoints', () => {
  it('finds the nearest at or before a step', () => {
    const held = room(10);
    for (const step of [0, 20, 10]) held.put(step, `at ${step}`);
    expect(held.nearestAtOrBefore(20)).toMatchObject({ step: 20, snapshot: 'at 20' });
    expect(held.nearestAtOrBefore(19)).toMatchObject({ step: 10, snapshot: 'at 10' });
    expect(held.nearestAtOrBefore(9)).toMatchObject({ step: 0, snapshot: 'at 0' });
    held.dropAfter(10);
    expect(held.steps()).toEqual([0, 10]);
    expect(held.nearestAtOrBefore(1000)?.step).toBe(10);
    held.clear();
    expect([held.steps(), held.bytes, held.nearestAtOrBefore(0)]).toEqual([[], 0, undefined]);
  });

  it('replaces a snapshot of the same step and keeps its pin', () => {
    const held = room(3);
    held.put(0, 'start');
    held.put(5, 'before', true);
    held.put(5, 'after');
    expect(held.nearestAtOrBefore(5)?.snapshot).toBe('after');
    for (const step of [6, 7, 8, 9]) held.put(step, 'later');
    expect(held.steps()).toEqual([0, 5, 9]);
  });

  it('keeps start, growth and newest, and spaces the others evenly', () => {
    const held = room(9);
    for (let step = 0; step <= 640; step += 10) held.put(step, 's', step === 310);
    const steps = held.steps();
    expect(steps.length).toBe(9);
    expect(steps[0]).toBe(0);
    expect(steps).toContain(310);
    expect(steps.at(-1)).toBe(640);
    const gaps = steps.slice(1).map((step, i) => step - (steps[i] ?? 0));
    // Even spacing would be 80; the newest may follow closely on the last.
    expect(Math.max(...gaps)).toBeLessThanOrEqual(160);
  });

  it('counts bytes as they are: large snapshots leave room for fewer', () => {
    const held = new Checkpoints<number>(100, (snapshot) => snapshot);
    held.put(0, 30);
    held.put(1, 30);
    held.put(2, 30);
    expect(held.bytes).toBe(90);
    held.put(3, 60);
    expect(held.steps()).toEqual([0, 3]);
    expect(held.bytes).toBe(90);
  });

  it('holds what must be held even over budget, and gives up the newest first', () => {
    const held = new Checkpoints<number>(100, (snapshot) => snapshot);
    held.put(0, 80);
    held.put(5, 80, true);
    held.put(6, 80);
    expect(held.steps()).toEqual([0, 5]);
  });

  it('refuses a budget of nothing and a step that is none', () => {
    expect(() => new Checkpoints<string>(0, () => 1)).toThrow('budget is 0 bytes');
    expect(() => new Checkpoints<string>(Number.NaN, () => 1)).toThrow('budget is NaN');
    for (const step of [-1, 1.5, Number.NaN]) expect(() => room(1).put(step, 's')).toThrow(`step is ${step}`);
  });

  it('whatever is put: within budget, start and pins kept, each snapshot under its own step', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ step: fc.nat(200), pinned: fc.boolean() }), { minLength: 1 }),
        fc.integer({ min: 1, max: 12 }),
        (puts, size) => {
          const held = room(size);
          const pins = new Set<number>();
          let start = Number.POSITIVE_INFINITY;
          for (const { step, pinned } of puts) {
            start = Math.min(start, step);
            if (pinned) pins.add(step);
            held.put(step, `at ${step}`, pinned);
            expect(held.steps()).toEqual([...new Set(held.steps())].toSorted((a, b) => a - b));
            for (const pin of pins) expect(held.steps()).toContain(pin);
            expect(held.steps()[0]).toBe(start);
            expect(held.nearestAtOrBefore(step)?.snapshot).toMatch(/^at \d+$/);
            if (pins.size < size) expect(held.bytes).toBeLessThanOrEqual(size * 10);
            for (const kept of held.steps()) expect(held.nearestAtOrBefore(kept)?.snapshot).toBe(`at ${kept}`);
          }
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });
});
