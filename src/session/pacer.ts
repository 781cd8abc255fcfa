/**
 * When the next step of a run that is watched is due. What takes long (a growth, a first step that compiles) is not
 * made up for: the chart would jump. A sleep that was held back is: browsers wake the timers of a tab that nobody sees
 * once a second, and the run keeps its pace all the same.
 */
import type { Experiment } from '../experiment/experiment.ts';

type Pace = Experiment['pace'];

/** Most milliseconds of a sleep that are made up for: of one longer than this the tab was frozen, not held back. */
const MOST = 2000;

export class Pacer {
  private chosen: Pace;
  private nextAt = 0;
  /** Milliseconds that sleeps were too long and that are not made up for yet. */
  private owed = 0;
  private readonly now: () => number;

  /** @param now milliseconds of any clock that never goes back */
  constructor(pace: Pace, now: () => number = () => performance.now()) {
    this.chosen = pace;
    this.now = now;
  }

  get pace(): Pace {
    return this.chosen;
  }

  set pace(pace: Pace) {
    this.chosen = pace;
    this.start();
  }

  /** The next step is due now. */
  start(): void {
    this.nextAt = this.now();
    this.owed = 0;
  }

  /** Milliseconds to the next step; not above 0 if it is due. */
  remaining(): number {
    return this.chosen === 'max' ? 0 : this.nextAt - this.now();
  }

  /** A sleep until the next step was due took so many milliseconds more than that. */
  overslept(milliseconds: number): void {
    this.owed = Math.min(MOST, Math.max(this.owed, milliseconds));
  }

  /** A step was taken. */
  stepped(): void {
    if (this.chosen === 'max') return;
    const now = this.now();
    const gap = 1000 / this.chosen;
    this.nextAt = Math.max(this.nextAt + gap, now - gap - this.owed);
    if (this.nextAt > now) this.owed = 0;
  }
}
