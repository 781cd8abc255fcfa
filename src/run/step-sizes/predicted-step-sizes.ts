/**
 * Step sizes along a prediction: given ones as they are, and those that are held to the sharpness measured on the
 * *predicted* models, where nobody else has measured it.
 */
import type { Pool } from '../../engine/device.ts';
import type { ModelId } from '../../experiment/experiment.ts';
import { SharpnessProbe, type SharpnessOptions } from '../../theory/curvature/sharpness.ts';
import type { NamedState } from '../../theory/integrate/trajectory.ts';
import type { StepSizes } from './step-sizes.ts';

export class PredictedStepSizes {
  private readonly sizesOf: (model: ModelId, step: number) => StepSizes;
  private readonly options: Partial<SharpnessOptions>;
  private readonly probes = new Map<Pool, SharpnessProbe<Pool>>();
  /** Gradients that measuring the sharpness took so far. */
  gradients = 0;

  /** @param sizesOf the step sizes of a model's stage; models whose stages share them are asked together */
  constructor(sizesOf: (model: ModelId, step: number) => StepSizes, options: Partial<SharpnessOptions> = {}) {
    this.sizesOf = sizesOf;
    this.options = options;
  }

  /** One for each of the models. */
  async at(step: number, models: readonly NamedState<Pool>[]): Promise<readonly number[]> {
    const each = models.map((state) => ({ ...state, sizes: this.sizesOf(state.model, step) }));
    for (const sizes of new Set(each.map((state) => state.sizes))) {
      if (!sizes.needsSharpness(step)) continue;
      const lambdas: number[] = [];
      for (const { objective, theta } of each.filter((state) => state.sizes === sizes)) {
        const probe = this.probes.get(theta) ?? new SharpnessProbe(objective, this.options);
        this.probes.set(theta, probe);
        const { lambda, gradients } = await probe.measure(theta);
        lambdas.push(lambda);
        this.gradients += gradients;
      }
      sizes.refresh(step, lambdas);
    }
    return each.map(({ sizes }) => sizes.at(step) ?? Number.NaN);
  }

  dispose(): void {
    for (const probe of this.probes.values()) probe.dispose();
    this.probes.clear();
  }
}
