/**
 * Who works next: kinds of work share a round of the session's loop. Each lane of the table has its share of every
 * round. The queues of a lane take turns at it, and within a queue the first kind that has something to do has the
 * whole share: that is its priority.
 */

const LANES = {
  training: [['training']],
  // A growth is looked at before anything is integrated: it is what a slider waits for, and over in a moment.
  beside: [['growth-study', 'orders', 'prediction'], ['map']],
  looks: [['looks']],
} as const;

export type Lane = keyof typeof LANES;

/**
 * All work that is done in slices. A new kind is a place in the table; what it does and how it is left is then asked
 * for by type.
 */
export type WorkKind = (typeof LANES)[Lane][number][number];

/** Works for about so many milliseconds, at least a slice; false: there is nothing to do now. */
export type Worker = (milliseconds: number) => Promise<boolean>;

export class Scheduler {
  private readonly workers: Readonly<Record<WorkKind, Worker>>;
  private readonly turn: Record<Lane, number> = { training: 0, beside: 0, looks: 0 };

  constructor(workers: Readonly<Record<WorkKind, Worker>>) {
    this.workers = workers;
  }

  /**
   * One round of all lanes.
   * @param share milliseconds of a lane in this round; 0: it has none
   * @returns whether there was something to do
   */
  async round(share: (lane: Lane) => number): Promise<boolean> {
    let worked = false;
    for (const lane of Object.keys(LANES) as Lane[]) {
      const milliseconds = share(lane);
      if (milliseconds > 0) worked = (await this.inTurn(lane, milliseconds)) || worked;
    }
    return worked;
  }

  private async inTurn(lane: Lane, milliseconds: number): Promise<boolean> {
    const queues: readonly (readonly WorkKind[])[] = LANES[lane];
    const first = this.turn[lane];
    for (let i = 0; i < queues.length; i++) {
      const at = (first + i) % queues.length;
      for (const kind of queues[at] ?? []) {
        if (!(await this.workers[kind](milliseconds))) continue;
        this.turn[lane] = (at + 1) % queues.length;
        return true;
      }
    }
    return false;
  }
}
