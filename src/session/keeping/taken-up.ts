/** A kept run made ready to go on, and what was said of it said again. */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { Event } from '../protocol.ts';
import { unpack } from '../../keep/pack.ts';
import { isCheckpointPiece, NEWEST, type NewestState, stageOf } from '../../keep/state.ts';
import type { Pieces } from '../../keep/store.ts';
import { type RecordedPrediction, RunRecord } from '../../run/record.ts';
import type { Run } from '../../run/run.ts';
import { isGrown, runCheckpoints, type Snapshot } from '../../run/snapshot.ts';
import type { TrainerState } from '../../training/trainer.ts';
import type { Checkpoints } from '../../training/checkpoints.ts';

export interface TakenUp {
  readonly state: NewestState;
  readonly record: RunRecord;
  readonly checkpoints: Checkpoints<Snapshot>;
}

/** @throws where the pieces are not whole */
export function takenUp(pieces: Pieces): TakenUp {
  const newest = pieces.get(NEWEST);
  if (!newest) throw new ToldError(tell('kept-without-newest'));
  const state = unpack(newest) as NewestState;
  const stages = new Map<string, TrainerState>();
  const checkpoints = runCheckpoints();
  for (const [name, bytes] of pieces) {
    const stage = stageOf(name);
    if (stage !== null) stages.set(stage, unpack(bytes) as TrainerState);
    else if (isCheckpointPiece(name)) {
      const snapshot = unpack(bytes) as Snapshot;
      checkpoints.put(snapshot.step, snapshot, true);
    }
  }
  // What stands at its step from before a growth there is what another fusion is made from.
  const { snapshot } = state;
  if (!isGrown(snapshot) || !checkpoints.steps().includes(snapshot.step)) checkpoints.put(snapshot.step, snapshot);
  return { state, record: RunRecord.restore(state.record, stages), checkpoints };
}

/** Says of a run that was taken up what was said of it on the way. */
export function retell({ state, record, checkpoints }: TakenUp, run: Run, emit: (event: Event) => void): void {
  for (const [model, { steps, losses }] of record.measured)
    emit({ type: 'measured', model, steps: Float64Array.from(steps), losses: Float32Array.from(losses) });
  for (const { report } of run.growths) emit({ type: 'growth', report, models: run.models() });
  for (const prediction of record.predictions.values()) if (prediction.key.of !== 'what-if') retellPrediction(prediction, emit);
  const { tasks } = record.metrics.state();
  if (tasks.length > 0) emit({ type: 'task-metrics', metrics: tasks });
  for (const event of state.said as readonly Event[]) emit(event);
  emit({ type: 'checkpoints', steps: checkpoints.steps() });
}

function retellPrediction({ key, curves }: RecordedPrediction, emit: (event: Event) => void): void {
  for (const [model, { steps, losses, madeAt }] of curves)
    emit({
      type: 'predicted',
      key,
      model,
      steps: Float64Array.from(steps),
      losses: Float32Array.from(losses),
      madeAt: Float64Array.from(madeAt),
    });
}
