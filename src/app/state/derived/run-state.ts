/**
 * The state of Run at the moment, for its button, its key, the phone and the projector: what it says, what it does, and
 * whether that can be done.
 */
import type { DraftSlice } from '../slices/draft.ts';
import type { RunSlice } from '../slices/run.ts';
import { goesOn, hasChanges } from './derive.ts';

/**
 * `restart`: with what was edited; `again`: the same from step 0; `start-worker`: a fresh worker takes the experiment.
 */
export type RunAction = 'run' | 'pause' | 'restart' | 'again' | 'start-worker';

export interface RunState {
  /**
   * The word on the button: `run` and `pause` by their names among the bar's words, `restart` with what was changed.
   */
  readonly label: 'run' | 'pause' | 'restart';
  readonly action: RunAction;
  /** Not while it was pressed already and only waits for the networks to be made. */
  readonly enabled: boolean;
}

const LABELS = { run: 'run', pause: 'pause', restart: 'restart', again: 'run', 'start-worker': 'run' } as const;

export function runState(
  state: Pick<DraftSlice & RunSlice, 'experiment' | 'loaded' | 'running' | 'phase' | 'started' | 'runsWhenReady'>,
): RunState {
  const action = actionOf(state);
  // Before the first run there is nothing to restart: what was edited is simply run.
  const label = action === 'restart' && !state.started ? 'run' : LABELS[action];
  return { label, action, enabled: !(action === 'run' && state.runsWhenReady) };
}

function actionOf(state: Parameters<typeof runState>[0]): RunAction {
  if (hasChanges(state) && !goesOn(state)) return 'restart';
  switch (state.phase) {
    case 'training':
    case 'growing':
      return 'pause';
    case 'finished':
    case 'diverged':
      return 'again';
    case 'failed':
      return 'start-worker';
    case 'loading':
    case 'ready':
    case 'paused':
      return 'run';
  }
}
