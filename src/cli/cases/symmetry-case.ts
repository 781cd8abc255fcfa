/**
 * symmetry-*: the symmetry trap. Full-batch gradient descent of a self-fused model from zero and from noisy
 * off-diagonals.
 */
import type { Device } from '../../engine/device.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { equivalentStepFactors, twinDistance, type TwinDistance } from '../../fusion/look/symmetry.ts';
import { type TokenBatch, batchInputs } from '../../model/batch-inputs.ts';
import { GRADIENT_INPUTS, T5Model, setInputs } from '../../model/t5-model.ts';
import type { Checkpoint } from '../../storage/checkpoint/checkpoint.ts';
import { gradientDescent } from '../../training/optimizers/gradient-descent.ts';
import { type CaseKind, Comparison } from './golden-case.ts';
import { compareLosses, nudged, train } from './t5-runner.ts';

const MEASURES = [
  ['total', 'total'],
  ['concatenated', 'concatenated'],
  ['diagonal', 'diagonal'],
  ['off_diagonal', 'offDiagonal'],
] as const satisfies readonly (readonly [string, keyof TwinDistance])[];

/** Gradient descent with a step size of its own for every tensor; losses before each step and after the last. */
async function descendByTensor(
  device: Device,
  { config, parameters }: Checkpoint,
  batch: TokenBatch,
  stepSize: number,
  factors: ReadonlyMap<string, number>,
  steps: number,
): Promise<readonly number[]> {
  const model = new T5Model(device, config, parameters);
  const program = await model.compileGradient(batch);
  setInputs(program, batchInputs(batch, config.vocab_size), GRADIENT_INPUTS);
  let theta: NamedTensors = parameters;
  const losses: number[] = [];
  for (let step = 0; step <= steps; step++) {
    program.run();
    losses.push((await program.read('loss'))[0] ?? Number.NaN);
    const gradients = await model.read(model.gradients);
    theta = new Map(
      [...theta].map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((value, i) => value - stepSize * (factors.get(name) ?? 1) * (gradients.get(name)?.data[i] ?? Number.NaN)) },
      ]),
    );
    model.write(theta);
  }
  program.dispose();
  model.dispose();
  return losses;
}

export const symmetryCase: CaseKind = {
  name: 'symmetry',
  matches: ({ json, files }) => files.has('source-0') && json.has('runs') && json.has('small_model_equivalent'),
  async compare(golden, device) {
    const result = new Comparison();
    const source = golden.model('source-0');
    const batch = golden.batch(source.config);
    const stepSize = golden.json.get('lr').number();
    const steps = golden.json.get('steps').number();
    const runs = golden.json.get('runs');
    let k = 2;
    for (const name of runs.keys()) {
      const run = runs.get(name);
      const start = golden.model(name);
      k = start.config.d_model / source.config.d_model;
      const distances: TwinDistance[] = [];
      const { losses } = await train(device, start, batch, gradientDescent, stepSize, steps, (parameters) =>
        distances.push(twinDistance(parameters, k)),
      );
      const twin = async (): Promise<readonly number[]> =>
        (await train(device, nudged(start), batch, gradientDescent, stepSize, steps)).losses;
      await compareLosses(result, `${name}: losses`, losses, run.get('losses').numbers(), golden.tolerance('losses'), twin);
      for (const [key, measure] of MEASURES) {
        const wanted = run.get('distance').get(key).numbers();
        const ours = distances.map((entry) => entry[measure]);
        // From exact twins the distance is rounding: it must stay small. From noise it is a curve to follow.
        if (Math.max(...wanted) < 1e-12)
          result.check(`${name}: twin distance, ${key}`, Math.max(...ours), golden.tolerance('distance_zero_float32'));
        else result.arrays(`${name}: twin distance, ${key}`, ours, wanted, golden.tolerance('distance_noise_relative'));
      }
    }
    const equivalent = golden.json.get('small_model_equivalent');
    const factors = equivalentStepFactors(source.config, k);
    const wanted = equivalent.get('step_factors');
    for (const name of wanted.keys())
      result.number(`step factor of ${name}`, factors.get(name) ?? Number.NaN, wanted.get(name).number(), 1e-12);
    const losses = await descendByTensor(device, source, batch, stepSize, factors, steps);
    const twin = (): Promise<readonly number[]> => descendByTensor(device, nudged(source), batch, stepSize, factors, steps);
    await compareLosses(
      result,
      'small model with step factors: losses',
      losses,
      equivalent.get('losses').numbers(),
      golden.tolerance('losses'),
      twin,
    );
    return result;
  },
};
