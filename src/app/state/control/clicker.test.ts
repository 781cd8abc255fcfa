import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import type * as Clicker from './clicker.ts';
import type * as Stored from '../store.ts';

let clicker: typeof Clicker;
let stored: typeof Stored;
let sent: string[] = [];

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal('requestAnimationFrame', () => 1);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  clicker = await import('./clicker.ts');
  stored = await import('../store.ts');
  sent = [];
  stored.connect(({ type }) => sent.push(type));
  const experiment = presetExperiment('first-fusion');
  stored.setState({ experiment, running: experiment, loaded: experiment });
});
afterEach(() => vi.unstubAllGlobals());

describe('a click in front of a class', () => {
  it('runs what stands still, then fuses, and a run at its end is left alone', () => {
    stored.setState({ phase: 'ready', step: 0, started: false });
    clicker.click(1);
    expect(stored.store.getState()).toMatchObject({ started: true, runsWhenReady: true });
    stored.setState({ phase: 'training', step: 12 });
    clicker.click(1);
    expect(sent).toEqual(['fuse']);
    stored.setState({ phase: 'finished' });
    clicker.click(1);
    clicker.click(-1);
    expect(sent).toEqual(['fuse']);
  });

  it('is taken by a lesson while one is open', () => {
    const clicks: number[] = [];
    clicker.takeClicks((direction) => clicks.push(direction));
    stored.setState({ phase: 'ready', step: 0, started: false });
    clicker.click(1);
    clicker.click(-1);
    expect([clicks, stored.store.getState().started]).toEqual([[1, -1], false]);
    clicker.takeClicks(null);
    clicker.click(1);
    expect(stored.store.getState().started).toBe(true);
  });
});
