/**
 * The action of a clicker in front of a class: onwards (Page Down) it runs what stands still, then fuses; back (Page
 * Up) undoes nothing. In a lesson it goes from step to step.
 */
import { fuseState } from '../derived/derive.ts';
import { runState } from '../derived/run-state.ts';
import { latest } from '../store.ts';
import { fuse, toggleRun } from './run-control.ts';

type Take = (direction: 1 | -1) => void;
let taken: Take | null = null;

/** A lesson takes the clicks while it is open; `null`: nobody does. */
export function takeClicks(take: Take | null): void {
  taken = take;
}

/** @param direction onwards (1) or back (−1) */
export function click(direction: 1 | -1): void {
  if (taken) {
    taken(direction);
    return;
  }
  if (direction < 0) return;
  const state = latest();
  const { action, enabled } = runState(state);
  if (action !== 'pause') {
    if (enabled && state.phase !== 'finished') toggleRun();
  } else if (fuseState(state) === 'ready') fuse();
}
