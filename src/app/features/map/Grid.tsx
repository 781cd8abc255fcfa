/**
 * The cells: measured ones solid and bold, predicted ones dashed. One stop of the Tab key; arrows go from cell to cell.
 */
import { say } from '../../text/en/runs/map.ts';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import { type MapAxes, placeOnMap } from '../../../experiment/map/growth-map.ts';
import { count, formatLoss, size } from '../../text/numbers.ts';
import { withWhatIf } from '../../../experiment/plan/what-if.ts';
import { changeShown } from '../../state/derived/asked.ts';
import { useStore } from '../../state/store.ts';
import type { DrawnCell } from './cells.ts';
import styles from './map.module.css';

interface GridProps {
  readonly axes: MapAxes;
  readonly cells: readonly DrawnCell[];
  readonly running: Experiment;
  /** Index of the cell that is pointed at or focused; `null`: none. */
  readonly onPoint: (index: number | null) => void;
  readonly onAsk: (index: number) => void;
  /** Why a growth at a step can’t be asked for; null where it can. */
  readonly whyNot: (grow: number) => string | null;
}

export const afterWords = (held: boolean, value: number): string => (held ? `${value} / λ` : size(value));

function cellWords({ measured, shown }: DrawnCell): string {
  if (measured === null) return say.diverged;
  if (shown === null) return say.notKnown;
  return say.predictedOrMeasured(measured === undefined, formatLoss(shown));
}

export function Grid({ axes, cells, running, onPoint, onAsk, whyNot }: GridProps) {
  const [at, setAt] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const asked = useStore(changeShown);
  const own = placeOnMap(running, axes.held);
  const wanted = asked ? placeOnMap(withWhatIf(running, asked), axes.held) : null;
  const columns = axes.after.length;
  const current = Math.min(at, cells.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const sideways = Math.abs(move) === 1 && Math.floor((current + move) / columns) !== Math.floor(current / columns);
    const next = current + move;
    if (sideways || next < 0 || next >= cells.length) return;
    setAt(next);
    body.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <table className={styles.grid} aria-label={say.finalLossByGrowthStepAnd}>
      <thead>
        <tr>
          <th scope="col" rowSpan={2} className={styles.corner}>
            {say.growthStep}
          </th>
          <th scope="colgroup" colSpan={columns} className={styles.axis}>
            {say.stepSizeAfterGrowth}
          </th>
        </tr>
        <tr>
          {axes.after.map((value) => (
            <th key={value} scope="col" data-own={own?.after === value || undefined}>
              {afterWords(axes.held, value)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown} onPointerLeave={() => onPoint(null)}>
        {axes.grow.map((grow, row) => (
          <tr key={grow}>
            <th scope="row" data-own={own?.grow === grow || undefined}>
              {count(grow)}
            </th>
            {axes.after.map((after, column) => {
              const index = row * columns + column;
              const cell = cells[index];
              if (!cell) return null;
              return (
                <td key={after}>
                  <button
                    type="button"
                    className={styles.cell}
                    tabIndex={index === current ? 0 : -1}
                    data-known={cell.measured !== undefined ? 'measured' : cell.shown !== null ? 'predicted' : undefined}
                    data-asked={(wanted?.grow === grow && wanted.after === after) || undefined}
                    style={cell.share === null ? undefined : ({ '--share': cell.share } as React.CSSProperties)}
                    aria-label={say.growthAfterIt(grow, afterWords(axes.held, after), cellWords(cell), whyNot(grow))}
                    aria-disabled={whyNot(grow) !== null}
                    onPointerEnter={() => onPoint(index)}
                    onFocus={() => {
                      setAt(index);
                      onPoint(index);
                    }}
                    onClick={() => whyNot(grow) === null && onAsk(index)}
                  >
                    {cell.measured === null ? '×' : cell.shown === null ? '–' : formatLoss(cell.shown)}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
