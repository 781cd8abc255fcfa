/**
 * A captured program against eager steps: a program that is replayed at every step, beside one that is compiled for
 * this step alone on the same contents. Both must give the same bits. For tests of a device.
 */
import { stream } from '../../data/random.ts';
import type { Device, Pool } from '../../engine/device.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import type { T5Config } from '../../model/config.ts';
import { initialise } from '../../model/init.ts';
import { modifiedFlow } from '../../theory/flows/flows.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { T5Objective } from '../t5-objective.ts';
import { Trainer, type BatchSource, type TrainerState } from '../trainer.ts';

const CONFIG: T5Config = {
  vocab_size: 11,
  d_model: 6,
  d_kv: 3,
  d_ff: 10,
  num_layers: 1,
  num_decoder_layers: 1,
  num_heads: 2,
  relative_attention_num_buckets: 4,
  relative_attention_max_distance: 8,
  layer_norm_epsilon: 1e-6,
  feed_forward_proj: 'gated-gelu',
  tied: false,
  scaled: false,
  pad_token_id: 0,
  eos_token_id: 1,
  decoder_start_token_id: 0,
  norm_groups: [6],
};
export const REPLAYED_STEPS = 50;
const SHAPE = { batch: 3, sourceLength: 5, targetLength: 4 };

export interface Replays {
  /** Steps at which replay and eager step differ in any bit. */
  readonly different: readonly number[];
  /** How many different results there were: a comparison of constants proves nothing. */
  readonly distinct: number;
}

/** Another mini-batch for every step, with padding at its ends. */
function batchAt(step: number): TokenBatch {
  const random = stream(step, 'replayed batch');
  const { batch, sourceLength, targetLength } = SHAPE;
  const ids = (count: number): Int32Array =>
    Int32Array.from({ length: count }, () => 2 + Math.floor(random.uniform() * (CONFIG.vocab_size - 2)));
  const length = sourceLength - (step % 3);
  return {
    ...SHAPE,
    inputIds: ids(batch * sourceLength),
    attentionMask: Int32Array.from({ length: batch * sourceLength }, (_, i) => (i % sourceLength < length ? 1 : 0)),
    labels: ids(batch * targetLength).map((id, i) => (i % targetLength < targetLength - (step % 2) ? id : -100)),
    decoderInputIds: ids(batch * targetLength),
  };
}

const stepSizeAt = (step: number): number => 0.02 + 0.01 * Math.sin(step);

const source: BatchSource = { shape: SHAPE, at: batchAt, probe: batchAt(1000) };

/** Every element in one of two step-count groups, as after a growth. */
const groupsOf = (parameters: NamedTensors): Map<string, HostTensor> =>
  new Map([...parameters].map(([name, { shape, data }]) => [name, { shape, data: data.map((_, i) => i % 2) }]));

function startingState(grouped: boolean): TrainerState {
  const parameters = initialise(CONFIG, stream(1, 'replayed weights'));
  return { config: CONFIG, parameters, slots: {}, groups: grouped ? groupsOf(parameters) : undefined, counts: grouped ? [7, 0] : [0] };
}

/** Numbers one after the other; bits are compared, not values. */
function bits(...parts: readonly (number | Float32Array | NamedTensors)[]): string {
  const text: string[] = [];
  const add = (values: Float32Array): void => {
    text.push(Array.from(new Uint32Array(values.buffer, values.byteOffset, values.length), (word) => word.toString(36)).join());
  };
  for (const part of parts) {
    if (part instanceof Float32Array) add(part);
    else if (typeof part === 'number') add(Float32Array.of(part));
    else for (const { data } of part.values()) add(data);
  }
  return text.join(';');
}

class Comparison {
  private readonly different: number[] = [];
  private readonly results = new Set<string>();

  add(step: number, replayed: string, eager: string): void {
    if (replayed !== eager) this.different.push(step);
    this.results.add(replayed);
  }
  get replays(): Replays {
    return { different: this.different, distinct: this.results.size };
  }
}

/** One trainer over all steps, and at each step a fresh one from the state before it: loss, parameters and moments. */
export async function replayTraining(device: Device, optimizer: Optimizer, steps: number, grouped = false): Promise<Replays> {
  const comparison = new Comparison();
  const captured = await Trainer.create(device, optimizer, source, startingState(grouped));
  for (let step = 0; step < steps; step++) {
    const eager = await Trainer.create(device, optimizer, source, await captured.state());
    comparison.add(step, await stepped(captured, step), await stepped(eager, step));
    eager.dispose();
  }
  captured.dispose();
  return comparison.replays;
}

async function stepped(trainer: Trainer, step: number): Promise<string> {
  const loss = await trainer.step(step, stepSizeAt(step));
  const { parameters, slots } = await trainer.state();
  return bits(loss, await trainer.probeLoss(), parameters, ...Object.values(slots));
}

/** The answers of an objective at a point to all that the theory asks, as bits. */
type Question = (objective: T5Objective, theta: Pool, step: number) => Promise<string>;

const questions = (device: Device): Readonly<Record<(typeof QUESTIONS)[number], Question>> => ({
  loss: async (objective, theta) => bits(await objective.loss(theta)),
  gradient: async (objective, theta) => {
    const gradient = objective.space.create();
    const loss = await objective.lossAndGradient(theta, gradient);
    const answer = bits(loss, await device.read(gradient));
    objective.space.dispose(gradient);
    return answer;
  },
  'modified-flow field': async (objective, theta, step) => {
    const out = objective.space.create();
    const flow = modifiedFlow(objective);
    const loss = await flow.field(theta, stepSizeAt(step), out);
    const answer = bits(loss, await device.read(out));
    flow.dispose();
    objective.space.dispose(out);
    return answer;
  },
  'Hessian and Gauss–Newton products': async (objective, theta) => {
    const [v, out] = [objective.space.create(), objective.space.create()];
    const answers: Float32Array[] = [];
    for (const product of [objective.hessianProduct(), objective.gaussNewtonProduct()]) {
      objective.gradient(theta, v);
      await product.apply(theta, v, out);
      answers.push(await device.read(out));
      await product.apply(theta, theta, out, true);
      answers.push(await device.read(out));
      product.dispose();
    }
    objective.space.dispose(v);
    objective.space.dispose(out);
    return bits(...answers);
  },
});

export const QUESTIONS = ['loss', 'gradient', 'modified-flow field', 'Hessian and Gauss–Newton products'] as const;

/** One objective on the probe set over all steps, and at each step a fresh one, at parameters that move. */
export async function replayObjective(device: Device, what: (typeof QUESTIONS)[number], steps: number): Promise<Replays> {
  const comparison = new Comparison();
  const ask = questions(device)[what];
  const captured = await T5Objective.create(device, CONFIG, source.probe);
  const theta = captured.space.fromTensors(initialise(CONFIG, stream(1, 'replayed weights')));
  const gradient = captured.space.create();
  for (let step = 0; step < steps; step++) {
    const eager = await T5Objective.create(device, CONFIG, source.probe);
    comparison.add(step, await ask(captured, theta, step), await ask(eager, theta, step));
    eager.dispose();
    captured.gradient(theta, gradient);
    captured.space.axpy(-stepSizeAt(step), gradient, theta);
  }
  captured.space.dispose(theta);
  captured.space.dispose(gradient);
  captured.dispose();
  return comparison.replays;
}
