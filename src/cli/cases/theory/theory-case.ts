/**
 * theory-t5, theory-t5-trained: gradient descent and the flows on a T5, Hessian-vector products, sharpness, spectra.
 */
import { toEnd } from '../../../engine/jobs/job.ts';
import type { Device, Pool } from '../../../engine/device.ts';
import type { TokenBatch } from '../../../model/batch-inputs.ts';
import type { Checkpoint } from '../../../storage/checkpoint/checkpoint.ts';
import { type Flow, gradientFlow, modifiedFlow, modifiedFlowFromProduct } from '../../../theory/flows/flows.ts';
import { stepDoubling } from '../../../theory/integrate/integrators.ts';
import { SharpnessProbe } from '../../../theory/curvature/sharpness.ts';
import { gradientDescent } from '../../../training/optimizers/gradient-descent.ts';
import { T5Objective } from '../../../training/t5-objective.ts';
import { type CaseKind, Comparison, type GoldenCase } from '../golden-case.ts';
import type { Json } from '../json.ts';
import { hessianProduct } from '../../../theory/hessian-product.ts';
import { compareSpectra } from './spectrum-case.ts';
import { compareLosses, nudged, totalNorm, train } from '../t5-runner.ts';

/**
 * Runge–Kutta 4 whose own error stays far below the tolerance also where the flow is stiff (hλ > 2): every step is
 * checked.
 */
const INTEGRATOR = { tolerance: 3e-4, checkEvery: 1, maxSubsteps: 128 };

/** Losses along a flow at times 0, h, 2h, … */
async function follow(objective: T5Objective, checkpoint: Checkpoint, flow: Flow<Pool>, h: number, steps: number): Promise<number[]> {
  const { space } = objective;
  const theta = space.fromTensors(checkpoint.parameters);
  const integrator = stepDoubling(space, INTEGRATOR);
  const losses = [await objective.loss(theta)];
  for (let i = 0; i < steps; i++) {
    await toEnd(integrator.step(flow, theta, h));
    losses.push(await objective.loss(theta));
  }
  integrator.dispose();
  space.dispose(theta);
  return losses;
}

async function compareCurves(
  result: Comparison,
  golden: GoldenCase,
  device: Device,
  checkpoint: Checkpoint,
  batch: TokenBatch,
  objective: T5Objective,
): Promise<void> {
  const product = hessianProduct(objective);
  const flows = {
    gradient_flow: () => gradientFlow(objective),
    modified_flow: () => modifiedFlowFromProduct(objective, product),
    modified_flow_two_gradients: () => modifiedFlow(objective),
  } as const;
  const curves = golden.json.get('curves');
  for (const key of curves.keys()) {
    const h = Number(key);
    const curve = curves.get(key);
    const run = curve.get('gradient_descent').numbers();
    const { losses } = await train(device, checkpoint, batch, gradientDescent, h, run.length - 1);
    const twin = async (): Promise<readonly number[]> =>
      (await train(device, nudged(checkpoint), batch, gradientDescent, h, run.length - 1)).losses;
    await compareLosses(result, `h ${key}: gradient descent`, losses, run, golden.tolerance('losses'), twin);
    for (const [name, make] of Object.entries(flows)) {
      const wanted = curve.maybe(name)?.numbers();
      if (wanted === undefined) continue;
      const flow = make();
      const along = await follow(objective, checkpoint, flow, h, wanted.length - 1);
      await compareLosses(result, `h ${key}: ${name.replaceAll('_', ' ')}`, along, wanted, golden.tolerance('losses'), () =>
        follow(objective, nudged(checkpoint), flow, h, wanted.length - 1),
      );
      flow.dispose();
    }
  }
  product.dispose();
}

async function compareProducts(
  result: Comparison,
  golden: GoldenCase,
  checkpoint: Checkpoint,
  objective: T5Objective,
  tolerance: number,
): Promise<void> {
  const { space } = objective;
  const theta = space.fromTensors(checkpoint.parameters);
  const product = hessianProduct(objective);
  const out = space.create();
  for (const [vector, wanted] of [
    ['v.', 'Hv.'],
    ['g.', 'Hg.'],
  ] as const) {
    const given = golden.tensorsBelow(vector);
    const reference = golden.tensorsBelow(wanted);
    if (given.size === 0 || reference.size === 0) continue;
    const v = space.fromTensors(given);
    await product.apply(theta, v, out);
    const ours = await space.toTensors(out);
    result.tensors(wanted.slice(0, 2), ours, reference, tolerance);
    space.dispose(v);
  }
  product.dispose();
  space.dispose(out);
  space.dispose(theta);
}

async function compareSharpness(
  result: Comparison,
  eigenvalues: Json,
  checkpoint: Checkpoint,
  objective: T5Objective,
  tolerance: number,
): Promise<void> {
  const theta = objective.space.fromTensors(checkpoint.parameters);
  const probe = new SharpnessProbe(objective, { tolerance: 1e-3, maxIterations: 80 });
  const { lambda } = await probe.measure(theta);
  result.number('largest eigenvalue', lambda, eigenvalues.numbers()[0] ?? Number.NaN, tolerance);
  probe.dispose();
  objective.space.dispose(theta);
}

export const theoryCase: CaseKind = {
  name: 'theory',
  matches: ({ json, files }) => files.has('model.safetensors') && json.has('curves') && json.has('gradient_norm'),
  async compare(golden, device) {
    const result = new Comparison();
    const checkpoint = golden.model();
    const batch = golden.batch(checkpoint.config);
    const objective = await T5Objective.create(device, checkpoint.config, batch);
    const theta = objective.space.fromTensors(checkpoint.parameters);
    const gradient = objective.space.create();
    result.number('loss', await objective.lossAndGradient(theta, gradient), golden.json.get('loss').number(), golden.tolerance('losses'));
    const gradients = await objective.space.toTensors(gradient);
    result.number('gradient norm', totalNorm(gradients), golden.json.get('gradient_norm').number(), golden.tolerance('losses'));
    if (golden.files.has('tensors.safetensors')) {
      // The gradient itself is held to the goldens' floor for gradients.
      result.tensors('gradient', gradients, golden.tensorsBelow('g.'), 1e-4);
      await compareProducts(result, golden, checkpoint, objective, golden.tolerance('Hv'));
    }
    const eigenvalues = golden.json.maybe('top_eigenvalues');
    if (eigenvalues !== undefined) await compareSharpness(result, eigenvalues, checkpoint, objective, golden.tolerance('top_eigenvalues'));
    objective.space.dispose(theta);
    objective.space.dispose(gradient);
    await compareCurves(result, golden, device, checkpoint, batch, objective);
    if (golden.json.has('lanczos_from_gradient')) await compareSpectra(result, golden.json, checkpoint, objective);
    objective.dispose();
    return result;
  },
};
