/** How far each was from the measured curve, as a table. */
import { say } from '../../../text/en/lessons/lessons.ts';
import { formatError } from '../../../text/numbers.ts';
import styles from './guess.module.css';

interface DistanceRow {
  readonly who: string;
  /** `null` where it is not known. */
  readonly distance: number | null;
  /** It is the reader's own. */
  readonly own?: boolean;
}

interface DistanceTableProps {
  readonly rows: readonly DistanceRow[];
  readonly caption?: string;
  readonly part?: string;
}

export function DistanceTable({ rows, caption, part }: DistanceTableProps) {
  return (
    <table data-part={part} className={styles.score}>
      {caption === undefined ? null : <caption>{caption}</caption>}
      <thead>
        <tr>
          <th scope="col">{say.who}</th>
          <th scope="col">{say.meanDistance}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ who, distance, own }) => (
          <tr key={who} data-you={own || undefined}>
            <th scope="row">{who}</th>
            <td>{distance === null ? '–' : formatError(distance)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
