/**
 * The hero of the page: plan of growth, growth line and loss of every network on one axis, with theory dashed over the
 * measurement. This component holds only what changes seldom (sizes, domains); the curves, the line and the readout
 * subscribe on their own.
 */
import { say } from '../../text/en/chart/chart.ts';
import { type CSSProperties, type FocusEvent, type KeyboardEvent, type ReactNode, memo, Suspense, useMemo } from 'react';
import { ALONE_ID, FUSED_ID } from '../../../experiment/experiment.ts';
import { workOf } from '../../plot/plan/work.ts';
import { hueOf } from '../../look/hues.ts';
import { useRoom } from '../../state/spotlight.ts';
import { setState, store, useStore } from '../../state/store.ts';
import { type Axis, type AxisKind, computeAxis, stepAxis, timeAxis } from '../../plot/frame/axis.ts';
import { PlainAxes } from '../../plot/frame/PlainAxes.tsx';
import { ChartHead } from './reading/ChartHead.tsx';
import styles from './chart.module.css';
import { DataTable } from './reading/DataTable.tsx';
import { lossRange } from '../../plot/curves/curve.ts';
import { domainOf } from '../../plot/frame/domain.ts';
import { formatLossTick, percent } from '../../text/numbers.ts';
import { type ChartFrame, useSize } from '../../plot/frame/frame.ts';
import { type Beside, useShown } from './curves/Ghosts.tsx';
import { drawnChart, shownQuantity } from '../../state/derived/answers.ts';
import type { ShownChart } from '../../state/derived/instant.ts';
import { later } from '../../ui/later.tsx';
import { Fetched } from '../status/Fetched.tsx';
import { GrowthLine } from './handles/GrowthLine.tsx';
import { metricsOf, plotTop, widthOfTicks } from '../../plot/frame/metrics.ts';
import { PlanBars, usePlanRows } from './handles/PlanBars.tsx';
import { isCorrelation } from './reading/quantity-words.ts';
import { lossTicks } from '../../plot/frame/ticks.ts';
import { remember, setZoom, useZoom, view, zoomedAround } from '../../state/view.ts';
import { inLesson, isPresenting, shownExperiment } from '../../state/derived/derive.ts';

/** To be tried again where it did not come. */
export const lossPlot = later(async () => (await import('./LossPlot.tsx')).LossPlot);
const lessonLayer = later(async () => (await import('../lesson/guess/LessonLayer.tsx')).LessonLayer);

const losses = remember(domainOf);
/** The curves behind the run must fit as well. */
const withGhosts = remember(
  (chart: ShownChart, shown: readonly Beside[]): ShownChart =>
    shown.length > 0
      ? {
          ...chart,
          measured: new Map([
            ...chart.measured,
            ...shown.flatMap(({ key, curves }) => [...curves].map(([id, curve]) => [`${key} ${id}`, curve] as const)),
          ]),
        }
      : chart,
);
/** A guess that is drawn needs room where nothing is measured yet. */
const withRoom = remember(
  (chart: ShownChart, room: readonly [number, number] | null, at: number): ShownChart =>
    room
      ? {
          ...chart,
          measured: new Map([
            ...chart.measured,
            ['room', { steps: Float64Array.of(at, at), losses: Float32Array.from(room).reverse(), length: 2 }] as const,
          ]),
        }
      : chart,
);
/** From none to all; a correlation may be below 0. */
function domainOfAnswers(name: string, { measured }: ShownChart): string {
  const least = isCorrelation({ name }) ? (lossRange(measured.values(), -Infinity, Infinity)?.[0] ?? 0) : 0;
  return `${Math.min(0, Math.floor(least * 5) / 5)} 1`;
}

/** Both ends as one value, so that a subscriber wakes only when one of them moves. */
const asKey = (domain: readonly [number, number]): string => domain.join(' ');

export interface LossChartProps {
  /** Takes the place of the plot before the first run; plan and axis stay. */
  readonly welcome?: ReactNode;
}

