import { describe, expect, it } from 'vitest';
import { Pacer } from './pacer.ts';

/**
 * Steps that a run at a pace takes.
 * @param wake when a sleep until a moment (ms) ends @param takes milliseconds of a step, by its number
 */
function stepsWithin(milliseconds: number, pace: number, wake: (until: number) => number, takes: (step: number) => number = () => 1) {
  let now = 0;
  const pacer = new Pacer(pace, () => now);
  pacer.start();
  const at: number[] = [];
  while (now < milliseconds) {
    const remaining = pacer.remaining();
    if (remaining > 0) {
      const until = now + remaining;
      now = Math.max(now, wake(until));
      pacer.overslept(now - until);
      continue;
    }
    at.push(now);
    now += takes(at.length);
    pacer.stepped();
  }
  return at;
}

const inTime = (until: number): number => until;
const onceASecond = (until: number): number => Math.ceil(until / 1000) * 1000;

describe('the pace of a run', () => {
  it('is kept where the timers of a hidden tab wake once a second, as where they are in time', () => {
    for (const pace of [2, 25]) {
      expect(stepsWithin(20_000, pace, inTime)).toHaveLength(20 * pace);
      const held = stepsWithin(20_000, pace, onceASecond).length;
      expect(held).toBeGreaterThanOrEqual(19 * pace);
      expect(held).toBeLessThanOrEqual(20 * pace + 1);
    }
  });

  it('does not jump after a step that took long', () => {
    const at = stepsWithin(10_000, 10, inTime, (step) => (step === 20 ? 3000 : 1));
    const gaps = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(gaps.filter((gap) => gap < 90)).toHaveLength(1);
    expect(at).toHaveLength(72);
  });

  it('makes up for two seconds of a tab that was frozen, not for the night', () => {
    const night = (until: number): number => (until > 1000 && until < 3_000_000 ? 3_600_000 : until);
    expect(stepsWithin(3_600_001, 10, night).length).toBeLessThanOrEqual(10 + 22);
  });

  it('is none at full speed', () => {
    const pacer = new Pacer('max', () => 0);
    pacer.start();
    pacer.stepped();
    expect(pacer.remaining()).toBe(0);
  });
});
