/**
 * The steps at which the sharpness of a stage is measured: every 10, and every 2 in its first 20, where λ grows five-
 * to tenfold.
 */

/** from, from + 2, … from + 20, from + 30, … */
export function isRefresh(from: number, step: number): boolean {
  const age = step - from;
  return age >= 0 && (age < 20 ? age % 2 === 0 : age % 10 === 0);
}

/** How many of them a stage of so many steps has. */
export function refreshesIn(steps: number): number {
  return Math.ceil(Math.min(steps, 20) / 2) + Math.ceil(Math.max(0, steps - 20) / 10);
}
