/**
 * The growth line through plan and plot, with its handle: a slider. Before a run it edits the plan; afterwards it asks
 * "what if" with every move, and nothing trains until Run this branch (or Enter). Its state is its own, so that a move
 * redraws this group only.
 */
import { say } from '../../../text/en/chart/chart.ts';
import { say as sayLocked } from '../../../text/en/screen/locked.ts';
import { growthNoun } from '../../../../experiment/describe.ts';
import { type KeyboardEvent, memo, useState } from 'react';
import { withGrowthAt } from '../../../../experiment/plan/plan-edit.ts';
import { type AddressChange, endMovement } from '../../../state/control/address.ts';
import { edit, runBranch } from '../../../state/control/run-control.ts';
import { isLocked } from '../../../state/derived/locked.ts';
import { changeShown } from '../../../state/derived/asked.ts';
import { ask, store, useStore } from '../../../state/store.ts';
import styles from '../chart.module.css';
import { count } from '../../../text/numbers.ts';
import { useFrame, useProjection } from '../../../plot/frame/frame.ts';
import { clampGrowth, growthAfterKey, growthLimits, snapToCheckpoint } from './growth-step.ts';
import { planHeight, textWidth } from '../../../plot/frame/metrics.ts';
import { useDrag } from '../../../plot/marks/drag.ts';
import { usePlan } from './PlanBars.tsx';
import { shownExperiment } from '../../../state/derived/derive.ts';

interface GrowthLineProps {
  /** Rows of the plan above it. */
  readonly rows: number;
  /** On the first visit the line ends below the plan and says what it is. */
  readonly welcome: boolean;
}

export const GrowthLine = memo(function GrowthLine({ rows, welcome }: GrowthLineProps) {
  const grow = useStore((s) => shownExperiment(s).grow);
  return grow === null ? null : <Line grow={grow} rows={rows} welcome={welcome} />;
});

interface LineProps extends GrowthLineProps {
  readonly grow: number;
}

function Line({ grow, rows, welcome }: LineProps) {
  const projection = useProjection();
  const { axis, metrics, steps, width, xDomain } = useFrame();
  const { plot } = projection;
  const asked = useStore((s) => changeShown(s)?.grow);
  const fuseAt = useStore((s) => (s.asked?.by === 'fuse' ? s.step : undefined));
  const running = useStore((s) => s.started || s.step > 0);
  const byLink = useStore((s) => isLocked(s, 'grow'));
  const locked = useStore((s) => s.phase === 'growing' || s.phase === 'failed') || byLink;
  const { growths } = usePlan();
  const later = growths.filter((step) => step !== grow);
  /** Where it is dragged before a run: the plan is edited when it is let go. During a run every move is asked. */
  const [moved, setMoved] = useState<number | null>(null);
  const limits = growthLimits(steps);
  const value = moved ?? asked ?? grow;

  const x = (step: number) => projection.x(axis.valueOf('M', step));
  const visible = (step: number) => axis.valueOf('M', step) >= xDomain[0] && axis.valueOf('M', step) <= xDomain[1];

  const askStep = (step: number) => {
    const { grow: _grow, ...rest } = changeShown(store.getState()) ?? {};
    ask(step === grow ? rest : { ...rest, grow: step });
  };
  const settle = (step: number, change: AddressChange) => {
    if (step === grow) return;
    const { grow: at, plan } = withGrowthAt(store.getState().experiment, step);
    edit(plan ? { plan } : { grow: at }, change);
  };
  const putBack = () => {
    if (running) askStep(grow);
    setMoved(null);
  };

  const move = (pixel: number) => {
    const step = axis.stepAt(projection.valueAt(pixel));
    const perStep = Math.abs(x(step + 1) - x(step));
    const checkpoints = running ? store.getState().checkpoints : [];
    const next = snapToCheckpoint(clampGrowth(step, limits), checkpoints, perStep, limits);
    if (next === value) return;
    if (running) askStep(next);
    else setMoved(next);
  };
  const letGo = () => {
    if (!running) settle(value, 'choice');
    setMoved(null);
  };
  const drag = useDrag({ along: 'x', at: x(value), locked, onMove: move, onEnd: letGo, onCancel: putBack });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || locked) return;
    if (event.key === 'Escape') {
      if (drag.stop() || value !== grow) {
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
    if (running) askStep(next);
    else settle(next, 'movement');
  };

  const top = metrics.planTop - 4;
  const at = x(value);
  const words = value === grow ? say.grow(count(grow)) : `${count(grow)} → ${count(value)}`;
  const pillWidth = Math.max(metrics.pillWidth, textWidth(words, metrics.axisFont, true) + 62);
  const pillX = Math.min(width - 4 - pillWidth, Math.max(4, at - pillWidth / 2));
  const pillY = metrics.planTop + planHeight(rows, metrics) + metrics.pillGap;
  const middle = pillY + metrics.pillHeight / 2;
  const bottom = welcome ? middle : plot.y + plot.height + 4;
  return (
    <g>
      {fuseAt !== undefined && visible(fuseAt) && (
        <path className={styles.oldPlace} d={`M${x(fuseAt)} ${plot.y}V${bottom - 4}`} strokeWidth={2 * metrics.stroke} />
      )}
      {later.map((step) =>
        visible(step) ? (
          <path
            key={step}
            d={`M${x(step)} ${top}V${welcome ? metrics.planTop + planHeight(rows, metrics) + 4 : bottom}`}
            stroke="var(--series-M)"
            strokeWidth={1.5 * metrics.stroke}
            pointerEvents="none"
            data-part="later-growth"
          />
        ) : null,
      )}
      {value !== grow && visible(grow) && (
        <path className={styles.oldPlace} d={`M${x(grow)} ${top}V${bottom}`} strokeWidth={2 * metrics.stroke} />
      )}
      {visible(value) && (
        <g
          ref={keepTouch}
          className={styles.growth}
          role="slider"
          tabIndex={0}
          aria-label={say.growthStep}
          aria-orientation="horizontal"
          aria-valuemin={limits.least}
          aria-valuemax={limits.most}
          aria-valuenow={value}
          aria-valuetext={say.of(value, steps)}
          aria-disabled={locked}
          {...(byLink ? { 'aria-description': sayLocked.theLinkHoldsThisFast } : {})}
          data-part="growth-step"
          data-moved={value !== grow || undefined}
          onKeyDown={onKeyDown}
          onBlur={endMovement}
          {...drag.handlers}
        >
          {byLink && <title>{sayLocked.theLinkHoldsThisFast}</title>}
          <path d={`M${at} ${top}V${bottom}`} stroke="var(--series-M)" strokeWidth={2 * metrics.stroke} pointerEvents="none" />
          <rect className={styles.gripLine} x={at - 22} y={top} width={44} height={bottom - top} />
          {welcome ? (
            <Announced x={at} y={middle} step={value} />
          ) : (
            <Pill x={pillX} y={pillY} width={pillWidth} words={words} locked={locked} />
          )}
        </g>
      )}
    </g>
  );
}

