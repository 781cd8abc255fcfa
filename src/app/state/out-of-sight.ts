/**
 * How fast a run trained while nobody saw it, against how fast while somebody did: browsers slow down tabs that are
 * hidden, and may freeze them. Both are measured; nothing is said where the networks in training, or the pace that was
 * asked for, were not the same.
 */

/** A run that trained more slowly while the page was hidden. */
export interface OutOfSight {
  /** For how many seconds of training it was hidden. */
  readonly seconds: number;
  /** Steps a second meanwhile, and before. */
  readonly hidden: number;
  readonly seen: number;
}

/** Milliseconds of a measurement while the page is hidden, and while it is seen, at the least. */
const LEAST_HIDDEN = 5000;
const LEAST_SEEN = 2000;
/** Share of the speed below which it counts as slower: a machine has other things to do now and then. */
const SLOWER = 0.75;

interface Point {
  /** Milliseconds. */
  readonly time: number;
  readonly step: number;
}

/** Training under the same conditions. */
interface Stretch {
  readonly of: string;
  readonly hidden: boolean;
  readonly from: Point;
  to: Point;
}

const speed = ({ from, to }: Stretch): number => (1000 * (to.step - from.step)) / (to.time - from.time);
const lasts = ({ from, to }: Stretch): number => to.time - from.time;

export class PaceWatch {
  private stretch: Stretch | null = null;
  private seen: { readonly of: string; readonly speed: number } | null = null;

  /**
   * Takes where the run is.
   * @param of what trains, and at what pace; null: nothing does
   * @returns what there is to say of a time out of sight that is over, or null
   */
  note(now: Point, of: string | null, hidden: boolean): OutOfSight | null {
    const before = this.stretch;
    const same = before !== null && before.of === of && now.step >= before.to.step;
    // Where something else has changed, it ended where it was last heard of.
    if (same) before.to = now;
    if (same && before.hidden === hidden) return null;
    this.stretch = of === null ? null : { of, hidden, from: now, to: now };
    return before && this.over(before);
  }

  private over(stretch: Stretch): OutOfSight | null {
    if (!stretch.hidden) {
      if (lasts(stretch) >= LEAST_SEEN) this.seen = { of: stretch.of, speed: speed(stretch) };
      return null;
    }
    if (lasts(stretch) < LEAST_HIDDEN || this.seen?.of !== stretch.of) return null;
    const slow = speed(stretch);
    return slow < SLOWER * this.seen.speed ? { seconds: lasts(stretch) / 1000, hidden: slow, seen: this.seen.speed } : null;
  }
}
