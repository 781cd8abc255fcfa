import type { Objective } from '../../engine/vector-space.ts';

/** gradient ← ∇L(θ), without the loss if the objective can. */
export async function gradientOnly<V>(objective: Objective<V>, theta: V, gradient: V): Promise<void> {
  if (objective.gradient === undefined) await objective.lossAndGradient(theta, gradient);
  else await objective.gradient(theta, gradient);
}
