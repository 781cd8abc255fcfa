/**
 * The work that the costs of training leave out, against that training: in operations, whatever the tables are counted
 * in. Pure.
 */
import { count } from '../../text/numbers.ts';
import { say } from '../../text/en/runs/cost.ts';
import type { WorkBeside } from '../../../experiment/cost/cost.ts';
import { spentUntil, type Work } from '../../plot/plan/work.ts';

const PARTS = [
  ['probe', say.measuringLossesAndSamples],
  ['sharpness', say.theSharpness],
  ['predictions', say.predictions],
] as const satisfies readonly (readonly [keyof WorkBeside, string])[];

/**
 * Each part with its share in words; nothing before a step was trained.
 * @param work in operations
 */
export function notCounted(work: Work, step: number, beside: WorkBeside | null): readonly (readonly [what: string, share: string])[] {
  const trained = spentUntil(work, step);
  if (beside === null || trained <= 0) return [];
  return PARTS.map(([part, what]) => [what, share(beside[part] / trained)]);
}

/** `4 %`, `22 times as much`; what is there is not 0. */
function share(value: number): string {
  if (value === 0) return '0 %';
  if (value < 0.01) return say.lessThan1;
  return value < 9.5 ? `${Math.round(value * 100)} %` : say.timesAsMuch(count(value));
}
