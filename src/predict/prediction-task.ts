/** A prediction at work, whatever its flow: what it is of, what it has cost, how it goes on and ends. */
import type { Resources } from '../engine/jobs/resources.ts';
import type { ModelId } from '../experiment/experiment.ts';
import type { Budget, Slice } from '../theory/integrate/trajectory.ts';
import type { PredictionKey } from '../run/reports.ts';

export interface PredictedPoints {
  readonly key: PredictionKey;
  readonly points: readonly { readonly model: ModelId; readonly step: number; readonly loss: number; readonly spread?: number }[];
  readonly gradients: number;
  readonly progress: number;
  readonly state: 'running' | 'waiting' | 'done' | 'cancelled';
}

export interface Predictor {
  advance(budget: Budget): Promise<Slice>;
  cancel(): Promise<void>;
}

export interface Task {
  readonly key: PredictionKey;
  readonly predictor: Predictor;
  /** Gradients spent before the predictor's own: on the part of the curve that was kept, on the start. */
  readonly spentBefore: number;
  spent: number;
  /** Share that is drawn, 0…1. */
  progress: number;
  /** Gradients spent beside the flow: on step sizes that the prediction makes itself. */
  beside(): number;
  state: PredictedPoints['state'];
  /** Gives back what the task owns; once. */
  dispose(): void;
}

/** All gradients that a task has cost so far. */
export const spentBy = ({ spentBefore, spent, beside }: Task): number => spentBefore + spent + beside();

/** @param own becomes the task's: the task gives it back */
export function taskOf(
  key: PredictionKey,
  predictor: Predictor,
  spentBefore: number,
  own: Resources,
  beside: () => number = () => 0,
): Task {
  const kept = own.move();
  return {
    key,
    predictor,
    spentBefore,
    spent: 0,
    progress: 0,
    beside,
    state: 'running',
    dispose: () => kept.dispose(),
  };
}
