/**
 * The curves, the hatch and the words at them: own `<path>` children of the Recharts chart, thinned from typed arrays.
 * Subscribes to the curves on its own, so that an update redraws these paths and leaves the axes alone.
 */
import { say as trust } from '../../../text/en/theory/trust.ts';
import { say } from '../../../text/en/chart/chart.ts';
import { memo, type ReactNode, useCallback, useId, useMemo, useState } from 'react';
import { ALONE_ID, type DrawnFlow, isBaseline, type ModelId } from '../../../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../../../experiment/declared/flows.ts';
import { hueOf } from '../../../look/hues.ts';
import { useStore } from '../../../state/store.ts';
import { Explanation } from '../../../ui/terms/Word.tsx';
import { type CurveLike, joined, lastStep } from '../../../plot/curves/curve.ts';
import { count } from '../../../text/numbers.ts';
import { pixelsOf, type Projected, useFrame, useProjection } from '../../../plot/frame/frame.ts';
import { ghostLabel, useGhosts } from './Ghosts.tsx';
import { bestSoFar, drawnChart, referencesOf, shownQuantity } from '../../../state/derived/answers.ts';
import { type Thinned, labelsOf, whatIfWords } from '../../../plot/labels/labels.ts';
import { type Metrics, textWidth } from '../../../plot/frame/metrics.ts';
import { OnsetBand } from './OnsetBand.tsx';
import { referenceLines, References } from './References.tsx';
import { usePlan } from '../handles/PlanBars.tsx';
import { valueOf } from '../reading/quantity-words.ts';
import { Clip } from '../../../plot/marks/Clip.tsx';
import { Dot } from '../../../plot/marks/Dot.tsx';
import { Hatching } from '../../../plot/marks/Hatching.tsx';
import { baselineOf, Label } from '../../../plot/marks/Label.tsx';
import { Line } from '../../../plot/marks/Line.tsx';
import { Down } from '../../../plot/marks/Rule.tsx';
import { Placer } from '../../../plot/labels/placer.ts';
import type { Box } from '../../../plot/frame/projection.ts';
import { BESIDE, isBeside } from '../../../plot/curves/beside.ts';
import { type Series, seriesOf, type SeriesKind, strokeOf } from '../../../plot/curves/series.ts';
import { type Shape, Shapes } from '../../../plot/curves/shapes.ts';
import { lowestSoFar, smoothed } from '../../../plot/curves/smooth.ts';
import { bandPath, pathOf, thin } from '../../../plot/curves/thin.ts';
import { type Hatch as HatchedFrom, hatchNow } from '../../../state/derived/trust.ts';
import { shownExperiment } from '../../../state/derived/derive.ts';
import { guessLoss } from '../../../state/derived/guess-loss.ts';
import { useLineAt, useLines, usePointed } from '../../../state/view.ts';

type Drawn = Thinned & Shape;

/** Pixels that the pill of the loss line takes of the plot, at the most. */
const LINE_PILL = 132;

/** Predictions of the run that are no control. */
const PREDICTIONS: ReadonlySet<SeriesKind> = new Set(
  Object.values(FLOW_ROWS).flatMap(({ role, line }) => (role === 'prediction' ? [line] : [])),
);

