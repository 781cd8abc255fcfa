/**
 * Step size times the largest curvature along the run, with the edge of stability (2 for gradient descent): past it no
 * local flow follows the training.
 */
import { say } from '../../../text/en/chart/sharpness.ts';
import { memo, useId, useMemo } from 'react';
import { shortNameOf } from '../../../plot/curves/beside.ts';
import { hueOf, isFused } from '../../../look/hues.ts';
import { useStore } from '../../../state/store.ts';
import { LaterAxes } from '../../../plot/frame/LaterAxes.tsx';
import { type CurveLike, lastLoss, lossRange } from '../../../plot/curves/curve.ts';
import { asItIs, count, fixed, formatLoss } from '../../../text/numbers.ts';
import { useFrame, useProjection, useSize } from '../../../plot/frame/frame.ts';
import { textWidth } from '../../../plot/frame/metrics.ts';
import { stepFrame, TOP } from '../../../plot/frame/step-frame.ts';
import styles from './panel.module.css';
import { onsetNow, onsetWords } from '../../../state/derived/onset.ts';
import { OnsetBand } from '../curves/OnsetBand.tsx';
import { envelopeOf, type LabelRequest } from '../../../plot/labels/place-labels.ts';
import { pointAlong } from '../../../plot/labels/labels.ts';
import { pathOf, thin } from '../../../plot/curves/thin.ts';
import { Clip } from '../../../plot/marks/Clip.tsx';
import { baselineOf, Label } from '../../../plot/marks/Label.tsx';
import { Line } from '../../../plot/marks/Line.tsx';
import { Across, Down } from '../../../plot/marks/Rule.tsx';
import { placeOnce } from '../../../plot/labels/placer.ts';
import { Hatching } from '../../../plot/marks/Hatching.tsx';
import type { Stroke } from '../../../plot/curves/series.ts';
import { linearTicks, niceStep } from '../../../plot/frame/ticks.ts';
import { crossing, edgeNow, PREDICTED_SHARPNESS } from '../../../state/derived/trust.ts';
import { remember, useZoom } from '../../../state/view.ts';
import type { State } from '../../../state/state.ts';
import { shownExperiment } from '../../../state/derived/derive.ts';

const curvesOf = remember((sharpness: State['sharpness']): readonly (readonly [string, CurveLike])[] =>
  [...sharpness].filter(([, curve]) => curve.length > 0).map(([id, curve]) => [id, { ...curve, losses: curve.hLambda }]),
);

/** Top of the axis: the edge with room above it, or what was reached, at most ten times the edge. */
const topOf = remember((curves: readonly (readonly [string, CurveLike])[], edge: number): number => {
  const range = lossRange(
    curves.map(([, curve]) => curve),
    -Infinity,
    Infinity,
  );
  const high = Math.min(range ? range[1] : 0, 10 * edge);
  if (high <= 1.2 * edge) return 1.3 * edge;
  const step = niceStep(high / 6);
  return Math.ceil((high * 1.05) / step) * step;
});

export const SharpnessPanel = memo(function SharpnessPanel() {
  const [ref, size] = useSize<HTMLDivElement>();
  const steps = useStore((s) => shownExperiment(s).steps);
  const some = useStore((s) => curvesOf(s.sharpness).length > 0);
  const top = useStore((s) => topOf(curvesOf(s.sharpness), edgeNow(s)));
  const stableTo = useStore(edgeNow);
  const words = useStore((s) => wordsOf(s.sharpness, edgeNow(s)));
  const onset = useStore((s) => {
    const found = onsetNow(s);
    return found ? say.fromStepInWhichTheCentral(count(found.from), onsetWords(found)) : '';
  });
  const zoom = useZoom();
  const yTicks = useMemo(() => (top <= 3 ? [0, 1, 2] : linearTicks([0, top], 6)), [top]);
  const frame = useMemo(
    () => stepFrame({ width: size.width, steps, zoom, yDomain: [0, top], figures: yTicks.map(String) }),
    [size.width, steps, zoom, top, yTicks],
  );
  return (
    <div className={styles.panel}>
      {!some && <p className={styles.empty}>{say.appearsOnceTheLargest}</p>}
      <div className={styles.frame} ref={ref} hidden={!some} role="img" aria-label={say.stepSizeTimesLargest(stableTo)}>
        {some && size.width > 0 && (
          <LaterAxes frame={frame} height={size.height} top={TOP} yTicks={yTicks} formatY={asItIs}>
            <SharpnessDrawing />
          </LaterAxes>
        )}
      </div>
      <p className="visually-hidden">
        {words}
        {onset}
      </p>
    </div>
  );
});