interface PillProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly words: string;
  readonly locked: boolean;
}

function Pill({ x, y, width, words, locked }: PillProps) {
  const { metrics } = useFrame();
  const height = metrics.pillHeight;
  const middle = y + height / 2;
  const unit = height / 26;
  return (
    <>
      <rect className={styles.ring} x={x - 5} y={y - 5} width={width + 10} height={height + 10} rx={height / 2 + 5} />
      <rect className={styles.pill} x={x} y={y} width={width} height={height} rx={height / 2} />
      <rect className={styles.gripPill} x={x - 4} y={middle - 22} width={width + 8} height={44} data-part="grip" />
      {!locked && (
        <g className={styles.chevrons} strokeWidth={2 * unit}>
          <path d={`M${x + 17 * unit} ${middle - 4 * unit}l${-4 * unit} ${4 * unit}l${4 * unit} ${4 * unit}`} />
          <path d={`M${x + width - 17 * unit} ${middle - 4 * unit}l${4 * unit} ${4 * unit}l${-4 * unit} ${4 * unit}`} />
        </g>
      )}
      <text className={styles.pillText} x={x + width / 2} y={middle + metrics.axisFont * 0.36} fontSize={metrics.axisFont}>
        {words}
      </text>
    </>
  );
}

/** The handle before the first run: a dot and words. */
function Announced({ x, y, step }: { readonly x: number; readonly y: number; readonly step: number }) {
  const { metrics, width } = useFrame();
  const what = useStore((s) => growthNoun(shownExperiment(s).operator));
  const words = say.theAtStep(what, count(step), metrics.compact);
  const length = textWidth(words, metrics.labelFont, true);
  const right = x + 14 + length < width - metrics.right;
  const from = right ? x - 22 : x - 22 - length;
  return (
    <>
      <rect className={styles.ring} x={from} y={y - 15} width={length + 44} height={30} rx={15} />
      <circle cx={x} cy={y} r={5} fill="var(--series-M)" />
      <text
        x={right ? x + 14 : x - 14}
        y={y + metrics.labelFont * 0.36}
        fontSize={metrics.labelFont}
        fontWeight={700}
        fill="var(--series-M-text)"
        textAnchor={right ? 'start' : 'end'}
        pointerEvents="none"
      >
        {words}
      </text>
      <rect className={styles.gripPill} x={from} y={y - 22} width={length + 44} height={44} data-part="grip" />
    </>
  );
}

/**
 * A finger on the handle moves it and not the page. Inside an SVG browsers don't heed `touch-action`, and React's own
 * listener is passive.
 */
function keepTouch(element: SVGGElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const prevent = (event: TouchEvent) => event.preventDefault();
  element.addEventListener('touchstart', prevent, { passive: false });
  return () => element.removeEventListener('touchstart', prevent);
}
