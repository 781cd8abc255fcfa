/** Why a run has no prediction. */
import type { Told } from '../experiment/messages/say.ts';
import { tell } from '../experiment/messages/tell.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { isGrownFrom } from '../experiment/plan/plan.ts';
import { STAGE_OPTIONS } from '../experiment/plan/stage-options.ts';
import { reasonForNoFlow } from '../theory/flows/flows.ts';
import { batchesPerEpoch, MOST_BATCHES } from './flows/mini-batch-dynamics.ts';
import type { Run } from '../run/run.ts';

/** The largest step size that is asked for, as far as it is known. */
function largest({ h, h2 }: Experiment): number | undefined {
  const sizes = [h, h2 ?? h].flatMap((size) =>
    size.kind === 'constant' ? [size.value] : size.kind === 'table' ? size.table.map(([, value]) => value) : [],
  );
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

/** Null if it has one. */
export function unpredictable(run: Run): Told | null {
  if (run.stages.some((stage) => STAGE_OPTIONS.some((name) => stage[name] !== undefined))) return tell('unpredicted-stage-options');
  if (!run.fullBatch && run.data.task.exampleAt) return tell('unpredicted-drawn-anew');
  const reason = reasonForNoFlow(run.optimizer.modifiedFlow, largest(run.experiment));
  if (reason) return reason;
  if (run.optimizer.modifiedFlow.kind === 'adaptive' && [run.experiment.h, run.experiment.h2].some((size) => size?.kind === 'edge'))
    return tell('unpredicted-held', { optimizer: run.optimizer.title });
  if (!run.fullBatch) {
    const { modifiedFlow, title } = run.optimizer;
    const { batch, examples } = run.experiment;
    if (modifiedFlow.kind !== 'gradient-descent') return tell('unpredicted-mini-batches', { optimizer: title });
    const epoch = batchesPerEpoch(run.experiment);
    if (epoch === null) return tell('unpredicted-uneven', { batch: String(batch), examples });
    if (epoch > MOST_BATCHES) return tell('unpredicted-many-batches', { batches: epoch, most: MOST_BATCHES });
  }
  if (run.experiment.norm === 'grouped' && run.experiment.release > 0) return tell('unpredicted-release');
  const { stages } = run;
  if (stages.some((stage) => stage.from === stage.to && isGrownFrom(stages, stage))) return tell('unpredicted-at-once');
  const movedOn = stages.find(({ from, sourceStages }) =>
    sourceStages.some((index) => stages.some((later) => later.continues === index && later.from < from)),
  );
  if (movedOn) return tell('unpredicted-moved-on', { model: movedOn.model });
  return null;
}
