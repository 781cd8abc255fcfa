/**
 * Orders of the flows on T5 itself, in float32: one step of gradient descent against the flow followed for time h, with h
 * halved again and again. The distance falls with h to the order: 2 for gradient flow, 3 for the modified flow, 4 for the
 * next one, as far as float32 can tell.
 */
import { makeBatch } from '../../data/batch.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { planOf, schedule } from '../../experiment/plan.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { createFlow, type FlowName } from '../../theory/flows.ts';
import { fixedSubsteps } from '../../theory/integrators.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { initialParameters, planConfigs } from '../../worker/setup.ts';
import { meanOf, over } from '../measure/document.ts';
import { taskDataOf } from '../measure/train.ts';
import type { TheoryScale } from './scale.ts';

const FLOWS: readonly (readonly [FlowName, string, number])[] = [
  ['gradient-flow', 'Gradient flow', 2],
  ['modified-flow', 'Modified flow', 3],
  ['third-order-flow', 'Next order', 4],
];
/** A few steps away from the random start; later on the small differences drown in float32. */
const WARM_UP = 3;
const WARM_STEP = 0.05;
const SIZES = [0.16, 0.08, 0.04, 0.02] as const;

export async function orders(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('orders');
  const base = presetExperiment('see-the-theory');
  const bySeed: number[][][] = [];
  for (const seed of seeds) {
    scale.note(`orders, seed ${seed}`);
    const experiment = { ...base, seed };
    const data = await taskDataOf(experiment);
    const stages = schedule(planOf(experiment));
    const config = planConfigs(experiment, stages, data.vocabularySize).get('A');
    if (!config) throw new Error('the preset trains no model A');
    const objective = await T5Objective.create(scale.device, config, makeBatch(data.train, data));
    const { space } = objective;
    const theta = space.fromTensors(initialParameters(experiment, stages, 'A', config));
    const [gradient, descent, flowing] = [space.create(), space.create(), space.create()];
    for (let step = 0; step < WARM_UP; step++) {
      await objective.lossAndGradient(theta, gradient);
      space.axpy(-WARM_STEP, gradient, theta);
    }
    await objective.lossAndGradient(theta, gradient);
    const errors: number[][] = [];
    for (const [name] of FLOWS) {
      const flow = createFlow(name, objective);
      const integrator = fixedSubsteps(space, 4);
      const distances: number[] = [];
      for (const h of SIZES) {
        space.copy(theta, descent);
        space.axpy(-h, gradient, descent);
        space.copy(theta, flowing);
        const step = integrator.step(flow, flowing, h);
        while ((await step.next()).done !== true);
        space.axpy(-1, descent, flowing);
        distances.push(Math.sqrt(await space.dot(flowing, flowing)));
      }
      errors.push(distances);
      flow.dispose();
      integrator.dispose();
    }
    bySeed.push(errors);
    for (const pool of [theta, gradient, descent, flowing]) space.dispose(pool);
    objective.dispose();
  }
  const order = (distances: readonly number[], i: number): number =>
    Math.log2((distances[i] ?? Number.NaN) / (distances[i + 1] ?? Number.NaN));
  const rows: MeasuredRow[] = FLOWS.map(([, label, expected], flow) => ({
    label: `${label} (theory: ${expected})`,
    cells: Object.fromEntries(SIZES.slice(1).map((h, i) => [`h${h}`, over(bySeed.map((errors) => order(errors[flow] ?? [], i)))])),
  }));
  return {
    id: 'orders',
    title: 'Orders, on T5 itself',
    setting: `Sort, a network of width ${base.model.d} after ${WARM_UP} steps of ${WARM_STEP}. One step of gradient descent against the flow followed for the same time, in float32: the order is how many times the distance halves when the step size is halved.`,
    findings: [
      `At the smallest step sizes: ${rows.map(({ label, cells }) => `${label} ${meanOf(cells[`h${SIZES.at(-1)}`]).toFixed(2)}`).join(', ')}. Small differences drown in float32; the tests prove the orders in float64.`,
    ],
    command: 'npm run validate-theory -- --only orders',
    seeds,
    columns: SIZES.slice(1).map((h, i) => ({ key: `h${h}`, label: `${SIZES[i]} to ${h}`, decimals: 2 })),
    rows,
  };
}
