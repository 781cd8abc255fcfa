/**
 * theory-t5-composite: two stages in the large model's coordinates. The reference has L1 as the mean of the sources'
 * losses as a function of the fused model's inherited blocks, the program as their sum; L2 is the fused model's loss.
 * Losses, gradients, Hessian products and the bracket at the fusion of the sources, gradient descent through the
 * growth, and where the composite flow ends.
 */
import { toEnd } from '../../../engine/jobs/job.ts';
import { stream } from '../../../data/random.ts';
import type { Device, Pool } from '../../../engine/device.ts';
import type { Growth } from '../../../fusion/operators/operator.ts';
import { growthOperator } from '../../../fusion/operators/registry.ts';
import type { TokenBatch } from '../../../model/batch-inputs.ts';
import type { Checkpoint } from '../../../storage/checkpoint/checkpoint.ts';
import { hessianProduct } from '../../../theory/hessian-product.ts';
import { type CompositeTerms, compositeFlowFromProducts, type SplitNorm } from '../../../theory/growth/composite.ts';
import { type GrowthCoordinates, growthCoordinates } from '../../../theory/growth/growth-coordinates.ts';
import { fixedSubsteps } from '../../../theory/integrate/integrators.ts';
import { gradientDescent } from '../../../training/optimizers/gradient-descent.ts';
import { T5Objective } from '../../../training/t5-objective.ts';
import { compareFused } from '../fusion-case.ts';
import { type CaseKind, Comparison, type GoldenCase } from '../golden-case.ts';
import { train } from '../t5-runner.ts';

const fuseParts = (parts: readonly Checkpoint[]): Growth =>
  growthOperator('fuse').grow(parts, { norm: 'shared', offDiagonal: 'zero', sigma: 0 }, stream(0, 'golden'));

async function compareDescent(
  result: Comparison,
  golden: GoldenCase,
  device: Device,
  parts: readonly Checkpoint[],
  batch: TokenBatch,
): Promise<void> {
  const composite = golden.json.get('composite');
  const [n1, n2] = [composite.get('n1').number(), composite.get('n2').number()];
  for (const row of composite.get('rows').list()) {
    const [h1, h2] = [row.get('h1').number(), row.get('h2').number()];
    const trained: Checkpoint[] = [];
    for (const part of parts)
      trained.push({ config: part.config, parameters: (await train(device, part, batch, gradientDescent, h1, n1)).state.parameters });
    const { losses } = await train(device, fuseParts(trained), batch, gradientDescent, h2, n2);
    result.number(
      `h1 ${h1}: loss after the growth`,
      losses[0] ?? Number.NaN,
      row.get('loss_L2_after_stage_1').number(),
      golden.tolerance('losses'),
    );
    result.number(
      `h1 ${h1}: loss after stage 2`,
      losses[n2] ?? Number.NaN,
      row.get('loss_L2_after_stage_2').number(),
      golden.tolerance('losses'),
    );
  }
}

const TERMS: Readonly<Record<string, CompositeTerms>> = {
  plain: { modified: false, bracket: false },
  modified: { modified: true, bracket: false },
  bracket_only: { modified: false, bracket: true },
  modified_and_bracket: { modified: true, bracket: true },
};

interface Stages {
  readonly large: T5Objective;
  readonly theta: Pool;
  readonly coordinates: GrowthCoordinates;
  readonly count: number;
}

