/** Step size times the largest curvature along the run, with the edge of stability (2 for gradient descent): past it no local flow follows the training. */
import { say } from '../../../text/en/sharpness.ts';
import { memo, useId, useMemo } from 'react';
import { hueOf, isFused } from '../../../look/hues.ts';
import { useStore } from '../../../state/store.ts';
import { stepAxis } from '../../../plot/frame/axis.ts';
import { Axes } from '../../../plot/frame/Axes.tsx';
import chart from '../chart.module.css';
import { type CurveLike, lastLoss, lossRange } from '../../../plot/curves/curve.ts';
import { formatLoss, formatStep } from '../../../text/format.ts';
import { type ChartFrame, type Projected, useFrame, useProjection, useSize } from '../../../plot/frame/frame.ts';
import { metricsOf, textWidth, widthOfTicks } from '../../../plot/frame/metrics.ts';
import styles from './panel.module.css';
import { onsetNow, onsetWords } from '../../../state/derived/onset.ts';
import { OnsetBand } from '../curves/OnsetBand.tsx';
import { envelopeOf, type LabelRequest, placeLabels } from '../../../plot/labels/place-labels.ts';
import { pointAlong } from '../../../plot/labels/labels.ts';
import { pathOf, thin } from '../../../plot/curves/thin.ts';
import { linearTicks, niceStep } from '../../../plot/frame/ticks.ts';
import { crossing, edgeNow, PREDICTED_SHARPNESS } from '../../../state/derived/trust.ts';
import { remember, useZoom } from '../../../state/view.ts';
import type { State } from '../../../state/state.ts';
import { shownExperiment } from '../../../state/derived/derive.ts';

const curvesOf = remember((sharpness: State['sharpness']): readonly (readonly [string, CurveLike])[] =>
  [...sharpness]
    .filter(([, curve]) => curve.length > 0)
    .map(([id, curve]) => [id, { steps: curve.steps, losses: curve.hLambda, length: curve.length }]),
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
    return found ? say.fromStepInWhichTheCentral(formatStep(found.from), onsetWords(found)) : '';
  });
  const zoom = useZoom();
  const [from, to] = zoom ?? [0, steps];
  const yTicks = useMemo(() => (top <= 3 ? [0, 1, 2] : linearTicks([0, top], 6)), [top]);
  const metrics = useMemo(() => {
    const usual = metricsOf(size.width, false);
    return { ...usual, left: widthOfTicks(yTicks.map(String), usual) };
  }, [size.width, yTicks]);
  const frame = useMemo<ChartFrame>(
    () => ({ axis: stepAxis(steps), metrics, xDomain: [from, to], yDomain: [0, top], scale: 'linear', width: size.width, steps }),
    [steps, metrics, from, to, top, size.width],
  );
  return (
    <div className={styles.panel}>
      {!some && <p className={styles.empty}>{say.appearsOnceTheLargest}</p>}
      <div className={styles.frame} ref={ref} hidden={!some} role="img" aria-label={say.stepSizeTimesLargest(stableTo)}>
        {some && size.width > 0 && (
          <Axes frame={frame} height={size.height} top={14} yTicks={yTicks} formatY={(tick) => String(tick)}>
            <SharpnessDrawing />
          </Axes>
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
    .map(([id, curve]) => `${id} ${formatLoss(lastLoss(curve) ?? NaN)}`)
    .join(', ');
  const crossed = crossing(sharpness, edge);
  return crossed === null ? now : say.theEdgeWasPassedAtStep(now, formatStep(crossed));
});

const SharpnessDrawing = memo(function SharpnessDrawing() {
  const projection = useProjection();
  return projection ? <SharpnessScene projection={projection} /> : null;
});

function SharpnessScene({ projection }: { readonly projection: Projected }) {
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
      const text = `${model} ${loss.toFixed(2)}`;
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
    const placed = placeLabels(requests, { plot, curves: drawn.map(({ points }) => envelopeOf(points, plot)), hatch: null, taken: [] });
    return placed.map((box) => ({ box, request: requests.find((request) => request.id === box.id) }));
  }, [drawn, plot, metrics, edge]);
  return (
    <g aria-hidden="true" pointerEvents="none">
      <clipPath id={id}>
        <rect x={plot.x} y={plot.y} width={plot.width} height={plot.height} />
      </clipPath>
      <pattern id={`${id}h`} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M3.5 0V7" stroke="var(--hatch)" strokeWidth={1.25} />
      </pattern>
      <OnsetBand plot={plot} xOf={projection.x} font={metrics.axisFont} />
      <g clipPath={`url(#${id})`} fill="none">
        <rect x={plot.x} y={plot.y} width={plot.width} height={Math.max(0, edge - plot.y)} fill={`url(#${id}h)`} />
        <path d={`M${plot.x} ${edge}H${plot.x + plot.width}`} stroke="var(--bad)" strokeWidth={1.5} />
        {grow !== null && <path d={`M${projection.x(grow)} ${plot.y}V${plot.y + plot.height}`} stroke="var(--series-M)" strokeWidth={2} />}
        {crossed !== null && (
          <path d={`M${projection.x(crossed)} ${plot.y}V${plot.y + plot.height}`} stroke="var(--bad)" strokeDasharray="2 4" />
        )}
        {drawn.map(({ model, points }) => (
          <path
            key={model}
            d={pathOf(points)}
            stroke={model === PREDICTED_SHARPNESS ? 'var(--ink)' : hueOf(model)}
            strokeDasharray={model === PREDICTED_SHARPNESS ? '9 3 2 3' : undefined}
            strokeWidth={model === PREDICTED_SHARPNESS ? 1.75 : isFused(model) ? 4 : 2.5}
            strokeLinejoin="round"
            strokeLinecap="round"
            data-model={model}
          />
        ))}
      </g>
      {labels.map(
        ({ box, request }) =>
          request && (
            <text
              key={box.id}
              className={chart.label}
              x={box.x}
              y={box.y + box.height * 0.8}
              fontSize={metrics.labelFont}
              fontWeight={box.id === 'edge' ? 400 : 700}
              fill={request.color}
            >
              {request.text}
            </text>
          ),
      )}
    </g>
  );
}
