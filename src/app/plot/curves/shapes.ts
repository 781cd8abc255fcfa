/**
 * Curves in pixels, kept while neither the curve nor the projection changes: of eight series usually one grows, so an
 * update costs what that one costs.
 */
import type { CurveLike } from './curve.ts';
import { type Envelope, envelopeOf } from '../labels/place-labels.ts';
import type { Box } from '../frame/projection.ts';
import { pathOf, thin, type PixelMap } from './thin.ts';

export interface Shape {
  /** x, y pairs in pixels. */
  readonly points: Float64Array;
  readonly path: string;
  readonly envelope: Envelope;
}

interface Entry {
  readonly curve: CurveLike;
  /**
   * Losses at the start, in the middle and at the end: arrays are filled in place, so that identity alone says too
   * little.
   */
  readonly marks: readonly [number, number, number];
  readonly shape: Shape;
}

function marksOf(curve: CurveLike): readonly [number, number, number] {
  const last = curve.length - 1;
  return [curve.losses[0] ?? 0, curve.losses[last >> 1] ?? 0, curve.losses[last] ?? 0];
}

function same(entry: Entry, curve: CurveLike): boolean {
  if (
    entry.curve.steps !== curve.steps ||
    entry.curve.losses !== curve.losses ||
    entry.curve.length !== curve.length ||
    entry.curve.gaps !== curve.gaps
  )
    return false;
  const marks = marksOf(curve);
  return entry.marks.every((mark, i) => mark === marks[i]);
}

export class Shapes {
  private entries = new Map<string, Entry>();
  private view: unknown = null;

  /** Shapes of all `curves` (by key); `view` is anything that changes when the projection does. */
  of(
    curves: readonly {
      readonly key: string;
      readonly curve: CurveLike;
      readonly map: PixelMap;
      readonly from: number;
      readonly to: number;
    }[],
    plot: Box,
    view: unknown,
  ): readonly Shape[] {
    const kept = this.view === view ? this.entries : new Map<string, Entry>();
    const entries = new Map<string, Entry>();
    const shapes = curves.map(({ key, curve, map, from, to }) => {
      const before = kept.get(key);
      if (before && same(before, curve)) {
        entries.set(key, before);
        return before.shape;
      }
      const points = thin(curve, map, from, to);
      const shape = { points, path: pathOf(points), envelope: envelopeOf(points, plot) };
      entries.set(key, { curve, marks: marksOf(curve), shape });
      return shape;
    });
    this.entries = entries;
    this.view = view;
    return shapes;
  }
}
