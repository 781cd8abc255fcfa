/**
 * Orders of the flows on T5 itself, in float32: one step of gradient descent against the flow followed for time h, with
 * h halved again and again. The distance falls with h to the order: 2 for gradient flow, 3 for the first order in both
 * its forms, 4 for the next one, as far as float32 can tell.
 */
import { makeBatch } from '../../data/batch.ts';
import { formatLink } from '../../experiment/link/link.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { FLOW_ROWS } from '../../experiment/declared/flows.ts';
import { planOf, schedule } from '../../experiment/plan/plan.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { fallOf, LADDER, localErrors } from '../../theory/local-orders.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { initialParameters, planConfigs } from '../../run/setup/setup.ts';
import { meanOf, over } from '../measure/document.ts';
import { taskDataOf } from '../measure/train.ts';
import { finish } from './laboratory.ts';
import type { TheoryScale } from './scale.ts';

/** A few steps away from the random start; later on the small differences drown in float32. */
const WARM_UP = 3;
const WARM_STEP = 0.05;
const SIZES = [0.16, 0.08, 0.04, 0.02] as const;

export async function orders(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('orders');
  const base = presetExperiment('see-the-theory');
  /** By seed and flow: the order at each halving. */
  const bySeed: (readonly number[])[][] = [];
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
    const gradient = space.create();
    for (let step = 0; step < WARM_UP; step++) {
      await objective.lossAndGradient(theta, gradient);
      space.axpy(-WARM_STEP, gradient, theta);
    }
    const { value } = await finish(localErrors(objective, theta, SIZES));
    bySeed.push(value.map((each) => fallOf(each).map(Math.log2)));
    for (const pool of [theta, gradient]) space.dispose(pool);
    objective.dispose();
  }
  const rows: MeasuredRow[] = LADDER.map((name, flow) => ({
    label: `${FLOW_ROWS[name].title} (theory: ${FLOW_ROWS[name].order})`,
    cells: Object.fromEntries(SIZES.slice(1).map((h, i) => [`h${h}`, over(bySeed.map((found) => found[flow]?.[i] ?? null))])),
  }));
  return {
    id: 'orders',
    title: 'Orders, on T5 itself',
    setting: `Sort, a network of width ${base.model.d} after ${WARM_UP} steps of ${WARM_STEP}. One step of gradient descent against the flow followed for the same time, in float32: the order is how many times the distance halves when the step size is halved.`,
    findings: [
      `At the smallest step sizes: ${rows.map(({ label, cells }) => `${label} ${meanOf(cells[`h${SIZES.at(-1)}`]).toFixed(2)}`).join(', ')}. Small differences drown in float32; the tests prove the orders in float64.`,
    ],
    command: 'npm run validate-theory -- --only orders',
    link: formatLink(base),
    seeds,
    columns: SIZES.slice(1).map((h, i) => ({ key: `h${h}`, label: `${SIZES[i]} to ${h}`, decimals: 2 })),
    rows,
  };
}
