/**
 * Flows: the differential equations θ' = field(θ) whose solution after time h is compared with one step of an
 * optimizer with step size h. With g = ∇L(θ), H = ∇²L(θ):
 *
 *   gradient flow    θ' = -g                                            one step of gradient descent to O(h²)
 *   exact first order   θ' = -(g + (h/2) H g) = -∇(L + (h/4)‖g‖²)       to O(h³); Barrett & Dherin 2021, arXiv 2009.11162
 *   modified flow    θ' = -∇L(θ + (h/2)∇L(θ)), from two gradients       to O(h³): equal to the one above to that order,
 *                    and not beyond: their errors are of one order and differ by as much as they are themselves
 *   third order      θ' = -(g + (h/2) H g + h²((1/3) H H g + (1/12) ∇³L[g,g]))    to O(h⁴)
 *                    here from three gradients, (k1 + k2 - 8 k3)/6 with k1 = g, k2 = g(θ + h k1), k3 = g(θ + h (k1 + k2)/4)
 *
 * The loss and the gradient are those of the *full* batch; the step size is part of the field.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { hold, type Held } from '../../engine/jobs/later.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective } from '../../engine/vector-space.ts';
import type { ModifiedFlowDescription } from '../../training/modified-flow.ts';
import { adaptiveWindow } from './adaptive-window.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';
import { hessianProduct, type HessianProduct } from '../hessian-product.ts';

export type FlowName = 'gradient-flow' | 'modified-flow' | 'modified-flow-exact' | 'third-order-flow';

/** Flows that need more than one objective, or more than the parameters as their state, each in a file of its own. */
type OtherFlowName = 'inertial-flow' | 'composite' | 'adaptive-flow' | 'mini-batch-flow' | 'principal-flow';

export interface Flow<V> {
  readonly name: FlowName | OtherFlowName;
  /** Gradients of the loss that one evaluation of the field costs. */
  readonly gradientsPerEvaluation: number;
  /** out ← θ' at θ for step size h; θ is not changed. Resolves to L(θ), which comes for free. */
  field(theta: V, h: number, out: V): Promise<number>;
  /** The same, waiting for nothing that can be queued; `wantLoss` false: the loss is NaN. */
  queue?(theta: V, h: number, out: V, wantLoss: boolean): Promise<Held<number>>;
  /** Gives the scratch vectors back. */
  dispose(): void;
}

type Queue<V> = Required<Flow<V>>['queue'];

/** A flow by how its field is queued. */
export const queued = <V>(flow: Omit<Flow<V>, 'field' | 'queue'>, queue: Queue<V>): Flow<V> => ({
  ...flow,
  queue,
  field: async (theta, h, out) => (await queue(theta, h, out, true)).value,
});

const NOT_ASKED: Held<number> = { value: Number.NaN };

/** gradient ← ∇L(θ). */
export async function queueGradient<V>(objective: Objective<V>, theta: V, gradient: V, wantLoss: boolean): Promise<Held<number>> {
  if (wantLoss) return hold(objective.lossAndGradient(theta, gradient));
  await gradientOnly(objective, theta, gradient);
  return NOT_ASKED;
}

/** out ← the flow's field. What comes from a flow that can queue nothing has been waited for. */
export async function queueField<V>(flow: Flow<V>, theta: V, h: number, out: V, wantLoss: boolean): Promise<Held<number>> {
  return flow.queue ? flow.queue(theta, h, out, wantLoss) : { value: await flow.field(theta, h, out) };
}

/** θ' = -∇L(θ). */
export function gradientFlow<V>(objective: Objective<V>): Flow<V> {
  return queued({ name: 'gradient-flow', gradientsPerEvaluation: 1, dispose() {} }, async (theta, _h, out, wantLoss) => {
    const loss = await queueGradient(objective, theta, out, wantLoss);
    objective.space.scale(-1, out);
    return loss;
  });
}

