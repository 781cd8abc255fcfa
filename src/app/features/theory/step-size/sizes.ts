/** The step sizes on either side of the growth, as they are or as the sliders ask. */
import { stepSizeAfter, type StepSize } from '../../../../experiment/experiment.ts';
import { shownExperiment, sizeOf, stepSizeNow } from '../../../state/derived/derive.ts';
import type { State } from '../../../state/state.ts';
import { changeShown } from '../../../state/derived/asked.ts';
import { withWhatIf } from '../../../../experiment/plan/what-if.ts';

export interface SizesAround {
  /** Step size before the growth, as it was there. */
  readonly before: number | null;
  /** Step size after it: the run's own, and what is asked; the same where nothing is. */
  readonly own: number | null;
  readonly asked: number | null;
}

type Known = Pick<
  State,
  'models' | 'stepSizes' | 'growth' | 'experiment' | 'running' | 'phase' | 'step' | 'asked' | 'spectrum' | 'sharpness'
>;

/** λmax of the fused network: newest, or at the growth; before one, of the first network. */
export function lambdaNow(state: Known): number | null {
  const curve = state.sharpness.get(state.growth?.target ?? 'A');
  const newest = curve && curve.length > 0 ? curve.lambda[curve.length - 1] : undefined;
  return newest ?? state.spectrum?.lambda ?? null;
}

const sizeWith = (size: StepSize, step: number, lambda: number | null): number | null =>
  size.kind === 'edge' ? (lambda === null ? null : size.edge / lambda) : sizeOf(size, step);

export function sizesAround(state: Known): SizesAround {
  const { growth } = state;
  const experiment = shownExperiment(state);
  const change = changeShown(state);
  const hypothetical = withWhatIf(experiment, change);
  const at = growth?.step ?? state.step;
  const lambda = lambdaNow(state);
  const course = state.stepSizes.get(growth?.sources[0] ?? 'A');
  const before = course && course.length > 0 ? (course.values[course.length - 1] ?? null) : sizeWith(experiment.h, at, lambda);
  const first = growth ? (state.stepSizes.get(growth.target)?.values[0] ?? null) : null;
  const own = first ?? sizeWith(growth ? stepSizeAfter(experiment) : experiment.h, at, lambda);
  const wanted = growth ? stepSizeAfter(hypothetical) : hypothetical.h;
  const changed = JSON.stringify(wanted) !== JSON.stringify(growth ? stepSizeAfter(experiment) : experiment.h);
  return { before, own, asked: changed ? sizeWith(wanted, at, state.spectrum?.lambda ?? lambda) : own };
}

/**
 * The same now, along the run: what is used at the newest step, and what is asked, where a held sharpness goes by the
 * newest λ.
 */
export function sizesNow(state: Known): { readonly own: number | null; readonly asked: number | null } {
  const own = stepSizeNow(state);
  const change = changeShown(state);
  const wanted = state.growth ? change?.h2 : change?.h;
  return { own, asked: wanted ? sizeWith(wanted, state.step, lambdaNow(state)) : own };
}
