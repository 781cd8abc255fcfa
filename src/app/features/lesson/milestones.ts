/** Whether the reader has done what a step waits for, and what comes next. */
import type { Experiment } from '../../../experiment/experiment.ts';
import { sameRun } from '../../state/derived/derive.ts';
import type { State } from '../../state/state.ts';
import type { LessonStep, Milestone } from './lesson.ts';

type Seen = Pick<State, 'phase' | 'step' | 'growth' | 'loaded' | 'axis'>;

const isOver = ({ phase }: Pick<State, 'phase'>): boolean => phase === 'finished' || phase === 'diverged';

/** Growth step of the run as it was loaded: what another one is measured against. */
const plannedGrowth = ({ loaded }: Pick<State, 'loaded'>): number | null => loaded?.grow ?? null;

function isReached(milestone: Milestone, state: Seen, given: Experiment | null): boolean {
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
    case 'own':
      return isOver(state) && given !== null && state.loaded !== null && !sameRun(state.loaded, given);
    case 'compute':
      return state.axis === 'compute';
  }
}

/**
 * How many of them are done, those already passed among them: what was reached once stays reached, also
 * where a branch goes back behind it.
 * @param given the experiment that the step began with
 */
export function passed({ waitFor }: Pick<LessonStep, 'waitFor'>, before: number, state: Seen, given: Experiment | null): number {
  let count = before;
  for (let next = waitFor[count]; next !== undefined && isReached(next, state, given); next = waitFor[count]) count++;
  return count;
}

/** Whether a run that has just come to a milestone waits there for the reader. */
export function holds(milestone: Milestone): boolean {
  return milestone.kind === 'step' || milestone.kind === 'growth';
}

/** The task that comes before a task: a fusion at a step waits until the run is there. */
export function firstOf(milestone: Milestone, step: number): Milestone {
  return milestone.kind === 'fuse' && step < milestone.at ? { kind: 'step', at: milestone.at } : milestone;
}
