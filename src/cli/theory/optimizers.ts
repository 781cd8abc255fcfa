/**
 * The flows of other optimizers beside their runs: heavy ball with and without inertia, Adam within its window,
 * mini-batches in the mean.
 */
import { stream } from '../../data/random.ts';
import { makeBatch } from '../../data/batch.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { formatLink } from '../../experiment/link/link.ts';
import { planOf, schedule } from '../../experiment/plan/plan.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { ADAPTIVE_WINDOW } from '../../theory/flows/adaptive-window.ts';
import { type Flow, gradientFlow, modifiedFlow } from '../../theory/flows/flows.ts';
import { fixedSubsteps } from '../../theory/integrate/integrators.ts';
import { miniBatchFlow, shuffledRuns } from '../../theory/flows/mini-batch-flow.ts';
import type { Pool } from '../../engine/device.ts';
import { meanAbsoluteDifference } from '../../curves/curve.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { initialParameters, planConfigs } from '../../run/setup/setup.ts';
import { meanOf, over } from '../measure/document.ts';
import { runWithFlows } from '../measure/predicted.ts';
import { taskDataOf } from '../measure/train.ts';
import { finish } from './laboratory.ts';
import type { TheoryScale } from './scale.ts';

const single = (changes: Partial<Experiment>): Experiment => ({
  ...presetExperiment('see-the-theory'),
  grow: null,
  from: ['0'],
  baseline: [],
  predict: ['gradient-flow', 'modified-flow'],
  ...changes,
});
const MOMENTUM = single({ optimizer: 'momentum', h: { kind: 'constant', value: 0.002 }, steps: 120 });
/** Both ends of the window that the page draws Adam in, and a value between. */
const ADAM_EPSILONS = [ADAPTIVE_WINDOW.largestEpsilon, 0.01, ADAPTIVE_WINDOW.smallestEpsilon] as const;
const adamOf = (epsilon: number): Experiment =>
  single({ optimizer: 'adam', beta2: 0.95, epsilon, h: { kind: 'constant', value: 3e-4 }, steps: 140 });

export async function optimizers(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('optimizers');
  const ways = [
    {
      words: 'Heavy ball',
      experiment: MOMENTUM,
      control: 'gradient-flow' as const,
      labels: ['without inertia', 'inertial flow'] as const,
    },
    ...ADAM_EPSILONS.map((epsilon) => ({
      words: `Adam, ε = ${epsilon}`,
      experiment: adamOf(epsilon),
      control: 'sign-flow' as const,
      labels: ['sign-like flow', 'corrected flow'] as const,
    })),
  ];
  const rows: MeasuredRow[] = [];
  for (const { words, experiment, control, labels } of ways) {
    const off = { control: [] as (number | null)[], flow: [] as (number | null)[] };
    const cost = { control: [] as number[], flow: [] as number[] };
    for (const seed of seeds) {
      scale.note(`${words}, seed ${seed}`);
      const { measured, flows, last, modelSteps } = await runWithFlows(scale.device, {
        ...experiment,
        seed,
        steps: scale.steps(experiment.steps),
      });
      for (const [which, name] of [
        ['control', control],
        ['flow', 'modified-flow'],
      ] as const) {
        const [run, curve] = [measured.get(last), flows.get(name)?.curves.get(last)];
        off[which].push(run && curve ? meanAbsoluteDifference(run, curve) : null);
        cost[which].push((flows.get(name)?.gradients ?? 0) / modelSteps);
      }
    }
    for (const [i, which] of (['control', 'flow'] as const).entries())
      rows.push({ label: `${words}, ${labels[i]}`, cells: { off: over(off[which]), gradients: over(cost[which]) } });
  }
  const figures = rows.map(({ cells }) => meanOf(cells['off']).toPrecision(2));
  const adam = ADAM_EPSILONS.map((epsilon, i) => `${figures[2 + 2 * i]} and ${figures[3 + 2 * i]} at ε = ${epsilon}`);
  return {
    id: 'optimizers',
    title: 'Other optimizers',
    setting: `Sort, one network, full batch, predicted from step 0. Heavy ball: step size 0.002, β = 0.9, ${MOMENTUM.steps} steps; the flow without inertia in the time 0.002/(1 − β). Adam: step size 3e-4, β2 = 0.95, from step 60 on for 80 steps. Mean distance between predicted and measured loss.`,
    findings: [
      `Heavy ball: off by ${figures[0]} without inertia, ${figures[1]} with it. Adam, without the correction and with it: ${adam.join(', ')}.`,
    ],
    command: `npm run experiment -- "${formatLink({ ...MOMENTUM, seed: seeds[0] ?? 1 })}" --out DIR`,
    seeds,
    columns: [
      { key: 'off', label: 'off by' },
      { key: 'gradients', label: 'gradients a step', decimals: 1 },
    ],
    rows,
  };
}

