/**
 * Mini-batch gradient descent beside a run (Smith et al. 2021, arXiv 2101.12176): the flows of its batches, which hold
 * in the mean over shufflings, and that mean itself, over runs of its own with other shufflings and the same start. A
 * single run scatters around the mean by nearly as much as the flows differ. Losses are those on the probe set, as
 * measured.
 */
import { batchOrder, makeBatch, type Batch } from '../../data/batch.ts';
import type { Pool } from '../../engine/device.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective, type VectorSpace } from '../../engine/vector-space.ts';
import type { Flow } from '../../theory/flows/flows.ts';
import { stepDoubling, type Integrator } from '../../theory/integrate/integrators.ts';
import type { Spread } from '../../theory/integrate/trajectory.ts';
import type { T5Objective } from '../../training/t5-objective.ts';
import type { Dynamics, HeldState } from './dynamics.ts';
import type { Run } from '../../run/run.ts';

/** Runs that the mean is taken over. */
export const SHUFFLINGS = 6;
/** Shufflings whose batches the flows take the mean of: which examples share a batch changes from epoch to epoch. */
const FLOW_SHUFFLINGS = 2;
/** Most batches of an epoch that flows are integrated for: each evaluation takes two gradients of every batch. */
export const MOST_BATCHES = 16;

/** Batches of an epoch; null where batches do not divide it evenly. */
export function batchesPerEpoch({ batch, examples }: Run['experiment']): number | null {
  return batch === 'full' || examples % batch !== 0 ? null : examples / batch;
}

/** The batch that a shuffling takes at a step. */
function shuffling(run: Run, number: number): (step: number) => Batch {
  const { task } = run.data;
  const { seed, batch } = run.experiment;
  const order = batchOrder(seed, task.train.length, batch, `shuffling ${number}`);
  return (step) =>
    makeBatch(
      order.indicesAt(step).map((index) => task.train[index]!),
      task,
    );
}

/** The loss on the probe set, and the losses of batches. */
interface BatchedObjective extends Objective<Pool> {
  readonly probe: T5Objective;
  readonly batches: readonly Objective<Pool>[];
}

/** Flows of batches, integrated as any other. */
export function miniBatchDynamics(
  run: Run,
  flow: (batches: readonly Objective<Pool>[], perEpoch: number) => Flow<Pool>,
): Dynamics<Pool, BatchedObjective> {
  const perEpoch = batchesPerEpoch(run.experiment) ?? 1;
  const epochs = Array.from({ length: FLOW_SHUFFLINGS }, (_, i) => shuffling(run, i + 1));
  const batches = epochs.flatMap((at) => Array.from({ length: perEpoch }, (_, step) => at(step)));
  return {
    flow: (objective) => flow(objective.batches, perEpoch),
    integrator: (space, objective) => showing(stepDoubling(space), objective),
    time: (stepSize) => stepSize,
    async objective(probe) {
      const training = await run.objective(probe.config, 'batch');
      return {
        probe,
        space: probe.space,
        loss: (theta) => probe.loss(theta),
        lossAndGradient: (theta, gradient) => probe.lossAndGradient(theta, gradient),
        hessianProduct: () => probe.hessianProduct(),
        batches: batches.map((batch) => onBatch(training, batch, probe.space)),
      };
    },
    parameters: (state) => state,
    start: ({ probe }, { parameters }) => Promise.resolve(probe.space.fromTensors(parameters)),
    end: async ({ probe }, state) => ({ parameters: await probe.space.toTensors(state), slots: {} }),
    gradientsPerEnd: 0,
  };
}

function onBatch(training: T5Objective, batch: Batch, space: VectorSpace<Pool>): Objective<Pool> {
  return {
    space,
    loss(theta) {
      training.setBatch(batch);
      return training.loss(theta);
    },
    lossAndGradient(theta, gradient) {
      training.setBatch(batch);
      return training.lossAndGradient(theta, gradient);
    },
    gradient(theta, gradient) {
      training.setBatch(batch);
      training.gradient(theta, gradient);
    },
  };
}

/** Before each step the loss that is shown is asked of the objective: the field's own is that of other data. */
function showing<S>(integrator: Integrator<S>, objective: Objective<S>): Integrator<S> {
  return {
    async *step(flow, theta, h) {
      const loss = await objective.loss(theta);
      return { ...(yield* integrator.step(flow, theta, h)), loss };
    },
    dispose: () => integrator.dispose(),
  };
}

