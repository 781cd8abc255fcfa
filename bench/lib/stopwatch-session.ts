/**
 * One training step of the T5 v1.1 that the stopwatch (stopwatch.ts) times, on a device of ours: its weights ([in, out]
 * matrices, short names) as our parameters, its batch, Adam.
 */
import type { Device, Pool, Program } from '../../src/engine/device.ts';
import type { HostTensor } from '../../src/engine/named-tensors.ts';
import { batchInputs } from '../../src/model/batch-inputs.ts';
import { parameterShapes, type T5Config } from '../../src/model/config.ts';
import { GRADIENT_INPUTS, setInputs, T5Model } from '../../src/model/t5-model.ts';
import { adam } from '../../src/training/optimizers/adam.ts';

/**
 * Vocabulary, width, feed-forward width, heads, width of a head, layers of each stack, examples, source and target
 * length.
 */
export interface StopwatchSizes {
  readonly V: number;
  readonly D: number;
  readonly F: number;
  readonly H: number;
  readonly K: number;
  readonly L: number;
  readonly B: number;
  readonly S: number;
  readonly T: number;
}
export interface StopwatchJob {
  readonly device: string;
  readonly cfg: StopwatchSizes;
  readonly hyper: { readonly lr: number; readonly beta1: number; readonly beta2: number; readonly eps: number };
  readonly weights: Readonly<Record<string, HostTensor>>;
  readonly batch: { readonly src: Int32Array; readonly tgtIn: Int32Array; readonly labels: Int32Array };
}

export function configOf({ V, D, F, H, K, L }: StopwatchSizes): T5Config {
  return {
    vocab_size: V,
    d_model: D,
    d_kv: K,
    d_ff: F,
    num_layers: L,
    num_decoder_layers: L,
    num_heads: H,
    relative_attention_num_buckets: 32,
    relative_attention_max_distance: 128,
    layer_norm_epsilon: 1e-6,
    feed_forward_proj: 'gated-gelu',
    tied: false,
    scaled: false,
    pad_token_id: 0,
    eos_token_id: 1,
    decoder_start_token_id: 0,
    norm_groups: [D],
  };
}

/** The stopwatch's name of a parameter of ours. */
export function shortName(name: string): string {
  if (name === 'shared.weight') return 'shared';
  if (name === 'lm_head.weight') return 'lm';
  const stack = name.startsWith('encoder') ? 'enc' : 'dec';
  if (name.endsWith('relative_attention_bias.weight')) return `${stack}.relbias`;
  if (name.endsWith('final_layer_norm.weight')) return `${stack}.ln`;
  const [, , block, , layer, ...rest] = name.split('.');
  const last = stack === 'enc' ? '1' : '2';
  const part = layer === '0' ? 'self' : layer === last ? 'ff' : 'cross';
  const leaf = rest.at(-2) as string;
  const short = leaf === 'layer_norm' ? 'ln' : leaf.replace('wi_', 'wi');
  return `${stack}.${block}.${part}.${short}`;
}

function transposed({ shape, data }: HostTensor): HostTensor {
  const [rows, columns] = shape as readonly [number, number];
  const result = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = data[i * columns + j] as number;
  return { shape: [columns, rows], data: result };
}

function parametersOf(config: T5Config, weights: StopwatchJob['weights']): Map<string, HostTensor> {
  const parameters = new Map<string, HostTensor>();
  for (const [name, shape] of parameterShapes(config)) {
    const weight = weights[shortName(name)];
    if (!weight) throw new Error(`the stopwatch's weights have no ${shortName(name)} (our ${name})`);
    const keep = shape.length === 1 || name === 'shared.weight' || name.endsWith('relative_attention_bias.weight');
    parameters.set(name, keep ? weight : transposed(weight));
  }
  return parameters;
}

export class StopwatchSession {
  readonly model: T5Model;
  readonly info: { readonly adapter: string; readonly calls: number };
  readonly program: Program;
  private readonly device: Device;
  private readonly moments: readonly Pool[];
  private readonly job: StopwatchJob;
  private readonly values: Float32Array;
  private count = 0;

  private constructor(device: Device, model: T5Model, program: Program, moments: readonly Pool[], job: StopwatchJob) {
    this.device = device;
    this.model = model;
    this.program = program;
    this.moments = moments;
    this.job = job;
    this.values = new Float32Array(16);
    this.info = { adapter: `${device.kind} ${device.description}`.trim(), calls: program.calls };
  }

  static async create(device: Device, job: StopwatchJob): Promise<StopwatchSession> {
    const { B, S, T } = job.cfg;
    const config = configOf(job.cfg);
    const model = new T5Model(device, config, parametersOf(config, job.weights));
    const [slot1, slot2] = [device.createPool(model.layout), device.createPool(model.layout)];
    const shape = { batch: B, sourceLength: S, targetLength: T };
    const program = await model.compileGradient(shape, { update: (graph) => adam.append(graph, false), pools: { slot1, slot2 } });
    const batch = {
      ...shape,
      inputIds: job.batch.src,
      attentionMask: new Int32Array(B * S).fill(1),
      labels: job.batch.labels,
      decoderInputIds: job.batch.tgtIn,
    };
    setInputs(program, batchInputs(batch, config.vocab_size), GRADIENT_INPUTS);
    return new StopwatchSession(device, model, program, [slot1, slot2], job);
  }

  /** Queues one step; its loss is what `read` resolves with. */
  step(): Promise<Float32Array> {
    this.queue();
    return this.program.read('loss');
  }

  /** Queues one step whose loss nobody asks for. */
  queue(): void {
    const { lr, eps } = this.job.hyper;
    // The kernels compute with float32 values of β: the corrections must be of the same β.
    const [beta1, beta2] = [Math.fround(this.job.hyper.beta1), Math.fround(this.job.hyper.beta2)];
    this.count++;
    this.values.set([lr, beta1, beta2, eps, 1 - beta1 ** this.count, 1 - beta2 ** this.count]);
    this.program.setInput('values', this.values);
    this.program.run();
  }

  async read(loss: Float32Array | Promise<Float32Array>): Promise<number> {
    return (await loss)[0] ?? Number.NaN;
  }

  /** The device stays. */
  release(): void {
    this.program.dispose();
    this.model.dispose();
    for (const pool of this.moments) this.device.disposePool(pool);
  }

  dispose(): void {
    this.release();
    this.device.dispose();
  }
}
