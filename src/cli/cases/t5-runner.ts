/** What the comparisons ask of a T5 on a device: loss, gradient, logits, a few training steps. Everything is given back before they return. */
import type { Device } from '../../engine/device.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { type TokenBatch, batchInputs } from '../../model/batch-inputs.ts';
import { FORWARD_INPUTS, GRADIENT_INPUTS, LOSS_INPUTS, T5Model, setInputs } from '../../model/t5-model.ts';
import type { Optimizer } from '../../training/optimizers/optimizer.ts';
import { Trainer, type TrainerState } from '../../training/trainer.ts';
import type { Checkpoint } from '../../storage/checkpoint.ts';

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
export function forwardOf(device: Device, checkpoint: Checkpoint, batch: TokenBatch, outputs: readonly string[]): Promise<Map<string, Float32Array>> {
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
  const trainer = await Trainer.create(device, optimizer, { shape: batch, at: undefined, probe: batch }, { config, parameters, moments: {}, groups: undefined, counts: [0] });
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
