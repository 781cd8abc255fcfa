/** optimizers: full-batch steps of each optimizer on one model. */
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { adafactorWith } from '../../training/optimizers/adafactor.ts';
import { adam, adamw, DECAY } from '../../training/optimizers/adam.ts';
import { gradientDescent } from '../../training/optimizers/gradient-descent.ts';
import { momentum } from '../../training/optimizers/momentum.ts';
import type { Optimizer } from '../../training/optimizers/optimizer.ts';
import { type CaseKind, Comparison, distance } from './golden-case.ts';
import type { Json } from './json.ts';
import { train } from './t5-runner.ts';

/** The optimizer with other constants than its own: they are numbers of the step's `values`, not of the graph. */
export function withConstants(
  optimizer: Optimizer,
  constants: { readonly beta1: number; readonly beta2?: number; readonly epsilon?: number },
): Optimizer {
  // As the engine will see them: the corrections must belong to the float32 values of β, or the moments are off by up
  // to 5e-5.
  const beta1 = Math.fround(constants.beta1);
  const beta2 = Math.fround(constants.beta2 ?? 0);
  const { epsilon = 0 } = constants;
  return {
    ...optimizer,
    values(stepSize, counts) {
      const values = optimizer.values(stepSize, counts);
      values[1] = beta1;
      if (optimizer.name !== 'adam' && optimizer.name !== 'adamw') return values;
      values[2] = beta2;
      values[3] = epsilon;
      counts.forEach((count, group) => {
        values[4 + 2 * group] = 1 - beta1 ** count;
        values[5 + 2 * group] = 1 - beta2 ** count;
      });
      return values;
    },
  };
}

/** Our optimizer for PyTorch's class and settings; a reason if there is none. */
function optimizerFor(run: Json): Optimizer | string {
  const name = run.get('class').text();
  const settings = run.get('settings');
  const number = (key: string): number => settings.maybe(key)?.number() ?? 0;
  const isSet = (key: string): boolean =>
    settings.has(key) && ![0, false, null].includes(settings.get(key).value as number | boolean | null);
  const adafactors = name === 'transformers.optimization.Adafactor' || name === 'torch.optim.Adafactor';
  if (isSet('weight_decay') && (name !== 'torch.optim.AdamW' || number('weight_decay') !== DECAY))
    return `${name} with weight_decay ${number('weight_decay')} is not built; AdamW has ${DECAY}`;
  if (adafactors) return adafactorFor(run);
  for (const key of ['nesterov', 'dampening', 'amsgrad', 'maximize']) if (isSet(key)) return `${name} with ${key} is not built yet`;
  if (name === 'torch.optim.SGD')
    return number('momentum') === 0 ? gradientDescent : withConstants(momentum, { beta1: number('momentum') });
  if (name === 'torch.optim.Adam' || name === 'torch.optim.AdamW') {
    const [beta1 = 0.9, beta2 = 0.999] = settings.get('betas').numbers();
    return withConstants(name === 'torch.optim.AdamW' ? adamw : adam, { beta1, beta2, epsilon: number('eps') });
  }
  return `${name} is not built yet`;
}

/** Adafactor's constants are fixed, up to what decides the step size: others are told. */
function adafactorFor(run: Json): Optimizer | string {
  const settings = run.get('settings');
  const torch = run.get('class').text() === 'torch.optim.Adafactor';
  const fixed: readonly (readonly [string, unknown])[] = torch
    ? [
        ['beta2_decay', -0.8],
        ['d', 1],
      ]
    : [
        ['decay_rate', -0.8],
        ['clip_threshold', 1],
        ['beta1', null],
        ['relative_step', false],
        ['warmup_init', false],
      ];
  for (const [key, value] of fixed)
    if (settings.has(key) && settings.get(key).value !== value)
      return `Adafactor with ${key} ${JSON.stringify(settings.get(key).value)} is not built; it has ${JSON.stringify(value)}`;
  return adafactorWith({ scaled: torch || settings.get('scale_parameter').value === true, bounded: torch });
}

const norm = (data: ArrayLike<number>): number => distance(data, new Float32Array(data.length));
const dataOf = (tensors: NamedTensors, name: string): Float32Array => {
  const tensor: HostTensor | undefined = tensors.get(name);
  if (tensor === undefined) throw new Error(`the model has no parameter ${name}`);
  return tensor.data;
};

export const optimizersCase: CaseKind = {
  name: 'optimizers',
  matches: ({ json, files }) => files.has('model.safetensors') && json.has('runs') && json.has('tensors_kept'),
  async compare(golden, device) {
    const result = new Comparison();
    const start = golden.model();
    const batch = golden.batch(start.config);
    const runs = golden.json.get('runs');
    for (const name of runs.keys()) {
      const run = runs.get(name);
      const optimizer = optimizerFor(run);
      if (typeof optimizer === 'string') {
        result.note(`${name}: ${optimizer}`);
        continue;
      }
      const losses = run.get('losses').numbers();
      const tolerance = (key: string): number => run.get('tolerance').get(key).number();
      const { losses: ours, state } = await train(
        device,
        start,
        batch,
        optimizer,
        run.get('settings').get('lr').number(),
        losses.length - 1,
      );
      const worst = Math.max(...losses.map((loss, i) => Math.abs((ours[i] ?? Number.NaN) - loss) / Math.abs(loss)));
      result.check(`${name} losses`, worst, tolerance('loss'));
      for (const parameter of golden.json.get('tensors_kept').list()) {
        const key = parameter.text();
        const end = dataOf(state.parameters, key);
        const wanted = golden.tensor(`${name}.${key}`);
        result.arrays(`${name} ${key}`, end, wanted, tolerance('parameters'));
        const moved = distance(wanted, dataOf(start.parameters, key));
        if (moved > 0) result.check(`${name} displacement of ${key}`, distance(end, wanted) / moved, tolerance('displacement'));
      }
      const norms = run.get('final_norm');
      for (const key of norms.keys())
        result.number(`${name} norm of ${key}`, norm(dataOf(state.parameters, key)), norms.get(key).number(), tolerance('parameters'));
      const moves = run.get('final_displacement');
      for (const key of moves.keys())
        result.number(
          `${name} length moved by ${key}`,
          distance(dataOf(state.parameters, key), dataOf(start.parameters, key)),
          moves.get(key).number(),
          tolerance('displacement'),
        );
    }
    return result;
  },
};