export const LossChart = memo(function LossChart({ welcome }: LossChartProps) {
  const [ref, size] = useSize<HTMLDivElement>();
  const rows = usePlanRows();
  const presenting = useStore(isPresenting);
  const steps = useStore((s) => shownExperiment(s).steps);
  // Shares of answers stand on an axis of their own, from none to all.
  const name = useStore((s) => shownQuantity(s)?.name ?? null);
  const answers = name !== null;
  const scale = useStore((s) => (answers ? 'linear' : s.scale));
  const lesson = useStore(inLesson);
  const usual = useMemo(() => metricsOf(size.width, presenting, rows), [size.width, presenting, rows]);
  const [axis, axes] = useAxis(steps);
  const zoom = useZoom();
  const [from, to] = zoom ?? [0, steps];
  const xFrom = zoom ? axis.valueOf(FUSED_ID, from) : 0;
  const xTo = zoom ? axis.valueOf(FUSED_ID, to) : axis.end;
  const shown = useShown();
  const room = useRoom();
  const domainKey = useStore((s) =>
    name !== null
      ? domainOfAnswers(name, drawnChart(s))
      : asKey(losses(withRoom(withGhosts(drawnChart(s), shown), room, from), scale, from, to)),
  );

  const top = plotTop(rows, usual);
  const plotHeight = size.height - top - usual.bottom;
  const yDomain = useMemo<readonly [number, number]>(() => {
    const [low, high] = domainKey.split(' ').map(Number);
    return [low ?? 0.1, high ?? 1];
  }, [domainKey]);
  const yTicks = useMemo(() => lossTicks(yDomain, scale, plotHeight, usual.axisFont * 2), [yDomain, scale, plotHeight, usual]);
  const formatY = (tick: number): string => (answers && !isCorrelation({ name }) ? percent(tick) : formatLossTick(tick, yTicks));
  // Their longest figures fit beside the plot.
  const left = widthOfTicks(yTicks.map(formatY), usual);
  const metrics = useMemo(() => ({ ...usual, left }), [usual, left]);

  const frame = useMemo<ChartFrame>(
    () => ({ axis, metrics, xDomain: [xFrom, xTo], yDomain, scale, width: size.width, steps }),
    [axis, metrics, xFrom, xTo, yDomain, scale, size.width, steps],
  );

  const source = useStore((s) => s.models.find(({ id }) => id === ALONE_ID)?.parents[0] ?? 'A');
  const aloneHue = useMemo(
    () => ({ '--series-alone': hueOf(source), '--series-alone-text': hueOf(source, true) }) as CSSProperties,
    [source],
  );

  const laidOut = size.width > 0 && size.height > 0;
  const plan = (
    <>
      <PlanBars />
      <GrowthLine rows={rows} welcome={Boolean(welcome)} />
    </>
  );
  const place = { frame, height: size.height, top };
  const covers = lesson && <Fetched name={say.theLesson} part={lessonLayer} props={{}} />;
  const plain = (
    <PlainAxes {...place}>
      {plan}
      {covers}
    </PlainAxes>
  );
  return (
    <figure
      className={styles.figure}
      style={aloneHue}
      aria-label={answers ? say.answersOfEveryNetworkAlongThe : say.lossOfEveryNetworkAlongThe}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      data-presenting={presenting || undefined}
    >
      {!welcome && <ChartHead compact={metrics.compact} axes={axes} />}
      <div className={styles.frame} ref={ref} data-welcome={welcome ? '' : undefined}>
        {laidOut && (
          <Suspense fallback={plain}>
            {welcome ? (
              plain
            ) : (
              <lossPlot.Shown {...place} yTicks={yTicks} formatY={formatY} answers={answers} plan={plan} covers={covers} />
            )}
          </Suspense>
        )}
        {welcome && (
          <div
            className={styles.welcome}
            style={{ insetBlockStart: top, insetBlockEnd: metrics.bottom, insetInlineStart: metrics.left, insetInlineEnd: metrics.right }}
          >
            {welcome}
          </div>
        )}
      </div>
      <DataTable />
    </figure>
  );
});

/** The chosen axis, and those one can choose from now. */
function useAxis(steps: number): readonly [Axis, readonly AxisKind[]] {
  const wanted = useStore((s) => s.axis);
  const experiment = useStore(shownExperiment);
  const models = useStore((s) => s.models);
  const clock = useStore((s) => (s.axis === 'time' ? s.clock : null));
  const timed = useStore((s) => s.clock.length > 1);
  const axes: readonly AxisKind[] = timed ? ['steps', 'compute', 'time'] : ['steps', 'compute'];
  const axis = useMemo(() => {
    if (wanted === 'time' && clock && timed) return timeAxis(clock, steps);
    if (wanted !== 'compute') return stepAxis(steps);
    return computeAxis(workOf(experiment, models), steps);
  }, [wanted, clock, timed, steps, experiment, models]);
  return [axis, axes];
}

/**
 * The readout by keyboard: arrows move it, + and − zoom around it, Escape takes it away, then goes back to the whole
 * run.
 */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const { hover, step, experiment } = store.getState();
  const at = hover ?? step;
  const by = event.shiftKey ? 10 : 1;
  const [from, to] = view.getState().zoom ?? [0, experiment.steps];
  const move = (next: number) => {
    event.preventDefault();
    setState({ hover: Math.min(to, Math.max(from, Math.round(next))) });
  };
  switch (event.key) {
    case 'ArrowLeft':
      return move(at - by);
    case 'ArrowRight':
      return move(at + by);
    case 'Home':
      return move(from);
    case 'End':
      return move(to);
    case '+':
    case '=':
    case '-':
    case '_':
      event.preventDefault();
      setState({ hover: Math.min(to, Math.max(from, at)) });
      return setZoom(
        zoomedAround([from, to], Math.min(to, Math.max(from, at)), event.key === '+' || event.key === '=' ? 0.5 : 2, experiment.steps),
      );
    case 'Escape':
      if (hover !== null) setState({ hover: null });
      else if (view.getState().zoom) setZoom(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    default:
  }
}

function onBlur(event: FocusEvent<HTMLElement>): void {
  if (event.target === event.currentTarget) setState({ hover: null });
}
