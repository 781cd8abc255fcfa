/**
 * Compensated norms. Under one RMS over the joint width every block of a fused model is divided by the joint RMS
 * where its source divided by its own: block m is off by r_t = (own RMS) / (joint RMS) at token t, from token to token
 * another. One constant a block, multiplied onto its norm scale, is the best that a standard T5 can do: the constant
 * c minimises Σ_t (c·r_t − 1)², so c = Σ r_t / Σ r_t². Derived for this program and checked against the reference; it
 * closes the gap only where the sources' scales differ, because r_t scatters.
 */
import type { T5Config } from '../model/config.ts';

/** The norms of a source, measured on a calibration batch. */
export interface NormMeasurement {
  readonly config: T5Config;
  /** By norm: 1/RMS, [tokens, groups of the source's norm], row-major. */
  readonly inverseRms: ReadonlyMap<string, ArrayLike<number>>;
}

/**
 * The constant of every norm and source.
 * @param counts by norm, whether a token counts (padding does not); all do if it says nothing
 */
export function compensation(
  sources: readonly NormMeasurement[],
  counts: (norm: string, token: number) => boolean = () => true,
): Map<string, readonly number[]> {
  const [first] = sources;
  const width = sources.reduce((sum, { config }) => sum + config.d_model, 0);
  const constants = new Map<string, readonly number[]>();
  for (const norm of first?.inverseRms.keys() ?? []) {
    const squares = sources.map((source) => meanSquares(source, norm));
    const sums = sources.map(() => ({ r: 0, squared: 0 }));
    for (let token = 0; token < (squares[0]?.length ?? 0); token++) {
      if (!counts(norm, token)) continue;
      const joint = sources.reduce((sum, { config }, m) => sum + (config.d_model / width) * (squares[m]?.[token] ?? Number.NaN), 0);
      sums.forEach((sum, m) => {
        const ratio = (squares[m]?.[token] ?? Number.NaN) / joint;
        sum.r += Math.sqrt(ratio);
        sum.squared += ratio;
      });
    }
    constants.set(
      norm,
      sums.map(({ r, squared }) => (squared > 0 ? r / squared : 1)),
    );
  }
  return constants;
}

/** Mean square of a source's whole width at every token. */
function meanSquares({ config, inverseRms }: NormMeasurement, norm: string): Float64Array {
  const values = inverseRms.get(norm);
  if (values === undefined) throw new Error(`a source has no measurement of ${norm}; all sources must have the same norms`);
  const groups = config.norm_groups;
  const squares = new Float64Array(values.length / groups.length);
  for (let token = 0; token < squares.length; token++) {
    groups.forEach((width, g) => {
      squares[token] = (squares[token] ?? 0) + (width / config.d_model) * (values[token * groups.length + g] ?? Number.NaN) ** -2;
    });
  }
  return squares;
}
