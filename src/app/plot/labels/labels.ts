/** Which words stand at which curve, and where they would like to stand. The placer decides. */
import { say } from '../../text/en/chart/plot.ts';
import type { WhatIf } from '../../../experiment/plan/what-if.ts';
import { hueOf, isFused } from '../../look/hues.ts';
import { lastLoss } from '../curves/curve.ts';
import { count } from '../../text/numbers.ts';
import type { LabelRequest } from './place-labels.ts';
import type { Box } from '../frame/projection.ts';
import { BESIDE, type BesideKind } from '../curves/beside.ts';
import { predictionName, type Series } from '../curves/series.ts';

type Place = LabelRequest['places'][number];

export interface CurveLabel extends LabelRequest {
  readonly text: string;
  readonly bold: boolean;
  readonly font: number;
  readonly color: string;
}

export interface LabelStyle {
  readonly font: number;
  readonly live: number;
  readonly stroke: number;
  readonly compact: boolean;
  /** As a value of a curve is written. */
  readonly valueOf: (value: number) => string;
  readonly widthOf: (text: string, font: number, bold: boolean) => number;
}

export interface Thinned {
  readonly series: Series;
  /** x, y pairs in pixels. */
  readonly points: Float64Array;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The point a share (0…1) of the way along the part of a curve that is in the plot. */
export function pointAlong(points: Float64Array, share: number, plot: Box): Point | null {
  let first = -1;
  let last = -1;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? NaN;
    if (!(x >= plot.x - 0.5 && x <= plot.x + plot.width + 0.5)) continue;
    if (first < 0) first = i;
    last = i;
  }
  if (first < 0) return null;
  const x0 = points[first] ?? 0;
  const x1 = points[last] ?? 0;
  const wanted = x0 + share * (x1 - x0);
  let best = first;
  for (let i = first; i <= last; i += 2)
    if (Math.abs((points[i] ?? Infinity) - wanted) < Math.abs((points[best] ?? Infinity) - wanted)) best = i;
  const y = points[best + 1] ?? NaN;
  return Number.isFinite(y) ? { x: points[best] ?? 0, y } : null;
}

/** A curve shorter than this on the screen is not named yet: the word would stand at nothing. */
export const LEAST_LENGTH = 24;

export function lengthOf(points: Float64Array): number {
  return points.length < 4 ? 0 : (points[points.length - 2] ?? 0) - (points[0] ?? 0);
}

function along(thinned: Thinned, shares: readonly number[], sides: readonly Place['side'][], plot: Box): Place[] {
  const places: Place[] = [];
  for (const side of sides) {
    for (const share of shares) {
      const point = pointAlong(thinned.points, share, plot);
      if (point) places.push({ ...point, side });
    }
  }
  return places;
}

/** The name of a hypothetical at its curve. */
export function whatIfWords(change: WhatIf | null, byFuse: boolean): string {
  if (byFuse) return say.ifYouFuseNow;
  if (!change) return say.whatIf;
  const parts: string[] = [];
  if (change.grow !== undefined) parts.push(say.grownAt(count(change.grow)));
  for (const size of [change.h, change.h2]) {
    if (!size) continue;
    parts.push(size.kind === 'constant' ? `h = ${size.value}` : size.kind === 'edge' ? `h = ${size.edge} / λ` : say.anotherTable);
  }
  return parts.length > 0 ? say.whatIfThis(parts.join(', ')) : say.whatIf;
}

/** Predictions that are named in bold, and never left out for being small. */
const STRONG: ReadonlySet<Series['kind']> = new Set(['modified', 'exact', 'third', 'forecast', 'principal', 'central']);

