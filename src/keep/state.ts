/** The state of a kept run besides its entry: enough to go on with the same bits, and to show all that was shown. */
import type { Experiment, ModelId } from '../experiment/experiment.ts';
import type { WorkBeside } from '../experiment/cost/cost.ts';
import type { PredictionsKept } from '../predict/theorist.ts';
import type { RecordState } from '../run/record.ts';
import type { ModelReport } from '../run/reports.ts';
import type { Snapshot } from '../run/snapshot.ts';

/** The piece `newest`. */
export interface NewestState {
  readonly experiment: Experiment;
  readonly models: readonly ModelReport[];
  readonly snapshot: Snapshot;
  readonly record: RecordState;
  readonly predictions: PredictionsKept;
  readonly beside: WorkBeside;
  /** The events to the page on the way that follow from nothing else, in their order. */
  readonly said: readonly unknown[];
  readonly end: 'finished' | 'diverged' | null;
}

export const NEWEST = 'newest';
export const checkpointPiece = (step: number): string => `checkpoint ${step}`;
export const stagePiece = (name: string): string => `stage ${name}`;
export const isCheckpointPiece = (name: string): boolean => name.startsWith('checkpoint ');
/** The stage's name; null: it is another piece. */
export const stageOf = (name: string): string | null => (name.startsWith('stage ') ? name.slice('stage '.length) : null);

/** A run's last loss, of the network that was trained last. */
export function finalOf(measured: ReadonlyMap<ModelId, { readonly steps: readonly number[]; readonly losses: readonly number[] }>): {
  readonly model: ModelId;
  readonly loss: number;
} | null {
  let final: { model: ModelId; loss: number; step: number } | null = null;
  for (const [model, { steps, losses }] of measured) {
    const [step, loss] = [steps.at(-1), losses.at(-1)];
    if (step !== undefined && loss !== undefined && step >= (final?.step ?? 0)) final = { model, loss, step };
  }
  return final && { model: final.model, loss: final.loss };
}
