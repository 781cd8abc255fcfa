/**
 * Thinning by pixel column: of all points that fall into one column of pixels only the first, the smallest, the largest
 * and the last are kept, in their order, and what cannot be seen of these is left out. A spike of one step stays
 * visible, and a curve never has more than four points a pixel however long the run is.
 */
import type { CurveLike } from './curve.ts';
import { firstStep, indexAtOrBefore, lastStep, piecesOf } from './curve.ts';

export interface PixelMap {
  /** Pixel of a step; must not decrease with the step. */
  readonly x: (step: number) => number;
  /** Pixel of a loss. */
  readonly y: (loss: number) => number;
}

/** Height in pixels below which the points of a column lie on one another. */
const SEEN = 0.5;

/**
 * The points to draw, as x0, y0, x1, y1, … in pixels; a pair of NaN where the curve breaks (loss not finite, or a gap).
 * Points outside [from, to] are left out but for one neighbour on each side, so that lines reach the edges.
 */
export function thin(curve: CurveLike, map: PixelMap, from: number, to: number): Float64Array {
  const pieces = piecesOf(curve);
  if (pieces.length < 2) return thinPiece(curve, map, from, to);
  const seen = pieces.filter((piece) => (lastStep(piece) ?? -Infinity) >= from && (firstStep(piece) ?? Infinity) <= to);
  const all = seen.flatMap((piece, i) => {
    const points = [...thinPiece(piece, map, from, to)];
    // A point between two gaps has no line to stand on: twice, it is drawn as a dot.
    const drawn = points.length === 2 ? [...points, ...points] : points;
    return i === 0 ? drawn : [NaN, NaN, ...drawn];
  });
  return Float64Array.from(all);
}

function thinPiece(curve: CurveLike, map: PixelMap, from: number, to: number): Float64Array {
  const out: number[] = [];
  let column = NaN;
  let first = -1;
  let least = -1;
  let most = -1;
  let last = -1;
  const push = (index: number) => {
    out.push(map.x(curve.steps[index] ?? NaN), map.y(curve.losses[index] ?? NaN));
  };
  const flush = () => {
    if (first < 0) return;
    push(first);
    const height = Math.abs(map.y(curve.losses[most] ?? NaN) - map.y(curve.losses[least] ?? NaN));
    if (height < SEEN && first !== last) {
      // A flat column: one point says it all. The end of the curve is added after the loop.
      first = -1;
      return;
    }
    const [a, b] = least < most ? [least, most] : [most, least];
    if (a !== first && a !== last) push(a);
    if (b !== a && b !== first && b !== last) push(b);
    if (last !== first) push(last);
    first = -1;
  };
  const begin = Math.max(0, indexAtOrBefore(curve, from));
  for (let i = begin; i < curve.length; i++) {
    const step = curve.steps[i] ?? NaN;
    const loss = curve.losses[i] ?? NaN;
    if (!Number.isFinite(loss)) {
      flush();
      if (out.length > 0 && !Number.isNaN(out[out.length - 1] ?? NaN)) out.push(NaN, NaN);
      column = NaN;
      continue;
    }
    const here = Math.floor(map.x(step));
    if (here !== column) {
      flush();
      column = here;
    }
    if (first < 0) {
      first = least = most = last = i;
    } else {
      last = i;
      if (loss < (curve.losses[least] ?? Infinity)) least = i;
      if (loss > (curve.losses[most] ?? -Infinity)) most = i;
    }
    if (step > to) break;
  }
  const end = last;
  const open = first >= 0;
  flush();
  // The head of the curve is where its dot and its number stand: always there.
  if (open && end >= 0 && out[out.length - 2] !== map.x(curve.steps[end] ?? NaN)) push(end);
  return Float64Array.from(out);
}

/** An SVG path through points as `thin` gives them, to a tenth of a pixel. */
export function pathOf(points: Float64Array): string {
  let path = '';
  let pen = false;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? NaN;
    const y = points[i + 1] ?? NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = false;
      continue;
    }
    path += `${pen ? 'L' : 'M'}${tenth(x)} ${tenth(y)}`;
    pen = true;
  }
  return path;
}

/** The closed area between two such curves. */
export function bandPath(upper: Float64Array, lower: Float64Array): string {
  if (upper.length < 4 || lower.length < 4) return '';
  const back: number[] = [];
  for (let i = lower.length - 2; i >= 0; i -= 2) back.push(lower[i] ?? NaN, lower[i + 1] ?? NaN);
  return `${pathOf(upper)}${pathOf(Float64Array.from(back)).replace('M', 'L')}Z`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
