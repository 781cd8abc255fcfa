import { expect, it } from 'vitest';
import { onSight } from './off-screen.ts';

it('a figure pauses off screen and goes on in sight, but for what the reader paused', () => {
  const left = onSight({ pausedHere: false }, false, 'training');
  expect(left).toEqual({ watched: { pausedHere: true }, does: 'pause' });
  expect(onSight(left.watched, true, 'paused')).toEqual({ watched: { pausedHere: false }, does: 'run' });
  // Back before the pause was heard of, as while the networks are fused.
  for (const phase of ['training', 'growing'] as const)
    expect(onSight(left.watched, true, phase)).toEqual({ watched: { pausedHere: false }, does: 'run' });
  // Paused by hand, not begun, or at its end: it is left alone.
  for (const phase of ['paused', 'loading', 'ready', 'finished', 'diverged', 'failed'] as const) {
    expect(onSight({ pausedHere: false }, false, phase)).toEqual({ watched: { pausedHere: false }, does: null });
    expect(onSight({ pausedHere: false }, true, phase)).toEqual({ watched: { pausedHere: false }, does: null });
  }
});
