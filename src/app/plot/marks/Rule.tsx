/** A straight line through the whole plot: down at a step, or across at a value. */
import type { SVGProps } from 'react';
import type { Box } from '../frame/projection.ts';

type Look = Pick<SVGProps<SVGPathElement>, 'stroke' | 'strokeWidth' | 'strokeDasharray' | 'pointerEvents'>;

export function Down({ plot, x, ...look }: { readonly plot: Box; readonly x: number } & Look) {
  return <path d={`M${x} ${plot.y}V${plot.y + plot.height}`} {...look} />;
}

export function Across({ plot, y, ...look }: { readonly plot: Box; readonly y: number } & Look) {
  return <path d={`M${plot.x} ${y}H${plot.x + plot.width}`} {...look} />;
}
