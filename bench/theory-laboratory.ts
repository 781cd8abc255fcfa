/**
 * Runs and predictions of one experiment without a worker, for the checks of the theory: plain gradient descent on the
 * engine's objectives.
 */
import { makeBatch } from '../src/data/batch.ts';
import type { TaskData } from '../src/data/task-data.ts';
import type { Device, Pool } from '../src/engine/device.ts';
import type { Objective, VectorSpace } from '../src/engine/vector-space.ts';
import { FUSED_ID, stepSizeAfter, tableAt, type Experiment, type ModelId, type StepSize } from '../src/experiment/experiment.ts';
import { planOf } from '../src/experiment/plan/plan.ts';
import type { FlowName } from '../src/theory/flows/flows.ts';
import { isRefresh } from '../src/experiment/cost/sharpness-steps.ts';
import { HeldSharpness } from '../src/theory/curvature/held-sharpness.ts';
import type { Integrator } from '../src/theory/integrate/integrators.ts';
import { SharpnessProbe } from '../src/theory/curvature/sharpness.ts';
import { TrajectoryPredictor, type GrownStage, type PredictedStage, type StageState } from '../src/theory/integrate/trajectory.ts';
import { T5Objective } from '../src/training/t5-objective.ts';
import { grow, initialParameters, planConfigs } from '../src/run/setup/setup.ts';
import { laboratoryDevice } from './theory-device.ts';

export interface LossCurve {
  readonly steps: number[];
  readonly losses: number[];
}

export interface Laboratory {
  readonly experiment: Experiment;
  readonly device: Device;
  readonly small: T5Objective;
  /** Undefined where nothing grows. */
  readonly large: T5Objective | undefined;
  readonly models: readonly ModelId[];
  start(id: ModelId): Pool;
  fuse(thetas: readonly Pool[]): Promise<Pool>;
}

export interface Measured {
  readonly curves: ReadonlyMap<ModelId, LossCurve>;
  /** The model that the experiment ends with. */
  readonly last: ModelId;
  readonly table: readonly (readonly [number, number])[];
  readonly atGrowth: Pool | undefined;
  readonly sharpnessGradients: number;
  readonly largestHLambda: number;
  readonly seconds: number;
}

export interface Predicted {
  readonly flow: FlowName;
  readonly curves: ReadonlyMap<ModelId, LossCurve>;
  readonly gradients: number;
  readonly seconds: number;
}

export async function prepare(experiment: Experiment, data: TaskData): Promise<Laboratory> {
  const device = await laboratoryDevice();
  const batch = makeBatch(data.train, data);
  const stages = planOf(experiment);
  const configs = planConfigs(experiment, stages, data.vocabularySize);
  const models = stages.filter(({ sources }) => sources.length === 0).map(({ model }) => model);
  const small = await T5Objective.create(device, configs.get(models[0]!)!, batch);
  const grown = stages.find(({ sources }) => sources.length > 0);
  const large = grown === undefined ? undefined : await T5Objective.create(device, configs.get(grown.model)!, batch);
  return {
    experiment,
    device,
    small,
    large,
    models,
    start: (id) => small.space.fromTensors(initialParameters(experiment, stages, id, small.config)),
    async fuse(thetas) {
      const sources = await Promise.all(
        thetas.map(async (theta) => ({ config: small.config, parameters: await small.space.toTensors(theta) })),
      );
      return large!.space.fromTensors(grow(experiment, grown!, sources).parameters);
    },
  };
}

interface Moving {
  readonly id: ModelId;
  readonly objective: T5Objective;
  readonly theta: Pool;
  readonly gradient: Pool;
  readonly probe: SharpnessProbe<Pool>;
}

