/**
 * Prediction minus measurement along the run, for every flow, with the band within which a prediction is trusted
 * (curves/trust.ts). On the loss axis the flows are hard to tell apart; here they are not.
 */
import { say } from '../../../text/en/chart/prediction-error.ts';
import { memo, useMemo } from 'react';
import { TRUST } from '../../../../curves/trust.ts';
import { useStore } from '../../../state/store.ts';
import { LaterAxes } from '../../../plot/frame/LaterAxes.tsx';
import { type CurveLike, lastLoss, lastStep, lossRange } from '../../../plot/curves/curve.ts';
import { count, exactFigures, formatDifference } from '../../../text/numbers.ts';
import { useFrame, useProjection, useSize } from '../../../plot/frame/frame.ts';
import { textWidth } from '../../../plot/frame/metrics.ts';
import { stepFrame, TOP } from '../../../plot/frame/step-frame.ts';
import styles from './panel.module.css';
import { envelopeOf, type LabelRequest } from '../../../plot/labels/place-labels.ts';
import { LEAST_LENGTH, lengthOf, pointAlong } from '../../../plot/labels/labels.ts';
import { errorBound, errorCurve, meanAbsolute, referenceOf, trustedBand } from '../../../plot/curves/prediction-error.ts';
import { isControl, isLocal, kindOfFlow, predictionName, strokeOf } from '../../../plot/curves/series.ts';
import { bandPath, pathOf, thin } from '../../../plot/curves/thin.ts';
import { Clip } from '../../../plot/marks/Clip.tsx';
import { baselineOf, Label } from '../../../plot/marks/Label.tsx';
import { Line } from '../../../plot/marks/Line.tsx';
import { Across, Down } from '../../../plot/marks/Rule.tsx';
import { placeOnce } from '../../../plot/labels/placer.ts';
import { linearTicks } from '../../../plot/frame/ticks.ts';
import { remember, useZoom } from '../../../state/view.ts';
import type { State } from '../../../state/state.ts';
import { shownExperiment } from '../../../state/derived/derive.ts';

interface ErrorSeries {
  readonly key: string;
  readonly prediction: string;
  readonly model: string;
  readonly curve: CurveLike;
}

interface Errors {
  readonly series: readonly ErrorSeries[];
  readonly band: CurveLike;
}

/** Prediction minus measurement of the plan's predictions, and the trusted band around zero. */
export const errorsOf = remember((data: State['chart']): Errors => {
  const series: ErrorSeries[] = [];
  for (const [prediction, models] of data.predicted) {
    // Predictions that hold near the growth only show their error in the Theory tab.
    if (!prediction.endsWith('|plan') || isLocal(prediction)) continue;
    for (const [model, predicted] of models) {
      const measured = referenceOf(data, prediction, model);
      const curve = measured ? errorCurve(predicted, measured) : null;
      if (curve && curve.length > 0) series.push({ key: `${prediction}|${model}`, prediction, model, curve });
    }
  }
  const from = series.reduce((first, { curve }) => Math.min(first, curve.steps[0] ?? Infinity), Infinity);
  return { series, band: trustedBand(data.measured, Number.isFinite(from) ? from : 0) };
});

/** Bound of the axis: both flows and the band. */
const boundOf = remember((errors: Errors): number => {
  const range = lossRange([...errors.series.map(({ curve }) => curve), errors.band], -Infinity, Infinity);
  return range ? errorBound(Math.max(Math.abs(range[0]), Math.abs(range[1]))) : 0.1;
});

export const PredictionError = memo(function PredictionError() {
  const [ref, size] = useSize<HTMLDivElement>();
  const steps = useStore((s) => shownExperiment(s).steps);
  const some = useStore((s) => errorsOf(s.chart).series.length > 0);
  const bound = useStore((s) => boundOf(errorsOf(s.chart)));
  const unavailable = useStore((s) => s.unavailable);
  const zoom = useZoom();
  const decimals = bound < 0.002 ? 4 : bound < 0.02 ? 3 : bound < 0.2 ? 2 : 1;
  const frame = useMemo(
    () => stepFrame({ width: size.width, steps, zoom, yDomain: [-bound, bound], figures: [formatDifference(-bound, decimals)] }),
    [size.width, steps, zoom, bound, decimals],
  );
  const yTicks = linearTicks([-bound, bound], Math.max(2, Math.floor((size.height - TOP - frame.metrics.bottom) / 30)));
  return (
    <div className={styles.panel}>
      {!some && <p className={styles.empty}>{unavailable ?? say.appearsWhenAPredictionAnd}</p>}
      <div className={styles.frame} ref={ref} hidden={!some} role="img" aria-label={say.predictionMinusMeasurement}>
        {some && size.width > 0 && (
          <LaterAxes frame={frame} height={size.height} top={TOP} yTicks={yTicks} formatY={(tick) => formatDifference(tick, decimals)}>
            <ErrorDrawing />
          </LaterAxes>
        )}
      </div>
      <Summary />
    </div>
  );
});

