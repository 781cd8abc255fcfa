/** The costs at the loss that is looked at: the one that was chosen, else the lowest that the run and a baseline both reached. */
import { useLossLine } from '../chart/view.ts';
import { remember } from '../chart/view.ts';
import { useStore } from '../store.ts';
import { commonLoss, costsAtLoss } from './at-loss.ts';
import { workOf } from './work.ts';

const works = remember(workOf);
const common = remember(commonLoss);
const costs = remember(costsAtLoss);

export function useCosts() {
  const experiment = useStore((s) => s.running ?? s.experiment);
  const models = useStore((s) => s.models);
  const measured = useStore((s) => s.chart.measured);
  const chosen = useLossLine().loss;
  const work = works(experiment, models);
  const loss = chosen ?? common(work, measured);
  return { work, measured, loss, costs: costs(work, measured, loss ?? 0) };
}
