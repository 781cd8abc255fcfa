/**
 * The plan of growth on the chart's own x axis: a bar a stage, as long as it trains and as tall as it is wide, with its
 * progress as a strip at the foot. At the fusion the sources' bars close up into one. It is the graph one edits, too: a
 * bar opens its stage, the + behind the last one adds a stage.
 */
import { say } from '../../../text/en/chart/chart.ts';
import { memo, useEffect, useId, useRef, useState } from 'react';
import { Anchored } from '../../plan/Anchored.tsx';
import { later } from '../../../ui/later.tsx';
import { hueOf } from '../../../look/hues.ts';
import { useStore } from '../../../state/store.ts';
import styles from '../chart.module.css';
import { type CurveLike, indexAtOrBefore, lastLoss, lastStep } from '../../../plot/curves/curve.ts';
import { count, formatLoss } from '../../../text/numbers.ts';
import { useFrame, useProjection } from '../../../plot/frame/frame.ts';
import { type Metrics, metricsOf, planHeight, plotTop, textWidth } from '../../../plot/frame/metrics.ts';
import { type Plan, type PlanBar, planOf } from '../../../plot/plan/plan.ts';
import { pointing, remember, usePointed } from '../../../state/view.ts';
import { isLocked } from '../../../state/derived/locked.ts';
import { isCovered, shownExperiment } from '../../../state/derived/derive.ts';

const addStage = later(async () => (await import('../../plan/AddStage.tsx')).AddStage);
const stageEditor = later(async () => (await import('../../plan/StageEditor.tsx')).StageEditor);

const planned = remember(planOf);

/** The plan as it stands; the same object while nothing in it changes. */
export function usePlan(): Plan {
  return useStore((s) => planned(shownExperiment(s), s.step));
}

/** How many rows it has: changes with the experiment, not with the step. */
export function usePlanRows(): number {
  return useStore((s) => planned(shownExperiment(s), s.step).rows);
}

/** The plan's share of the chart's height, in pixels: the chart grows by it, the plot keeps its own. */
export function usePlanHeight(): number {
  const rows = usePlanRows();
  return plotTop(rows, metricsOf(Number.POSITIVE_INFINITY, false, rows));
}

export const PlanBars = memo(function PlanBars() {
  const projection = useProjection();
  const { axis, metrics } = useFrame();
  const plan = usePlan();
  const id = useId();
  const closing = useClosing();
  const { plot } = projection;
  const at = (step: number) => Math.min(plot.x + plot.width, Math.max(plot.x, projection.x(axis.valueOf('M', step))));
  const whole = useStore((s) => s.view.view === null);
  const locked = useStore((s) => isLocked(s, 'plan'));
  const end = Math.max(...plan.bars.map(({ to }) => to));
  return (
    <g role="group" aria-label={say.planOfGrowth} data-part="plan">
      {plan.bars.map((bar, i) => {
        const x0 = at(bar.from) + (bar.from > 0 ? 2 : 0);
        const x1 = at(bar.to) - (bar.to < end ? 1 : 0);
        if (x1 - x0 < 1) return null;
        const y = metrics.planTop + bar.row * (metrics.row + metrics.rowGap);
        return (
          <Bar
            key={bar.key}
            bar={bar}
            x={x0}
            y={y}
            width={x1 - x0}
            height={planHeight(bar.rows, metrics)}
            progress={at(bar.from + bar.done) - x0}
            metrics={metrics}
            clip={`${id}${i}`}
            closing={closing && bar.rows > 1}
          />
        );
      })}
      {whole && !locked && <Add x={plot.x + plot.width + 4} rows={plan.rows} metrics={metrics} />}
    </g>
  );
});

