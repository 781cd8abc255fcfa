/**
 * The loss at which costs are compared, as a line through the plot with a handle: a slider, by pointer and keys. Rings
 * mark where each network got there; over compute an arrow says what the run saved.
 */
import { ariaNumber } from '../../../ui/aria-number.ts';
import { say } from '../../../text/en/chart/chart.ts';
import { type KeyboardEvent, memo, useEffect } from 'react';
import { ALONE_ID, SCRATCH_ID } from '../../../../experiment/experiment.ts';
import type { CostAtLoss } from '../../cost/at-loss.ts';
import { gainWords } from '../../cost/CostTable.tsx';
import { costsOfSeed, type SeedRun } from '../../cost/summary.ts';
import { useCosts } from '../../cost/use-costs.ts';
import { hueOf } from '../../../look/hues.ts';
import styles from '../chart.module.css';
import { formatLoss } from '../../../text/numbers.ts';
import { useFrame, useProjection } from '../../../plot/frame/frame.ts';
import { textWidth } from '../../../plot/frame/metrics.ts';
import { Dot } from '../../../plot/marks/Dot.tsx';
import { useDrag } from '../../../plot/marks/drag.ts';
import { lossAfterKey, roundedLoss } from '../../../plot/marks/loss-slider.ts';
import { Across } from '../../../plot/marks/Rule.tsx';
import { setLineAt, setLossLine, useLossLine } from '../../../state/view.ts';

export const LossLine = memo(function LossLine() {
  const { shown } = useLossLine();
  return shown ? <Line /> : null;
});

function Line() {
  const projection = useProjection();
  const { axis, metrics, yDomain } = useFrame();
  const { costs, rows, seeds, loss } = useCosts();
  const { plot } = projection;
  // Words keep off it.
  useEffect(() => {
    setLineAt(loss);
    return () => setLineAt(null);
  }, [loss]);
  const set = (value: number): void => setLossLine({ loss: roundedLoss(value, yDomain) });
  const y = loss === null ? NaN : projection.y(loss);
  const drag = useDrag({ along: 'y', at: y, onMove: (pixel) => set(projection.lossAt(pixel)) });
  if (loss === null) return null;
  if (!(y >= plot.y && y <= plot.y + plot.height)) return null;

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = lossAfterKey(event.key, loss, yDomain, event.shiftKey ? 1.1 : 1.01);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    set(next);
  };
  const words = say.loss(formatLoss(loss));
  const font = metrics.axisFont;
  const width = textWidth(words, font, true) + 34;
  const left = plot.x + 8;
  const right = plot.x + plot.width;
  const rings = costs.flatMap(({ who, at }) => {
    if (!at) return [];
    const x = projection.x(axis.valueOf(at.model, at.step));
    const hue = who === 'scratch' ? hueOf(SCRATCH_ID) : who === 'alone' ? hueOf(ALONE_ID) : hueOf(at.model);
    return x < plot.x - 1 || x > right + 1 ? [] : [{ who, x, hue }];
  });
  return (
    <g>
      <Across plot={plot} y={y} stroke="var(--ink)" strokeWidth={metrics.stroke} pointerEvents="none" />
      {axis.kind === 'compute' && <Saved rings={rings} y={y} words={isBest(costs, seeds[0], loss) ? savedWords(rows) : null} />}
      {rings.map(({ who, x, hue }) => (
        <Dot key={who} x={x} y={y} radius={6 * metrics.stroke} color={hue} outline={2} />
      ))}
      <g
        className={styles.lossLine}
        role="slider"
        tabIndex={0}
        aria-label={say.lossToCompareAt}
        aria-orientation="vertical"
        aria-valuemin={ariaNumber(yDomain[0])}
        aria-valuemax={ariaNumber(yDomain[1])}
        aria-valuenow={ariaNumber(loss)}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        {...drag.handlers}
      >
        <rect className={styles.ring} x={left - 4} y={y - 17} width={width + 8} height={34} rx={17} />
        <rect x={left} y={y - 13} width={width} height={26} rx={13} fill="var(--ink)" />
        <rect className={styles.gripLine} x={plot.x} y={y - 9} width={plot.width} height={18} />
        <path
          d={`M${left + 9} ${y - 2}l4 -4l4 4M${left + 9} ${y + 3}l4 4l4 -4`}
          fill="none"
          stroke="var(--on-ink)"
          strokeWidth={1.75}
          pointerEvents="none"
        />
        <text x={left + 23} y={y + font * 0.35} fontSize={font} fontWeight={700} fill="var(--on-ink)" pointerEvents="none">
          {words}
        </text>
      </g>
    </g>
  );
}

/**
 * Whether the network from scratch that is drawn is the best of those that were tried: else an arrow to it would
 * flatter.
 */
function isBest(costs: readonly CostAtLoss[], drawn: SeedRun | undefined, loss: number): boolean {
  const total = (of: readonly CostAtLoss[]): number | undefined => of.find(({ who }) => who === 'scratch')?.at?.total;
  return drawn !== undefined && total(costsOfSeed(drawn, loss)) === total(costs);
}

/** Of several seeds: one run shows no saving. */
function savedWords(rows: ReturnType<typeof useCosts>['rows']): string | null {
  const gain = rows.find(({ who }) => who === 'run')?.gain.total ?? null;
  return gain === null || !rows.some(({ who }) => who === 'scratch') ? null : say.compute(gainWords(gain, 'FLOPs'));
}

/** From where the run got there to where the baseline did. */
function Saved({
  rings,
  y,
  words,
}: {
  readonly rings: readonly { readonly who: string; readonly x: number }[];
  readonly y: number;
  readonly words: string | null;
}) {
  const { metrics } = useFrame();
  const run = rings.find(({ who }) => who === 'run');
  const scratch = rings.find(({ who }) => who === 'scratch');
  if (!run || !scratch || words === null || Math.abs(scratch.x - run.x) < 40) return null;
  const [a, b] = run.x < scratch.x ? [run.x, scratch.x] : [scratch.x, run.x];
  const font = metrics.labelFont;
  const width = textWidth(words, font, true) + 24;
  const middle = (a + b) / 2;
  return (
    <g pointerEvents="none" aria-hidden="true">
      <path
        d={`M${a + 10} ${y}H${b - 10}M${a + 17} ${y - 6}l-7 6l7 6M${b - 17} ${y - 6}l7 6l-7 6`}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={2.5}
      />
      {b - a > width + 44 && (
        <>
          <rect x={middle - width / 2} y={y - 13} width={width} height={26} rx={13} fill="var(--ink)" />
          <text x={middle} y={y + font * 0.35} fontSize={font} fontWeight={700} fill="var(--on-ink)" textAnchor="middle">
            {words}
          </text>
        </>
      )}
    </g>
  );
}