/** The same network in every run. */
type Ensemble = readonly Pool[];

interface EnsembleObjective extends Objective<Ensemble>, Spread {
  readonly probe: T5Objective;
  readonly training: T5Objective;
}

/** Several runs side by side: a step is one of mini-batch gradient descent in each, in its own order. */
export function shuffledRuns(run: Run): Dynamics<Ensemble, EnsembleObjective> {
  const perEpoch = batchesPerEpoch(run.experiment) ?? 1;
  const orders = Array.from({ length: SHUFFLINGS }, (_, i) => shuffling(run, i + 1));
  let now = 0;
  return {
    flow: () => NO_FLOW,
    integrator: (_space, objective) =>
      showing(
        steps(objective, orders, () => now, perEpoch),
        objective,
      ),
    time: (stepSize) => stepSize,
    at: (step) => {
      now = step;
    },
    objective: async (probe) => ensembleObjective(probe, await run.objective(probe.config, 'batch')),
    parameters: (state) => state[0]!,
    start: ({ probe }, held) =>
      Promise.resolve(
        ensembleOf(
          probe,
          orders.map(() => held),
        ),
      ),
    end: async ({ probe }, state) => ({ parameters: await probe.space.toTensors(state[0]!), slots: {} }),
    members: {
      async ends({ probe }, state) {
        const ends: HeldState[] = [];
        for (const pool of state) ends.push({ parameters: await probe.space.toTensors(pool), slots: {} });
        return ends;
      },
      join: ({ probe }, held) => Promise.resolve(ensembleOf(probe, held)),
    },
    gradientsPerEnd: 0,
  };
}

/** The members in pools, or none of them. */
function ensembleOf({ space }: T5Objective, members: readonly HeldState[]): Ensemble {
  using own = new Resources();
  const pools = members.map(({ parameters }) => space.fromTensors(parameters, own));
  own.move();
  return pools;
}

/** Its steps are those of the optimizer itself. */
const NO_FLOW: Flow<Ensemble> = {
  name: 'mini-batch-flow',
  gradientsPerEvaluation: 0,
  field: () => Promise.reject(new Error('runs of mini-batches follow no field')),
  dispose() {},
};

function steps(
  { probe, training }: EnsembleObjective,
  orders: readonly ((step: number) => Batch)[],
  now: () => number,
  perEpoch: number,
): Integrator<Ensemble> {
  const gradient = probe.space.create();
  return {
    async *step(_flow, state, h) {
      const step = now();
      for (const [i, theta] of state.entries()) {
        training.setBatch(orders[i]!(step));
        training.gradient(theta, gradient);
        probe.space.axpy(-h, gradient, theta);
        yield 1 / perEpoch;
      }
      return { loss: Number.NaN, substeps: 1, relativeError: null };
    },
    dispose: () => probe.space.dispose(gradient),
  };
}

function ensembleObjective(probe: T5Objective, training: T5Objective): EnsembleObjective {
  let spread = Number.NaN;
  const { space } = probe;
  const loss = async (state: Ensemble): Promise<number> => {
    const losses: number[] = [];
    for (const theta of state) losses.push(await probe.loss(theta));
    const mean = losses.reduce((sum, each) => sum + each, 0) / losses.length;
    spread = Math.sqrt(losses.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (losses.length - 1));
    return mean;
  };
  return {
    probe,
    training,
    get spread() {
      return spread;
    },
    space: {
      create: () => createVectors(space, SHUFFLINGS),
      dispose: (state) => state.forEach((pool) => space.dispose(pool)),
      copy: (from, to) => from.forEach((pool, i) => space.copy(pool, to[i]!)),
      axpy: (a, x, y) => x.forEach((pool, i) => space.axpy(a, pool, y[i]!)),
      scale: (a, x) => x.forEach((pool) => space.scale(a, pool)),
      dot: async (x, y) => (await Promise.all(x.map((pool, i) => space.dot(pool, y[i]!)))).reduce((sum, each) => sum + each, 0),
    },
    loss,
    lossAndGradient: () => Promise.reject(new Error('runs of mini-batches have no gradient in common')),
  };
}
