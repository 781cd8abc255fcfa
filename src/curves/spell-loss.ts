/** A loss in figures that mean something, however small: for the page, the log and the command line. */

/**
 * With this many decimals, as long as two figures of it are left: `0.59`, `0.0045`, `4.5e-5`. Its minus is the one that is typed.
 * @param loss nats a token, finite
 */
export function spellLoss(loss: number, decimals: number): string {
  const size = Math.abs(loss);
  if (size === 0 || size >= 10 ** (1 - decimals)) return loss.toFixed(decimals);
  return size >= 0.001 ? loss.toFixed(4) : loss.toExponential(1);
}