/** θ' = -∇L(θ + (h/2)∇L(θ)): the modified flow of gradient descent from two gradients. */
export function modifiedFlow<V>(objective: Objective<V>): Flow<V> {
  const { space } = objective;
  const ahead = space.create();
  return queued(
    { name: 'modified-flow', gradientsPerEvaluation: 2, dispose: () => space.dispose(ahead) },
    async (theta, h, out, wantLoss) => {
      const loss = await queueGradient(objective, theta, out, wantLoss);
      space.copy(theta, ahead);
      space.axpy(h / 2, out, ahead);
      await gradientOnly(objective, ahead, out);
      space.scale(-1, out);
      return loss;
    },
  );
}

/** θ' = -(g + (h/2) H g): the first order itself, by a product with the Hessian. The product stays the caller's. */
export function modifiedFlowFromProduct<V>(objective: Objective<V>, product: HessianProduct<V>): Flow<V> {
  const { space } = objective;
  const gradient = space.create();
  return queued(
    {
      name: 'modified-flow-exact',
      gradientsPerEvaluation: 1 + product.gradientsPerProduct,
      dispose: () => space.dispose(gradient),
    },
    async (theta, h, out, wantLoss) => {
      const loss = await queueGradient(objective, theta, gradient, wantLoss);
      await product.apply(theta, gradient, out);
      space.scale(-h / 2, out);
      space.axpy(-1, gradient, out);
      return loss;
    },
  );
}

/** The same with a product of its own. */
export function exactModifiedFlow<V>(objective: Objective<V>): Flow<V> {
  using own = new Resources();
  const flow = own.use(modifiedFlowFromProduct(objective, own.use(hessianProduct(objective))));
  const kept = own.move();
  return { ...flow, dispose: () => kept.dispose() };
}

/** θ' = (k1 + k2 - 8 k3)/6: the next order of the modified flow of gradient descent, from three gradients. */
export function thirdOrderFlow<V>(objective: Objective<V>): Flow<V> {
  const { space } = objective;
  const [ahead, sum] = createVectors(space, 2);
  const dispose = (): void => {
    space.dispose(ahead);
    space.dispose(sum);
  };
  return queued({ name: 'third-order-flow', gradientsPerEvaluation: 3, dispose }, async (theta, h, out, wantLoss) => {
    const loss = await queueGradient(objective, theta, sum, wantLoss);
    space.copy(theta, ahead);
    space.axpy(h, sum, ahead);
    await gradientOnly(objective, ahead, out);
    space.axpy(1, out, sum);
    space.copy(theta, ahead);
    space.axpy(h / 4, sum, ahead);
    await gradientOnly(objective, ahead, out);
    space.scale(-8 / 6, out);
    space.axpy(1 / 6, sum, out);
    return loss;
  });
}

/** The flow of this name for an objective. Dispose of it when done. */
export function createFlow<V>(name: FlowName, objective: Objective<V>): Flow<V> {
  switch (name) {
    case 'gradient-flow':
      return gradientFlow(objective);
    case 'modified-flow':
      return modifiedFlow(objective);
    case 'modified-flow-exact':
      return exactModifiedFlow(objective);
    case 'third-order-flow':
      return thirdOrderFlow(objective);
    default: {
      const never: never = name;
      throw new Error(
        `there is no flow named ${String(never)}; there are gradient-flow, modified-flow, modified-flow-exact and third-order-flow`,
      );
    }
  }
}

/**
 * Why an optimizer's flow is not drawn; null where it is.
 * @param stepSize the largest step size of the prediction, where known: some flows hold for small ones only
 */
export function reasonForNoFlow(description: ModifiedFlowDescription, stepSize?: number): Told | null {
  switch (description.kind) {
    case 'none':
      return description.unavailable;
    case 'adaptive':
      return adaptiveWindow(description, stepSize);
    case 'gradient-descent':
    case 'inertial':
      return null;
    default: {
      const never: never = description;
      throw new Error(`there is no flow of the kind ${JSON.stringify(never)}`);
    }
  }
}
