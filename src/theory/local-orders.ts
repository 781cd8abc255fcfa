/**
 * How far each flow is off after one step of gradient descent, and how that falls when the step size is halved: with h²
 * for gradient flow, h³ for both forms of the first order, h⁴ for the third. The size of an error at one step size may
 * be small by a cancellation; how it falls is not.
 */
import { Resources } from '../engine/jobs/resources.ts';
import { createVectors, type Objective } from '../engine/vector-space.ts';
import { createFlow, type FlowName } from './flows/flows.ts';
import { fixedSubsteps } from './integrate/integrators.ts';

/** From the control up. */
export const LADDER: readonly FlowName[] = ['gradient-flow', 'modified-flow-exact', 'modified-flow', 'third-order-flow'];

export interface LocalErrors {
  readonly flow: FlowName;
  /** ‖θ after a step of gradient descent − θ after the flow for the same time‖, by step size. */
  readonly errors: readonly number[];
}

/** Substeps of Runge–Kutta 4 in one step: its own error is far below that of the flows while hλ is below 2. */
const SUBSTEPS = 4;

/**
 * The errors at θ. Yields the gradients spent since the last yield.
 * @param sizes step sizes, e.g. h, h/2, h/4
 */
export async function* localErrors<V>(
  objective: Objective<V>,
  theta: V,
  sizes: readonly number[],
  flows: readonly FlowName[] = LADDER,
): AsyncGenerator<number, readonly LocalErrors[], undefined> {
  const { space } = objective;
  using own = new Resources();
  const [gradient, descent, flowing] = createVectors(space, 3, own);
  await objective.lossAndGradient(theta, gradient);
  yield 1;
  const found: LocalErrors[] = [];
  for (const name of flows) {
    using inner = new Resources();
    const flow = inner.use(createFlow(name, objective));
    const integrator = inner.use(fixedSubsteps(space, SUBSTEPS));
    const errors: number[] = [];
    for (const h of sizes) {
      space.copy(theta, descent);
      space.axpy(-h, gradient, descent);
      space.copy(theta, flowing);
      yield* integrator.step(flow, flowing, h);
      space.axpy(-1, descent, flowing);
      errors.push(Math.sqrt(await space.dot(flowing, flowing)));
    }
    found.push({ flow: name, errors });
  }
  return found;
}

/** How many times smaller the error got at each halving. */
export function fallOf({ errors }: LocalErrors): readonly number[] {
  return errors.slice(1).map((error, i) => (errors[i] ?? Number.NaN) / error);
}
