/** Whether the reader has done what a step waits for, and what comes next. */
import type { State } from '../../state/state.ts';
import type { LessonStep, Milestone } from './lesson.ts';

type Seen = Pick<State, 'phase' | 'step' | 'growth' | 'loaded'>;

const isOver = ({ phase }: Pick<State, 'phase'>): boolean => phase === 'finished' || phase === 'diverged';

/** Growth step of the run as it was loaded: what another one is measured against. */
const plannedGrowth = ({ loaded }: Pick<State, 'loaded'>): number | null => loaded?.grow ?? null;

function isReached(milestone: Milestone, state: Seen): boolean {
  switch (milestone.kind) {
    case 'step':
      return state.step >= milestone.at;
    case 'fuse':
    case 'growth':
      return state.growth !== null;
    case 'end':
      return isOver(state);
    case 'branch':
      return isOver(state) && state.growth !== null && state.growth.step !== plannedGrowth(state);
  }
}

/**
 * How many of them are done, those already passed among them: what was reached once stays reached, also
 * where a branch goes back behind it.
 */
export function passed({ waitFor }: Pick<LessonStep, 'waitFor'>, before: number, state: Seen): number {
  let count = before;
  for (let next = waitFor[count]; next !== undefined && isReached(next, state); next = waitFor[count]) count++;
  return count;
}

/** Whether a run that has just come to a milestone waits there for the reader. */
export function holds(milestone: Milestone): boolean {
  return milestone.kind === 'step' || milestone.kind === 'growth';
}
