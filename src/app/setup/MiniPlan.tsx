/** The plan of an experiment, as small as a stamp. */
import { type Experiment, FUSED_ID, sourceIds } from '../../experiment/experiment.ts';
import { seriesColour } from '../derive.ts';

const WIDTH = 72;
const HEIGHT = 28;

export function MiniPlan({ experiment }: { readonly experiment: Experiment }) {
  const ids = experiment.operator === 'self' && experiment.grow !== null ? Array.from({ length: experiment.k }, () => 'A') : sourceIds(experiment);
  // Never so early or late that a side can't be seen.
  const cut = experiment.grow === null ? WIDTH : Math.min(0.72, Math.max(0.22, experiment.grow / experiment.steps)) * WIDTH;
  const gap = 2;
  const height = (HEIGHT - gap * (ids.length - 1)) / ids.length;
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {ids.map((id, i) => (
        <rect key={`${id}${i}`} x="0" y={i * (height + gap)} width={experiment.grow === null ? cut : cut - 1} height={height} rx="2" fill={seriesColour(id)} />
      ))}
      {experiment.grow === null ? null : <rect x={cut + 1} y="0" width={WIDTH - cut - 1} height={HEIGHT} rx="2" fill={seriesColour(experiment.operator === 'self' ? 'A' : FUSED_ID)} />}
    </svg>
  );
}