export const Drawing = memo(function Drawing() {
  const projection = useProjection();
  const { axis, metrics, xDomain } = useFrame();
  const { plot } = projection;
  const chart = useStore(drawnChart);
  const alone = useStore((s) => s.models.find(({ id }) => id === ALONE_ID)?.parents[0] ?? 'A');
  const { growths } = usePlan();
  const quantity = useStore(shownQuantity);
  const references = useStore((s) => referencesOf(s.metrics, quantity));
  const best = useStore((s) => (quantity ? bestSoFar(s.metrics, quantity) : null));
  const beside = useLines();
  const guess = useStore((s) => (quantity || references.length > 0 ? null : guessLoss(shownExperiment(s))));
  const pointed = usePointed();
  const planned = useStore((s) => (quantity ? null : hatchNow(s)));
  const asked = useStore((s) => s.asked);
  const id = useId();

  const [cache] = useState(() => new Shapes());
  const view = useMemo(() => ({ projection, axis }), [projection, axis]);
  const whole = useMemo(() => {
    const source = chart.measured.get(alone);
    // By its own compute the small network alone has not come as far as its sources on their common clock: it is drawn
    // from its beginning.
    return seriesOf(chart).map((one) =>
      one.kind === 'alone' && axis.kind === 'compute' && source ? { ...one, curve: joined(source, one.curve) } : one,
    );
  }, [chart, alone, axis]);
  /** The steps of a network that may be in the plot. */
  const range = useCallback(
    // A baseline has a compute of its own, so the plan's steps say nothing about where it leaves the plot.
    (model: ModelId): readonly [number, number] =>
      isBaseline(model) ? [-Infinity, Infinity] : [axis.stepAt(xDomain[0]), axis.stepAt(xDomain[1])],
    [axis, xDomain],
  );
  const curves = useMemo<readonly Drawn[]>(() => {
    const smooth = beside.smoothed && quantity === null;
    const series = whole.map((one) => (smooth && one.prediction === '' ? { ...one, curve: smoothed(one.curve) } : one));
    const wanted = series.map((one) => {
      const [from, to] = range(one.model);
      return {
        key: one.key,
        curve: one.curve,
        map: pixelsOf(one.model, projection, axis),
        from,
        to,
      };
    });
    const shapes = cache.of(wanted, projection.plot, view);
    return series.flatMap((one, i) => {
      const shape = shapes[i];
      return shape ? [{ ...shape, series: one }] : [];
    });
  }, [whole, range, projection, axis, cache, view, beside.smoothed, quantity]);

  /** Pale behind what is smoothed, and the best that each has reached. */
  const extra = useMemo(() => {
    if (quantity !== null || !(beside.smoothed || beside.best)) return [];
    const measured = whole.filter(({ prediction }) => prediction === '');
    return measured.flatMap(({ model, curve }) => {
      const map = pixelsOf(model, projection, axis);
      const path = (of: CurveLike): string => pathOf(thin(of, map, ...range(model)));
      return [
        ...(beside.smoothed ? [{ of: 'raw', model, path: path(curve), opacity: 0.35 }] : []),
        ...(beside.best ? [{ of: 'best', model, path: path(lowestSoFar(curve)), opacity: 0.9 }] : []),
      ];
    });
  }, [whole, range, projection, axis, beside, quantity]);

  const bands = useMemo(() => {
    const found: { readonly key: string; readonly model: string; readonly path: string }[] = [];
    for (const [key, models] of chart.spreads ?? [])
      for (const [model, spread] of models) {
        const mean = chart.predicted.get(key)?.get(model);
        if (!mean || key.endsWith('|what-if')) continue;
        const map = pixelsOf(model, projection, axis);
        const edge = (sign: number) =>
          thin(
            { ...mean, losses: mean.losses.map((loss, i) => loss + sign * (spread.losses[i] ?? 0)) },
            map,
            axis.stepAt(xDomain[0]),
            axis.stepAt(xDomain[1]),
          );
        found.push({ key: `${key}|${model}`, model, path: bandPath(edge(1), edge(-1)) });
      }
    return found;
  }, [chart, projection, axis, xDomain]);

  const hypothetical = curves.some(({ series }) => series.kind === 'what-if');
  // Nothing is measured of a hypothetical.
  const edge = hypothetical ? null : planned;
  // Of several predictions the hatch is of one, and says of which.
  const several = new Set(curves.flatMap(({ series }) => (PREDICTIONS.has(series.kind) ? [series.kind] : []))).size > 1;
  const hatch = useMemo(
    () => hatchOf(edge, several, projection, (step) => projection.x(axis.valueOf('M', step)), metrics),
    [edge, several, projection, axis, metrics],
  );

  const askedGrowth = asked?.change.grow;
  const growthLines = useMemo(() => {
    const places = [...growths, ...(askedGrowth === undefined ? [] : [askedGrowth])];
    return places.map((step) => ({ x: projection.x(axis.valueOf('M', step)) - 3, y: plot.y, width: 6, height: plot.height }));
  }, [growths, askedGrowth, projection, axis, plot]);
  const lines = useMemo(() => {
    const all = guess === null ? references : [{ of: 'chance', value: guess } as const];
    const shown = beside.chance ? all : all.filter(({ of }) => of !== 'chance');
    return referenceLines(shown, plot, projection.y, valueOf(quantity), metrics, growthLines);
  }, [references, guess, beside.chance, plot, projection, quantity, metrics, growthLines]);
  const ghosts = useGhosts(projection);
  const lineAt = useLineAt();
  const [placer] = useState(() => new Placer());
  const labels = useMemo(() => {
    const { labelFont: font, liveFont: live, stroke, compact } = metrics;
    const style = { font, live, stroke, compact, widthOf: textWidth, valueOf: valueOf(quantity) };
    const named = quantity ? [] : ghosts.flatMap((ghost) => ghostLabel(ghost, plot, metrics.axisFont) ?? []);
    const requests = [...labelsOf(curves, plot, style, whatIfWords(asked?.change ?? null, asked?.by === 'fuse')), ...named];
    const scene = {
      plot,
      curves: curves.map(({ envelope }) => envelope),
      hatch: hatch?.box ?? null,
      taken: [
        ...growthLines,
        ...(hatch ? [hatch.words] : []),
        ...lines.map(({ words }) => words),
        ...(lineAt === null ? [] : boxesOfLine(projection.y(lineAt), plot, metrics)),
      ],
    };
    return placer.place(requests, scene);
  }, [curves, plot, metrics, growthLines, projection, hatch, asked, ghosts, lineAt, placer, quantity, lines]);

  return (
    <g aria-hidden="true" pointerEvents="none">
      {!quantity && <OnsetBand plot={plot} xOf={(step) => projection.x(axis.valueOf('M', step))} font={metrics.axisFont} />}
      <References lines={lines} plot={plot} metrics={metrics} />
      {hatch && <Hatch hatch={hatch} plot={plot} id={`${id}hatch`} metrics={metrics} />}
      <Clip plot={plot} above={4}>
        {bands.map(({ key, model, path }) => (
          <path key={key} d={path} fill={hueOf(model)} fillOpacity={0.22} data-series="spread" data-model={model} />
        ))}
        <Windows
          curves={curves}
          plot={plot}
          id={id}
          metrics={metrics}
          xOf={(one) => projection.x(axis.valueOf(one.model, one.until ?? 0))}
        />
        {extra.map(({ of, model, path, opacity }) => (
          <Line
            key={`${of}${model}`}
            path={path}
            stroke={{ color: hueOf(model), width: 1.5, dash: undefined, round: false }}
            scale={metrics.stroke}
            opacity={opacity}
            series={of}
            model={model}
          />
        ))}
        {curves.map(({ series, path }) => {
          const stroke = strokeOf(series.kind, series.model);
          return (
            <Line
              key={series.key}
              path={path}
              stroke={stroke}
              scale={metrics.stroke}
              cap={stroke.round ? 'round' : 'butt'}
              {...(pointed === null || pointed === series.model ? {} : { opacity: 0.25 })}
              series={series.kind}
              model={series.model}
            />
          );
        })}
      </Clip>
      {best && (
        <Dot
          open
          x={projection.x(axis.valueOf(best.model, best.step))}
          y={projection.y(best.value)}
          radius={5 * metrics.stroke}
          color={hueOf(best.model)}
          outline={2.5 * metrics.stroke}
        />
      )}
      <Heads curves={curves} plot={plot} metrics={metrics} />
      {labels.map(({ box, label }) => (
        <Label
          key={box.id}
          x={box.x}
          y={baselineOf(box)}
          font={label.font}
          color={label.color}
          bold={label.bold}
          explains={explanationOf(curves.find(({ series }) => series.key === box.id)?.series)}
        >
          {label.text}
        </Label>
      ))}
    </g>
  );
});

