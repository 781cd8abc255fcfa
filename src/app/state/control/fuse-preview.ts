/**
 * While one points at Fuse now: when what is predicted of a fusion here and now has to be asked for anew, because the
 * run went on.
 */
import { shownExperiment } from '../derived/derive.ts';
import type { State } from '../state.ts';

/**
 * Shares of the run that the fusion asked of may lie behind: once its curve is drawn (less is not seen), and while it
 * is being drawn.
 */
const SEEN = 0.01;
const LATE = 0.05;

type Known = Pick<State, 'asked' | 'whatIfs' | 'step' | 'phase' | 'growth' | 'experiment' | 'running' | 'predictionCosts'>;

/**
 * Whether the curve would begin elsewhere now, so far away that it is seen, and the work that is under way may be given
 * up for it.
 */
export function asksAgain(state: Known): boolean {
  const { asked, whatIfs, step, phase, growth, predictionCosts } = state;
  if (asked?.by !== 'fuse' || growth !== null || !whatIfs || asked.change.grow === undefined) return false;
  const behind = step - asked.change.grow;
  if (behind <= 0) return false;
  // Where the run stands still it is asked once more, of the very step it stands at.
  if (phase === 'paused' || phase === 'finished') return true;
  if (phase !== 'training') return false;
  const costs = [...predictionCosts].flatMap(([key, cost]) => (key.endsWith('|what-if') ? cost : []));
  const drawn = costs.length > 0 && costs.every((cost) => cost.state === 'done');
  return behind >= (drawn ? SEEN : LATE) * shownExperiment(state).steps;
}
