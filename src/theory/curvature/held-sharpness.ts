/**
 * The step size that holds the sharpness: h = c/λmax, measured anew every 10 steps, every 2 in the first 20 of a
 * stage, where λ grows five- to tenfold. Models that train side by side share one table, from the largest λmax.
 * Where the curvature vanishes c/λ grows without bound, and the step size stays at the largest that may be.
 * The table that comes out is part of the run: the flows are predicted with it.
 */
import type { StepSizeTable } from '../../experiment/experiment.ts';
import { LIMITS } from '../../experiment/limits.ts';
import { isRefresh } from '../../experiment/cost/sharpness-steps.ts';

export interface HeldSharpnessOptions {
  /** c = hλ, below 2 for the flows to hold. */
  readonly edge: number;
  /** First step of the stage, on the experiment's axis. */
  readonly from: number;
  /** Entries that are known already, e.g. from a preset: they are used as they are, and not measured again. */
  readonly known?: StepSizeTable;
}

export class HeldSharpness {
  readonly edge: number;
  readonly from: number;
  private readonly entries: [step: number, size: number][];

  constructor({ edge, from, known = [] }: HeldSharpnessOptions) {
    if (!(edge > 0) || !Number.isFinite(edge))
      throw new Error(`edge is ${edge}; it must be a positive number, below 2 for the flows to hold, e.g. 1.2`);
    this.edge = edge;
    this.from = from;
    this.entries = known.filter(([step]) => step >= from).map(([step, size]) => [step, size]);
  }

  /** Whether the sharpness must be measured before this step is taken. */
  due(step: number): boolean {
    return this.at(step) === undefined;
  }

  /**
   * Takes the sharpness of every model of the stage at `step` and returns the step size from there on, that of `h=` at
   * most (limits.ts). Where no model has a positive curvature there is nothing to hold and the last step size stays; at
   * the first step that is the largest one where there is next to no curvature. Errors: a curvature below that, at the
   * first step.
   */
  refresh(step: number, lambdas: readonly number[]): number {
    const last = this.entries.at(-1);
    if (step < this.from || (last !== undefined && step <= last[0]))
      throw new Error(`step ${step} can't be refreshed: the table starts at ${this.from} and is known up to ${last?.[0] ?? 'nowhere'}`);
    const lambda = Math.max(...lambdas);
    const isFlat = Math.abs(lambda) * LIMITS.stepSize.max <= this.edge;
    const size =
      lambda > 0 && Number.isFinite(lambda)
        ? Math.min(this.edge / lambda, LIMITS.stepSize.max)
        : (last?.[1] ?? (isFlat ? LIMITS.stepSize.max : undefined));
    if (size === undefined)
      throw new Error(
        `the sharpness at step ${step} is ${lambda}; it must be positive to hold h = ${this.edge}/λ. Give a step size instead`,
      );
    this.entries.push([step, size]);
    return size;
  }

  /** Whether the step size at a step is the largest that may be, and the curvature asks for more. */
  isBounded(step: number): boolean {
    return this.at(step) === LIMITS.stepSize.max;
  }

  /** Step size of the step that starts at `step`; undefined where the sharpness was not measured yet. */
  at(step: number): number | undefined {
    if (step < this.from) return undefined;
    let start = step;
    while (!isRefresh(this.from, start)) start--;
    return this.entries.find(([known]) => known === start)?.[1];
  }

  get table(): StepSizeTable {
    return this.entries.map(([step, size]) => [step, size] as const);
  }
}
