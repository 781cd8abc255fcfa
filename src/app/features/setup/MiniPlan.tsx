/** The plan of an experiment, as small as a stamp. */
import type { Experiment } from '../../../experiment/experiment.ts';
import { planOf } from '../../plot/plan/plan.ts';
import { hueOf } from '../../look/hues.ts';

const WIDTH = 72;
const HEIGHT = 28;
const GAP = 2;

export function MiniPlan({ experiment }: { readonly experiment: Experiment }) {
  const { bars, rows } = planOf(experiment, 0);
  const end = bars.reduce((last, { to }) => Math.max(last, to), 1);
  const row = (HEIGHT + GAP) / rows;
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {bars.map((bar) => (
        <rect
          key={bar.key}
          x={(bar.from / end) * WIDTH + (bar.from > 0 ? GAP / 2 : 0)}
          y={bar.row * row}
          width={Math.max(1, ((bar.to - bar.from) / end) * WIDTH - (bar.from > 0 ? GAP / 2 : 0) - (bar.to < end ? GAP / 2 : 0))}
          height={bar.rows * row - GAP}
          rx="2"
          fill={hueOf(bar.id)}
        />
      ))}
    </svg>
  );
}
