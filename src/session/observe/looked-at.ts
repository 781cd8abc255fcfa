/**
 * The tensor that the reader looks at, and the text typed under the samples. It outlives the run: it stays when one
 * begins again.
 */
import type { TaskId } from '../../experiment/experiment.ts';
import type { AttentionChoice } from '../../run/reports.ts';

export class LookedAt {
  ownWord = '';
  /** Which words are looked at being attended to. */
  attention: AttentionChoice | null = null;
  /** The task that the word is typed for: that of what was loaded last. */
  private task: TaskId | null = null;

  /** An experiment of this task is loaded: a word of one task is none of another's. */
  begin(task: TaskId): void {
    if (this.task !== task) this.ownWord = '';
    this.task = task;
  }
}