/** The line of the loss at which costs are compared, and the pill at its left. */
function boxesOfLine(y: number, plot: Box, { pillHeight }: Metrics): readonly Box[] {
  return [
    { x: plot.x, y: y - 3, width: plot.width, height: 6 },
    { x: plot.x, y: y - pillHeight / 2, width: LINE_PILL, height: pillHeight },
  ];
}

/** Where a curve has left the window in which it is good, a hatched band goes with it. */
function Windows({
  curves,
  plot,
  id,
  metrics,
  xOf,
}: {
  readonly curves: readonly Drawn[];
  readonly plot: Box;
  readonly id: string;
  readonly metrics: Metrics;
  readonly xOf: (series: Drawn['series']) => number;
}) {
  const left = curves.filter(({ series }) => series.until !== null);
  if (left.length === 0) return null;
  return (
    <>
      <Hatching id={`${id}window`} narrow />
      {left.map(({ series, path }) => {
        const x = Math.max(plot.x, xOf(series));
        if (!(x < plot.x + plot.width)) return null;
        return (
          <g key={series.key} data-part="window" data-series={series.kind} data-until={series.until}>
            <clipPath id={`${id}${series.kind}`}>
              <rect x={x} y={plot.y - 4} width={plot.x + plot.width - x} height={plot.height + 4} />
            </clipPath>
            <path
              d={path}
              clipPath={`url(#${id}${series.kind})`}
              stroke={`url(#${id}window)`}
              strokeWidth={18 * metrics.stroke}
              strokeLinejoin="round"
            />
          </g>
        );
      })}
    </>
  );
}

