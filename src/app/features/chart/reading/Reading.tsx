/**
 * Reading the chart: the pointer (or the arrow keys) sets a step, a hair line and rings mark it, and the row of keys
 * above says the numbers. Dragging over the plot selects a range of the axis, so do two fingers; a double click goes
 * back.
 */
import { type PointerEvent, type ReactNode, memo, useEffect, useRef, useState } from 'react';
import { hueOf } from '../../../look/hues.ts';
import { setState, useStore } from '../../../state/store.ts';
import styles from '../chart.module.css';
import { lossAt } from '../../../plot/curves/curve.ts';
import { useFrame, useProjection } from '../../../plot/frame/frame.ts';
import { drawnChart } from '../../../state/derived/answers.ts';
import { Dot } from '../../../plot/marks/Dot.tsx';
import { localX } from '../../../plot/marks/drag.ts';
import { Down } from '../../../plot/marks/Rule.tsx';
import { isTheory, readingsAt } from './readout.ts';
import { type Series, seriesOf } from '../../../plot/curves/series.ts';
import { remember, setZoom, zoomedBy } from '../../../state/view.ts';

const seriesFor = remember(seriesOf);
/** All curves of the chart, in drawing order; the same array while no curve changes. */
export function useSeries(): readonly Series[] {
  return useStore((s) => seriesFor(drawnChart(s)));
}

/** A selection narrower than this many pixels is a click. */
const LEAST_SELECTION = 8;

/** One of two that pinch: where it is, and the step it came down on. */
interface Finger {
  readonly x: number;
  readonly step: number;
}

/**
 * The area that takes the pointer: under the curves, so that their labels can be asked, and around them, so that who
 * points at a label still reads the chart.
 */
export const Reading = memo(function Reading({ children }: { readonly children: ReactNode }) {
  const projection = useProjection();
  const { axis, steps, xDomain } = useFrame();
  const { plot } = projection;
  const [range, setRange] = useState<readonly [number, number] | null>(null);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const stepUnder = (x: number) => Math.round(Math.min(steps, Math.max(0, axis.stepAt(projection.valueAt(x)))));
  const read = (x: number) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => setState({ hover: stepUnder(x) }));
  };
  const inPlot = (x: number) => Math.min(plot.x + plot.width, Math.max(plot.x, x));

  const fingers = useRef(new Map<number, Finger>());
  const pinch = () => {
    const [first, second] = [...fingers.current.values()].sort((a, b) => a.step - b.step);
    if (!first || !second) return;
    const pixels = [first.x - plot.x, second.x - plot.x] as const;
    setZoom(zoomedBy({ steps: [first.step, second.step], pixels }, plot.width, steps));
  };
  const lift = (event: PointerEvent<SVGGElement>) => fingers.current.delete(event.pointerId);

  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    const x = localX(event);
    if (event.pointerType === 'touch') {
      read(x);
      fingers.current.set(event.pointerId, { x, step: stepUnder(x) });
    }
    if (event.button !== 0 || event.pointerType === 'touch') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setRange([x, x]);
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    const x = inPlot(localX(event));
    if (event.pointerType !== 'touch') read(x);
    const finger = fingers.current.get(event.pointerId);
    if (finger) {
      fingers.current.set(event.pointerId, { ...finger, x });
      pinch();
    }
    setRange((old) => (old ? [old[0], x] : old));
  };
  const onPointerUp = (event: PointerEvent<SVGGElement>) => {
    lift(event);
    if (range && Math.abs(range[1] - range[0]) >= LEAST_SELECTION) {
      const [from, to] = range[0] < range[1] ? range : [range[1], range[0]];
      const zoom = [stepUnder(from), stepUnder(to)] as const;
      if (zoom[1] - zoom[0] >= 2) setZoom(zoom);
    }
    setRange(null);
  };
  const onPointerLeave = (event: PointerEvent<SVGGElement>) => {
    if (event.pointerType === 'touch') return;
    cancelAnimationFrame(frame.current);
    setState({ hover: null });
  };

  return (
    <g
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={(event) => {
        lift(event);
        setRange(null);
      }}
      onPointerLeave={onPointerLeave}
      onDoubleClick={() => setZoom(null)}
    >
      {range && (
        <rect
          className={styles.selection}
          x={Math.min(range[0], range[1])}
          y={plot.y}
          width={Math.abs(range[1] - range[0])}
          height={plot.height}
        />
      )}
      <rect
        className={styles.surface}
        x={plot.x}
        y={plot.y}
        width={plot.width}
        height={plot.height}
        data-part="plot"
        data-domain={`${axis.stepAt(xDomain[0])} ${axis.stepAt(xDomain[1])}`}
      />
      {children}
    </g>
  );
});

/** The marks at the step that is read, over the curves: a hair line and rings. */
export const ReadingMarks = memo(function ReadingMarks() {
  const projection = useProjection();
  const { axis, metrics } = useFrame();
  const { plot } = projection;
  const step = useStore((s) => s.hover);
  const series = useSeries();
  if (step === null) return null;
  const x = projection.x(axis.valueOf('M', step));
  if (x < plot.x - 0.5 || x > plot.x + plot.width + 0.5) return null;
  const read = new Set(readingsAt(series, step).map((reading) => reading.key));
  return (
    <g pointerEvents="none" aria-hidden="true" data-part="reading">
      <Down plot={plot} x={x} stroke="var(--mut)" strokeWidth={metrics.stroke} />
      {series.map((one) => {
        const loss = read.has(one.key) ? lossAt(one.curve, step) : null;
        if (loss === null) return null;
        const y = projection.y(loss);
        if (!(y >= plot.y && y <= plot.y + plot.height)) return null;
        const color = isTheory(one.kind) ? 'var(--ink)' : hueOf(one.model);
        return (
          <Dot
            key={one.key}
            open
            x={projection.x(axis.valueOf(one.model, step))}
            y={y}
            radius={4.5 * metrics.stroke}
            color={color}
            outline={2.5 * metrics.stroke}
          />
        );
      })}
    </g>
  );
});
