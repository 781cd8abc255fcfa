import { describe, expect, it } from 'vitest';
import { type OutOfSight, PaceWatch } from './out-of-sight.ts';

/** Notes a run every half second. Each leg: seconds, steps a second, whether it is hidden, and what trains. */
function course(...legs: readonly (readonly [seconds: number, speed: number, hidden: boolean, of?: string | null])[]): OutOfSight[] {
  const watch = new PaceWatch();
  let [time, step] = [0, 0];
  const told: OutOfSight[] = [];
  const note = (of: string | null, hidden: boolean): void => {
    const found = watch.note({ time, step }, of, hidden);
    if (found) told.push(found);
  };
  for (const [seconds, speed, hidden, of = 'A,B'] of legs) {
    note(of, hidden);
    for (let i = 0; i < 2 * seconds; i++) {
      time += 500;
      step += speed / 2;
      note(of, hidden);
    }
  }
  note(legs.at(-1)?.[3] ?? 'A,B', false);
  return told;
}

describe('a run that nobody saw', () => {
  it('and that trained more slowly is told with both speeds, once it is seen again', () => {
    expect(course([10, 24, false], [60, 2, true], [3, 24, false])).toEqual([{ seconds: 60, hidden: 2, seen: 24 }]);
    expect(course([10, 24, false], [60, 0, true])).toEqual([{ seconds: 60, hidden: 0, seen: 24 }]);
  });

  it('is nothing to speak of where it kept its speed, or was hidden for a moment', () => {
    expect(course([10, 24, false], [60, 20, true])).toEqual([]);
    expect(course([10, 24, false], [60, 30, true])).toEqual([]);
    expect(course([10, 24, false], [3, 1, true])).toEqual([]);
  });

  it('is compared with nothing that trained otherwise, or that was hardly seen', () => {
    expect(course([10, 24, false, 'A,B'], [60, 2, true, 'M'])).toEqual([]);
    expect(course([1, 24, false], [60, 2, true])).toEqual([]);
    expect(course([10, 24, false], [20, 0, true, null])).toEqual([]);
  });

  it('and that came to its end out of sight is measured up to there', () => {
    expect(course([10, 24, false], [30, 4, true], [600, 0, true, null])).toEqual([{ seconds: 30, hidden: 4, seen: 24 }]);
  });

  it('that begins anew is no run that goes back', () => {
    const watch = new PaceWatch();
    watch.note({ time: 0, step: 100 }, 'A', false);
    watch.note({ time: 5000, step: 200 }, 'A', false);
    watch.note({ time: 5100, step: 0 }, 'A', true);
    expect(watch.note({ time: 15_100, step: 10 }, 'A', false)).toEqual({ seconds: 10, hidden: 1, seen: 20 });
  });
});
