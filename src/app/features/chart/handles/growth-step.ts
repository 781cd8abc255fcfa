/**
 * Where the growth line may go: its limits, its keys, its snapping to checkpoints. Pure, so that it can be tested
 * without a page.
 */

/** Pixels within which the line jumps to a step that is held as a checkpoint. */
const SNAP_PIXELS = 6;

export interface GrowthLimits {
  readonly least: number;
  readonly most: number;
}

/** A fusion needs at least one step before it and one after it. */
export function growthLimits(steps: number): GrowthLimits {
  return { least: 1, most: Math.max(1, steps - 1) };
}

export function clampGrowth(step: number, limits: GrowthLimits): number {
  return Math.min(limits.most, Math.max(limits.least, Math.round(step)));
}

/** Step after a key of the slider pattern; `null` if the key means nothing here. */
export function growthAfterKey(key: string, shift: boolean, step: number, limits: GrowthLimits): number | null {
  const small = shift ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return clampGrowth(step - small, limits);
    case 'ArrowRight':
    case 'ArrowUp':
      return clampGrowth(step + small, limits);
    case 'PageDown':
      return clampGrowth(step - 50, limits);
    case 'PageUp':
      return clampGrowth(step + 50, limits);
    case 'Home':
      return limits.least;
    case 'End':
      return limits.most;
    default:
      return null;
  }
}

/** The nearest checkpoint within `SNAP_PIXELS`, else the step itself. */
export function snapToCheckpoint(step: number, checkpoints: readonly number[], pixelsPerStep: number, limits: GrowthLimits): number {
  let best = clampGrowth(step, limits);
  let distance = SNAP_PIXELS;
  for (const checkpoint of checkpoints) {
    if (checkpoint < limits.least || checkpoint > limits.most) continue;
    const pixels = Math.abs(checkpoint - step) * pixelsPerStep;
    if (pixels <= distance) {
      distance = pixels;
      best = checkpoint;
    }
  }
  return best;
}
