/** Numbers of the theory as the tab writes them. */
import { exactFigures, figures, fixed, power } from '../../text/numbers.ts';

/** Three decimals where they say something, else two figures. */
export function three(x: number): string {
  const size = Math.abs(x);
  return size >= 100 ? fixed(x, 0) : size >= 0.001 || size === 0 ? fixed(x, 3) : power(x, 1);
}

/** Two figures: `0.023`, `2.3e-4`, `14`. */
export function two(x: number): string {
  const size = Math.abs(x);
  return size >= 10 ? fixed(x, 0) : size >= 0.001 || size === 0 ? figures(x, 2) : power(x, 1);
}

/** A share of 1 as percent, with a decimal below ten. */
export function share(x: number): string {
  const value = 100 * x;
  return `${value >= 10 || value === 0 ? fixed(value, 0) : value >= 0.1 ? fixed(value, 1) : exactFigures(value, 1)} %`;
}

/** Signed, with a plus. */
export const signed = (x: number): string => (x > 0 ? `+${two(x)}` : two(x));
