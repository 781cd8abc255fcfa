/** A run and the flows beside it, without a clock: the page's own predictions, on the page's own run. */
import type { Device } from '../../engine/device.ts';
import { type DrawnFlow, type Experiment, isBaseline, type ModelId, type StepSizeTable } from '../../experiment/experiment.ts';
import { edgeCrossing, type SharpnessPoint } from '../../theory/diagnostics.ts';
import { isRefresh } from '../../experiment/cost/sharpness-steps.ts';
import { type Trust, trustBand, trustOf } from '../../curves/trust.ts';
import { FLOW_ROWS } from '../../experiment/declared/flows.ts';
import { Predictions } from '../../predict/predictions.ts';
import { Run } from '../../run/run.ts';
import { runData } from '../../run/setup/setup.ts';
import { unpredictable } from '../../predict/unpredictable.ts';
import { type LossCurve, taskDataOf } from './train.ts';

interface PredictedFlow {
  readonly curves: ReadonlyMap<ModelId, LossCurve>;
  readonly gradients: number;
  /** How far it is trusted (curves/trust.ts). */
  readonly trust: Trust;
}

export interface RunWithFlows {
  readonly experiment: Experiment;
  readonly measured: ReadonlyMap<ModelId, LossCurve>;
  /** The model that the run ends with. */
  readonly last: ModelId;
  readonly flows: ReadonlyMap<DrawnFlow, PredictedFlow>;
  /** h·λmax along the run, largest over the models in training. */
  readonly sharpness: readonly SharpnessPoint[];
  /** λmax at the same steps. */
  readonly lambdas: readonly number[];
  /** First step at which hλ reached 2; null if it never did. */
  readonly crossing: number | null;
  /** Steps of all models together: what the predictions' gradients are counted against. */
  readonly modelSteps: number;
  /** Step sizes that were used, from the first step on. */
  readonly table: StepSizeTable;
}

/** Trains with a full batch and integrates the experiment's flows from step 0. @throws where there is no prediction */
export async function runWithFlows(device: Device, experiment: Experiment): Promise<RunWithFlows> {
  const run = await Run.create(device, experiment, runData(experiment, await taskDataOf(experiment)));
  try {
    const reason = run.fullBatch
      ? (unpredictable(run)?.message ?? null)
      : 'the flows of mini-batches are compared with the mean of shuffled runs, not with one run';
    if (reason !== null) throw new Error(reason);
    const measured = new Map<ModelId, LossCurve>();
    const add = (id: ModelId, step: number, loss: number): void => {
      const curve = measured.get(id) ?? { steps: [], losses: [] };
      measured.set(id, curve);
      if (curve.steps.at(-1) === step) return;
      curve.steps.push(step);
      curve.losses.push(loss);
    };
    const probe = async (): Promise<void> => {
      for (const [id, trainer] of run.trainers) add(id, run.step, await trainer.probeLoss());
    };
    const sharpness: SharpnessPoint[] = [];
    const lambdas: number[] = [];
    const table: [number, number][] = [];
    let modelSteps = 0;
    const predictions = new Predictions(run);
    await predictions.startPlan(0);
    while (run.step < run.end) {
      if (run.needsTurn()) {
        await probe();
        await run.turn();
      }
      const { step } = run;
      // A flow that holds after a warm-up only begins at the run's own state there.
      if (predictions.beginsAt(step)) await predictions.beginLate();
      const started = Math.max(...run.stagesAt(step).map(({ from }) => from));
      if (isRefresh(started, step)) {
        lambdas.push(Math.max(...(await run.sharpness()).map(({ lambda }) => lambda)));
        sharpness.push({ step, hLambda: Number.NaN });
      }
      const { losses } = await run.advance(() => undefined);
      for (const [id, loss] of losses) add(id, step, await loss);
      modelSteps += losses.size;
      const h = run.stepSizeAt(step) ?? Number.NaN;
      if (table.at(-1)?.[1] !== h) table.push([step, h]);
      if (sharpness.at(-1)?.step === step) sharpness[sharpness.length - 1] = { step, hLambda: h * (lambdas.at(-1) ?? Number.NaN) };
    }
    await probe();
    const last = [...run.trainers.keys()].at(-1) ?? 'A';
    const flows = await predict(predictions, measured);
    return { experiment, measured, last, flows, sharpness, lambdas, crossing: edgeCrossing(sharpness), modelSteps, table };
  } finally {
    await run.dispose();
  }
}

async function predict(
  predictions: Predictions,
  measured: ReadonlyMap<ModelId, LossCurve>,
): Promise<ReadonlyMap<DrawnFlow, PredictedFlow>> {
  const found = new Map<DrawnFlow, { curves: Map<ModelId, LossCurve>; gradients: number }>();
  for (let slice = await predictions.advance(1000); slice !== null; slice = await predictions.advance(1000)) {
    const flow = found.get(slice.key.flow) ?? { curves: new Map<ModelId, LossCurve>(), gradients: 0 };
    found.set(slice.key.flow, flow);
    flow.gradients = slice.gradients;
    for (const { model, step, loss } of slice.points) {
      const curve = flow.curves.get(model) ?? { steps: [], losses: [] };
      flow.curves.set(model, curve);
      curve.steps.push(step);
      curve.losses.push(loss);
    }
  }
  await predictions.dispose();
  const band = trustBand([...measured].filter(([id]) => !isBaseline(id)).map(([, curve]) => curve));
  return new Map(
    [...found].map(([name, { curves, gradients }]) => {
      const compared = [...curves].flatMap(([id, predicted]) => {
        const run = measured.get(id);
        return run ? [{ measured: run, predicted }] : [];
      });
      return [name, { curves, gradients, trust: trustOf(band, compared, FLOW_ROWS[name].averaged) }] as const;
    }),
  );
}

/** Mean over so many steps around every step that has them all: what can be predicted of a loss that oscillates. */
export function smooth({ steps, losses }: LossCurve, width: number): LossCurve {
  const half = Math.floor(width / 2);
  const middles = steps.slice(half, steps.length - half);
  return { steps: middles, losses: middles.map((_, i) => losses.slice(i, i + 2 * half + 1).reduce((a, b) => a + b, 0) / (2 * half + 1)) };
}
