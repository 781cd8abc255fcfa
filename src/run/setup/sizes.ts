/** Sizes of an experiment, looked at before anything is allocated: whoever sends them may not have asked the schema. */
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import { memoryEstimate } from '../../experiment/cost/cost.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { LIMITS, MEMORY_LIMIT, type Range } from '../../experiment/limits.ts';
import type { FaultKind } from '../reports.ts';

/** Why an experiment can't be run as it is sized, with the value and what would be right; null if it can. */
export function sizeProblem(experiment: Experiment): ({ readonly kind: FaultKind } & Told) | null {
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
      return { kind: 'refused', ...tell('number-out-of-range', { name, value, min, max }) };
  }
  const bytes = memoryEstimate(experiment);
  if (bytes <= MEMORY_LIMIT) return null;
  return {
    kind: 'out-of-memory',
    ...tell('too-much-memory', { bytes, most: MEMORY_LIMIT }),
  };
}