const ErrorDrawing = memo(function ErrorDrawing() {
  const projection = useProjection();
  const { metrics, xDomain } = useFrame();
  const { plot } = projection;
  const errors = useStore((s) => errorsOf(s.chart));
  const grow = useStore((s) => shownExperiment(s).grow);
  const { curves, band, labels } = useMemo(() => {
    const shape = (curve: CurveLike) => thin(curve, projection, xDomain[0], xDomain[1]);
    const drawn = errors.series.map((one) => ({ one, points: shape(one.curve) }));
    const words = say.trustedWithinOfTheDropSo(TRUST.share * 100);
    const requests: (LabelRequest & { text: string; bold: boolean })[] = [];
    const named = new Map<string, (typeof drawn)[number]>();
    for (const entry of drawn) if (lengthOf(entry.points) >= LEAST_LENGTH) named.set(entry.one.prediction, entry);
    const several = new Set(drawn.map(({ one }) => one.prediction)).size > 2;
    for (const [prediction, { points }] of named) {
      const end = pointAlong(points, 1, plot);
      const middle = pointAlong(points, 0.5, plot);
      if (!end || !middle) continue;
      const text = predictionName(prediction, several);
      const bold = !isControl(prediction);
      requests.push({
        id: prediction,
        text,
        bold,
        width: textWidth(text, metrics.labelFont, bold),
        height: 16,
        gap: 8,
        optional: false,
        places: [
          { ...end, side: 'right' },
          { ...end, side: 'above-left' },
          { ...end, side: 'below-left' },
          { ...middle, side: 'above' },
          { ...middle, side: 'below' },
        ],
      });
    }
    const corner = { x: plot.x + plot.width - 8, y: projection.y(0) };
    requests.push({
      id: 'band',
      text: words,
      bold: false,
      width: textWidth(words, 13, false) + 18,
      height: 15,
      gap: 8,
      optional: true,
      places: [
        { ...corner, side: 'above-left' },
        { ...corner, side: 'below-left' },
        { x: corner.x, y: plot.y, side: 'below-left' },
        { x: corner.x, y: plot.y + plot.height, side: 'above-left' },
      ],
    });
    const placed = placeOnce(requests, { plot, curves: drawn.map(({ points }) => envelopeOf(points, plot)), hatch: null, taken: [] });
    const upper = shape(errors.band);
    const lower = shape({ ...errors.band, losses: errors.band.losses.map((value) => -value) });
    return {
      curves: drawn,
      band: bandPath(upper, lower),
      labels: placed,
    };
  }, [errors, projection, plot, xDomain, metrics]);
  const growX = grow === null ? null : projection.x(grow);
  return (
    <g aria-hidden="true" pointerEvents="none">
      <Clip plot={plot}>
        <path className={styles.band} d={band} />
        <Across plot={plot} y={projection.y(0)} stroke="var(--line2)" />
        {growX !== null && <Down plot={plot} x={growX} stroke="var(--series-M)" strokeWidth={2} />}
        {curves.map(({ one, points }) => (
          <Line
            key={one.key}
            path={pathOf(points)}
            stroke={strokeOf(kindOfFlow(one.prediction), 'M')}
            series={one.prediction}
            model={one.model}
          />
        ))}
      </Clip>
      {labels.map(({ box, label }) => {
        const ofBand = label.id === 'band';
        return (
          <g key={box.id}>
            {ofBand && <rect className={styles.band} x={box.x} y={box.y + 2} width={12} height={12} rx={2} />}
            <Label
              x={ofBand ? box.x + 18 : box.x}
              y={baselineOf(box)}
              font={ofBand ? 13 : metrics.labelFont}
              bold={label.bold}
              color={ofBand ? 'var(--mut)' : 'var(--ink)'}
            >
              {label.text}
            </Label>
          </g>
        );
      })}
    </g>
  );
});

/** The same in words, for those who don't see it. */
function Summary() {
  const words = useStore((s) => summary(errorsOf(s.chart)));
  return <p className="visually-hidden">{words}</p>;
}

const summary = remember((errors: Errors): string =>
  errors.series
    .map(({ prediction, model, curve }) => {
      const mean = meanAbsolute(curve);
      return say.ofMeanErrorAtStep(
        predictionName(prediction, true),
        model,
        mean === null ? null : exactFigures(mean, 2),
        count(lastStep(curve) ?? 0),
        formatDifference(lastLoss(curve) ?? 0, 4),
      );
    })
    .join('. '),
);
