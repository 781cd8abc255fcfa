/**
 * Of the losses of a run those on what its plan trains on last: losses on other tasks or texts are not compared with
 * them.
 */
import type { Experiment, ModelId } from '../../../experiment/experiment.ts';
import { lastExamplesOf, type Stretch } from '../../../experiment/plan/followed.ts';
import type { CurveLike } from '../../plot/curves/curve.ts';
import type { Measured } from './at-loss.ts';

function within(curve: CurveLike, stretches: readonly Stretch[]): CurveLike {
  const end = curve.steps[curve.length - 1] ?? 0;
  const kept = Array.from({ length: curve.length }, (_, i) => i).filter((i) => {
    const step = curve.steps[i] ?? Number.NaN;
    // Where nothing comes behind a stretch, the loss at its end is its own.
    return stretches.some(([from, to]) => from <= step && (step < to || (step === to && step === end)));
  });
  return {
    steps: Float64Array.from(kept, (i) => curve.steps[i] ?? Number.NaN),
    losses: Float32Array.from(kept, (i) => curve.losses[i] ?? Number.NaN),
    length: kept.length,
  };
}

/** The same curves where the plan has one task and text. */
export function ofLastTask(experiment: Experiment, measured: Measured): Measured {
  if (!hasSeveral(experiment)) return measured;
  return new Map([...measured].map(([id, curve]): [ModelId, CurveLike] => [id, within(curve, lastExamplesOf(experiment, id) ?? [])]));
}

/** Whether the plan has several tasks or texts. */
export const hasSeveral = (experiment: Experiment): boolean => lastExamplesOf(experiment, 'M') !== null;
