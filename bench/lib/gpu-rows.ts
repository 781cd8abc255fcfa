/** Rows of the GPU benchmark: the stopwatch's sizes, and models of the sizes that a card is bought for. */
import { stepFlops } from '../../src/experiment/cost/cost.ts';
import { SIZES } from './job.ts';
import type { StopwatchSizes } from './stopwatch-session.ts';

const wide = (D: number): StopwatchSizes => ({ V: 512, D, F: 2 * D, H: D / 64, K: 64, L: 4, B: 32, S: 64, T: 32 });

export const GPU_ROWS: Readonly<Record<string, StopwatchSizes>> = {
  ...SIZES,
  d128: wide(128),
  d256: wide(256),
  d512: wide(512),
  d1024: wide(1024),
  't5-small-like': { V: 4096, D: 512, F: 1024, H: 6, K: 64, L: 8, B: 16, S: 128, T: 64 },
};

/** Operations of one training step with Adam. */
export const flopsOf = ({ V, D, F, H, K, L, B, S, T }: StopwatchSizes): number =>
  stepFlops(
    { d: D, ff: F, heads: H, dkv: K, layers: L },
    { vocabulary: V, sourceLength: S, targetLength: T, buckets: 32, gated: true, tied: false },
    B,
    'adam',
  );