/** Labels in their order of precedence. */
export function labelsOf(curves: readonly Thinned[], plot: Box, style: LabelStyle, hypothesis: string): readonly CurveLabel[] {
  const labels: CurveLabel[] = [];
  const add = (
    id: string,
    text: string,
    color: string,
    bold: boolean,
    font: number,
    gap: number,
    places: readonly Place[],
    optional: boolean,
  ) => {
    if (places.length === 0) return;
    labels.push({
      id,
      text,
      color,
      bold,
      font,
      gap,
      places,
      optional,
      width: style.widthOf(text, font, bold),
      height: Math.round(font * 1.15),
    });
  };
  const { font, live } = style;
  const measured = curves.filter(({ series }) => series.prediction === '');
  const grown = measured.some(({ series }) => series.kind === 'fused');

  for (const thinned of measured.filter(({ series }) => series.kind === 'fused')) {
    const end = pointAlong(thinned.points, 1, plot);
    const loss = lastLoss(thinned.series.curve);
    if (!end || loss === null) continue;
    const sides = ['below-left', 'above-right', 'below', 'above', 'left', 'right', 'above-left', 'below-right'] as const;
    const text = `${thinned.series.model} ${style.valueOf(loss)}`;
    const places: Place[] = sides.map((side) => ({ ...end, side }));
    // In the corner at the end of a run there is only the room above the curve.
    for (const up of [0.7, 1.4, 2.1]) places.push({ x: end.x, y: end.y - up * live, side: 'above-left' });
    add(thinned.series.key, text, hueOf(thinned.series.model, true), true, live, 9 * style.stroke, places, false);
  }

  const sources = measured
    .filter(({ series }) => series.kind === 'source')
    .map((thinned) => ({ thinned, end: pointAlong(thinned.points, 1, plot) }))
    .sort((a, b) => (a.end?.y ?? 0) - (b.end?.y ?? 0));
  sources.forEach(({ thinned, end }, rank) => {
    const { series } = thinned;
    const loss = lastLoss(series.curve);
    const color = hueOf(series.model, true);
    const up = rank === 0 && sources.length > 1;
    const sides: readonly Place['side'][] = up ? ['above', 'below'] : ['below', 'above'];
    if (!grown) {
      if (!end || loss === null) return;
      const ends: readonly Place['side'][] = up
        ? ['above-left', 'above', 'above-right', 'right', 'left', 'below-left']
        : ['below-left', 'below', 'below-right', 'right', 'left', 'above-left'];
      add(
        series.key,
        `${series.model} ${style.valueOf(loss)}`,
        color,
        true,
        font,
        8 * style.stroke,
        ends.map((side) => ({ ...end, side })),
        false,
      );
      return;
    }
    add(series.key, series.model, color, true, font, 7 * style.stroke, along(thinned, [0.26, 0.2, 0.35, 0.5, 0.14], sides, plot), false);
    if (loss !== null && end && !style.compact) {
      const ends: readonly Place['side'][] = up ? ['above-left', 'below-left'] : ['below-left', 'above-left'];
      add(
        `${series.key} end`,
        style.valueOf(loss),
        color,
        true,
        font,
        6 * style.stroke,
        ends.map((side) => ({ ...end, side })),
        true,
      );
    }
  });

  for (const thinned of theoryToLabel(curves.filter(({ points }) => lengthOf(points) >= LEAST_LENGTH))) {
    const { series } = thinned;
    const both = new Set(curves.map((other) => other.series.prediction.split('|')[1])).size > 2;
    if (series.kind === 'what-if') {
      add(
        series.key,
        hypothesis,
        'var(--ink)',
        true,
        font,
        7,
        along(thinned, [0.2, 0.12, 0.35, 0.5, 0.7, 0.9], ['above-right', 'below-left', 'below', 'above'], plot),
        false,
      );
    } else if (series.kind === 'before') {
      if (!style.compact)
        add(
          series.key,
          say.asPlanned,
          'var(--faint)',
          false,
          font,
          6,
          along(thinned, [0.75, 0.9, 0.6, 0.45], ['above', 'below'], plot),
          true,
        );
    } else if (STRONG.has(series.kind)) {
      add(
        series.key,
        named(series, both, style.compact),
        'var(--ink)',
        true,
        font,
        8,
        along(thinned, [0.985, 0.86, 0.7, 0.5, 0.3], ['below-left', 'below', 'above-left', 'above-right'], plot),
        true,
      );
    } else if (!style.compact) {
      add(
        series.key,
        named(series, both, true),
        'var(--ink)',
        false,
        font,
        8,
        along(thinned, [0.28, 0.4, 0.55, 0.7, 0.18], ['above-right', 'below-left', 'above', 'below'], plot),
        true,
      );
    }
  }

  // Curves to compare with have small labels, where there is room.
  const beside = (kind: BesideKind, gap: number, shares: readonly number[], sides: readonly Place['side'][]) => {
    for (const thinned of measured.filter(({ series }) => series.kind === kind)) {
      const { key, model } = thinned.series;
      add(key, BESIDE[kind].atCurve, hueOf(model, true), false, font, gap, along(thinned, shares, sides, plot), true);
    }
  };
  beside('scratch', 6, [0.61, 0.5, 0.7, 0.85, 0.4, 0.97], ['above', 'below', 'above-left', 'below-left']);
  beside('unread', 6, [0.5, 0.3, 0.7, 0.85, 0.15, 0.97], ['above', 'below', 'above-left', 'below-left']);
  beside('ensemble', 5, [0.7, 0.9, 0.5, 0.3, 0.15], ['below', 'above', 'below-left', 'above-left']);
  beside('alone', 5, [0.8, 0.6, 0.95, 0.4, 0.2], ['above', 'below', 'above-left', 'below-left']);
  return labels;
}

/** A prediction's name, and when it was made where there is room for it. */
function named({ prediction, said }: Series, alsoFromGrowth: boolean, short: boolean): string {
  const name = predictionName(prediction, alsoFromGrowth);
  return short || said === null ? name : `${name}, ${said}`;
}

/** A prediction is named once: on the fused network if it reaches it, else on its last source. */
function theoryToLabel(curves: readonly Thinned[]): readonly Thinned[] {
  const chosen = new Map<string, Thinned>();
  for (const thinned of curves) {
    const { prediction, model } = thinned.series;
    if (prediction === '') continue;
    const before = chosen.get(prediction);
    if (!before || isFused(model) || !isFused(before.series.model)) chosen.set(prediction, thinned);
  }
  const order = {
    'what-if': 0,
    spectral: 1,
    instant: 2,
    mean: 3,
    composite: 1,
    'plain-composite': 3,
    central: 1,
    exact: 1,
    third: 1,
    forecast: 1,
    principal: 1,
    modified: 1,
    gradient: 2,
    before: 3,
    source: 4,
    fused: 4,
    scratch: 4,
    unread: 4,
    ensemble: 4,
    alone: 4,
  } as const;
  return [...chosen.values()].sort((a, b) => order[a.series.kind] - order[b.series.kind]);
}
