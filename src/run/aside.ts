/** What is only shown, and has no memory to be made with: told once and left out from then on, while the training goes on. */
import { OutOfMemoryError } from '../engine/faults.ts';
import type { Notice } from './reports.ts';

export class Aside {
  private readonly complaint: string;
  private readonly emit: (event: Notice) => void;
  private off = false;

  /** @param complaint what then does not happen, e.g. `The sharpness is not measured` */
  constructor(complaint: string, emit: (event: Notice) => void) {
    this.complaint = complaint;
    this.emit = emit;
  }

  /** Undefined where there is no memory for it. */
  async make<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (this.off) return undefined;
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof OutOfMemoryError)) throw error;
      this.off = true;
      this.emit({ type: 'fault', kind: 'out-of-memory', message: `${this.complaint}: ${error.message}`, fatal: false });
      return undefined;
    }
  }
}
