import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../experiment/presets.ts';
import { canFuse, fuseState, fusionWords, hasChanges, sameRun } from './derive.ts';

const experiment = presetExperiment('first-fusion');

describe('what follows from the state', () => {
  it('a run is the same whatever its preset is called and however fast it goes', () => {
    expect(sameRun(experiment, { ...experiment, preset: 'edge', pace: 'max' })).toBe(true);
    expect(sameRun(experiment, { ...experiment, seed: 99 })).toBe(false);
    expect(sameRun(experiment, { ...experiment, model: { ...experiment.model, d: 32 } })).toBe(false);
  });

  it('changes wait for a restart only once something is loaded', () => {
    expect(hasChanges({ experiment, running: null })).toBe(false);
    expect(hasChanges({ experiment: { ...experiment, seed: 1 }, running: experiment })).toBe(true);
    expect(hasChanges({ experiment: { ...experiment }, running: experiment })).toBe(false);
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
