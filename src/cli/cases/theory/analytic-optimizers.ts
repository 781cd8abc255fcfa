/**
 * theory-analytic.json beyond gradient descent: composite of two stages, mini-batches, heavy ball, Adam, RMSProp,
 * principal flow.
 */
import { toEnd } from '../../../engine/jobs/job.ts';
import type { Flow } from '../../../theory/flows/flows.ts';
import { modifiedFlowFromProduct } from '../../../theory/flows/flows.ts';
import { adaptiveFlowFromProduct } from '../../../theory/flows/adaptive-flow.ts';
import { type CompositeTerms, compositeFlowFromProducts } from '../../../theory/growth/composite.ts';
import { elementwiseArrays } from '../../../theory/flows/elementwise.ts';
import { createFloat64Space } from '../../../theory/float64-space.ts';
import { fixedSubsteps } from '../../../theory/integrate/integrators.ts';
import { miniBatchFlow } from '../../../theory/flows/mini-batch-flow.ts';
import { principalFlow } from '../../../theory/flows/principal-flow.ts';
import { symmetricEigen } from '../../../theory/curvature/symmetric-eigen.ts';
import { type Analytic, analytic, exactProduct } from './analytic-functions.ts';
import { type Comparison, distance } from '../golden-case.ts';
import { Json } from '../json.ts';

interface Tolerances {
  readonly points: number;
  readonly ends: number;
}

/** Where a flow of step size h is after `time`. */
async function endOf(flow: Flow<Float64Array>, start: readonly number[], h: number, time: number, steps = 320): Promise<Float64Array> {
  const x = Float64Array.from(start);
  const integrator = fixedSubsteps(createFloat64Space(start.length), steps);
  // Not the flow's own `queue`, which would take the time for the step size.
  const { name, gradientsPerEvaluation, dispose } = flow;
  const held = {
    name,
    gradientsPerEvaluation,
    dispose,
    field: (theta: Float64Array, _time: number, out: Float64Array) => flow.field(theta, h, out),
  };
  await toEnd(integrator.step(held, x, time));
  integrator.dispose();
  return x;
}

/** log2 of the last two errors' ratio. */
const order = (errors: readonly number[]): number => Math.log2((errors.at(-2) ?? Number.NaN) / (errors.at(-1) ?? Number.NaN));

const TERMS: Readonly<Record<string, CompositeTerms>> = {
  plain: { modified: false, bracket: false },
  modified: { modified: true, bracket: false },
  bracket_only: { modified: false, bracket: true },
  modified_and_bracket: { modified: true, bracket: true },
};

async function compareComposite(
  result: Comparison,
  json: Json,
  x0: readonly number[],
  before: Analytic,
  after: Analytic,
  tolerance: number,
): Promise<void> {
  const products = { before: exactProduct(before), after: exactProduct(after) };
  for (const [name, terms] of Object.entries(TERMS)) {
    const errors: number[] = [];
    for (const row of json.get('rows').list()) {
      const [h1, h2] = [row.get('h1').number(), row.get('h2').number()];
      const times = { a: row.get('n1').number() * h1, b: row.get('n2').number() * h2, h1, h2 };
      const end = await endOf(compositeFlowFromProducts({ before, after, metric() {} }, times, products, terms), x0, 1, 1, 20);
      result.check(`composite, h1 ${h1}: ${name}`, distance(row.get(name).numbers(), end), tolerance);
      errors.push(distance(row.get('after_stage_2').numbers(), end));
    }
    result.check(
      `composite: order of ${name}`,
      Math.abs(order(errors) - (json.get(name).get('orders').numbers().at(-1) ?? Number.NaN)),
      1e-3,
    );
  }
}

async function compareEpoch(result: Comparison, json: Json, x0: readonly number[], batches: readonly Analytic[]): Promise<void> {
  const m = batches.length;
  const errors: number[] = [];
  const flow = miniBatchFlow(batches);
  for (const row of json.get('rows').list()) {
    const h = row.get('h').number();
    const end = await endOf(flow, x0, h, m * h, 60);
    const wanted = row.get('modified_flow').numbers();
    // From two gradients a batch: off by the third order, a fraction of the effect of the variance's term.
    const effect = distance(row.get('without_variance_term').numbers(), wanted);
    result.check(`epoch of mini-batches, h ${h}, as a share of the effect`, distance(wanted, end) / effect, 1 / 3);
    errors.push(distance(row.get('mean_of_permutations').numbers(), end));
  }
  result.check('epoch of mini-batches: order', Math.abs(order(errors) - 3), 0.1);
}

/**
 * Heavy ball from its warmed-up start, and the memoryless flow that holds there: the modified flow with h(1+β)/(1-β).
 */
