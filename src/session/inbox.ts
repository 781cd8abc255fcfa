/** Commands that wait for a session, and the sleep of a session that waits for commands. */
import type { Command } from './protocol.ts';

/** Longest sleep towards the next step, in milliseconds. */
const LONGEST = 1000;

/** Commands that mean nothing any more once another experiment is loaded. */
const OF_ONE_RUN: ReadonlySet<Command['type']> = new Set([
  'load',
  'take-up',
  'run',
  'pause',
  'step',
  'reset',
  'fuse',
  'set-step-size',
  'what-if',
  'run-branch',
  'cancel-prediction',
  'show-weights',
  'go-back',
]);

const isLoad = ({ type }: Command): boolean => type === 'load' || type === 'take-up';

export class Inbox {
  private commands: Command[] = [];
  private wakeUp: ((tooLong: number) => void) | null = null;

  put(command: Command): void {
    // Who asks for another experiment does not wait for the one before, nor for what was asked of it.
    if (isLoad(command)) this.commands = this.commands.filter(({ type }) => !OF_ONE_RUN.has(type));
    // A newer what-if replaces one that nobody has looked at yet.
    if (command.type === 'what-if' && this.commands.at(-1)?.type === 'what-if') this.commands.pop();
    this.commands.push(command);
    this.wake();
  }

  /** Whether another experiment is asked for. */
  get hasLoad(): boolean {
    return this.commands.some(isLoad);
  }

  /** Before all others. */
  putFirst(command: Command): void {
    this.commands.unshift(command);
  }

  next(): Command | null {
    return this.commands.shift() ?? null;
  }

  /** @param tooLong milliseconds that the sleep has taken more than it was to */
  wake(tooLong = 0): void {
    this.wakeUp?.(tooLong);
    this.wakeUp = null;
  }

  /**
   * Until a command comes or `wake` is called, or for so many milliseconds.
   * @returns by how many it was too long: browsers hold back the timers of a tab that nobody sees
   */
  sleep(milliseconds: number): Promise<number> {
    return new Promise((resolve) => {
      this.wakeUp = resolve;
      if (this.commands.length > 0 || milliseconds <= 0) return this.wake();
      if (!Number.isFinite(milliseconds)) return;
      const until = performance.now() + Math.min(milliseconds, LONGEST);
      // A later sleep is woken by timers of those before it, too: only what is too long for this one counts.
      setTimeout(() => this.wakeUp === resolve && this.wake(Math.max(0, performance.now() - until)), until - performance.now());
    });
  }
}
