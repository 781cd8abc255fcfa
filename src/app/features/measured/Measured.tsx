/** The quiet link that opens "What we measured". */
import { say } from '../../text/en/runs/measured-link.ts';
import { useState } from 'react';
import { later } from '../../ui/later.tsx';
import { LaterDialog } from '../status/LaterDialog.tsx';
import styles from './measured.module.css';

const dialog = later(async () => (await import('./MeasuredDialog.tsx')).MeasuredDialog);

export function MeasuredLink({ className }: { readonly className?: string | undefined }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={`${styles.link} ${className ?? ''}`} aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {say.whatWeMeasured}
      </button>
      <LaterDialog name={say.whatWeMeasured} part={dialog} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
