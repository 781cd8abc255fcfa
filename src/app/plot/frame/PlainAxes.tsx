/**
 * The frame of a chart that has no curve yet: the axis along its bottom, and the way to pixels for what stands on it.
 * Recharts (Axes.tsx) is not needed for that, and a first visit begins without it.
 */
import { type ReactNode, useMemo } from 'react';
import { type ChartFrame, FrameContext, type Projected, ProjectionContext } from './frame.ts';
import { projectionOf } from './projection.ts';
import { stepFigures, TICK_MARGIN, TICK_MARK } from './step-axis.ts';
import { AXIS_LINES, Tick } from './Tick.tsx';

interface PlainAxesProps {
  readonly frame: ChartFrame;
  readonly height: number;
  readonly top: number;
  readonly children: ReactNode;
}

export function PlainAxes({ frame, height, top, children }: PlainAxesProps) {
  const { metrics, xDomain, yDomain, scale, width } = frame;
  const projection = useMemo<Projected>(() => {
    const plot = { x: metrics.left, y: top, width: width - metrics.left - metrics.right, height: height - top - metrics.bottom };
    return { ...projectionOf(plot, xDomain, yDomain, scale), plot };
  }, [metrics, xDomain, yDomain, scale, width, height, top]);
  const { plot } = projection;
  const bottom = plot.y + plot.height;
  const { ticks, words, anchorOf } = stepFigures(frame);
  if (plot.width <= 0 || plot.height <= 0) return null;
  return (
    <FrameContext value={frame}>
      <svg width={width} height={height}>
        <g {...AXIS_LINES.axisLine}>
          <line x1={plot.x} x2={plot.x + plot.width} y1={bottom} y2={bottom} />
          {ticks.map((tick) => (
            <line key={tick} x1={projection.x(tick)} x2={projection.x(tick)} y1={bottom} y2={bottom + TICK_MARK} />
          ))}
        </g>
        {ticks.map((tick) => (
          <Tick
            key={tick}
            x={projection.x(tick)}
            y={bottom + TICK_MARK + TICK_MARGIN + metrics.axisFont * 0.75}
            font={metrics.axisFont}
            anchor={anchorOf(tick)}
          >
            {words(tick)}
          </Tick>
        ))}
        <ProjectionContext value={projection}>{children}</ProjectionContext>
      </svg>
    </FrameContext>
  );
}
