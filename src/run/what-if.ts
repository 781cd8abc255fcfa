/** A change of mind about a run: the step sizes that it would have, and the state from which it can be carried out. */
import { recordedTableOf } from '../experiment/presets/recordedTables.ts';
import { stepSizeAfter, type Experiment, type ModelId, type StepSize } from '../experiment/experiment.ts';
import { planOf, schedule } from '../experiment/plan/plan.ts';
import type { WhatIf } from '../experiment/plan/what-if.ts';
import type { Checkpoints, Held } from '../training/checkpoints.ts';
import { PredictedStepSizes } from './step-sizes/predicted-step-sizes.ts';
import type { Run } from './run.ts';
import type { Snapshot } from './snapshot.ts';
import { StepSizes } from './step-sizes/step-sizes.ts';

/** Step sizes of a what-if: the run's own where they are known, else as the hypothetical plan says. */
export function hypotheticalStepSizes(run: Run, experiment: Experiment, snapshot: Snapshot): PredictedStepSizes {
  const plan = schedule(planOf(experiment));
  const from = snapshot.step;
  const kept = new Map<string, StepSizes>();
  const sizesOf = (model: ModelId, step: number): StepSizes => {
    const stage = plan.find((each) => each.model === model && each.from <= step && step < each.to);
    if (!stage) throw new Error(`no stage of the hypothetical plan trains ${model} at step ${step}`);
    const grown = plan.some((each) => each.model === model && each.sources.length > 0);
    const key = `${grown} ${stage.from}`;
    const known = kept.get(key);
    if (known) return known;
    const spec: StepSize = grown ? stepSizeAfter(experiment) : experiment.h;
    const ran = run.stages.find((each) => each.model === stage.model && each.from === stage.from);
    const same = ran !== undefined && run.sizesOf(ran).specAt(Math.max(stage.from, from));
    const recorded = recordedTableOf(experiment, grown ? 'after' : 'before', model);
    const sizes =
      ran && JSON.stringify(same) === JSON.stringify(spec)
        ? StepSizes.restore(run.sizesOf(ran).state())
        : new StepSizes(spec, Math.max(stage.from, grown ? stage.from : from), recorded);
    kept.set(key, sizes);
    return sizes;
  };
  // A rough sharpness is enough for a hypothetical, and each iteration costs two gradients.
  return new PredictedStepSizes(sizesOf, { tolerance: 0.03 });
}

/** The nearest state from which a change of mind can be carried out. */
export async function snapshotFor(
  { run, checkpoints }: { readonly run: Run; readonly checkpoints: Checkpoints<Snapshot> },
  change: WhatIf,
): Promise<Snapshot> {
  const grownAt = run.growths[0]?.report.step ?? null;
  const earliest = Math.min(run.step, change.h === undefined ? (change.grow ?? grownAt ?? run.step) : 0, grownAt ?? run.step);
  if (earliest === run.step && grownAt === null) return run.snapshot();
  return snapshotAt({ checkpoints }, earliest).snapshot;
}

/** The nearest checkpoint at or before a step. */
export function snapshotAt({ checkpoints }: { readonly checkpoints: Checkpoints<Snapshot> }, step: number): Held<Snapshot> {
  const found = checkpoints.nearestAtOrBefore(step);
  if (!found) throw new Error(`no checkpoint at or before step ${step} is in memory`);
  return found;
}
