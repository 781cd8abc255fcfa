/** A figure that nobody sees trains for nobody: it pauses off screen, and goes on where it was paused for that. */
import type { Phase } from '../../../session/protocol.ts';
import { isTraining } from '../../state/derived/derive.ts';

export interface Watched {
  /** It was paused because it left the screen, and not by the reader. */
  readonly pausedHere: boolean;
}

/** The next thing to do when the figure has come into sight or has left it, or has begun to train out of it. */
export function onSight(
  watched: Watched,
  inSight: boolean,
  phase: Phase,
): { readonly watched: Watched; readonly does: 'pause' | 'run' | null } {
  const trains = isTraining({ phase });
  if (!inSight) return trains ? { watched: { pausedHere: true }, does: 'pause' } : { watched, does: null };
  // Where it still trains, the pause has not been heard of yet: it will be, and Run after it.
  return { watched: { pausedHere: false }, does: watched.pausedHere && (trains || phase === 'paused') ? 'run' : null };
}
