/**
 * Something that is only shown, and finds no memory: that is told once, and it is left out from then on while the
 * training goes on.
 */
import { OutOfMemoryError } from '../../engine/faults.ts';
import { tell, tellError } from '../../experiment/messages/tell.ts';
import type { Notice } from '../reports.ts';

/** By its code: which of the things beside the training is not shown any more. */
export type Complaint =
  | 'sharpness-not-measured'
  | 'ensemble-not-measured'
  | 'answers-not-measured'
  | 'samples-not-shown'
  | 'growth-not-looked-at';

export class Aside {
  private readonly complaint: Complaint;
  private readonly emit: (event: Notice) => void;
  private off = false;

  /** @param complaint what then does not happen, e.g. that the sharpness is not measured */
  constructor(complaint: Complaint, emit: (event: Notice) => void) {
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
      this.emit({ type: 'fault', kind: 'out-of-memory', ...tell(this.complaint, { why: tellError(error) }), fatal: false });
      return undefined;
    }
  }
}
