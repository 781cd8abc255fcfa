/**
 * The loss of gradient descent near a point, for every step size at once, in closed form. With Ritz values λ_i and
 * weights w_i of a symmetric matrix G seen from the gradient g (theory/curvature/spectrum.ts), the loss after time t =
 * Σh of the quadratic model L₀ + g·d + dᵀGd/2 is
 *
 *     L = L₀ - Σ w_i (1 - r_i²)/(2λ_i),    r_i = Π(1 - hλ_i)               gradient descent
 *                                          r_i = exp(-λ_i t)               gradient flow
 *                                          r_i = exp(-Σ h λ_i(1 + hλ_i/2)) modified flow
 *
 * Numbers in, numbers out: the page makes the curve itself, so that it follows a slider.
 */
import { EDGE } from '../experiment/presets/edge.ts';
import { type StepSizeTable, tableAt } from '../experiment/experiment.ts';

export interface Spectrum {
  /** Ritz values, ascending. */
  readonly values: Float64Array;
  /** Σ weights = ‖g‖², Σ weights·values = gᵀGg. */
  readonly weights: Float64Array;
}

/** The results of one look at a point. */
export interface LocalSpectrum extends Spectrum {
  /** L(θ) */
  readonly loss: number;
  /** Gradients it cost. */
  readonly gradients: number;
}

export type SpectralDynamics = 'gradient-descent' | 'gradient-flow' | 'modified-flow';

/** (1 - r²)/(2λ) with r = exp(exponent), as its limit where λ vanishes; `perLambda`: -exponent/λ. */
function decay(lambda: number, exponent: number, perLambda: number): number {
  return Math.abs(exponent) < 1e-9 ? perLambda : -Math.expm1(2 * exponent) / (2 * lambda);
}

/**
 * Losses of the quadratic model before the first and after each of these steps: `stepSizes.length + 1` numbers. Past
 * hλ = 2 gradient descent's grow, as they do on the quadratic.
 */
export function spectralLosses(
  { values, weights }: Spectrum,
  loss: number,
  stepSizes: ArrayLike<number>,
  dynamics: SpectralDynamics,
): Float64Array {
  const losses = new Float64Array(stepSizes.length + 1).fill(loss);
  values.forEach((lambda, i) => {
    // Gradient descent's r changes its sign beyond hλ = 1: kept as a product. The flows' as a sum of exponents.
    let ratio = 1;
    let exponent = 0;
    let perLambda = 0;
    for (let step = 0; step < stepSizes.length; step++) {
      const h = stepSizes[step]!;
      ratio *= 1 - h * lambda;
      const rate = dynamics === 'modified-flow' ? h * (1 + (h * lambda) / 2) : h;
      perLambda += rate;
      exponent -= lambda * rate;
      const gone =
        dynamics === 'gradient-descent' && Math.abs(exponent) > 1e-6
          ? (1 - ratio * ratio) / (2 * lambda)
          : decay(lambda, exponent, perLambda);
      losses[step + 1] = losses[step + 1]! - weights[i]! * gone;
    }
  });
  return losses;
}

/**
 * n·h up to which the quadratic model is good on T5: off by 3 to 16 % of the drop at the growths of the presets, least
 * for small hλ (bench/theory-cheap.ts).
 */
export const SPECTRAL_WINDOW = 0.5;

export interface SpectralCurve {
  readonly steps: Float64Array;
  readonly losses: Float64Array;
  /**
   * The first step past n·h = .5, or whose hλ reaches 2; null if there is none. The curve goes on past it, to be
   * hatched.
   */
  readonly trustedUntil: number | null;
}

/**
 * The loss from the growth on for these step sizes, in closed form: some thousand multiplications, no gradient.
 * @param table step sizes on the experiment's axis
 * @param from step of the point where the spectrum was taken
 * @param to last step wanted
 * @param lambda sharpness there (largest eigenvalue of the Hessian); default: the largest Ritz value of G
 */
export function spectralCurve(options: {
  readonly spectrum: LocalSpectrum;
  readonly table: StepSizeTable;
  readonly from: number;
  readonly to: number;
  readonly lambda?: number;
  readonly dynamics?: SpectralDynamics;
}): SpectralCurve {
  const { spectrum, table, from, to, dynamics = 'gradient-descent' } = options;
  if (!Number.isInteger(from) || !Number.isInteger(to) || to < from)
    throw new Error(`the curve goes from step ${from} to ${to}; these must be whole numbers in order`);
  const lambda = options.lambda ?? spectrum.values.at(-1)!;
  const stepSizes = Float64Array.from({ length: to - from }, (_, i) => tableAt(table, from + i));
  let time = 0;
  let trusted: number | null = null;
  stepSizes.forEach((h, i) => {
    if (h * lambda >= EDGE) trusted ??= from + i;
    time += h;
    // Rounding of the sum must not end a window that is asked for to its very end.
    if (time > SPECTRAL_WINDOW * (1 + 1e-9)) trusted ??= from + i + 1;
  });
  return {
    steps: Float64Array.from({ length: to - from + 1 }, (_, i) => from + i),
    losses: spectralLosses(spectrum, spectrum.loss, stepSizes, dynamics),
    trustedUntil: trusted,
  };
}