const BATCHES = 4;
const EPOCHS = 6;
const SHUFFLINGS = 12;
const STEP = 0.05;
/** Full-batch steps before: at the random start nothing has an order yet. */
const WARM_UP = 10;

/** Mini-batch gradient descent in the mean over shufflings, against the flows of the full batch and of the batches. */
export async function miniBatches(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('mini-batch');
  const shufflings = scale.quick ? 2 : SHUFFLINGS;
  const names = ['Gradient flow', 'Modified flow of the full batch', 'Flow of the mini-batches'] as const;
  const off: (number | null)[][] = names.map(() => []);
  const spreads: number[] = [];
  for (const seed of seeds) {
    scale.note(`mini-batches, seed ${seed}`);
    const experiment = single({ seed });
    const data = await taskDataOf(experiment);
    const stages = schedule(planOf(experiment));
    const config = planConfigs(experiment, stages, data.vocabularySize).get('A');
    if (!config) throw new Error('the preset trains no model A');
    const full = await T5Objective.create(scale.device, config, makeBatch(data.train, data));
    const size = data.train.length / BATCHES;
    const batches: T5Objective[] = [];
    for (let k = 0; k < BATCHES; k++)
      batches.push(await T5Objective.create(scale.device, config, makeBatch(data.train.slice(k * size, (k + 1) * size), data)));
    const { space } = full;
    const theta = space.fromTensors(initialParameters(experiment, stages, 'A', config));
    const gradient = space.create();
    for (let step = 0; step < WARM_UP; step++) {
      await full.lossAndGradient(theta, gradient);
      space.axpy(-STEP, gradient, theta);
    }
    const random = stream(seed, 'shufflings of the mini-batches');
    const orders = Array.from({ length: shufflings }, () =>
      Array.from({ length: EPOCHS }, () => random.shuffle(Array.from({ length: BATCHES }, (_, k) => k))),
    );
    const { value: runs } = await finish(shuffledRuns(batches, (x) => full.loss(x), theta, STEP, orders));
    spreads.push(mean(Array.from(runs.spread).slice(1)));
    const flows: readonly Flow<Pool>[] = [gradientFlow(full), modifiedFlow(full), miniBatchFlow(batches)];
    for (const [i, flow] of flows.entries()) {
      const [x, integrator] = [space.create(), fixedSubsteps(space, 2)];
      space.copy(theta, x);
      const errors: number[] = [];
      for (let epoch = 1; epoch <= EPOCHS; epoch++) {
        for (let k = 0; k < BATCHES; k++) for await (const _spent of integrator.step(flow, x, STEP));
        errors.push(Math.abs((await full.loss(x)) - (runs.mean[epoch] ?? Number.NaN)));
      }
      off[i]?.push(mean(errors));
      flow.dispose();
      integrator.dispose();
    }
    for (const objective of [full, ...batches]) objective.dispose();
  }
  const rows: MeasuredRow[] = names.map((label, i) => ({ label, cells: { off: over(off[i] ?? []) } }));
  rows.push({ label: 'Spread of a single run', cells: { off: over(spreads) } });
  const figure = (row: number): string => meanOf(rows[row]?.cells['off']).toPrecision(2);
  return {
    id: 'mini-batch',
    title: 'Mini-batches, in the mean',
    setting: `Sort, one network after ${WARM_UP} steps: ${EPOCHS} epochs of ${BATCHES} batches with the step size ${STEP}, the mean over ${SHUFFLINGS} shufflings. Mean distance between the flow’s loss and that mean; beside it the standard deviation from shuffling to shuffling.`,
    findings: [
      `Off by ${figure(0)} (gradient flow), ${figure(1)} (modified flow of the full batch) and ${figure(2)} (flow of the mini-batches); a single run scatters by ${figure(3)}.`,
    ],
    command: 'npm run validate-theory -- --only mini-batch',
    link: formatLink({ ...presetExperiment('see-the-theory'), batch: 16, h: { kind: 'constant', value: 0.05 } }),
    seeds,
    columns: [{ key: 'off', label: 'off by' }],
    rows,
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