export async function measure(laboratory: Laboratory): Promise<Measured> {
  const { experiment, small, large, models } = laboratory;
  const began = performance.now();
  const curves = new Map<ModelId, LossCurve>();
  const table: [number, number][] = [];
  let sharpnessGradients = 0;
  let largestHLambda = 0;

  const run = async (moving: readonly Moving[], from: number, to: number, spec: StepSize): Promise<void> => {
    const held = spec.kind === 'edge' ? new HeldSharpness({ edge: spec.edge, from }) : null;
    for (let step = from; step <= to; step++) {
      if (step < to && isRefresh(from, step)) {
        const lambdas: number[] = [];
        for (const { probe, theta } of moving) {
          const found = await probe.measure(theta);
          sharpnessGradients += found.gradients;
          lambdas.push(found.lambda);
        }
        const h =
          held === null
            ? spec.kind === 'constant'
              ? spec.value
              : spec.kind === 'table'
                ? tableAt(spec.table, step)
                : Number.NaN
            : held.refresh(step, lambdas);
        table.push([step, h]);
        largestHLambda = Math.max(largestHLambda, h * Math.max(...lambdas));
      }
      for (const { id, objective, theta, gradient } of moving) {
        const curve = curves.get(id)!;
        curve.steps.push(step);
        curve.losses.push(await objective.lossAndGradient(theta, gradient));
        if (step < to) objective.space.axpy(-table.at(-1)![1], gradient, theta);
      }
    }
  };
  const begin = (id: ModelId, objective: T5Objective, theta: Pool): Moving => {
    curves.set(id, { steps: [], losses: [] });
    return { id, objective, theta, gradient: objective.space.create(), probe: new SharpnessProbe(objective) };
  };

  const sources = models.map((id) => begin(id, small, laboratory.start(id)));
  const { grow: growAt, steps } = experiment;
  await run(sources, 0, growAt ?? steps, experiment.h);
  let atGrowth: Pool | undefined;
  if (growAt !== null && large !== undefined) {
    const theta = await laboratory.fuse(sources.map((source) => source.theta));
    atGrowth = large.space.create();
    large.space.copy(theta, atGrowth);
    await run([begin(FUSED_ID, large, theta)], growAt, steps, stepSizeAfter(experiment));
  }
  return {
    curves,
    last: growAt === null ? models[0]! : FUSED_ID,
    table,
    atGrowth,
    sharpnessGradients,
    largestHLambda,
    seconds: (performance.now() - began) / 1000,
  };
}

export async function predict(
  laboratory: Laboratory,
  measured: Measured,
  flow: FlowName,
  from: string,
  integrator: (space: VectorSpace<Pool>, objective: Objective<Pool>) => Integrator<Pool>,
): Promise<Predicted> {
  const { experiment, small, large, models } = laboratory;
  const { grow: growAt, steps } = experiment;
  const stages: PredictedStage<Pool>[] = [];
  if (from === 'growth')
    stages.push({ model: FUSED_ID, from: growAt!, to: steps, start: { kind: 'given', objective: large!, theta: measured.atGrowth! } });
  else {
    for (const model of models)
      stages.push({ model, from: 0, to: growAt ?? steps, start: { kind: 'given', objective: small, theta: laboratory.start(model) } });
    if (growAt !== null) {
      const grown = async (sources: readonly StageState<Pool>[]): Promise<GrownStage<Pool>> => ({
        objective: large!,
        theta: await laboratory.fuse(sources.map(({ theta }) => theta)),
      });
      stages.push({ model: FUSED_ID, from: growAt, to: steps, start: { kind: 'grown', sources: models, grow: grown } });
    }
  }
  const began = performance.now();
  const predictor = new TrajectoryPredictor<Pool>({ flow, stages, integrator, stepSizeAt: (step) => tableAt(measured.table, step) });
  const { points, gradients } = await predictor.advance({});
  const curves = new Map<ModelId, LossCurve>();
  for (const { model, step, loss } of points) {
    const curve = curves.get(model) ?? { steps: [], losses: [] };
    curves.set(model, curve);
    curve.steps.push(step);
    curve.losses.push(loss);
  }
  return { flow, curves, gradients, seconds: (performance.now() - began) / 1000 };
}
