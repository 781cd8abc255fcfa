/** Largest eigenvalue of the Hessian and Gauss–Newton spectrum of a trained model, against float64. */
import { gaussNewtonSpectrum } from '../../theory/curvature/gauss-newton.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { type CaseKind, Comparison } from './golden-case.ts';

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
    const work = gaussNewtonSpectrum(objective, theta, ritz.length);
    let step = await work.next();
    while (step.done !== true) step = await work.next();
    result.arrays('Gauss–Newton Ritz values', step.value.values, ritz, golden.tolerance('gauss_newton', 0.01));
    result.check('Gauss–Newton Ritz values below 0', step.value.values.filter((value) => value < 0).length, 0);
    probe.dispose();
    objective.dispose();
    return result;
  },
};
