/**
 * The step sizes of a forecast that holds the sharpness by itself: h = c/λ with the λ of the predicted models, at the
 * same steps at which the run measures its own. Nothing of the run enters it but where it starts.
 */
import { stepSizeAfter } from '../../experiment/experiment.ts';
import { PredictedStepSizes } from '../../run/step-sizes/predicted-step-sizes.ts';
import type { Run } from '../../run/run.ts';
import { StepSizes } from '../../run/step-sizes/step-sizes.ts';

export function selfHeldStepSizes(run: Run): PredictedStepSizes {
  const { experiment, stages } = run;
  const kept = new Map<string, StepSizes>();
  return new PredictedStepSizes((model, step) => {
    const stage = stages.find((each) => each.model === model && each.from <= step && step < each.to);
    if (!stage) throw new Error(`no stage of the plan trains ${model} at step ${step}`);
    const grown = stages.some((each) => each.model === model && each.sources.length > 0);
    // Stages that begin together share theirs, as those of the run do.
    const key = `${grown} ${stage.from}`;
    const sizes = kept.get(key) ?? new StepSizes(grown ? stepSizeAfter(experiment) : experiment.h, stage.from);
    kept.set(key, sizes);
    return sizes;
  });
}
