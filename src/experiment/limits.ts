/**
 * What may be asked of a browser's GPU: the range of every number of an experiment. The smallest values are
 * where the word still means something (a model of width 1 is no T5); the largest keep the biggest model,
 * its moments and one batch of activations within about 2 GB (`MEMORY_LIMIT`, checked over all of them together).
 */
import type { TaskId } from './experiment.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
}

export const LIMITS = {
  examples: { min: 1, max: 30_000 },
  probe: { min: 1, max: 4_096 },
  d: { min: 2, max: 1_024 },
  ff: { min: 2, max: 4_096 },
  heads: { min: 1, max: 16 },
  dkv: { min: 1, max: 128 },
  layers: { min: 1, max: 12 },
  /** 2^31 - 64: the seeds of all sources still fit a signed 32-bit integer. */
  seed: { min: 0, max: 2_147_483_584 },
  stepSize: { min: 0.0001, max: 10 },
  beta1: { min: 0, max: 0.9999 },
  beta2: { min: 0, max: 0.99999 },
  /** float32 has no smaller normal number worth dividing by. */
  epsilon: { min: 1e-16, max: 1 },
  /** Held sharpness hλ; gradient descent diverges on a quadratic from 2 on, 4 shows that well enough. */
  edge: { min: 0.01, max: 4 },
  batch: { min: 1, max: 1_024 },
  grow: { min: 0, max: 100_000 },
  steps: { min: 1, max: 100_000 },
  /** Letters A to H; M and S are taken by the fused network and the baseline. */
  k: { min: 2, max: 8 },
  sigma: { min: 0, max: 10 },
  release: { min: 0, max: 100_000 },
  /** Steps a second. */
  pace: { min: 0.1, max: 1_000 },
} as const satisfies Record<string, Range>;

/**
 * What a task has to give: most examples to train on, most held-out ones for the probe. `pronounce` holds two sets
 * of words, and the number of examples chooses: short words up to `SHORT_WORDS`, all of the dictionary's beyond.
 */
export const SHORT_WORDS = 8_500;
export function taskLimits(task: TaskId, examples: number): { readonly examples: number; readonly probe: number } {
  switch (task) {
    case 'reverse':
      return { examples: LIMITS.examples.max, probe: LIMITS.probe.max };
    case 'sort':
      // 6 symbols, length 5.
      return { examples: 6 ** 5, probe: LIMITS.probe.max };
    case 'pronounce':
      return { examples: 27_000, probe: examples > SHORT_WORDS ? 1_500 : 500 };
  }
}

/** Entries a step-size table may have in a link; a file may say every step. */
export const TABLE_LIMIT = 500;
/** Step sizes in a table: what came out of holding a sharpness may be smaller than what anyone asks for. */
export const TABLE_SIZES: Range = { min: 1e-12, max: LIMITS.stepSize.max };
/** Characters a link may have (browsers, chats and code scanners start to cut beyond). */
export const LINK_LIMIT = 8_000;
/** Bytes that parameters, gradients, moments and activations of the largest model may take together. */
export const MEMORY_LIMIT = 2 * 1024 ** 3;
