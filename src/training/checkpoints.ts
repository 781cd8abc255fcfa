/**
 * Snapshots of a run in memory, by step, to go back to. Over the byte budget, the ones that are closest to their
 * neighbours go first, so that what is left is spread over the run; the first, the last and pinned ones (a growth) stay.
 */
export interface Held<T> {
  readonly step: number;
  readonly snapshot: T;
}

export class Checkpoints<T> {
  private readonly budget: number;
  private readonly bytesOf: (snapshot: T) => number;
  private held: (Held<T> & { readonly bytes: number; readonly pinned: boolean })[] = [];

  constructor(budget: number, bytesOf: (snapshot: T) => number) {
    if (!(budget > 0)) throw new Error(`checkpoints: a budget of ${budget} bytes; it must be positive`);
    this.budget = budget;
    this.bytesOf = bytesOf;
  }

  /** Keeps a snapshot; one of the same step is replaced. */
  put(step: number, snapshot: T, pinned = false): void {
    this.held = [...this.held.filter((each) => each.step !== step), { step, snapshot, bytes: this.bytesOf(snapshot), pinned }].sort((a, b) => a.step - b.step);
    while (this.bytes() > this.budget && this.thinOut());
  }

  nearestAtOrBefore(step: number): Held<T> | undefined {
    return this.held.findLast((each) => each.step <= step);
  }

  /** Forgets everything after a step. */
  dropAfter(step: number): void {
    this.held = this.held.filter((each) => each.step <= step);
  }

  steps(): readonly number[] {
    return this.held.map(({ step }) => step);
  }

  bytes(): number {
    return this.held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Drops the one whose neighbours are closest together; false if none may go. */
  private thinOut(): boolean {
    let least = -1;
    let leastGap = Number.POSITIVE_INFINITY;
    for (let i = 1; i < this.held.length - 1; i++) {
      const gap = (this.held[i + 1]?.step ?? 0) - (this.held[i - 1]?.step ?? 0);
      if (this.held[i]?.pinned !== true && gap < leastGap) {
        least = i;
        leastGap = gap;
      }
    }
    if (least < 0) return false;
    this.held = this.held.filter((_, i) => i !== least);
    return true;
  }
}
