import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { emptyState } from '../empty-state.ts';
import { asksAgain } from './fuse-preview.ts';
import type { State } from '../state.ts';

const experiment = { ...presetExperiment('first-fusion'), grow: 300, steps: 1000 };
const cost = (state: 'running' | 'done') => ({ gradients: 1, progress: 0.5, state, window: null });
const pointing = (patch: Partial<State>): State => ({
  ...emptyState(),
  experiment,
  running: experiment,
  phase: 'training',
  whatIfs: true,
  asked: { change: { grow: 100 }, by: 'fuse' },
  ...patch,
});
const costs = (state: 'running' | 'done') =>
  new Map([
    ['modified-flow|growth|what-if', cost(state)],
    ['modified-flow|0|plan', cost('running')],
  ]);

describe('what is predicted while one points at Fuse now (10.3)', () => {
  it('is asked for anew once it is drawn and the run has gone on as far as one sees', () => {
    expect(asksAgain(pointing({ step: 109, predictionCosts: costs('done') }))).toBe(false);
    expect(asksAgain(pointing({ step: 110, predictionCosts: costs('done') }))).toBe(true);
  });

  it('is not given up for a few steps while it is being drawn, and not begun twice', () => {
    for (const predictionCosts of [costs('running'), new Map()]) {
      expect(asksAgain(pointing({ step: 149, predictionCosts }))).toBe(false);
      expect(asksAgain(pointing({ step: 150, predictionCosts }))).toBe(true);
    }
  });

  it('begins at the very step where the run stands, and is asked for once', () => {
    for (const phase of ['paused', 'finished'] as const) {
      expect(asksAgain(pointing({ phase, step: 101 }))).toBe(true);
      expect(asksAgain(pointing({ phase, step: 101, asked: { change: { grow: 101 }, by: 'fuse' } }))).toBe(false);
    }
  });

  it('is not asked for where nobody points, nothing is predicted, or something has grown', () => {
    const far = { step: 200, predictionCosts: costs('done') };
    expect(asksAgain(pointing({ ...far, asked: { change: { grow: 100 }, by: 'reader' } }))).toBe(false);
    expect(asksAgain(pointing({ ...far, whatIfs: false }))).toBe(false);
    expect(asksAgain(pointing({ ...far, growth: { step: 150 } as never }))).toBe(false);
    expect(asksAgain(pointing({ ...far, phase: 'growing' }))).toBe(false);
  });
});
