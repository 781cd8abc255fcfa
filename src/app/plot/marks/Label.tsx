/** Words in a drawing, set off from the lines behind them; what they mean is said to those who point at them. */
import type { ReactNode } from 'react';
import { Hint } from '../../ui/terms/Hint.tsx';
import type { Box } from '../frame/projection.ts';
import styles from './marks.module.css';

interface LabelProps {
  readonly x: number;
  readonly y: number;
  readonly font: number;
  readonly color: string;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'end';
  /** Their meaning; nothing where that is plain. */
  readonly explains?: ReactNode;
  readonly children: ReactNode;
}

export function Label({ x, y, font, color, bold, anchor, explains, children }: LabelProps) {
  const words = (
    <text
      className={explains === undefined ? styles.label : `${styles.label} ${styles.asked}`}
      x={x}
      y={y}
      fill={color}
      fontSize={font}
      fontWeight={bold === undefined ? undefined : bold ? 700 : 400}
      textAnchor={anchor}
    >
      {children}
    </text>
  );
  return explains === undefined ? words : <Hint label={explains}>{words}</Hint>;
}

/** Where the line of writing is in a label's box. */
export const baselineOf = (box: Box): number => box.y + box.height * 0.8;
