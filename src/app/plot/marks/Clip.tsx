/** A drawing within the plot that is cut at its edges. */
import { type ReactNode, useId } from 'react';
import type { Box } from '../frame/projection.ts';

interface ClipProps {
  readonly plot: Box;
  /** Pixels that it may stand above the plot: half of a thick line at its upper edge. */
  readonly above?: number;
  readonly children: ReactNode;
}

export function Clip({ plot, above = 0, children }: ClipProps) {
  const id = useId();
  return (
    <>
      <clipPath id={id}>
        <rect x={plot.x} y={plot.y - above} width={plot.width} height={plot.height + above} />
      </clipPath>
      <g clipPath={`url(#${id})`} fill="none">
        {children}
      </g>
    </>
  );
}
