/**
 * Two sources, their growth, and plain gradient descent on them without a run around it: for what is measured at and
 * after one growth.
 */
import { makeBatch, type Batch } from '../../data/batch.ts';
import type { Device, Pool } from '../../engine/device.ts';
import { toEnd } from '../../engine/jobs/job.ts';
import type { Experiment, ModelId } from '../../experiment/experiment.ts';
import { planOf, schedule } from '../../experiment/plan/plan.ts';
import type { Growth } from '../../fusion/operators/operator.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { grow, initialParameters, planConfigs } from '../../run/setup/setup.ts';
import { taskDataOf } from '../measure/train.ts';

export interface Laboratory {
  readonly batch: Batch;
  readonly small: T5Objective;
  readonly large: T5Objective;
  /** The sources at step 0, in pools of `small`. */
  starts(): Pool[];
  grow(thetas: readonly Pool[]): Promise<Growth>;
  dispose(): void;
}

/** @param experiment with one growth, on a full batch */
export async function laboratory(device: Device, experiment: Experiment): Promise<Laboratory> {
  const data = await taskDataOf(experiment);
  const batch = makeBatch(data.train, data);
  const stages = schedule(planOf(experiment));
  const configs = planConfigs(experiment, stages, data.vocabularySize);
  const stage = stages.find(({ sources }) => sources.length > 0);
  if (!stage) throw new Error('the experiment has no growth');
  const sources = [...new Set(stage.sources)];
  const configOf = (id: ModelId) => {
    const config = configs.get(id);
    if (!config) throw new Error(`the plan has no model ${id}`);
    return config;
  };
  const config = configOf(sources[0] ?? '');
  const small = await T5Objective.create(device, config, batch);
  const large = await T5Objective.create(device, configOf(stage.model), batch);
  return {
    batch,
    small,
    large,
    starts: () => sources.map((id) => small.space.fromTensors(initialParameters(experiment, stages, id, config))),
    async grow(thetas) {
      const grown = [];
      for (const [i, theta] of thetas.entries())
        grown.push({ name: sources[i] ?? '', config, parameters: await small.space.toTensors(theta) });
      return grow(experiment, stage, grown);
    },
    dispose() {
      small.dispose();
      large.dispose();
    },
  };
}

/** Gradient descent in place; the losses before the first and after every step. */
export async function descend(objective: T5Objective, theta: Pool, h: number, steps: number): Promise<number[]> {
  const { space } = objective;
  const gradient = space.create();
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    losses.push(await objective.lossAndGradient(theta, gradient));
    space.axpy(-h, gradient, theta);
  }
  losses.push(await objective.loss(theta));
  space.dispose(gradient);
  return losses;
}

/** Works a generator to its end; what it returned, and the sum of what it yielded. */
export async function finish<T>(work: AsyncGenerator<number, T, undefined>): Promise<{ readonly value: T; readonly spent: number }> {
  let spent = 0;
  const value = await toEnd(work, (gradients) => (spent += gradients));
  return { value, spent };
}
