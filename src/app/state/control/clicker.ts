/** What a clicker does in front of a class (Page Down, Page Up): the next step of a lesson where one is open, else Run, then Fuse. */
import { fuseState } from '../derived/derive.ts';
import { runState } from '../derived/run-state.ts';
import { latest } from '../store.ts';
import { fuse, toggleRun } from './run-control.ts';

/** Takes a click onwards (1) or back (−1). @returns whether there was something to do */
type Clicks = (direction: 1 | -1) => boolean;

let inLesson: Clicks | null = null;

/** A lesson that is open takes the clicks. @returns gives them back */
export function takeClicks(take: Clicks): () => void {
  inLesson = take;
  return () => {
    if (inLesson === take) inLesson = null;
  };
}

export const isClickable = (): boolean => inLesson !== null;

export function click(direction: 1 | -1): void {
  if (inLesson?.(direction) === true || direction < 0) return;
  const state = latest();
  const { action, enabled } = runState(state);
  if (action !== 'pause') {
    if (enabled && state.phase !== 'finished') toggleRun();
  } else if (fuseState(state) === 'ready') fuse();
}
