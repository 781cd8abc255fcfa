/** Why a run has no prediction, in words. */
import type { Experiment } from '../experiment/experiment.ts';
import { STAGE_OPTIONS } from '../experiment/plan/stage-options.ts';
import { reasonForNoFlow } from '../theory/flows/flows.ts';
import { batchesPerEpoch, MOST_BATCHES } from './mini-batch-dynamics.ts';
import type { Run } from '../run/run.ts';

/** The largest step size that is asked for, as far as it is known. */
function largest({ h, h2 }: Experiment): number | undefined {
  const sizes = [h, h2 ?? h].flatMap((size) =>
    size.kind === 'constant' ? [size.value] : size.kind === 'table' ? size.table.map(([, value]) => value) : [],
  );
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

/** Null if it has one. */
export function unpredictable(run: Run): string | null {
  if (run.stages.some((stage) => STAGE_OPTIONS.some((name) => stage[name] !== undefined)))
    return 'Not predicted where stages have tasks or step sizes of their own.';
  if (!run.fullBatch && run.data.task.exampleAt)
    return 'Not predicted where examples are drawn anew in each pass over them; choose the full batch, which keeps one drawing.';
  const reason = reasonForNoFlow(run.optimizer.modifiedFlow, largest(run.experiment));
  if (reason) return reason;
  if (run.optimizer.modifiedFlow.kind === 'adaptive' && [run.experiment.h, run.experiment.h2].some((size) => size?.kind === 'edge'))
    return `Not predicted for ${run.optimizer.title} with a step size held to the sharpness, which says nothing of its steps; choose a constant one.`;
  if (!run.fullBatch) {
    const { modifiedFlow, title } = run.optimizer;
    const { batch, examples } = run.experiment;
    if (modifiedFlow.kind !== 'gradient-descent')
      return `Not predicted for ${title} with mini-batches: a flow for them is known for gradient descent only; choose the full batch.`;
    const epoch = batchesPerEpoch(run.experiment);
    if (epoch === null) return `Not predicted with batches of ${batch}, which do not divide an epoch of ${examples} examples evenly.`;
    if (epoch > MOST_BATCHES)
      return `Not predicted with ${epoch} batches an epoch, because every evaluation of the flow takes two gradients of each (up to ${MOST_BATCHES} are integrated).`;
  }
  if (run.experiment.norm === 'grouped' && run.experiment.release > 0)
    return 'Not predicted while grouped norms are released into one: the loss itself changes from step to step.';
  const { stages } = run;
  const isNeeded = (index: number): boolean => stages.some(({ sourceStages }) => sourceStages.includes(index));
  if (stages.some(({ index, from, to }) => from === to && isNeeded(index)))
    return 'Not predicted where a network grows as soon as it has begun.';
  const movedOn = stages.find(({ from, sourceStages }) =>
    sourceStages.some((index) => stages.some((later) => later.continues === index && later.from < from)),
  );
  if (movedOn) return `Not predicted where ${movedOn.model} grows from a network that has trained on meanwhile.`;
  return null;
}
