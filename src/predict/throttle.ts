/** Lets something happen at most once in so many milliseconds. */
export class Throttle {
  private readonly interval: number;
  private last = Number.NEGATIVE_INFINITY;

  constructor(interval: number) {
    this.interval = interval;
  }

  /** Whether it may happen now; if so, counts it as happened. */
  ready(now: number = performance.now()): boolean {
    if (now - this.last < this.interval) return false;
    this.last = now;
    return true;
  }

  reset(): void {
    this.last = Number.NEGATIVE_INFINITY;
  }
}
