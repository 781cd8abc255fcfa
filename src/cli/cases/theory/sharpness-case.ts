/**
 * Largest eigenvalue of the Hessian and Gauss–Newton spectrum of a trained model, and the loss that follows from it,
 * against float64.
 */
import { toEnd } from '../../../engine/jobs/job.ts';
import { spectralCurve } from '../../../curves/spectral-curve.ts';
import type { StepSizeTable } from '../../../experiment/experiment.ts';
import { parseLink } from '../../../experiment/link/link.ts';
import { presetOf } from '../../../experiment/presets/presets.ts';
import { recordedTableOf } from '../../../experiment/presets/recordedTables.ts';
import { gaussNewtonSpectrum, type GaussNewtonSpectrum } from '../../../theory/curvature/gauss-newton.ts';
import { SharpnessProbe } from '../../../theory/curvature/sharpness.ts';
import { T5Objective } from '../../../training/t5-objective.ts';
import { type CaseKind, Comparison, type GoldenCase } from '../golden-case.ts';

export const sharpnessCase: CaseKind = {
  name: 'sharpness',
  matches: ({ json, files }) => files.has('model.safetensors') && json.has('lambda_max') && json.has('gauss_newton'),
  async compare(golden, device) {
    const result = new Comparison();
    const checkpoint = golden.model();
    const objective = await T5Objective.create(device, checkpoint.config, golden.batch(checkpoint.config));
    const theta = objective.space.fromTensors(checkpoint.parameters);
    const probe = new SharpnessProbe(objective);
    const wanted = golden.json.get('lambda_max').number();
    for (const what of ['first', 'second'])
      result.number(
        `largest eigenvalue, ${what} measurement`,
        (await probe.measure(theta)).lambda,
        wanted,
        golden.tolerance('lambda_max', 0.01),
      );
    const ritz = golden.json
      .get('gauss_newton')
      .numbers()
      .toSorted((a, b) => a - b);
    const spectrum = await toEnd(gaussNewtonSpectrum(objective, theta, ritz.length));
    result.arrays('Gauss–Newton Ritz values', spectrum.values, ritz, golden.tolerance('gauss_newton', 0.01));
    result.check('Gauss–Newton Ritz values below 0', spectrum.values.filter((value) => value < 0).length, 0);
    spectralLoss(golden, spectrum, result);
    probe.dispose();
    objective.dispose();
    return result;
  },
};

/** The loss that the spectrum alone says of a later step: under `spectral_loss_at_300`, of step 300. */
function spectralLoss(golden: GoldenCase, spectrum: GaussNewtonSpectrum, result: Comparison): void {
  const key = golden.json.keys().find((each) => /^spectral_loss_at_\d+$/.test(each));
  if (key === undefined) return;
  const from = Number(/-(\d+)$/.exec(golden.json.get('checkpoint').text())?.[1]);
  const to = Number(key.replace('spectral_loss_at_', ''));
  const { losses } = spectralCurve({ spectrum, table: stepSizesOf(golden), from, to });
  result.number(`loss of the spectrum at ${to}`, losses.at(-1) ?? Number.NaN, golden.json.get(key).number(), golden.tolerance(key, 0.01));
}

/** The case's own step sizes; else those that were recorded with the preset of its link. */
function stepSizesOf({ json }: GoldenCase): StepSizeTable {
  const own = json.maybe('step_sizes')?.matrix();
  if (own) return own.map(([step = Number.NaN, size = Number.NaN]) => [step, size]);
  const [model = ''] = json.get('checkpoint').text().split('-');
  return recordedTableOf(presetOf(parseLink(json.get('link').text()).experiment), 'after', model);
}
