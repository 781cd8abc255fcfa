/** How well each predictor ranks the measured cells, beside the total time alone, whatever it is. */
import { say } from '../../text/en/runs/map.ts';
import type { ReactNode } from 'react';
import { Term } from '../../ui/terms/Term.tsx';
import ui from '../../ui/ui.module.css';
import { fixed } from '../../text/numbers.ts';
import { type DrawnCell, PREDICTOR_WORDS, type RankRow } from './cells.ts';
import styles from './map.module.css';

/** A correlation with as many decimals as it takes to see that it is not 1. */
export function spellRank(value: number | null): string {
  if (value === null) return '—';
  const looksLikeOne = Math.abs(value) >= 0.995 && Math.abs(value) < 1 - 1e-9;
  return fixed(value, looksLikeOne ? 3 : 2);
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
      <table className={styles.ranks} aria-label={say.rankCorrelationWithThe}>
        <thead>
          <tr>
            <th scope="col">
              <Term explains={say.spearmansRankCorrelationOf}>{say.rankCorrelation}</Term>
            </th>
            <th scope="col">ρ</th>
            <th scope="col">
              <Term explains={say.thatOfTheTotalTimeH}>{say.hAlone}</Term>
            </th>
            <th scope="col">{say.cells}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ predictor, correlation, ofTime, count }) => (
            <tr key={predictor}>
              <th scope="row">{predictor === 'time' ? say.totalTimeHAlone : capital(PREDICTOR_WORDS[predictor])}</th>
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
      <p className={ui.note}>{measured === 0 ? say.noCellIsMeasuredYetRun : say.ofCellsMeasuredNoClaimTo(measured, cells.length)}</p>
    </>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
