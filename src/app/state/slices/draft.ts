/**
 * The experiment as it is edited. Written by the reader, and by what the worker makes of a run where the reader changed
 * nothing.
 */
import type { Experiment } from '../../../experiment/experiment.ts';

export interface DraftSlice {
  /** The experiment on the screen; the page edits it. */
  readonly experiment: Experiment;
  /** The experiment as it was last given to the worker: where Reset goes back to. `null` before the first load. */
  readonly loaded: Experiment | null;
  /** Problems of the link that opened the page, or of the file that was opened in it, in words. */
  readonly problems: readonly string[];
  readonly problemsIn: 'link' | 'file';
  /** Notes on files that were opened, in sentences; the first is the main one. */
  readonly told: readonly string[];
}
