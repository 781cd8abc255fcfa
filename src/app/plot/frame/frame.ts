/**
 * The frame that the parts inside a chart share: its axes, its sizes, and the way from values to pixels. Nothing of
 * Recharts, whose code comes later.
 */
import { createContext, startTransition, useContext, useEffect, useRef, useState } from 'react';
import type { ModelId } from '../../../experiment/experiment.ts';
import type { PixelMap } from '../curves/thin.ts';
import { type Axis, stepAxis } from './axis.ts';
import { type Metrics, metricsOf } from './metrics.ts';
import type { Box, LossScale, Projection } from './projection.ts';

export interface ChartFrame {
  readonly axis: Axis;
  readonly metrics: Metrics;
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  readonly scale: LossScale;
  readonly width: number;
  /** Last step of the experiment. */
  readonly steps: number;
}

export const FrameContext = createContext<ChartFrame>({
  axis: stepAxis(1),
  metrics: metricsOf(800, false),
  xDomain: [0, 1],
  yDomain: [0.1, 1],
  scale: 'log',
  width: 0,
  steps: 1,
});

export function useFrame(): ChartFrame {
  return useContext(FrameContext);
}

export interface Projected extends Projection {
  readonly plot: Box;
}

/** The way to pixels for the curve of a network. */
export function pixelsOf(model: ModelId, projection: Projected, axis: Axis): PixelMap {
  return { x: (step) => projection.x(axis.valueOf(model, step)), y: projection.y };
}

export const ProjectionContext = createContext<Projected | null>(null);

/**
 * The plot in pixels and the way from values to pixels, for what is drawn within `Axes`: that is drawn once there is
 * one.
 */
export function useProjection(): Projected {
  const projection = useContext(ProjectionContext);
  if (projection === null) throw new Error('useProjection was called outside Axes, where no chart is laid out');
  return projection;
}

/** Size of an element in whole pixels, as it changes. */
export function useSize<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let last = { width: 0, height: 0 };
    // The observer tells the size at once. What is drawn when it is first known is drawn in slices, as the page itself
    // is.
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (last.width === width && last.height === height) return;
      const size = { width, height };
      if (last.width === 0) startTransition(() => setSize(size));
      else setSize(size);
      last = size;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size] as const;
}
