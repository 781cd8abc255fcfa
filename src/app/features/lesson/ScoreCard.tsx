/** How far each was off: the reader, gradient flow, the modified flow, and what was measured. */
import { say } from '../../text/en/lessons.ts';
import { useState } from 'react';
import { formatError } from '../../text/numbers.ts';
import { copyText } from '../../ui/copy.ts';
import ui from '../../ui/ui.module.css';
import type { Facts } from './lesson.ts';
import styles from './guess.module.css';

export function ScoreCard({ facts }: { readonly facts: Facts }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => setCopied(await copyText(location.href));
  const rows = (
    [
      [say.you, facts['you']],
      [say.gradientFlow, facts['gradient']],
      [say.modifiedFlow, facts['modified']],
      [say.measured, 0],
    ] as const
  ).filter((row): row is readonly [string, number] => row[1] !== undefined);
  return (
    <>
      <table data-part="score" className={styles.score}>
        <caption>{say.scoreCard}</caption>
        <thead>
          <tr>
            <th scope="col">{say.who}</th>
            <th scope="col">{say.meanDistance}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .toSorted((a, b) => b[1] - a[1])
            .map(([who, distance]) => (
              <tr key={who} data-you={who === say.you || undefined}>
                <th scope="row">{who}</th>
                <td>{formatError(distance)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p className={ui.note}>{say.handIn}</p>
      <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => void copy()}>
        {copied ? say.copied : say.copyMyLink}
      </button>
    </>
  );
}
