/**
 * The growth line through plan and plot, with its handle: a slider. Before a run it edits the plan; afterwards it asks
 * "what if" with every move, and nothing trains until Run this branch (or Enter). Its state is its own, so that a move
 * redraws this group only.
 */
import { type KeyboardEvent, type PointerEvent, memo, useEffect, useRef, useState } from 'react';
import { edit, runBranch } from '../run-control.ts';
import { setState, setWhatIf, store, useStore } from '../store.ts';
import styles from './chart.module.css';
import { formatStep } from './format.ts';
import { type Projected, useFrame, useProjection } from './frame.ts';
import { clampGrowth, growthAfterKey, growthLimits, snapToCheckpoint } from './growth-step.ts';
import { planHeight, textWidth } from './metrics.ts';

export const GrowthLine = memo(function GrowthLine({ rows }: { readonly rows: number }) {
  const projection = useProjection();
  const grow = useStore((s) => s.experiment.grow);
  return projection && grow !== null ? <Line projection={projection} grow={grow} rows={rows} /> : null;
});

interface Drag {
  readonly pointer: number;
  /** Between the pointer and the line when it was taken. */
  readonly offset: number;
}

function Line({ projection, grow, rows }: { readonly projection: Projected; readonly grow: number; readonly rows: number }) {
  const { axis, metrics, steps, width, xDomain } = useFrame();
  const { plot } = projection;
  const asked = useStore((s) => (s.whatIfBy === 'fuse' ? undefined : s.whatIf?.grow));
  const fuseAt = useStore((s) => (s.whatIfBy === 'fuse' ? s.whatIf?.grow : undefined));
  const running = useStore((s) => s.started || s.step > 0);
  const locked = useStore((s) => s.phase === 'growing' || s.phase === 'failed');
  const [moved, setMoved] = useState<number | null>(null);
  const drag = useRef<Drag | null>(null);
  const limits = growthLimits(steps);
  const value = moved ?? asked ?? grow;

  // What was asked here is over once somebody else takes the hypothetical away.
  useEffect(() => {
    if (!drag.current) setMoved(null);
  }, [asked, grow]);

  const x = (step: number) => projection.x(axis.valueOf('M', step));
  const visible = (step: number) => axis.valueOf('M', step) >= xDomain[0] && axis.valueOf('M', step) <= xDomain[1];

  const ask = (step: number) => {
    setMoved(step);
    if (!running) return;
    const { whatIf, whatIfBy } = store.getState();
    const { grow: _grow, ...rest } = whatIfBy === 'fuse' || !whatIf ? {} : { ...whatIf };
    const change = step === grow ? rest : { ...rest, grow: step };
    if (whatIfBy === 'fuse') setState({ whatIfBy: null });
    setWhatIf(Object.keys(change).length === 0 ? null : change);
  };
  const settle = (step: number) => {
    if (!running && step !== grow) edit({ grow: step });
  };
  const putBack = () => {
    drag.current = null;
    if (running) ask(grow);
    setMoved(null);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || locked) return;
    if (event.key === 'Escape') {
      if (value !== grow || drag.current) {
        event.preventDefault();
        event.stopPropagation();
        putBack();
      }
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (running && value !== grow) runBranch();
      return;
    }
    const next = growthAfterKey(event.key, event.shiftKey, value, limits);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    ask(next);
    settle(next);
  };

  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    if (event.button !== 0 || locked) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    drag.current = { pointer: event.pointerId, offset: localX(event) - x(value) };
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    const held = drag.current;
    if (!held || held.pointer !== event.pointerId) return;
    const step = axis.stepAt(projection.valueAt(localX(event) - held.offset));
    const perStep = Math.abs(x(step + 1) - x(step));
    const checkpoints = running ? store.getState().checkpoints : [];
    const next = snapToCheckpoint(clampGrowth(step, limits), checkpoints, perStep, limits);
    if (next !== value) ask(next);
  };
  const onPointerUp = (event: PointerEvent<SVGGElement>) => {
    if (!drag.current || drag.current.pointer !== event.pointerId) return;
    drag.current = null;
    settle(value);
  };

  const top = metrics.planTop - 4;
  const bottom = plot.y + plot.height + 4;
  const at = x(value);
  const words = value === grow ? `Grow · ${formatStep(grow)}` : `${formatStep(grow)} → ${formatStep(value)}`;
  const pillWidth = Math.max(metrics.pillWidth, textWidth(words, metrics.axisFont, true) + 62);
  const pillX = Math.min(width - 4 - pillWidth, Math.max(4, at - pillWidth / 2));
  const pillY = metrics.planTop + planHeight(rows, metrics) + metrics.pillGap;
  const inner = metrics.pillHeight / 26;
  const middle = pillY + metrics.pillHeight / 2;
  return (
    <g>
      {fuseAt !== undefined && visible(fuseAt) && <path className={styles.oldPlace} d={`M${x(fuseAt)} ${plot.y}V${bottom - 4}`} strokeWidth={2 * metrics.stroke} />}
      {value !== grow && visible(grow) && <path className={styles.oldPlace} d={`M${x(grow)} ${top}V${bottom}`} strokeWidth={2 * metrics.stroke} />}
      {visible(value) && (
        <g
          className={styles.growth}
          role="slider"
          tabIndex={0}
          aria-label="Growth step"
          aria-orientation="horizontal"
          aria-valuemin={limits.least}
          aria-valuemax={limits.most}
          aria-valuenow={value}
          aria-valuetext={`${value} of ${steps}`}
          aria-disabled={locked}
          data-moved={value !== grow || undefined}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={putBack}
        >
          <path d={`M${at} ${top}V${bottom}`} stroke="var(--series-M)" strokeWidth={2 * metrics.stroke} pointerEvents="none" />
          <rect className={styles.gripLine} x={at - 22} y={top} width={44} height={bottom - top} />
          <rect className={styles.ring} x={pillX - 5} y={pillY - 5} width={pillWidth + 10} height={metrics.pillHeight + 10} rx={metrics.pillHeight / 2 + 5} />
          <rect className={styles.pill} x={pillX} y={pillY} width={pillWidth} height={metrics.pillHeight} rx={metrics.pillHeight / 2} />
          <rect className={styles.gripPill} x={pillX - 4} y={middle - 22} width={pillWidth + 8} height={44} />
          {!locked && (
            <g className={styles.chevrons} strokeWidth={2 * inner}>
              <path d={`M${pillX + 17 * inner} ${middle - 4 * inner}l${-4 * inner} ${4 * inner}l${4 * inner} ${4 * inner}`} />
              <path d={`M${pillX + pillWidth - 17 * inner} ${middle - 4 * inner}l${4 * inner} ${4 * inner}l${-4 * inner} ${4 * inner}`} />
            </g>
          )}
          <text className={styles.pillText} x={pillX + pillWidth / 2} y={middle + metrics.axisFont * 0.36} fontSize={metrics.axisFont}>
            {words}
          </text>
        </g>
      )}
    </g>
  );
}

/** Pointer position in the chart's SVG. */
function localX(event: PointerEvent<SVGGElement>): number {
  const svg = event.currentTarget.ownerSVGElement;
  return event.clientX - (svg?.getBoundingClientRect().left ?? 0);
}
