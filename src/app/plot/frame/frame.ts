/** What the parts inside a chart share: its axes, its sizes, and the projection that Recharts' own scales give. */
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { type Axis, stepAxis } from './axis.ts';
import { type Metrics, metricsOf } from './metrics.ts';
import { type Box, type LossScale, type Projection, projectionOf } from './projection.ts';

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

export const ProjectionContext = createContext<Projected | null>(null);

/** The plot in pixels and the way from values to pixels, for what is drawn within `Axes`: that is drawn once there is one. */
export function useProjection(): Projected {
  const projection = useContext(ProjectionContext);
  if (projection === null) throw new Error('useProjection was called outside Axes, where no chart is laid out');
  return projection;
}

/** The same, as Recharts has laid the chart out; `null` before it has. */
export function useLayout(): Projected | null {
  const { xDomain, yDomain, scale } = useFrame();
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  return useMemo(() => {
    if (!area || !xScale || !yScale || area.width <= 0 || area.height <= 0) return null;
    const left = xScale(xDomain[0]);
    const right = xScale(xDomain[1]);
    const bottom = yScale(yDomain[0]);
    const top = yScale(yDomain[1]);
    if (left === undefined || right === undefined || top === undefined || bottom === undefined) return null;
    const scaled = { x: left, y: top, width: right - left, height: bottom - top };
    const plot = { x: area.x, y: area.y, width: area.width, height: area.height };
    return { ...projectionOf(scaled, xDomain, yDomain, scale), plot };
  }, [area, xScale, yScale, xDomain, yDomain, scale]);
}

/** Size of an element in whole pixels, as it changes. */
export function useSize<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size] as const;
}
