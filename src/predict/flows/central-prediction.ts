/** The central flow in a prediction: an integrator that also tells the sharpness that it goes through. */
import type { Pool } from '../../engine/device.ts';
import type { CentralFlow } from '../../theory/flows/central-flow.ts';
import type { Integrator } from '../../theory/integrate/integrators.ts';

/** Largest h·λ of the models of a step, as the central flow predicts it. */
export interface PredictedSharpness {
  readonly step: number;
  readonly lambda: number;
  readonly hLambda: number;
}

/** A central flow as an integrator that tells the sharpness it goes through. */
export function withSharpness(flow: CentralFlow<Pool>, report: (lambda: number, h: number) => void): Integrator<Pool> {
  const inner = flow.asIntegrator();
  return {
    ...inner,
    async *step(field, theta, h) {
      const result = yield* inner.step(field, theta, h);
      const lambda = flow.lambda;
      if (lambda !== undefined) report(lambda, h);
      return result;
    },
  };
}
