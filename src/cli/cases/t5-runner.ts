/**
 * The quantities of a T5 on a device that are compared: loss, gradient, logits, a few training steps. Everything is
 * given back before they return.
 */
import type { Device } from '../../engine/device.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { type TokenBatch, batchInputs } from '../../model/batch-inputs.ts';
import { FORWARD_INPUTS, GRADIENT_INPUTS, LOSS_INPUTS, T5Model, setInputs } from '../../model/t5-model.ts';
import type { Optimizer } from '../../training/optimizers/optimizer.ts';
import { freshState, Trainer, type TrainerState } from '../../training/trainer.ts';
import type { Checkpoint } from '../../storage/checkpoint/checkpoint.ts';
import type { Comparison } from './golden-case.ts';

export interface Gradient {
  readonly loss: number;
  readonly gradients: Map<string, HostTensor>;
}

async function withModel<T>(device: Device, { config, parameters }: Checkpoint, use: (model: T5Model) => Promise<T>): Promise<T> {
  const model = new T5Model(device, config, parameters);
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}

/** Loss and gradient of every parameter on a batch. */
export function gradientOf(device: Device, checkpoint: Checkpoint, batch: TokenBatch): Promise<Gradient> {
  return withModel(device, checkpoint, async (model) => {
    const program = await model.compileGradient(batch);
    setInputs(program, batchInputs(batch, checkpoint.config.vocab_size), GRADIENT_INPUTS);
    program.run();
    const loss = (await program.read('loss'))[0] ?? Number.NaN;
    const gradients = await model.read(model.gradients);
    program.dispose();
    return { loss, gradients };
  });
}

export function lossOf(device: Device, checkpoint: Checkpoint, batch: TokenBatch): Promise<number> {
  return withModel(device, checkpoint, async (model) => {
    const program = await model.compileLoss(batch);
    setInputs(program, batchInputs(batch, checkpoint.config.vocab_size), LOSS_INPUTS);
    program.run();
    const loss = (await program.read('loss'))[0] ?? Number.NaN;
    program.dispose();
    return loss;
  });
}

/** Outputs of the forward pass by name: `logits`, `encoder_output`, `attention.encoder.0` … */
export function forwardOf(
  device: Device,
  checkpoint: Checkpoint,
  batch: TokenBatch,
  outputs: readonly string[],
): Promise<Map<string, Float32Array>> {
  return withModel(device, checkpoint, async (model) => {
    const program = await model.compileForward(batch);
    setInputs(program, batchInputs(batch, checkpoint.config.vocab_size), FORWARD_INPUTS);
    program.run();
    const values = new Map<string, Float32Array>();
    for (const name of outputs) values.set(name, await program.read(name));
    program.dispose();
    return values;
  });
}

export interface Training {
  /** Loss before every step, and after the last. */
  readonly losses: readonly number[];
  readonly state: TrainerState;
}

/** Full-batch training; `observe` sees the parameters before every step and after the last. */
export async function train(
  device: Device,
  { config, parameters }: Checkpoint,
  batch: TokenBatch,
  optimizer: Optimizer,
  stepSize: number,
  steps: number,
  observe?: (parameters: NamedTensors, step: number) => void,
): Promise<Training> {
  const trainer = await Trainer.create(device, optimizer, { shape: batch, at: undefined, probe: batch }, freshState(config, parameters));
  try {
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      observe?.(await trainer.parameters(), step);
      losses.push(await trainer.step(step, stepSize));
    }
    observe?.(await trainer.parameters(), steps);
    losses.push(await trainer.probeLoss());
    return { losses, state: await trainer.state() };
  } finally {
    trainer.dispose();
  }
}

/** ‖all tensors‖ */
export function totalNorm(tensors: NamedTensors): number {
  let sum = 0;
  for (const { data } of tensors.values()) for (const value of data) sum += value * value;
  return Math.sqrt(sum);
}

/** The same model with every weight moved by one unit in its last place, up or down by a fixed pattern. */
export function nudged({ config, parameters }: Checkpoint): Checkpoint {
  const unit = 2 ** -23;
  return {
    config,
    parameters: new Map(
      [...parameters].map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((value, i) => value * (1 + (Math.imul(i + 1, 0x9e3779b1) >>> 31 === 0 ? unit : -unit))) },
      ]),
    ),
  };
}

/**
 * Up to which step a run can be held to a tolerance in float32 at all. Past the edge of stability (hλ > 2) a run
 * amplifies rounding without bound; how far that has gone is seen from the same run started one unit in the last
 * place away. The horizon is the last step before that difference, ten times, passes the tolerance.
 */
function roundingHorizon(losses: readonly number[], nudgedLosses: readonly number[], tolerance: number): number {
  const first = losses.findIndex((loss, i) => !(10 * Math.abs(loss - (nudgedLosses[i] ?? Number.NaN)) <= tolerance * Math.abs(loss)));
  return first < 0 ? losses.length - 1 : first - 1;
}

/**
 * Losses of a run against the reference, as far as rounding lets them be told apart; says so if that is not to the end.
 * `nudgedRun` is made only if it is needed.
 */
export async function compareLosses(
  result: Comparison,
  what: string,
  ours: readonly number[],
  golden: readonly number[],
  tolerance: number,
  nudgedRun: () => Promise<readonly number[]>,
): Promise<void> {
  const whole = worstLoss(ours, golden);
  if (whole <= tolerance) {
    result.check(what, whole, tolerance);
    return;
  }
  const last = Math.min(roundingHorizon(ours, await nudgedRun(), tolerance), golden.length - 1);
  result.check(what, worstLoss(ours, golden, last), tolerance);
  if (last < golden.length - 1)
    result.note(`${what}: compared to step ${last}, past the edge of stability rounding grows beyond the tolerance`);
}

/** Largest |ours − golden| / |golden| over the steps up to `last`. */
function worstLoss(ours: readonly number[], golden: readonly number[], last = golden.length - 1): number {
  return Math.max(...golden.slice(0, last + 1).map((loss, i) => Math.abs((ours[i] ?? Number.NaN) - loss) / Math.abs(loss)));
}
