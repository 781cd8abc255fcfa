/** Sizes of an experiment, looked at before anything is allocated: whoever sends them may not have asked the schema. */
import { memoryEstimate } from '../experiment/cost.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { LIMITS, MEMORY_LIMIT, type Range } from '../experiment/limits.ts';
import type { FaultKind } from './reports.ts';

/** Why an experiment can't be run as it is sized, with the value and what would be right; null if it can. */
export function sizeProblem(experiment: Experiment): { readonly kind: FaultKind; readonly message: string } | null {
  const { model, batch, examples, probe, k } = experiment;
  const sizes: readonly (readonly [name: string, value: number, range: Range])[] = [
    ['d', model.d, LIMITS.d],
    ['ff', model.ff, LIMITS.ff],
    ['heads', model.heads, LIMITS.heads],
    ['dkv', model.dkv, LIMITS.dkv],
    ['layers', model.layers, LIMITS.layers],
    ['k', k, LIMITS.k],
    ['examples', examples, LIMITS.examples],
    ['probe', probe, { min: LIMITS.probe.min, max: LIMITS.examples.max }],
    ['batch', batch === 'full' ? examples : batch, batch === 'full' ? LIMITS.examples : LIMITS.batch],
  ];
  for (const [name, value, { min, max }] of sizes) {
    if (!Number.isInteger(value) || value < min || value > max)
      return { kind: 'refused', message: `${name} is ${value}; it must be a whole number from ${min} to ${max}` };
  }
  const bytes = memoryEstimate(experiment);
  if (bytes <= MEMORY_LIMIT) return null;
  const gigabytes = (size: number): string => (size / 1024 ** 3).toFixed(1);
  return {
    kind: 'out-of-memory',
    message: `These networks and their batch need about ${gigabytes(bytes)} GB; ${gigabytes(MEMORY_LIMIT)} GB is the most`,
  };
}
