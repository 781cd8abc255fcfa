/**
 * How many operations a second a device does, from work that was timed: over the last half second of it, so that it
 * follows a machine that becomes busy. The first piece compiles, and is left out. For saying how long a run takes; it
 * changes nothing.
 */

/** Milliseconds of work that one figure is taken over. */
const OVER = 500;

export class DeviceRate {
  private operations = 0;
  private milliseconds = 0;
  private warm = false;

  /** A piece of work; returns operations a second where enough is known for a new figure. */
  add(operations: number, milliseconds: number): number | null {
    if (!(operations > 0)) return null;
    if (!this.warm) {
      this.warm = true;
      return null;
    }
    this.operations += operations;
    this.milliseconds += milliseconds;
    if (this.milliseconds < OVER) return null;
    const rate = (1000 * this.operations) / this.milliseconds;
    [this.operations, this.milliseconds] = [0, 0];
    return rate;
  }
}
