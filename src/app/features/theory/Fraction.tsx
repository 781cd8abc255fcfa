/** A fraction of a formula: what is above the line, and what below. */
import type { ReactNode } from 'react';
import styles from './theory.module.css';

export function Fraction({ above, below }: { readonly above: ReactNode; readonly below: ReactNode }) {
  return (
    <span className={styles.fraction}>
      <i>{above}</i>
      <span>{below}</span>
    </span>
  );
}
