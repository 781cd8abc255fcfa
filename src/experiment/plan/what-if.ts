/**
 * A change of mind about a run: what is asked, and the experiment that it makes. Page and worker apply it by this one
 * rule.
 */
import type { Experiment } from '../experiment.ts';
import { withGrowthAt } from './plan-edit.ts';

/** Any subset of these. */
export interface WhatIf {
  readonly grow?: number;
  readonly h?: Experiment['h'];
  readonly h2?: Experiment['h2'];
}

/**
 * The experiment with a change of mind applied; `null`: as it is. In a general plan the growth step is that of the
 * first growth.
 */
export function withWhatIf(experiment: Experiment, change: WhatIf | null): Experiment {
  if (change === null) return experiment;
  return {
    ...(change.grow === undefined ? experiment : withGrowthAt(experiment, Math.max(1, change.grow))),
    ...(change.h === undefined ? {} : { h: change.h }),
    ...(change.h2 === undefined ? {} : { h2: change.h2 }),
  };
}
