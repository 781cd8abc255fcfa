/**
 * The spectra of theory-t5 and theory-t5-trained: Ritz values and weights from the gradient after ten Lanczos steps on
 * the full Hessian, and the losses that given ones predict in closed form. (Later Ritz values depend on rounding: past
 * twenty steps float32 and float64 part, and only their closed forms are compared.)
 */
import { toEnd } from '../../../engine/jobs/job.ts';
import { hessianProduct } from '../../../theory/hessian-product.ts';
import { ritzSpectrum, type SpectralDynamics, spectralLosses, type Spectrum } from '../../../theory/curvature/spectrum.ts';
import type { Checkpoint } from '../../../storage/checkpoint/checkpoint.ts';
import type { T5Objective } from '../../../training/t5-objective.ts';
import type { Comparison } from '../golden-case.ts';
import type { Json } from '../json.ts';

const DYNAMICS: readonly SpectralDynamics[] = ['gradient-descent', 'gradient-flow', 'modified-flow'];
/** Where a case does not give one. */
const CLOSED_FORMS = 1e-9;

function given(json: Json): Spectrum {
  return { values: Float64Array.from(json.get('values').numbers()), weights: Float64Array.from(json.get('weights').numbers()) };
}

function compareClosedForms(
  result: Comparison,
  what: string,
  spectrum: Spectrum,
  loss: number,
  h: number,
  predicted: Json,
  tolerance: number,
): void {
  for (const dynamics of DYNAMICS) {
    const wanted = predicted.get(dynamics.replace('-', '_')).numbers();
    const stepSizes = new Array<number>(wanted.length - 1).fill(h);
    result.arrays(`${what}, h ${h}: ${dynamics}`, spectralLosses(spectrum, loss, stepSizes, dynamics), wanted, tolerance);
  }
}

export async function compareSpectra(result: Comparison, json: Json, checkpoint: Checkpoint, objective: T5Objective): Promise<void> {
  const spectra = json.get('lanczos_from_gradient');
  const { space } = objective;
  const theta = space.fromTensors(checkpoint.parameters);
  const gradient = space.create();
  const loss = await objective.lossAndGradient(theta, gradient);
  const product = hessianProduct(objective);
  const ten = await toEnd(ritzSpectrum(space, product, theta, gradient, 10));
  const tolerance = json.get('tolerance').get('ritz_10').number();
  result.arrays('ten Ritz values', ten.values, spectra.get('10').get('values').numbers(), tolerance);
  result.arrays('weights of ten Ritz values', ten.weights, spectra.get('10').get('weights').numbers(), tolerance);
  product.dispose();
  space.dispose(gradient);
  space.dispose(theta);

  const closed = json.get('tolerance').maybe('closed_forms_from_the_given_ritz_values')?.number() ?? CLOSED_FORMS;
  for (const count of spectra.keys().filter((key) => /^\d+$/.test(key))) {
    const spectrum = given(spectra.get(count));
    const predicted = spectra.maybe(`predicted_losses_from_${count}`);
    for (const h of predicted?.keys() ?? [])
      compareClosedForms(
        result,
        `closed form of ${count} Ritz values`,
        spectrum,
        json.get('loss').number(),
        Number(h),
        predicted!.get(h),
        closed,
      );
    for (const h of json.get('curves').keys()) {
      const own = json.get('curves').get(h).maybe('predicted')?.maybe(count);
      if (own !== undefined)
        compareClosedForms(result, `closed form of ${count} Ritz values`, spectrum, json.get('loss').number(), Number(h), own, closed);
    }
  }
  result.number('loss at the spectrum', loss, json.get('loss').number(), json.get('tolerance').get('losses').number());
}
