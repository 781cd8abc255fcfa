/** How far each was off: the reader, gradient flow, the modified flow, and what was measured. */
import { say } from '../../../text/en/lessons/lessons.ts';
import { useState } from 'react';
import { ByHand } from '../../../ui/ByHand.tsx';
import { copyText } from '../../../ui/copy.ts';
import ui from '../../../ui/ui.module.css';
import { DistanceTable } from './DistanceTable.tsx';
import type { Facts } from '../lesson.ts';

export function ScoreCard({ facts }: { readonly facts: Facts }) {
  const [copied, setCopied] = useState<'yes' | 'by-hand' | null>(null);
  const copy = async (): Promise<void> => setCopied((await copyText(location.href)) ? 'yes' : 'by-hand');
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
      <DistanceTable
        part="score"
        caption={say.scoreCard}
        rows={rows.toSorted((a, b) => b[1] - a[1]).map(([who, distance]) => ({ who, distance, own: who === say.you }))}
      />
      <p className={ui.note}>{say.handIn}</p>
      <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => void copy()}>
        {copied === 'yes' ? say.copied : say.copyMyLink}
      </button>
      {copied === 'by-hand' ? <ByHand link={location.href} label={say.myLink} /> : null}
    </>
  );
}
