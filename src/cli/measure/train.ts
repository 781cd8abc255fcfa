/**
 * Trains an experiment to its end without page, worker or clock, with the page's own `Run`: the same numbers, and
 * what a comparison needs of them.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TaskData } from '../../data/task-data.ts';
import { loadTaskData } from '../../data/task-data.ts';
import type { Device } from '../../engine/device.ts';
import { addedFlops, batchSize, contenderStages, costTo, stepCosts, stepFlops, type WayCost } from '../../experiment/cost/cost.ts';
import { ENSEMBLE_ID, type Experiment, type ModelId, type ModelSize } from '../../experiment/experiment.ts';
import type { TrainerState } from '../../training/trainer.ts';
import type { GrowthReport } from '../../run/reports.ts';
import { Run } from '../../run/run.ts';
import { runData, taskShape } from '../../run/setup/setup.ts';

const PUBLIC = new URL('../../../public/', import.meta.url);

export function taskDataOf(experiment: Experiment): Promise<TaskData> {
  return loadTaskData(experiment, (path) => readFile(fileURLToPath(new URL(path, PUBLIC)), 'utf8'));
}

/** Operations of one training step of a model of this size, on an experiment's task. */
export async function operationsOfStep(experiment: Experiment, size: ModelSize): Promise<number> {
  const shape = taskShape(runData(experiment, await taskDataOf(experiment)));
  return stepFlops(size, shape, batchSize(experiment), experiment.optimizer, addedFlops(experiment));
}

export interface LossCurve {
  readonly steps: number[];
  readonly losses: number[];
}

export interface Trained {
  readonly experiment: Experiment;
  /** Loss on the probe set: held out with mini-batches, the training set with a full batch. */
  readonly curves: ReadonlyMap<ModelId, LossCurve>;
  readonly growths: readonly GrowthReport[];
  /** The models in training at the end. */
  readonly finals: ReadonlyMap<ModelId, TrainerState>;
  /** Operations of one step, by model. */
  readonly perStep: ReadonlyMap<ModelId, number>;
  /** The work that it took to bring a model to a step, in operations. */
  cost(model: ModelId, step: number): WayCost;
}

/**
 * @param every steps between measurements, or at which steps to measure; the probe set's loss changes nothing that is
 * trained
 */
export async function train(device: Device, experiment: Experiment, every: number | ((step: number) => boolean)): Promise<Trained> {
  const isDue = typeof every === 'number' ? (step: number) => step % every === 0 : every;
  const data = runData(experiment, await taskDataOf(experiment));
  const run = await Run.create(device, experiment, data);
  const curves = new Map<ModelId, LossCurve>();
  const growths: GrowthReport[] = [];
  const measure = async (): Promise<void> => {
    for (const [id, trainer] of run.trainers) {
      const curve = curves.get(id) ?? { steps: [], losses: [] };
      curves.set(id, curve);
      if (curve.steps.at(-1) === run.step) continue;
      curve.steps.push(run.step);
      curve.losses.push(await trainer.probeLoss());
    }
    const together = await run.ensemble.measure();
    if (together === null) return;
    const curve = curves.get(ENSEMBLE_ID) ?? { steps: [], losses: [] };
    curves.set(ENSEMBLE_ID, curve);
    if (curve.steps.at(-1) === run.step) return;
    curve.steps.push(run.step);
    curve.losses.push(together);
  };
  try {
    while (run.step < run.end) {
      if (run.needsTurn()) {
        await measure();
        for (const { report } of await run.turn()) growths.push(report);
        await measure();
      } else if (isDue(run.step)) await measure();
      const { losses } = await run.advance(() => undefined);
      await Promise.all(losses.values());
    }
    await measure();
    const finals = new Map<ModelId, TrainerState>();
    for (const [id, trainer] of run.trainers) finals.set(id, await trainer.state());
    const perStep = stepCosts(run.experiment, run.stages, taskShape(data));
    const stages = [...run.stages, ...contenderStages(run.experiment, run.stages)];
    return { experiment: run.experiment, curves, growths, finals, perStep, cost: (model, step) => costTo(stages, perStep, model, step) };
  } finally {
    await run.dispose();
  }
}

export function curveOf(trained: Trained, model: ModelId): LossCurve {
  const curve = trained.curves.get(model);
  if (!curve) throw new Error(`there is no curve of ${model}; there are ${[...trained.curves.keys()].join(', ')}`);
  return curve;
}

/** First step at which a curve is at or below a loss, on straight lines between measurements; null if it never is. */
export function stepAtLoss({ steps, losses }: LossCurve, loss: number): number | null {
  const after = losses.findIndex((value) => value <= loss);
  if (after < 0) return null;
  const [x1, y1] = [steps[after] ?? 0, losses[after] ?? loss];
  const [x0, y0] = [steps[after - 1], losses[after - 1]];
  if (x0 === undefined || y0 === undefined) return x1;
  return x0 + ((y0 - loss) / (y0 - y1)) * (x1 - x0);
}

/** The lowest loss up to a step, with where it was: early stopping. */
export function best({ steps, losses }: LossCurve, until = Number.POSITIVE_INFINITY): { readonly step: number; readonly loss: number } {
  let found = { step: steps[0] ?? 0, loss: Number.POSITIVE_INFINITY };
  steps.forEach((step, i) => {
    const loss = losses[i] ?? Number.NaN;
    if (step <= until && loss < found.loss) found = { step, loss };
  });
  return found;
}
