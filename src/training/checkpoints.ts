/**
 * Snapshots of a run in host memory, so that a branch can start, or a diverged run go back, without training
 * again from step 0. When they outgrow their budget they are thinned: the first, the pinned ones (growth) and
 * the newest stay, and of the others those that leave the most even spacing.
 */
export interface Held<S> {
  readonly step: number;
  readonly snapshot: S;
}

interface Entry<S> extends Held<S> {
  readonly bytes: number;
  readonly pinned: boolean;
}

export class Checkpoints<S> {
  private readonly budget: number;
  private readonly bytesOf: (snapshot: S) => number;
  /** In rising order of steps, which differ. */
  private entries: Entry<S>[] = [];

  /**
   * @param budget bytes that all snapshots together may take; the first and the pinned ones are kept even where
   *   they alone take more
   * @param bytes size of one snapshot; asked once, when it is put
   */
  constructor(budget: number, bytes: (snapshot: S) => number) {
    if (!(budget > 0)) throw new Error(`checkpoints: the budget is ${budget} bytes; it must be more than 0`);
    this.budget = budget;
    this.bytesOf = bytes;
  }

  /**
   * Keeps a snapshot of the state after `step` updates, in the place of an earlier one of the same step (whose
   * pin it inherits). `pinned`: never thinned out, e.g. at a growth.
   */
  put(step: number, snapshot: S, pinned = false): void {
    if (!Number.isInteger(step) || step < 0) throw new Error(`checkpoints: step is ${step}; it must be a whole number of at least 0`);
    const before = this.entries.find((entry) => entry.step === step);
    const entry: Entry<S> = { step, snapshot, bytes: this.bytesOf(snapshot), pinned: pinned || before?.pinned === true };
    this.entries = [...this.entries.filter((each) => each !== before), entry].toSorted((a, b) => a.step - b.step);
    this.thin();
  }

  /** The latest snapshot that is not after `step`; undefined if there is none. */
  nearestAtOrBefore(step: number): Held<S> | undefined {
    return this.entries.findLast((entry) => entry.step <= step);
  }

  /** Forgets everything after `step`: it belongs to a future that will not happen. */
  dropAfter(step: number): void {
    this.entries = this.entries.filter((entry) => entry.step <= step);
  }

  clear(): void {
    this.entries = [];
  }

  /** Steps of which a snapshot is held, rising. */
  steps(): readonly number[] {
    return this.entries.map((entry) => entry.step);
  }

  /** Those that are never thinned out: the first and the pinned ones. */
  lasting(): readonly Held<S>[] {
    return this.entries.filter(({ pinned }, i) => i === 0 || pinned);
  }

  /** Bytes of all snapshots held. */
  get bytes(): number {
    return this.entries.reduce((sum, entry) => sum + entry.bytes, 0);
  }

  private thin(): void {
    while (this.bytes > this.budget) {
      const victim = this.leastMissed();
      if (victim === undefined) return;
      this.entries = this.entries.filter((entry) => entry !== victim);
    }
  }

  /**
   * The snapshot in the tightest place, the earliest of them; the newest only when nothing else is left; never the
   * first or a pinned one.
   */
  private leastMissed(): Entry<S> | undefined {
    const room = (index: number): number =>
      (this.entries[index + 1]?.step ?? Number.POSITIVE_INFINITY) - (this.entries[index - 1]?.step ?? 0);
    let victim: { readonly entry: Entry<S>; readonly room: number } | undefined;
    for (const [index, entry] of this.entries.entries()) {
      if (index === 0 || entry.pinned) continue;
      if (victim === undefined || room(index) < victim.room) victim = { entry, room: room(index) };
    }
    return victim?.entry;
  }
}
