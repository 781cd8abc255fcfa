/** What a lesson draws in the chart: a question mark where curves are covered. */
import { memo } from 'react';
import { say } from '../../text/en/lessons.ts';
import { useFrame, useProjection } from '../../plot/frame/frame.ts';
import { useStore } from '../../state/store.ts';

export const LessonLayer = memo(function LessonLayer() {
  const projection = useProjection();
  const { axis, metrics } = useFrame();
  const covered = useStore((s) => s.covered);
  if (covered === null || !Number.isFinite(covered)) return null;
  const { plot } = projection;
  const right = plot.x + plot.width;
  const x = Math.min(right - 60, Math.max(plot.x, projection.x(axis.valueOf('M', covered))));
  return (
    <text
      x={(x + right) / 2}
      y={plot.y + plot.height / 2}
      fontSize={metrics.labelFont * 2.8}
      fontWeight={700}
      textAnchor="middle"
      dominantBaseline="central"
      fill="var(--series-M-text)"
      role="img"
      aria-label={say.covered}
    >
      {'?'}
    </text>
  );
});
