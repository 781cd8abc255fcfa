/** A fraction of a formula: what is above the line, and what below. */
import type { ReactNode } from 'react';
import styles from '../theory.module.css';

export function Fraction({ above, below }: { readonly above: ReactNode; readonly below: ReactNode }) {
  return (
    <span className={styles.fraction}>
      <i>{above}</i>
      <span>{below}</span>
    </span>
  );
}

/** L̃ = L + h/4: how the loss begins that a run goes down, to first order. A squared norm of a gradient follows. */
export function FlatterLoss() {
  return (
    <>
      <i>L̃</i>
      <span>=</span>
      <i>L</i>
      <span>+</span>
      <Fraction above="h" below="4" />
    </>
  );
}
