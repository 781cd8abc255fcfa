/**
 * Curves of other runs, faint, behind those of the run: of kept ones, or those that the link brought. Hue at 40 %, 2
 * px, each run named once.
 */
import { say } from '../../../text/en/chart/chart.ts';
import { memo } from 'react';
import type { ModelId } from '../../../../experiment/experiment.ts';
import type { CurveLike } from '../../../plot/curves/curve.ts';
import { useLinkedCurves } from '../../../state/linked-curves.ts';
import { type KeptRun, useKept } from '../../../state/kept.ts';
import { remember } from '../../../state/view.ts';
import { hueOf } from '../../../look/hues.ts';
import { type ChartFrame, pixelsOf, type Projected, useFrame, useProjection } from '../../../plot/frame/frame.ts';
import { type CurveLabel, pointAlong } from '../../../plot/labels/labels.ts';
import { textWidth } from '../../../plot/frame/metrics.ts';
import type { Box } from '../../../plot/frame/projection.ts';
import { Clip } from '../../../plot/marks/Clip.tsx';
import { Line } from '../../../plot/marks/Line.tsx';
import { pathOf, thin } from '../../../plot/curves/thin.ts';

/**
 * Shares of the way along its curve where a kept run is named, the best first: half-way it is rarely under the run's
 * own end.
 */
const NAMED_AT = [0.5, 0.35, 0.65, 0.2, 0.8, 0.95];

const FAINT = { width: 2, dash: undefined, round: false } as const;

interface Ghost {
  readonly key: string;
  readonly name: string;
  readonly curves: readonly { readonly model: string; readonly points: Float64Array }[];
}

export interface Beside {
  /** Unlike its name, no other's: a reader may call two kept runs the same. */
  readonly key: string;
  readonly name: string;
  readonly curves: ReadonlyMap<ModelId, CurveLike>;
}

/** Once for all that ask: the chart makes room for them, one part draws them, another names them. */
const shownOf = remember((runs: readonly KeptRun[], shown: readonly number[], linked: Beside['curves'] | null): readonly Beside[] => {
  const kept = runs
    .filter(({ id }) => shown.includes(id))
    .map(({ id, name, curves }) => ({ key: `run ${id}`, name: name ?? say.run(id), curves }));
  return kept.length > 0 || !linked ? kept : [{ key: 'link', name: say.ofTheLink, curves: linked }];
});

/** The curves behind the run: those of kept runs that were chosen, else of the link. */
export function useShown(): readonly Beside[] {
  const runs = useKept((s) => s.runs);
  const shown = useKept((s) => s.shown);
  return shownOf(runs, shown, useLinkedCurves());
}

const ghostsOf = remember((runs: readonly Beside[], projection: Projected, { axis, xDomain }: ChartFrame): readonly Ghost[] =>
  runs.map(({ key, name, curves }) => ({
    key,
    name,
    curves: [...curves].map(([model, curve]) => ({
      model,
      points: thin(curve, pixelsOf(model, projection, axis), axis.stepAt(xDomain[0]), axis.stepAt(xDomain[1])),
    })),
  })),
);

/** Their curves in pixels. */
export function useGhosts(projection: Projected): readonly Ghost[] {
  return ghostsOf(useShown(), projection, useFrame());
}

/** Its name, to be placed with the other labels, at the curve that reaches farthest. */
export function ghostLabel({ key, name, curves }: Ghost, plot: Box, font: number): CurveLabel | null {
  const end = (points: Float64Array): number => points.at(-2) ?? -Infinity;
  const [farthest] = curves.toSorted((a, b) => end(b.points) - end(a.points));
  if (!farthest) return null;
  const places = (['below-left', 'above-right', 'below', 'above'] as const).flatMap((side) =>
    NAMED_AT.flatMap((share) => {
      const point = pointAlong(farthest.points, share, plot);
      return point ? [{ ...point, side }] : [];
    }),
  );
  const width = textWidth(name, font, false);
  return {
    id: `ghost ${key}`,
    text: name,
    color: 'var(--mut)',
    bold: false,
    font,
    gap: 4,
    places,
    optional: false,
    width,
    height: Math.round(font * 1.15),
  };
}

export const Ghosts = memo(function Ghosts() {
  const projection = useProjection();
  const { metrics } = useFrame();
  const { plot } = projection;
  const ghosts = useGhosts(projection);
  if (ghosts.length === 0) return null;
  return (
    <g aria-hidden="true" pointerEvents="none" data-part="ghost">
      <Clip plot={plot} above={4}>
        {ghosts.flatMap(({ key, curves }) =>
          curves.map(({ model, points }) => (
            <Line
              key={`${key} ${model}`}
              path={pathOf(points)}
              stroke={{ ...FAINT, color: hueOf(model) }}
              scale={metrics.stroke}
              opacity={0.4}
            />
          )),
        )}
      </Clip>
    </g>
  );
});
