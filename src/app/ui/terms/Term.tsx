/** A word with a short explanation one hover, focus or tap away. */
import type { ReactNode } from 'react';
import ui from '../ui.module.css';
import { Hint } from './Hint.tsx';

export function Term({ children, explains }: { readonly children: ReactNode; readonly explains: ReactNode }) {
  return (
    <Hint label={explains}>
      <button type="button" className={ui.term}>
        {children}
      </button>
    </Hint>
  );
}
