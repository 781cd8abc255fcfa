/** A noisy curve made readable: its mean over a few steps on either side, and the best that it has reached. */
import { type CurveLike, piecesOf } from './curve.ts';

/** Share of a curve's steps that a mean is taken over, on either side. */
const REACH = 0.015;
/** A loss of 0, whose logarithm no later mean would get rid of, counts as this. */
const LEAST = 1e-9;

/** Each part of a curve between its gaps, by itself. */
function byPiece(curve: CurveLike, of: (piece: CurveLike) => Float32Array): CurveLike {
  const losses = new Float32Array(curve.length);
  let at = 0;
  for (const piece of piecesOf(curve)) {
    losses.set(of(piece), at);
    at += piece.length;
  }
  return { ...curve, losses };
}

/**
 * The mean of ln(loss) over the steps around each point: no later than the curve itself, and no noisier at its ends.
 */
export const smoothed = (curve: CurveLike): CurveLike => byPiece(curve, meanAround);

function meanAround({ steps, losses, length }: CurveLike): Float32Array {
  const reach = ((steps[length - 1] ?? 0) - (steps[0] ?? 0)) * REACH;
  const sums = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) sums[i + 1] = (sums[i] ?? 0) + Math.log(Math.max(LEAST, losses[i] ?? NaN));
  const out = new Float32Array(length);
  for (let i = 0, from = 0, to = 0; i < length; i++) {
    const at = steps[i] ?? 0;
    // As far on one side as on the other: else the ends would be pulled along the slope.
    const near = Math.min(reach, at - (steps[0] ?? 0), (steps[length - 1] ?? 0) - at);
    while ((steps[from] ?? Infinity) < at - near) from++;
    while (from > 0 && (steps[from - 1] ?? -Infinity) >= at - near) from--;
    while (to < length && (steps[to] ?? Infinity) <= at + near) to++;
    while (to > 0 && (steps[to - 1] ?? -Infinity) > at + near) to--;
    out[i] = Math.exp(((sums[to] ?? NaN) - (sums[from] ?? NaN)) / (to - from));
  }
  return out;
}

/** The lowest loss up to each point, since the last gap. */
export const lowestSoFar = (curve: CurveLike): CurveLike => byPiece(curve, lowestUpTo);

function lowestUpTo({ losses, length }: CurveLike): Float32Array {
  const out = new Float32Array(length);
  for (let i = 0, least = Infinity; i < length; i++) {
    least = Math.min(least, losses[i] ?? Infinity);
    out[i] = least;
  }
  return out;
}