/** The + behind the plan. */
function Add({ x, rows, metrics }: { readonly x: number; readonly rows: number; readonly metrics: Metrics }) {
  const width = 26;
  const height = planHeight(rows, metrics);
  const y = metrics.planTop;
  const middle = y + height / 2;
  return (
    <Anchored
      label={say.addAStageToThePlan}
      title={say.addAStage}
      part="add-stage"
      className={styles.add}
      editor={addStage}
      propsOf={(close) => ({ onDone: close })}
    >
      <rect x={x} y={y + 0.75} width={width} height={height - 1.5} rx={4} />
      <path d={`M${x + width / 2 - 5} ${middle}h10M${x + width / 2} ${middle - 5}v10`} />
    </Anchored>
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
  const pointed = usePointed();
  const font = height < 16 ? 11 : metrics.axisFont;
  const strip = (height < 16 ? 3 : 4) * (metrics.stroke > 1 ? 1.1 : 1);
  const loss = useStore((s) => (isCovered(s) ? null : newestLoss(s.chart.measured.get(bar.id), bar.from, bar.to)));
  const baseline = y + (height - (bar.rows > 1 ? 0 : height < 22 ? strip * 0.75 : strip * 0.3)) / 2 + font * 0.33;
  const letter = textWidth(bar.id, font, true);
  const room = width - 20 - letter;
  const many = count(bar.to - bar.from);
  const steps = metrics.compact ? many : say.steps(many);
  const ends = bar.twin ? [''] : loss === null ? [steps, ''] : [`${loss} · ${steps}`, loss, ''];
  const widthOf = (text: string) => (text === '' ? 0 : textWidth(text, font, text === loss) + 12);
  // The loss comes before the words: it is what one looks for while it trains.
  const least = bar.words[bar.words.length - 1] ?? '';
  const length = ends.find((text) => widthOf(text) + (least === '' ? 0 : 8) <= room) ?? '';
  const words = bar.words.find((text) => text === '' || textWidth(text, font, false) + 12 + widthOf(length) <= room) ?? '';
  const readable = height >= font;
  const hue = hueOf(bar.id);
  const drawing = (
    <>
      <clipPath id={clip}>
        <rect x={x} y={y} width={width} height={height} rx={4} />
      </clipPath>
      <g clipPath={`url(#${clip})`} opacity={pointed === null || pointed === bar.id ? undefined : 0.35}>
        <rect className={styles.bar} x={x} y={y} width={width} height={height} style={{ '--hue': hue } as React.CSSProperties} />
        {progress > 0 && <rect x={x} y={y + height - strip} width={progress} height={strip} fill={hue} data-part="progress" />}
        {closing && <rect className={styles.seam} x={x} y={y + height / 2 - metrics.rowGap / 2} width={width} height={metrics.rowGap} />}
      </g>
      {room > 0 && readable && (
        <text x={x + 10} y={baseline} fontSize={font} fill="var(--text)" aria-hidden="true">
          <tspan fontWeight={700}>{bar.id}</tspan>
          {words !== '' && (
            <tspan x={x + 10 + letter + 8} fill="var(--mut)">
              {words}
            </tspan>
          )}
        </text>
      )}
      {length !== '' && readable && (
        <text x={x + width - 10} y={baseline} fontSize={font} fill="var(--mut)" textAnchor="end" aria-hidden="true">
          {loss !== null && length.startsWith(loss) ? (
            <>
              <tspan fontWeight={700} fill="var(--text)">
                {loss}
              </tspan>
              {length.slice(loss.length)}
            </>
          ) : (
            length
          )}
        </text>
      )}
    </>
  );
  // The copy is no stage of its own.
  if (bar.twin) return <g aria-hidden="true">{drawing}</g>;
  const trains = say.trainsFromStepToLoss(bar.id, count(bar.from), count(bar.to), loss);
  return (
    <g {...pointing(bar.id)}>
      <Anchored
        label={say.editThisStage(trains)}
        title={say.stageOf(bar.id)}
        part="stage"
        className={styles.stage}
        editor={stageEditor}
        propsOf={(close) => ({ index: bar.stage, onDone: close })}
      >
        {drawing}
        <rect className={styles.stageRing} x={x + 1.5} y={y + 1.5} width={Math.max(0, width - 3)} height={height - 3} rx={3} />
      </Anchored>
    </g>
  );
}

/** Of a stage that is over while its network goes on, its own last loss: at its end the next one's begins. */
function lossBefore(curve: CurveLike, to: number): number | null {
  if ((lastStep(curve) ?? 0) <= to) return null;
  let at = indexAtOrBefore(curve, to);
  if (curve.steps[at] === to) at--;
  return at < 0 ? null : (curve.losses[at] ?? null);
}

/** As text, so that a bar is drawn anew only when what it says changes. */
function newestLoss(curve: CurveLike | undefined, from: number, to: number): string | null {
  // A stage that is still to come has none, though its network has.
  const loss = curve && (lastStep(curve) ?? -1) >= from ? (lossBefore(curve, to) ?? lastLoss(curve)) : null;
  return loss === null ? null : formatLoss(loss);
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
