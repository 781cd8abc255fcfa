/**
 * theory-analytic.json: flows on functions with known derivatives, L(x) = x'Ax/2 + b'x + Σ sin((Cx)_i), in float64. The
 * flows and the integrator under test are the program's own; only the functions are made here. analytic-optimizers.ts
 * has what goes beyond gradient descent.
 */
import { toEnd } from '../../../engine/jobs/job.ts';
import { type Flow, gradientFlow, modifiedFlow, modifiedFlowFromProduct } from '../../../theory/flows/flows.ts';
import { fixedSubsteps } from '../../../theory/integrate/integrators.ts';
import { centralDifferenceProduct } from '../../../theory/hessian-product.ts';
import { type Analytic, analytic, exactProduct } from './analytic-functions.ts';
import { compareOptimizers } from './analytic-optimizers.ts';
import { type CaseKind, Comparison, distance } from '../golden-case.ts';
import type { Json } from '../json.ts';

async function descend(objective: Analytic, start: readonly number[], h: number, steps: number): Promise<Float64Array> {
  const x = Float64Array.from(start);
  const gradient = new Float64Array(x.length);
  for (let i = 0; i < steps; i++) {
    await objective.lossAndGradient(x, gradient);
    objective.space.axpy(-h, gradient, x);
  }
  return x;
}

async function follow(
  objective: Analytic,
  flow: Flow<Float64Array>,
  start: readonly number[],
  h: number,
  steps: number,
): Promise<Float64Array> {
  // Enough substeps that the integrator's error is below 1e-12 at the largest step size of the case.
  const integrator = fixedSubsteps(objective.space, Math.max(20, Math.ceil(400 / steps)));
  const x = Float64Array.from(start);
  for (let i = 0; i < steps; i++) await toEnd(integrator.step(flow, x, h));
  integrator.dispose();
  return x;
}

function exactModifiedFlow(objective: Analytic): Flow<Float64Array> {
  return modifiedFlowFromProduct(objective, exactProduct(objective));
}

const FLOWS = {
  gradient_flow: gradientFlow<Float64Array>,
  modified_flow: exactModifiedFlow,
  modified_flow_two_gradients: modifiedFlow<Float64Array>,
} as const;
type FlowKey = keyof typeof FLOWS;

/** Whether a run of them halves its errors at the order the flow has. */
function order(errors: readonly number[]): number {
  const [last = Number.NaN, before = Number.NaN] = errors.toReversed();
  return Math.log2(before / last);
}

export const analyticCase: CaseKind = {
  name: 'analytic theory',
  matches: ({ json }) => json.has('functions') && json.has('x0') && json.has('gradient_descent'),
  async compare(golden) {
    const result = new Comparison();
    const functions = golden.json.get('functions').list().map(analytic);
    const x0 = golden.json.get('x0').numbers();
    const points = golden.tolerance('points');
    const ends = golden.tolerance('flow_ends');
    const gap = (what: string, ours: ArrayLike<number>, wanted: Json, tolerance: number): void =>
      result.check(what, distance(wanted.numbers(), ours), tolerance);

    for (const [i, at] of golden.json.get('at_x0').list().entries()) {
      const objective = functions[i];
      if (objective === undefined) throw new Error(`there is no function ${i}`);
      const [theta, out] = [Float64Array.from(x0), new Float64Array(x0.length)];
      result.number(`function ${i}: L`, await objective.lossAndGradient(theta, out), at.get('L').number(), points);
      gap(`function ${i}: g`, out, at.get('g'), points);
      const product = centralDifferenceProduct(objective);
      await product.apply(theta, Float64Array.from(at.get('v').numbers()), out);
      // Central differences in float64 at their best step: 1e-10 by truncation, 1e-11 by rounding.
      result.arrays(`function ${i}: Hv by central differences`, out, at.get('Hv').numbers(), 1e-8);
      product.dispose();
    }

    const [first] = functions;
    if (first === undefined) throw new Error('the case holds no function');
    const descent = golden.json.get('gradient_descent');
    const after = descent.get('points_after_n_steps');
    for (const h of after.keys())
      for (const n of after.get(h).keys())
        gap(`gradient descent, h ${h}, ${n} steps`, await descend(first, x0, Number(h), Number(n)), after.get(h).get(n), points);
    for (const section of ['single_step', 'fixed_time_1'] as const) {
      const errors: Record<FlowKey, number[]> = { gradient_flow: [], modified_flow: [], modified_flow_two_gradients: [] };
      for (const row of descent.get(section).get('rows').list()) {
        const h = row.get('h').number();
        const n = row.maybe('n')?.number() ?? 1;
        const run = await descend(first, x0, h, n);
        gap(`${section}, h ${h}: gradient descent`, run, row.get('gd'), points);
        for (const name of Object.keys(FLOWS) as FlowKey[]) {
          const flow = FLOWS[name](first);
          const end = await follow(first, flow, x0, h, n);
          flow.dispose();
          gap(`${section}, h ${h}: ${name}`, end, row.get(name), ends);
          errors[name].push(distance(end, run));
        }
      }
      for (const name of Object.keys(FLOWS) as FlowKey[]) {
        const wanted = descent.get(section).get(name).get('orders').numbers().at(-1) ?? Number.NaN;
        result.check(`${section}: order of ${name}`, Math.abs(order(errors[name]) - wanted), 1e-3);
      }
    }
    await compareOptimizers(result, golden.json, functions, { points, ends });
    result.note('next order by third derivatives: the program has it from three gradients, of the same order');
    return result;
  },
};