const wordsOf = remember((sharpness: State['sharpness'], edge: number): string => {
  const now = curvesOf(sharpness)
    .map(([id, curve]) => `${shortNameOf(id)} ${formatLoss(lastLoss(curve) ?? NaN)}`)
    .join(', ');
  const crossed = crossing(sharpness, edge);
  return crossed === null ? now : say.theEdgeWasPassedAtStep(now, count(crossed));
});

const SharpnessDrawing = memo(function SharpnessDrawing() {
  const projection = useProjection();
  const { xDomain, metrics } = useFrame();
  const { plot } = projection;
  const curves = useStore((s) => curvesOf(s.sharpness));
  const crossed = useStore((s) => crossing(s.sharpness, edgeNow(s)));
  const grow = useStore((s) => shownExperiment(s).grow);
  const id = useId();
  const stableTo = useStore(edgeNow);
  const edge = projection.y(stableTo);
  const drawn = useMemo(
    () => curves.map(([model, curve]) => ({ model, curve, points: thin(curve, projection, xDomain[0], xDomain[1]) })),
    [curves, projection, xDomain],
  );
  const labels = useMemo(() => {
    const requests: (LabelRequest & { text: string; color: string })[] = [];
    for (const { model, curve, points } of drawn) {
      const end = pointAlong(points, 1, plot);
      const loss = lastLoss(curve);
      if (!end || loss === null) continue;
      const text = `${shortNameOf(model)} ${fixed(loss, 2)}`;
      requests.push({
        id: model,
        text,
        color: model === PREDICTED_SHARPNESS ? 'var(--ink)' : hueOf(model, true),
        width: textWidth(text, metrics.labelFont, true),
        height: 16,
        gap: 7,
        optional: true,
        places: (['right', 'above-left', 'below-left', 'above', 'below'] as const).map((side) => ({ ...end, side })),
      });
    }
    const words = say.edgeOfStability;
    requests.push({
      id: 'edge',
      text: words,
      color: 'var(--bad)',
      width: textWidth(words, metrics.labelFont, false),
      height: 16,
      gap: 4,
      optional: true,
      places: [1, 0.5, 0.25].flatMap((share) =>
        (['above-left', 'below-left'] as const).map((side) => ({ x: plot.x + share * plot.width - 4, y: edge, side })),
      ),
    });
    return placeOnce(requests, { plot, curves: drawn.map(({ points }) => envelopeOf(points, plot)), hatch: null, taken: [] });
  }, [drawn, plot, metrics, edge]);
  return (
    <g aria-hidden="true" pointerEvents="none">
      <Hatching id={id} />
      <OnsetBand plot={plot} xOf={projection.x} font={metrics.axisFont} />
      <Clip plot={plot}>
        <rect x={plot.x} y={plot.y} width={plot.width} height={Math.max(0, edge - plot.y)} fill={`url(#${id})`} />
        <Across plot={plot} y={edge} stroke="var(--bad)" strokeWidth={1.5} />
        {grow !== null && <Down plot={plot} x={projection.x(grow)} stroke="var(--series-M)" strokeWidth={2} />}
        {crossed !== null && <Down plot={plot} x={projection.x(crossed)} stroke="var(--bad)" strokeDasharray="2 4" />}
        {drawn.map(({ model, points }) => (
          <Line key={model} path={pathOf(points)} stroke={strokeFor(model)} cap="round" model={model} />
        ))}
      </Clip>
      {labels.map(({ box, label }) => (
        <Label key={box.id} x={box.x} y={baselineOf(box)} font={metrics.labelFont} bold={box.id !== 'edge'} color={label.color}>
          {label.text}
        </Label>
      ))}
    </g>
  );
});

/** A network in its hue, the fused one broader; what is predicted in ink. */
function strokeFor(model: string): Stroke {
  if (model === PREDICTED_SHARPNESS) return { color: 'var(--ink)', width: 1.75, dash: '9 3 2 3', round: true };
  return { color: hueOf(model), width: isFused(model) ? 4 : 2.5, dash: undefined, round: true };
}