/** Vectors at the fusion: the reference's, in the convention of the mean. */
async function compareVectors(result: Comparison, golden: GoldenCase, { large, theta, coordinates, count }: Stages): Promise<void> {
  const { space } = large;
  const products = { L1: hessianProduct(coordinates.before), L2: hessianProduct(large) };
  const made: Pool[] = [];
  const create = (): Pool => {
    const pool = space.create();
    made.push(pool);
    return pool;
  };
  const combine = (a: number, x: Pool, b: number, y: Pool): Pool => {
    const sum = create();
    space.axpy(a, x, sum);
    space.axpy(b, y, sum);
    return sum;
  };
  const product = async (of: keyof typeof products, v: Pool): Promise<Pool> => {
    const out = create();
    await products[of].apply(theta, v, out);
    if (of === 'L1') space.scale(1 / count, out);
    return out;
  };
  const metric = async (v: Pool): Promise<Pool> => {
    const scaled = combine(count, v, 0, v);
    await coordinates.metric(scaled);
    return scaled;
  };
  const [g1, g2] = [create(), create()];
  const losses = golden.tolerance('losses');
  result.number('L1', (await coordinates.before.lossAndGradient(theta, g1)) / count, golden.json.get('loss_L1').number(), losses);
  result.number('L2', await large.lossAndGradient(theta, g2), golden.json.get('loss_L2').number(), losses);
  space.scale(1 / count, g1);
  const [H1g1, H2g2, H2g1, H1g2] = [await product('L1', g1), await product('L2', g2), await product('L2', g1), await product('L1', g2)];
  const bracket = combine(1, H2g1, -1, H1g2);
  const withMetric = combine(1, await product('L2', await metric(g1)), -1, await metric(H1g2));
  for (const [name, vector] of Object.entries({ g1, g2, H2g1, H1g2 }))
    result.tensors(name, await space.toTensors(vector), golden.tensorsBelow(`${name}.`), golden.tolerance('vectors'));
  const scale = (await coordinates.split(H2g1)).total;
  for (const [name, vector] of Object.entries({ g1, g2, H1g1, H2g2, H2g1, H1g2, bracket, bracket_with_metric: withMetric })) {
    const ours: SplitNorm = await coordinates.split(vector);
    const wanted = golden.json.get(name);
    for (const part of ['total', 'old', 'new'] as const) {
      const norm = wanted.get(part).number();
      // A part that is zero by construction (the old part of a self-fusion's bracket) counts against what it is the
      // difference of.
      result.check(`‖${name}‖ ${part}`, Math.abs(ours[part] - norm) / (norm > 1e-6 * scale ? norm : scale), golden.tolerance('norms'));
    }
    const effect = wanted.maybe('first_order_effect_on_L2_per_ab_half');
    if (effect !== undefined)
      result.number(`effect of ${name} on L2`, await space.dot(g2, vector), effect.number(), golden.tolerance('norms'));
  }
  for (const each of Object.values(products)) each.dispose();
  for (const pool of made) space.dispose(pool);
}

/**
 * The loss where the composite flow ends. (Errors and orders need more digits of θ than float32 has:
 * composite.t5.test.ts has them, from displacements.)
 */
async function compareEnds(result: Comparison, golden: GoldenCase, { large, theta, coordinates }: Stages): Promise<void> {
  const { space } = large;
  const composite = golden.json.get('composite');
  const [n1, n2] = [composite.get('n1').number(), composite.get('n2').number()];
  const products = { before: hessianProduct(coordinates.before), after: hessianProduct(large) };
  const integrator = fixedSubsteps(space, 1);
  for (const row of composite.get('rows').list()) {
    const [h1, h2] = [row.get('h1').number(), row.get('h2').number()];
    for (const [name, terms] of Object.entries(TERMS)) {
      const flow = compositeFlowFromProducts({ ...coordinates, after: large }, { a: n1 * h1, b: n2 * h2, h1, h2 }, products, terms);
      const end = space.create();
      space.copy(theta, end);
      await toEnd(integrator.step(flow, end, 1));
      const wanted = row.get('loss_L2_at_flow_end').get(name).number();
      result.number(`h1 ${h1}: loss where the composite flow ends, ${name}`, await large.loss(end), wanted, golden.tolerance('losses'));
      flow.dispose();
      space.dispose(end);
    }
  }
  for (const each of Object.values(products)) each.dispose();
  integrator.dispose();
}

export const compositeCase: CaseKind = {
  name: 'composite',
  matches: ({ json, files }) => files.has('fused') && json.has('composite') && json.has('loss_L1'),
  async compare(golden, device) {
    const result = new Comparison();
    const folders = [...golden.files].filter((name) => name.startsWith('source-')).toSorted();
    const parts = folders.map((folder) => golden.model(folder));
    const growth = fuseParts(parts);
    compareFused(result, golden, growth, 1.2e-7);
    const batch = golden.batch(growth.config);
    const sources: T5Objective[] = [];
    for (const { config } of parts) sources.push(await T5Objective.create(device, config, batch));
    const large = await T5Objective.create(device, growth.config, batch);
    const coordinates = growthCoordinates({ provenance: growth.provenance, space: large.space, sources });
    const stages: Stages = { large, theta: large.space.fromTensors(growth.parameters), coordinates, count: sources.length };
    await compareVectors(result, golden, stages);
    await compareEnds(result, golden, stages);
    coordinates.dispose();
    for (const each of [large, ...sources]) each.dispose();
    await compareDescent(result, golden, device, parts, batch);
    return result;
  },
};
