import { describe, expect, it } from 'vitest';
import { emptyState } from '../empty-state.ts';
import type { State } from '../state.ts';
import { runState } from './run-state.ts';

const stateIn = (phase: State['phase'], more: Partial<State> = {}): State => {
  const state = emptyState();
  return { ...state, loaded: state.experiment, running: state.experiment, phase, started: phase !== 'ready', ...more };
};
const changed = (): Partial<State> => ({ experiment: { ...emptyState().experiment, seed: 99 } });

describe('what Run is', () => {
  it('runs, pauses, goes on, begins again, or starts a fresh worker, as the phase asks (11.6)', () => {
    const expected = {
      loading: ['run', 'run'],
      ready: ['run', 'run'],
      training: ['pause', 'pause'],
      growing: ['pause', 'pause'],
      paused: ['run', 'run'],
      finished: ['run', 'again'],
      diverged: ['run', 'again'],
      failed: ['run', 'start-worker'],
    } as const satisfies Record<State['phase'], readonly [string, string]>;
    for (const [phase, [label, action]] of Object.entries(expected))
      expect(runState(stateIn(phase as State['phase'])), phase).toEqual({ label, action, enabled: true });
  });

  it('with edited settings restarts what does not go on, and leaves alone what does (11.6)', () => {
    for (const phase of ['training', 'growing', 'paused'] as const)
      expect(runState(stateIn(phase, changed())).action, phase).toBe(phase === 'paused' ? 'run' : 'pause');
    for (const phase of ['loading', 'finished', 'diverged', 'failed'] as const)
      expect(runState(stateIn(phase, changed())), phase).toMatchObject({ label: 'restart', action: 'restart' });
    // Before the first run there is nothing to restart, and what was edited is run.
    expect(runState(stateIn('ready', changed()))).toMatchObject({ label: 'run', action: 'restart' });
  });

  it('is pressed once while the networks are made (11.6)', () => {
    expect(runState(stateIn('loading', { runsWhenReady: true })).enabled).toBe(false);
    // The settings that wait are another matter.
    expect(runState(stateIn('loading', { ...changed(), runsWhenReady: true })).enabled).toBe(true);
  });
});
