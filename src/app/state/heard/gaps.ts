/** Where a network's curves are no one line: its stages go over from one task or text to another. Told once a run. */
import type { Experiment, ModelId } from '../../../experiment/experiment.ts';
import { changesOf } from '../../../experiment/plan/followed.ts';
import type { CurveLike } from '../../plot/curves/curve.ts';

type Gaps = Pick<CurveLike, 'gaps'>;

const known = new WeakMap<Experiment, Map<ModelId, Gaps>>();

/** The same array while the experiment is the same: curves are drawn anew when it is another. */
export function gapsOf(experiment: Experiment | null, model: ModelId): Gaps {
  if (!experiment) return {};
  const own = known.get(experiment) ?? new Map<ModelId, Gaps>();
  known.set(experiment, own);
  const before = own.get(model);
  if (before) return before;
  const gaps = changesOf(experiment, model);
  const found = gaps.length > 0 ? { gaps } : {};
  own.set(model, found);
  return found;
}
