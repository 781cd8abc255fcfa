/**
 * The plan of growth on the chart's own x axis: a bar a network, as long as it trains and as tall as it is wide, with its
 * progress as a strip at the foot. At the fusion the sources' bars close up into one.
 */
import { memo, useEffect, useId, useRef, useState } from 'react';
import { useStore } from '../store.ts';
import styles from './chart.module.css';
import { formatStep } from './format.ts';
import { type Projected, useFrame, useProjection } from './frame.ts';
import { type Metrics, planHeight, textWidth } from './metrics.ts';
import { type Plan, type PlanBar, planOf } from './plan.ts';
import { remember } from './view.ts';

const planned = remember(planOf);

/** The plan as it stands; the same object while nothing in it changes. */
export function usePlan(): Plan {
  return useStore((s) => planned(s.experiment, s.models, s.step));
}

/** How many rows it has: changes with the experiment, not with the step. */
export function usePlanRows(): number {
  return useStore((s) => planned(s.experiment, s.models, s.step).rows);
}

export const PlanBars = memo(function PlanBars() {
  const projection = useProjection();
  return projection ? <Bars projection={projection} /> : null;
});

function Bars({ projection }: { readonly projection: Projected }) {
  const { axis, metrics } = useFrame();
  const plan = usePlan();
  const id = useId();
  const closing = useClosing();
  const { plot } = projection;
  const at = (step: number) => Math.min(plot.x + plot.width, Math.max(plot.x, projection.x(axis.valueOf('M', step))));
  const described = plan.bars.map((bar) => `${bar.id} trains from step ${formatStep(bar.from)} to ${formatStep(bar.to)}`).join(', ');
  return (
    <g role="img" aria-label={`Plan of growth: ${described}`} data-part="plan">
      {plan.bars.map((bar, i) => {
        const x0 = at(bar.from) + (bar.from > 0 ? 2 : 0);
        const x1 = at(bar.to) - (bar.to < (plan.bars[plan.bars.length - 1]?.to ?? 0) ? 1 : 0);
        if (x1 - x0 < 1) return null;
        const y = metrics.planTop + bar.row * (metrics.row + metrics.rowGap);
        const height = planHeight(bar.rows, metrics);
        return (
          <Bar
            key={bar.key}
            bar={bar}
            x={x0}
            y={y}
            width={x1 - x0}
            height={height}
            progress={at(bar.from + bar.done) - x0}
            metrics={metrics}
            clip={`${id}${i}`}
            closing={closing && bar.rows > 1}
          />
        );
      })}
    </g>
  );
}

interface BarProps {
  readonly bar: PlanBar;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly progress: number;
  readonly metrics: Metrics;
  readonly clip: string;
  readonly closing: boolean;
}

function Bar({ bar, x, y, width, height, progress, metrics, clip, closing }: BarProps) {
  const font = metrics.axisFont;
  const strip = 4 * (metrics.stroke > 1 ? 1.1 : 1);
  const baseline = y + (height - (bar.rows > 1 ? 0 : strip * 0.3)) / 2 + font * 0.33;
  const letter = textWidth(bar.id, font, true);
  const room = width - 20 - letter;
  const count = formatStep(bar.to - bar.from);
  const length = metrics.compact ? count : `${count} steps`;
  const lengthWidth = textWidth(length, font, false);
  const words =
    bar.words.find((text) => text === '' || textWidth(text, font, false) + 8 + (metrics.compact ? 0 : lengthWidth + 16) <= room) ?? '';
  const showLength = room >= lengthWidth + 12 + (words === '' ? 0 : textWidth(words, font, false) + 8);
  const hue = hueName(bar.id);
  return (
    <g>
      <clipPath id={clip}>
        <rect x={x} y={y} width={width} height={height} rx={4} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <rect
          className={styles.bar}
          x={x}
          y={y}
          width={width}
          height={height}
          style={{ '--hue': `var(--series-${hue})` } as React.CSSProperties}
        />
        {progress > 0 && (
          <rect x={x} y={y + height - strip} width={progress} height={strip} fill={`var(--series-${hue})`} data-part="progress" />
        )}
        {closing && <rect className={styles.seam} x={x} y={y + height / 2 - metrics.rowGap / 2} width={width} height={metrics.rowGap} />}
      </g>
      {room > 0 && (
        <text x={x + 10} y={baseline} fontSize={font} fill="var(--text)">
          <tspan fontWeight={700}>{bar.id}</tspan>
          {words !== '' && (
            <tspan x={x + 10 + letter + 8} fill="var(--mut)">
              {words}
            </tspan>
          )}
        </text>
      )}
      {showLength && (
        <text x={x + width - 10} y={baseline} fontSize={font} fill="var(--mut)" textAnchor="end">
          {length}
        </text>
      )}
    </g>
  );
}

function hueName(id: string): string {
  return /^[ABCDMNL]$/.test(id) ? id : 'S';
}

/** True for the 300 ms in which the bars close up. */
function useClosing(): boolean {
  const grownAt = useStore((s) => s.growth?.step ?? null);
  const before = useRef(grownAt);
  const [closing, setClosing] = useState(false);
  useEffect(() => {
    const was = before.current;
    before.current = grownAt;
    if (grownAt === null || was !== null) return;
    setClosing(true);
    const timer = setTimeout(() => setClosing(false), 300);
    return () => clearTimeout(timer);
  }, [grownAt]);
  return closing;
}
