import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { canFuse, fuseState, fusionWords, hasChanges, sameRun, shownExperiment, waitsBeside } from './derive.ts';
import type { State } from '../state.ts';

const experiment = presetExperiment('first-fusion');

describe('what follows from the state', () => {
  it('a run is the same whatever its preset is called and however fast it goes', () => {
    expect(sameRun(experiment, { ...experiment, preset: 'edge', pace: 'max' })).toBe(true);
    expect(sameRun(experiment, { ...experiment, seed: 99 })).toBe(false);
    expect(sameRun(experiment, { ...experiment, model: { ...experiment.model, d: 32 } })).toBe(false);
  });

  it('changes wait for a restart only once something is loaded', () => {
    expect(hasChanges({ experiment, running: null, loaded: null })).toBe(false);
    expect(hasChanges({ experiment: { ...experiment, seed: 1 }, running: experiment, loaded: null })).toBe(true);
    // Given to the worker, which has not said yet that it runs it: what is edited now waits all the same.
    expect(hasChanges({ experiment: { ...experiment, seed: 1 }, running: null, loaded: experiment })).toBe(true);
    expect(hasChanges({ experiment: { ...experiment }, running: experiment, loaded: null })).toBe(false);
  });

  it('what runs keeps what is said of it while a changed seed waits beside it (10.9)', () => {
    const changed = { ...experiment, seed: experiment.seed + 100 };
    const during = (phase: State['phase'], step: number) => ({ experiment: changed, running: experiment, loaded: experiment, phase, step });
    for (const phase of ['training', 'growing', 'paused'] as const) {
      expect(waitsBeside(during(phase, 5))).toBe(true);
      expect(shownExperiment(during(phase, 5))).toBe(experiment);
    }
    // A run that is over has nothing to pause: there the change is what comes next, and the curves stay what they are
    // of.
    expect(waitsBeside(during('finished', 180))).toBe(false);
    expect(shownExperiment(during('finished', 180))).toBe(experiment);
    // Before a run what is edited is what is shown.
    expect(waitsBeside(during('ready', 0))).toBe(false);
    expect(shownExperiment(during('ready', 0))).toBe(changed);
    expect(waitsBeside({ ...during('training', 5), experiment })).toBe(false);
  });

  it('Fuse waits for the first step, works while growing, and is done after', () => {
    const growth = { step: 1 } as never;
    expect(fuseState({ phase: 'ready', step: 0, growth: null })).toBe('not-yet');
    expect(fuseState({ phase: 'training', step: 0, growth: null })).toBe('not-yet');
    expect(fuseState({ phase: 'training', step: 1, growth: null })).toBe('ready');
    expect(fuseState({ phase: 'paused', step: 1, growth: null })).toBe('ready');
    expect(fuseState({ phase: 'growing', step: 1, growth: null })).toBe('working');
    expect(fuseState({ phase: 'training', step: 9, growth })).toBe('done');
    expect(canFuse({ phase: 'diverged', step: 9, growth: null })).toBe(false);
    expect(canFuse({ phase: 'training', step: 9, growth })).toBe(true);
  });

  it('says what is fused', () => {
    expect(fusionWords(experiment)).toBe('A and B');
    expect(fusionWords({ ...experiment, k: 3 })).toBe('A, B and C');
    expect(fusionWords({ ...experiment, operator: 'self' })).toBe('A with itself');
  });
});
