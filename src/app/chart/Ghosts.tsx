/** The curves of a kept run, faint, behind those of the run: hue at 40 %, 2 px, named once. */
import { memo, useMemo } from 'react';
import { type KeptRun, useKept } from '../runs/kept.ts';
import { hueOf } from '../hues.ts';
import styles from './chart.module.css';
import { type Projected, useFrame, useProjection } from './frame.ts';
import { textWidth } from './metrics.ts';
import { pathOf, thin } from './thin.ts';

export const Ghosts = memo(function Ghosts() {
  const projection = useProjection();
  const run = useShown();
  return projection && run ? <Curves projection={projection} curves={run.curves} name={`Run ${run.id}`} /> : null;
});

interface CurvesProps {
  readonly projection: Projected;
  readonly curves: KeptRun['curves'];
  readonly name: string;
}

/** The kept run whose curves are shown. */
export function useShown() {
  return useKept((s) => s.runs.find(({ id }) => id === s.shown) ?? null);
}

function Curves({ projection, curves, name }: CurvesProps) {
  const { axis, metrics, xDomain } = useFrame();
  const { plot } = projection;
  const drawn = useMemo(
    () =>
      [...curves].map(([model, curve]) => {
        const map = { x: (step: number) => projection.x(axis.valueOf(model, step)), y: projection.y };
        return { model, points: thin(curve, map, axis.stepAt(xDomain[0]), axis.stepAt(xDomain[1])) };
      }),
    [curves, projection, axis, xDomain],
  );
  const last = drawn.reduce<(typeof drawn)[number] | null>(
    (best, one) => ((one.points.at(-2) ?? -Infinity) > (best?.points.at(-2) ?? -Infinity) ? one : best),
    null,
  );
  // Half-way along, where it is rarely under the run's own end.
  const middle = 2 * Math.floor((last?.points.length ?? 0) / 4);
  const [x, y] = [last?.points[middle], last?.points[middle + 1]];
  const width = textWidth(name, metrics.axisFont, false);
  return (
    <g aria-hidden="true" pointerEvents="none" data-part="ghost">
      <clipPath id="ghosts">
        <rect x={plot.x} y={plot.y - 4} width={plot.width} height={plot.height + 4} />
      </clipPath>
      <g clipPath="url(#ghosts)" fill="none">
        {drawn.map(({ model, points }) => (
          <path key={model} d={pathOf(points)} stroke={hueOf(model)} strokeOpacity={0.4} strokeWidth={2 * metrics.stroke} />
        ))}
      </g>
      {last && x !== undefined && y !== undefined && Number.isFinite(y) && (
        <text
          className={styles.label}
          x={Math.max(plot.x + 4, x - width - 8)}
          y={Math.min(plot.y + plot.height - 6, Math.max(plot.y + 14, y + 12))}
          fontSize={metrics.axisFont}
          fill="var(--mut)"
        >
          {name}
        </text>
      )}
    </g>
  );
}
