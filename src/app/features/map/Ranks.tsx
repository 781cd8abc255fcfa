/** How well each predictor ranks the measured cells, beside the total time alone, whatever it is. */
import type { ReactNode } from 'react';
import { Term } from '../../ui/Term.tsx';
import ui from '../../ui/ui.module.css';
import { MINUS } from '../../text/format.ts';
import { type DrawnCell, PREDICTOR_WORDS, type RankRow } from './cells.ts';
import styles from './map.module.css';

/** A correlation with as many decimals as it takes to see that it is not 1. */
export function spellRank(value: number | null): string {
  if (value === null) return '—';
  const two = value.toFixed(2);
  const text = Math.abs(value) < 1 - 1e-9 && Math.abs(Number(two)) === 1 ? value.toFixed(3) : two;
  return text.replace('-', MINUS);
}

interface RanksProps {
  readonly rows: readonly RankRow[];
  readonly cells: readonly DrawnCell[];
  /** Between the table and the note below it. */
  readonly children: ReactNode;
}

export function Ranks({ rows, cells, children }: RanksProps) {
  const measured = cells.filter((cell) => cell.measured !== undefined).length;
  return (
    <>
      <table className={styles.ranks} aria-label="Rank correlation with the measured cells">
        <thead>
          <tr>
            <th scope="col">
              <Term explains="Spearman’s rank correlation of the predicted with the measured final loss: 1 where both put the cells into the same order. A run that diverged counts as the highest loss.">
                Rank correlation
              </Term>
            </th>
            <th scope="col">ρ</th>
            <th scope="col">
              <Term explains="That of the total time Σh alone, over the same cells: more time, less loss. A prediction that ranks them no better does not help to choose.">
                Σh alone
              </Term>
            </th>
            <th scope="col">cells</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ predictor, correlation, ofTime, count }) => (
            <tr key={predictor}>
              <th scope="row">{predictor === 'time' ? 'Total time Σh alone' : capital(PREDICTOR_WORDS[predictor])}</th>
              <td>
                <b>{spellRank(correlation)}</b>
              </td>
              <td>{predictor === 'time' ? '' : spellRank(ofTime)}</td>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
      <p className={ui.note}>
        {measured === 0
          ? 'No cell is measured yet: run branches, or import a sweep.'
          : `${measured} of ${cells.length} cells measured. No claim to find the best growth step: compare each with Σh alone.`}
      </p>
    </>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
