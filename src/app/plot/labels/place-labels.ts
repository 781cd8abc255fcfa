/**
 * Labels at the curves instead of a legend. Every label names places where it would like to stand; the placer tries
 * them in order and takes the cheapest: never off the plot, never on another label, if possible on no curve, then
 * outside the hatch, then away from the plot's edge. Deterministic: the same scene gives the same places, and a label
 * stays where it was unless somewhere else is clearly better.
 */
import type { Box } from '../frame/projection.ts';

interface Place {
  /** Point of the curve the label belongs to, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Where the label's box lies as seen from that point. `before`: above or below, ending at the point. */
  readonly side: 'above' | 'below' | 'left' | 'right' | 'above-left' | 'below-left' | 'above-right' | 'below-right';
}

export interface LabelRequest {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Distance from the point to the box. */
  readonly gap: number;
  /** In order of preference. */
  readonly places: readonly Place[];
  /** An optional label is left out rather than put on a curve. */
  readonly optional: boolean;
}

/** Highest and lowest pixel of a curve in every column of the plot; NaN where it is absent. */
export interface Envelope {
  readonly x: number;
  readonly top: Float32Array;
  readonly bottom: Float32Array;
}

export interface Scene {
  readonly plot: Box;
  readonly curves: readonly Envelope[];
  readonly hatch: Box | null;
  /** Boxes no label may touch: the words of the hatch, the growth line. */
  readonly taken: readonly Box[];
}

export interface Placed extends Box {
  readonly id: string;
  /** Index into `places`, to be handed back the next time. */
  readonly choice: number;
}

const ON_CURVE = 40;
const IN_HATCH = 2.5;
const NEAR_EDGE = 4;
const RANK = 1;
/** A label moves only for an advantage larger than this. */
const STAY = 3;
const EDGE = 4;
/** Clear pixels between two labels side by side: less, and they read as one. */
const APART = 10;
/** Clear pixels a label keeps from a curve. */
const CLEARANCE = 2;

/** Envelope of a thinned curve (x, y pairs in pixels) over the columns of the plot. */
export function envelopeOf(points: Float64Array, plot: Box): Envelope {
  const columns = Math.max(0, Math.ceil(plot.width)) + 1;
  const top = new Float32Array(columns).fill(NaN);
  const bottom = new Float32Array(columns).fill(NaN);
  const mark = (column: number, y: number) => {
    if (column < 0 || column >= columns) return;
    const high = top[column] ?? NaN;
    const low = bottom[column] ?? NaN;
    if (!(high <= y)) top[column] = y;
    if (!(low >= y)) bottom[column] = y;
  };
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = (points[i] ?? NaN) - plot.x;
    const y = points[i + 1] ?? NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    mark(Math.round(x), y);
    const nextX = (points[i + 2] ?? NaN) - plot.x;
    const nextY = points[i + 3] ?? NaN;
    if (!Number.isFinite(nextX) || !Number.isFinite(nextY)) continue;
    const last = Math.min(columns - 1, Math.floor(nextX));
    for (let column = Math.max(0, Math.ceil(x)); column <= last; column++) {
      if (nextX > x) mark(column, y + ((nextY - y) * (column - x)) / (nextX - x));
    }
  }
  return { x: plot.x, top, bottom };
}

/** Share of the label's width (0…1) at which a curve runs through its box. */
function covered(box: Box, curve: Envelope): number {
  const from = Math.max(0, Math.round(box.x - CLEARANCE - curve.x));
  const to = Math.min(curve.top.length - 1, Math.round(box.x + box.width + CLEARANCE - curve.x));
  let hits = 0;
  for (let column = from; column <= to; column++) {
    const top = curve.top[column] ?? NaN;
    const bottom = curve.bottom[column] ?? NaN;
    if (bottom >= box.y - CLEARANCE && top <= box.y + box.height + CLEARANCE) hits++;
  }
  return hits === 0 ? 0 : hits / Math.max(1, to - from + 1);
}

function boxAt(request: LabelRequest, place: Place): Box {
  const { width, height, gap } = request;
  const { x, y, side } = place;
  switch (side) {
    case 'above':
      return { x: x - width / 2, y: y - gap - height, width, height };
    case 'below':
      return { x: x - width / 2, y: y + gap, width, height };
    case 'left':
      return { x: x - gap - width, y: y - height / 2, width, height };
    case 'right':
      return { x: x + gap, y: y - height / 2, width, height };
    case 'above-left':
      return { x: x - gap - width, y: y - gap - height, width, height };
    case 'below-left':
      return { x: x - gap - width, y: y + gap, width, height };
    case 'above-right':
      return { x: x + gap, y: y - gap - height, width, height };
    case 'below-right':
      return { x: x + gap, y: y + gap, width, height };
  }
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function inside(box: Box, plot: Box): boolean {
  return box.x >= plot.x && box.y >= plot.y && box.x + box.width <= plot.x + plot.width && box.y + box.height <= plot.y + plot.height;
}

function nearEdge(box: Box, plot: Box): boolean {
  return (
    box.x < plot.x + EDGE ||
    box.y < plot.y + EDGE ||
    box.x + box.width > plot.x + plot.width - EDGE ||
    box.y + box.height > plot.y + plot.height - EDGE
  );
}

/** Places labels one after the other, so the order of requests is their order of precedence. */
export function placeLabels(requests: readonly LabelRequest[], scene: Scene, before: ReadonlyMap<string, Placed> = new Map()): Placed[] {
  const placed: Placed[] = [];
  for (const request of requests) {
    let best: Placed | null = null;
    let bestCost = Infinity;
    request.places.forEach((place, choice) => {
      const box = boxAt(request, place);
      if (!inside(box, scene.plot)) return;
      const around = { ...box, x: box.x - APART, width: box.width + 2 * APART };
      if (placed.some((other) => overlap(around, other)) || scene.taken.some((other) => overlap(box, other))) return;
      let cost = RANK * choice;
      if (scene.hatch && overlap(box, scene.hatch)) cost += IN_HATCH;
      if (nearEdge(box, scene.plot)) cost += NEAR_EDGE;
      if (before.get(request.id)?.choice === choice) cost -= STAY;
      // Curves are the dear part to look at: only where the place could still win.
      if (cost >= bestCost) return;
      let onCurve = 0;
      for (const curve of scene.curves) onCurve += covered(box, curve);
      if (onCurve > 0 && request.optional) return;
      if (onCurve > 0) cost += ON_CURVE * (1 + onCurve);
      if (cost < bestCost) {
        bestCost = cost;
        best = { ...box, id: request.id, choice };
      }
    });
    if (best) placed.push(best);
  }
  return placed;
}
