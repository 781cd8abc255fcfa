/** A figure of the theory, in a list of them: its name, what that means, and the value. */
import type { ReactNode } from 'react';
import { Term } from '../../ui/terms/Term.tsx';
import styles from './theory.module.css';

interface FigureProps {
  readonly name: string;
  /** Nothing where the name says it. */
  readonly explains?: string;
  readonly children: ReactNode;
}

export function Figure({ name, explains, children }: FigureProps) {
  return (
    <div className={styles.line}>
      <dt>{explains === undefined ? name : <Term explains={explains}>{name}</Term>}</dt>
      <dd>{children}</dd>
    </div>
  );
}
