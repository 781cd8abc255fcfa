/** Numbers of the theory as the tab writes them. */

/** Three decimals where they say something, else two figures; with a true minus. */
export function three(x: number): string {
  const size = Math.abs(x);
  const text = size >= 100 ? size.toFixed(0) : size >= 0.001 || size === 0 ? size.toFixed(3) : exponent(size);
  return x < 0 ? `−${text}` : text;
}

/** Two figures: `0.023`, `2.3e-4`, `14`. */
export function two(x: number): string {
  const size = Math.abs(x);
  const text = size >= 10 ? size.toFixed(0) : size >= 0.001 || size === 0 ? String(Number(size.toPrecision(2))) : exponent(size);
  return x < 0 ? `−${text}` : text;
}

const exponent = (size: number): string => size.toExponential(1).replace('e-', 'e−');

/** A share of 1 as percent, with a decimal below ten. */
export function share(x: number): string {
  const value = 100 * x;
  return `${value >= 10 || value === 0 ? value.toFixed(0) : value >= 0.1 ? value.toFixed(1) : value.toPrecision(1)} %`;
}

/** Signed, with a plus. */
export const signed = (x: number): string => (x > 0 ? `+${two(x)}` : two(x));

/** How many times: `7.7`, `149`. */
export const times = (ratio: number): string => (ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1));