/** The dot at the head of what is training. */
function Heads({ curves, plot, metrics }: { readonly curves: readonly Thinned[]; readonly plot: Box; readonly metrics: Metrics }) {
  const grown = curves.some(({ series }) => series.kind === 'fused');
  return curves.map(({ series, points }) => {
    const live = series.kind === 'fused' || (series.kind === 'source' && !grown);
    const x = points[points.length - 2];
    const y = points[points.length - 1];
    if (
      !live ||
      x === undefined ||
      y === undefined ||
      !(x <= plot.x + plot.width + 1 && x >= plot.x - 1) ||
      lastStep(series.curve) === null
    )
      return null;
    if (!(y >= plot.y - 4 && y <= plot.y + plot.height + 4)) return null;
    const radius = (series.kind === 'fused' ? 8 : 6) * metrics.stroke;
    return <Dot key={series.key} x={x} y={y} radius={radius} color={hueOf(series.model)} outline={2 * metrics.stroke} />;
  });
}

/**
 * The meaning of a curve's name; undefined where the name is a network's. The row of keys says the same by keyboard.
 */
function explanationOf(series: Series | undefined): ReactNode {
  if (!series) return undefined;
  if (isBeside(series.kind)) return <Explanation id={BESIDE[series.kind].explains} source={false} />;
  const flow = series.prediction.split('|')[0] ?? '';
  return flow in FLOW_ROWS ? FLOW_ROWS[flow as DrawnFlow].explains : undefined;
}

interface HatchShape {
  readonly box: Box;
  readonly words: Box;
  readonly lines: readonly [string, string];
  readonly anchor: 'start' | 'end';
  readonly font: number;
}

function hatchOf(
  edge: HatchedFrom | null,
  several: boolean,
  projection: Projected,
  xOf: (step: number) => number,
  metrics: Metrics,
): HatchShape | null {
  if (!edge) return null;
  const { plot } = projection;
  const x = Math.max(plot.x, xOf(edge.step));
  const right = plot.x + plot.width;
  if (!(x < right - 1)) return null;
  const font = metrics.axisFont;
  const whose = several ? FLOW_ROWS[edge.flow].words : '';
  const under = [whose, edge.estimate ? say.estimate : ''].filter((part) => part !== '').join(', ');
  const lines: [string, string] = metrics.compact
    ? [say.notTrusted, say.beyond(count(edge.step), under)]
    : [say.notTrustedBeyond(count(edge.step)), under === '' ? '' : `(${under})`];
  const width = Math.max(textWidth(lines[0], font, true), textWidth(lines[1], font, false));
  const anchor = right - x >= width + 16 || x - plot.x < width + 16 ? 'start' : 'end';
  const words = {
    x: anchor === 'start' ? x + 4 : x - 12 - width,
    y: plot.y,
    width: width + 8,
    height: font * (lines[1] === '' ? 1.6 : 2.9),
  };
  return { box: { x, y: plot.y, width: right - x, height: plot.height }, words, lines, anchor, font };
}

function Hatch({
  hatch,
  plot,
  id,
  metrics,
}: {
  readonly hatch: HatchShape;
  readonly plot: Box;
  readonly id: string;
  readonly metrics: Metrics;
}) {
  const { box, lines, anchor, font } = hatch;
  const x = anchor === 'start' ? box.x + 8 : box.x - 8;
  return (
    <g>
      <Hatching id={id} />
      <rect x={box.x} y={box.y} width={box.width} height={box.height} fill={`url(#${id})`} data-part="hatch" />
      <Down plot={plot} x={box.x} stroke="var(--line2)" strokeWidth={metrics.stroke} />
      <Label x={x} y={plot.y + font * 1.1} font={font} color="var(--text)" anchor={anchor} explains={trust.rule}>
        <tspan fontWeight={700}>{lines[0]}</tspan>
        {lines[1] !== '' && (
          <tspan x={x} dy={font * 1.35} fill="var(--mut)">
            {lines[1]}
          </tspan>
        )}
      </Label>
    </g>
  );
}