async function compareHeavyBall(result: Comparison, json: Json, objective: Analytic, { points, ends }: Tolerances): Promise<void> {
  const beta = json.get('beta').number();
  const flow = modifiedFlowFromProduct(objective, exactProduct(objective));
  for (const row of json.get('rows').list()) {
    const h = row.get('h').number();
    const x = Float64Array.from(row.get('start').numbers());
    const v = Float64Array.from(row.get('velocity_at_start').numbers());
    const g = new Float64Array(x.length);
    for (let i = 0; i < row.get('steps').number(); i++) {
      await objective.lossAndGradient(x, g);
      for (let j = 0; j < x.length; j++) {
        v[j] = beta * (v[j] ?? 0) - row.get('lr').number() * (g[j] ?? 0);
        x[j] = (x[j] ?? 0) + (v[j] ?? 0);
      }
    }
    result.check(`heavy ball, h ${h}`, distance(row.get('end').numbers(), x), points);
    const end = await endOf(flow, row.get('start').numbers(), (h * (1 + beta)) / (1 - beta), json.get('time').number());
    result.check(`heavy ball, h ${h}: memoryless flow`, distance(row.get('modified_flow').numbers(), end), ends);
  }
}

async function compareAdaptive(
  result: Comparison,
  name: string,
  json: Json,
  x0: readonly number[],
  objective: Analytic,
  { points, ends }: Tolerances,
): Promise<void> {
  const settings = {
    beta1: json.get('beta1').number(),
    beta2: json.get('beta2').number(),
    epsilon: json.get('eps').number(),
    epsilonIn: 'root',
  } as const;
  const space = elementwiseArrays(objective.space);
  const flows = {
    corrected_flow: adaptiveFlowFromProduct(objective, space, settings, exactProduct(objective)),
    sign_flow: adaptiveFlowFromProduct(objective, space, settings, exactProduct(objective), false),
  };
  const at = json.get('field_at_x0');
  const out = new Float64Array(x0.length);
  await flows.corrected_flow.field(Float64Array.from(x0), at.get('h').number(), out);
  result.check(`${name}: field`, distance(at.get('corrected').numbers(), out), points);
  for (const [key, flow] of Object.entries(flows)) {
    const errors: number[] = [];
    for (const row of json.get('rows').list()) {
      const h = row.get('h').number();
      const end = await endOf(flow, row.get('start').numbers(), h, json.get('time').number());
      result.check(`${name}, h ${h}: ${key}`, distance(row.get(key).numbers(), end), ends);
      errors.push(distance(row.get('end').numbers(), end));
    }
    result.check(`${name}: order of ${key}`, Math.abs(order(errors) - (json.get(key).get('orders').numbers().at(-1) ?? Number.NaN)), 1e-3);
  }
}

async function comparePrincipal(result: Comparison, json: Json, tolerance: number): Promise<void> {
  const A = json.get('A').matrix();
  const zeros = A.map(() => 0);
  const objective = analytic(new Json({ A, b: zeros, C: [zeros] }, 'principal_flow'));
  const { values, vectors } = symmetricEigen(A);
  const flow = principalFlow(objective, {
    eigenvectors: { lambdas: Array.from(values), vectors, async *update() {}, dispose() {} },
  });
  const h = json.get('h').number();
  const end = await endOf(flow, json.get('x0').numbers(), h, h * json.get('n').number(), 1000);
  result.check('principal flow', distance(json.get('principal_flow').numbers(), end), tolerance);
  result.check('principal flow against gradient descent', distance(json.get('gd').numbers(), end), tolerance);
}

/** Everything of the case that goes beyond gradient descent, as far as the case holds it. */
export async function compareOptimizers(
  result: Comparison,
  json: Json,
  functions: readonly Analytic[],
  tolerances: Tolerances,
): Promise<void> {
  const x0 = json.get('x0').numbers();
  const [first, second] = functions;
  if (first === undefined || second === undefined) throw new Error(`the case holds ${functions.length} functions; it needs two or more`);
  const composite = json.maybe('composite');
  if (composite !== undefined) await compareComposite(result, composite, x0, first, second, tolerances.ends);
  const epoch = json.maybe('sgd_one_epoch');
  if (epoch !== undefined) await compareEpoch(result, epoch, x0, functions);
  const heavyBall = json.maybe('heavy_ball');
  if (heavyBall !== undefined) await compareHeavyBall(result, heavyBall, first, tolerances);
  for (const name of ['adam', 'rmsprop'] as const) {
    const adaptive = json.maybe(name);
    if (adaptive !== undefined) await compareAdaptive(result, name, adaptive, x0, first, tolerances);
  }
  const principal = json.maybe('principal_flow');
  if (principal !== undefined) await comparePrincipal(result, principal, tolerances.ends);
}
