/**
 * The Recharts frame: axes and grid with explicit domains and ticks, no data, no animation; what is drawn in it are its
 * children.
 */
import { type ReactNode, useMemo } from 'react';
import { CartesianGrid, LineChart, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts';
import { type ChartFrame, FrameContext, type Projected, ProjectionContext, useFrame } from './frame.ts';
import { projectionOf } from './projection.ts';
import { stepFigures, TICK_MARGIN, TICK_MARK } from './step-axis.ts';
import { AXIS_LINES, GRID, NO_LINES, Tick, type TickPlace } from './Tick.tsx';

interface AxesProps {
  readonly frame: ChartFrame;
  readonly height: number;
  readonly top: number;
  readonly yTicks: readonly number[];
  readonly formatY: (tick: number) => string;
  readonly children: ReactNode;
}

const NO_DATA: readonly never[] = [];

export function Axes({ frame, height, top, yTicks, formatY, children }: AxesProps) {
  const { metrics, xDomain, yDomain, scale, width } = frame;
  const figures = stepFigures(frame);
  const xTick = ({ x = 0, y, payload }: TickPlace) => {
    const value = Number(payload?.value);
    return (
      <Tick x={x} y={Number(y) + metrics.axisFont * 0.75} font={metrics.axisFont} anchor={figures.anchorOf(value)}>
        {figures.words(value)}
      </Tick>
    );
  };
  const yTick = ({ y, payload }: TickPlace) => (
    <Tick x={metrics.left - 10} y={Number(y) + metrics.axisFont * 0.36} font={metrics.axisFont} anchor="end">
      {formatY(Number(payload?.value))}
    </Tick>
  );
  return (
    <FrameContext value={frame}>
      <LineChart
        width={width}
        height={height}
        margin={{ top, right: metrics.right, bottom: 0, left: 0 }}
        data={NO_DATA}
        accessibilityLayer={false}
        title=""
      >
        <CartesianGrid vertical={false} stroke={GRID} syncWithTicks />
        <XAxis
          type="number"
          dataKey="step"
          domain={[xDomain[0], xDomain[1]]}
          allowDataOverflow
          ticks={[...figures.ticks]}
          interval={0}
          height={metrics.bottom}
          tick={xTick}
          tickSize={TICK_MARK}
          tickMargin={TICK_MARGIN}
          {...AXIS_LINES}
        />
        <YAxis
          type="number"
          dataKey="loss"
          scale={scale === 'log' ? 'log' : 'linear'}
          domain={[yDomain[0], yDomain[1]]}
          allowDataOverflow
          ticks={[...yTicks]}
          interval={0}
          width={metrics.left}
          tick={yTick}
          {...NO_LINES}
        />
        <Plotted>{children}</Plotted>
      </LineChart>
    </FrameContext>
  );
}

/** The way from values to pixels that Recharts' own scales give; `null` before it has laid the chart out. */
function useLayout(): Projected | null {
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

/** The drawing in a chart, once it is laid out; the projection is worked out once for all of it. */
function Plotted({ children }: { readonly children: ReactNode }) {
  const projection = useLayout();
  return projection ? <ProjectionContext value={projection}>{children}</ProjectionContext> : null;
}
