/**
 * The drawing of a lesson in the chart: a question mark where curves are covered, the reader's guess with its points,
 * the guesses of a class.
 */
import { tenths } from '../../../plot/frame/projection.ts';
import { say } from '../../../text/en/lessons/lessons.ts';
import { type KeyboardEvent, memo } from 'react';
import type { GuessPoints } from '../../../../experiment/link/lesson-keys.ts';
import { formatLoss, count } from '../../../text/numbers.ts';
import { useFrame, useProjection } from '../../../plot/frame/frame.ts';
import { Clip } from '../../../plot/marks/Clip.tsx';
import { useDrag } from '../../../plot/marks/drag.ts';
import { Label } from '../../../plot/marks/Label.tsx';
import { Line } from '../../../plot/marks/Line.tsx';
import { lossAfterKey } from '../../../plot/marks/loss-slider.ts';
import { useStore } from '../../../state/store.ts';
import { useClass } from './class-guesses.ts';
import { entryOf, stepOf, usePlaying } from '../control.ts';
import { letGo, movePoint, useGuess } from './guess.ts';
import styles from './guess.module.css';
import { curveOfGuess } from '../numbers.ts';

const STROKE = { color: 'var(--ink)', width: 2.5, dash: '1 5', round: true } as const;
const OF_CLASS = { color: 'var(--ink)', width: 1.5, dash: undefined, round: true } as const;
/** Radius of a point, and of what takes a finger. */
const POINT = 8;
const FINGER = 22;

export const LessonLayer = memo(function LessonLayer() {
  const { plot } = useProjection();
  const guess = useGuess();
  const others = useClass();
  return (
    <g data-part="lesson">
      <Question />
      <Clip plot={plot} above={4}>
        <g aria-hidden="true" pointerEvents="none">
          {others.map((points, i) => (
            <Curve key={`${i}${points.join(' ')}`} points={points} others />
          ))}
          {guess ? <Curve points={guess} /> : null}
        </g>
      </Clip>
      {guess ? <Points points={guess} /> : null}
    </g>
  );
});

function Question() {
  const projection = useProjection();
  const { axis, metrics } = useFrame();
  const covered = useStore((s) => s.covered);
  const drawn = usePlaying((s) => stepOf(s)?.ask?.kind === 'draw');
  if (covered === null || !Number.isFinite(covered) || drawn) return null;
  const { plot } = projection;
  const right = plot.x + plot.width;
  const x = Math.min(right - 60, Math.max(plot.x, projection.x(axis.valueOf('M', covered))));
  return (
    <text
      x={(x + right) / 2}
      y={plot.y + plot.height / 2}
      fontSize={metrics.labelFont * 2.8}
      fontWeight={700}
      textAnchor="middle"
      dominantBaseline="central"
      fill="var(--series-M-text)"
      role="img"
      aria-label={say.covered}
    >
      {'?'}
    </text>
  );
}

function Curve({ points, others = false }: { readonly points: GuessPoints; readonly others?: boolean }) {
  const projection = useProjection();
  const { axis, metrics } = useFrame();
  const { steps, losses, length } = curveOfGuess(points);
  let path = '';
  for (let i = 0; i < length; i++)
    path += `${i === 0 ? 'M' : 'L'}${tenths(projection.x(axis.valueOf('M', steps[i] ?? 0)))} ${tenths(projection.y(losses[i] ?? 1))}`;
  return (
    <Line path={path} stroke={others ? OF_CLASS : STROKE} scale={metrics.stroke} cap="round" opacity={others ? 0.35 : 1} series="guess" />
  );
}

function Points({ points }: { readonly points: GuessPoints }) {
  const projection = useProjection();
  const { axis, metrics, yDomain } = useFrame();
  const ask = usePlaying((s) => stepOf(s)?.ask);
  const { locked } = usePlaying(entryOf);
  const room = ask?.kind === 'draw' ? ask.room : yDomain;
  const at = points.map(([step, loss]) => ({ x: projection.x(axis.valueOf('M', step)), y: projection.y(loss) }));
  const last = at.at(-1);
  return (
    <>
      {last ? (
        <Label x={last.x - 12} y={last.y - 14} font={metrics.labelFont} color="var(--text)" anchor="end" bold>
          {say.yourGuess}
        </Label>
      ) : null}
      {at.map(({ x, y }, i) =>
        locked || ask?.kind !== 'draw' ? (
          <circle key={points[i]?.[0]} cx={x} cy={y} r={4} fill="var(--card)" stroke="var(--ink)" strokeWidth={2} pointerEvents="none" />
        ) : (
          <Point
            key={points[i]?.[0]}
            x={x}
            y={y}
            step={points[i]?.[0] ?? 0}
            loss={points[i]?.[1] ?? 1}
            room={room}
            move={(pixel) => movePoint(i, projection.lossAt(pixel), room)}
            set={(loss) => movePoint(i, loss, room)}
          />
        ),
      )}
    </>
  );
}

interface PointProps {
  readonly x: number;
  readonly y: number;
  readonly step: number;
  readonly loss: number;
  readonly room: readonly [number, number];
  readonly move: (pixel: number) => void;
  readonly set: (loss: number) => void;
}

function Point({ x, y, step, loss, room, move, set }: PointProps) {
  const drag = useDrag({ along: 'y', at: y, onMove: move, onEnd: letGo });
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = lossAfterKey(event.key, loss, room, event.shiftKey ? 1.2 : 1.03, 1.5);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    set(next);
  };
  return (
    <g
      className={styles.point}
      role="slider"
      tabIndex={0}
      aria-label={say.pointOfYourGuess(count(step))}
      aria-orientation="vertical"
      aria-valuemin={room[0]}
      aria-valuemax={room[1]}
      aria-valuenow={loss}
      aria-valuetext={say.stepAndLoss(count(step), formatLoss(loss))}
      onKeyDown={onKeyDown}
      onBlur={letGo}
      {...drag.handlers}
    >
      <circle cx={x} cy={y} r={FINGER} fill="transparent" />
      <circle className={styles.ring} cx={x} cy={y} r={POINT + 4} />
      <circle cx={x} cy={y} r={POINT} fill="var(--card)" stroke="var(--ink)" strokeWidth={3} />
    </g>
  );
}
