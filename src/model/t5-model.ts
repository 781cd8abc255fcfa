/**
 * A T5 on a device: its parameter and gradient pools and the programs compiled for them.
 */
import type { Device, Pool, Program } from '../engine/device.ts';
import { appendGradient } from '../engine/gradient.ts';
import { Graph } from '../engine/graph.ts';
import { later } from '../engine/jobs/later.ts';
import { appendTangents, keepOnly } from '../engine/tangent.ts';
import type { PoolRole } from '../engine/tensor.ts';
import type { Layout } from '../engine/layout.ts';
import type { HostTensor, NamedTensors } from '../engine/named-tensors.ts';
import type { GraphInputs } from './batch-inputs.ts';
import type { T5Config } from './config.ts';
import { flatten, unflatten } from './pool-tensors.ts';
import { metered } from './work-meter.ts';
import { appendT5, GROUPED_SHARE, t5Layout, type BatchShape } from './t5-graph.ts';

export interface GradientProgramOptions {
  /** Appends the optimizer's step behind the gradient; it may use the pools given here. */
  readonly update?: (graph: Graph) => void;
  readonly pools?: Readonly<Partial<Record<PoolRole, Pool>>>;
}

/** The matrices whose products with a vector a model can be compiled for. */
export type Curvature = 'hessian' | 'gauss-newton';

/** A gradient in forward passes: the backward pass is twice the forward pass. */
const GRADIENT = 3;
/**
 * Roughly: the tangents of a forward and a backward pass; for Gauss–Newton the tangent of a forward pass, and a
 * backward pass.
 */
export const GRADIENTS_PER_PRODUCT: Readonly<Record<Curvature, number>> = { hessian: 2, 'gauss-newton': 1.5 };

export class T5Model {
  readonly device: Device;
  readonly config: T5Config;
  readonly layout: Layout;
  readonly parameters: Pool;
  readonly gradients: Pool;
  private disposed = false;
  /** Programs that read the share of the grouped norm. */
  private readonly programs = new Set<Program>();
  private share = 1;

  /** Without tensors the parameters are zero until they are written. */
  constructor(device: Device, config: T5Config, tensors?: NamedTensors) {
    this.device = device;
    this.config = config;
    this.layout = t5Layout(config);
    this.parameters = device.createPool(this.layout);
    try {
      this.gradients = device.createPool(this.layout);
    } catch (error) {
      device.disposePool(this.parameters);
      throw error;
    }
    if (tensors) this.write(tensors);
  }

  write(tensors: NamedTensors): void {
    this.device.write(this.parameters, flatten(tensors, this.layout));
  }

  async read(pool: Pool = this.parameters): Promise<Map<string, HostTensor>> {
    return unflatten(await this.device.read(pool), this.layout);
  }

  /** Output `loss`; writes the gradient pool; with `update`, steps the parameters. */
  async compileGradient(shape: BatchShape, options: GradientProgramOptions = {}): Promise<Program> {
    const graph = new Graph(this.layout);
    const { loss } = appendT5(graph, this.config, shape, { loss: true, keep: false });
    if (!loss) throw new Error('t5: the loss is missing');
    appendGradient(graph, loss);
    options.update?.(graph);
    const program = await this.compile(graph, { parameters: this.parameters, gradients: this.gradients, ...options.pools });
    // A training step is counted by the plan (experiment/cost/cost.ts).
    return options.update ? program : metered(program, this.device, this.config, shape, GRADIENT);
  }

  /**
   * Reads the pool `direction`, writes its product with the Hessian of the loss, or with JᵀH_outJ (J the Jacobian of
   * the logits, H_out the loss's second derivative by them), into the pool `product`. Output `loss`. What depends on
   * the parameters only is computed by `run`; `rerun` takes a further direction at the same parameters.
   */
  async compileCurvature(
    curvature: Curvature,
    shape: BatchShape,
    { direction, product }: { readonly direction: Pool; readonly product: Pool },
  ): Promise<Program> {
    const graph = curvatureGraph(this.config, shape, curvature);
    const program = await (curvature === 'hessian'
      ? this.compile(graph, { parameters: this.parameters, gradients: this.gradients, direction, product })
      : this.compile(graph, { parameters: this.parameters, direction, gradients: product }));
    return metered(program, this.device, this.config, shape, GRADIENT * GRADIENTS_PER_PRODUCT[curvature]);
  }

  /** Output `loss` only. */
  async compileLoss(shape: BatchShape): Promise<Program> {
    const graph = new Graph(this.layout);
    appendT5(graph, this.config, shape, { loss: true, keep: false });
    return metered(await this.compile(graph, { parameters: this.parameters }), this.device, this.config, shape, 1);
  }

  /** Outputs `logits`, `encoder_output` and `attention.…`; with `keepNorms` 1/RMS of every norm. */
  async compileForward(shape: BatchShape, keepNorms = false): Promise<Program> {
    const graph = new Graph(this.layout);
    appendT5(graph, this.config, shape, { loss: false, keep: true, keepNorms });
    return metered(await this.compile(graph, { parameters: this.parameters }), this.device, this.config, shape, 1);
  }

  /**
   * How much of the grouped norm there is in a model whose norms are being released: 1 all, 0 none. For all its
   * programs, from the next run on.
   */
  setGroupedShare(share: number): void {
    this.share = share;
    for (const program of this.programs) program.setInput(GROUPED_SHARE, Float32Array.of(share));
  }

  private async compile(graph: Graph, pools: Readonly<Partial<Record<PoolRole, Pool>>>): Promise<Program> {
    const program = await this.device.compile(graph, pools);
    if (!this.config.norm_release || this.config.norm_groups.length === 1) return program;
    program.setInput(GROUPED_SHARE, Float32Array.of(this.share));
    this.programs.add(program);
    const dispose = program.dispose.bind(program);
    program.dispose = () => {
      this.programs.delete(program);
      dispose();
    };
    return program;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.device.disposePool(this.parameters);
    this.device.disposePool(this.gradients);
  }
}

/** The graph of `compileCurvature`. Gauss–Newton's writes the pool `gradients`, the Hessian's the pool `product`. */
export function curvatureGraph(config: T5Config, shape: BatchShape, curvature: Curvature): Graph {
  const graph = new Graph(t5Layout(config));
  const { loss, logits } = appendT5(graph, config, shape, { loss: true, keep: false });
  if (!loss) throw new Error('t5: the loss is missing');
  if (curvature === 'hessian') {
    appendGradient(graph, loss);
    appendTangents(graph);
    keepOnly(graph, 'product');
    return graph;
  }
  const change = appendTangents(graph)(logits);
  const entropy = graph.nodes.find((node) => node.op === 'cross_entropy');
  if (!change || !entropy) throw new Error('t5: the logits do not change with the parameters');
  const seed = graph.scratch(logits.shape);
  const { lse } = entropy.outputs;
  graph.push('cross_entropy_grad_tangent', { ...entropy.inputs, lse, tlogits: change }, { tdlogits: seed });
  appendGradient(graph, { from: logits, seed });
  keepOnly(graph, 'gradients');
  return graph;
}

/** Inputs of the kinds of programs; batch-inputs.ts makes them. */
export const FORWARD_INPUTS = ['input_ids', 'attention_mask', 'decoder_input_ids'] as const;
export const LOSS_INPUTS = [...FORWARD_INPUTS, 'labels', 'label_weights'] as const;
export const GRADIENT_INPUTS = [...LOSS_INPUTS, 'input_ids_index', 'decoder_input_ids_index'] as const;

/** The loss after the runs queued so far; fetched when someone waits for it (engine/jobs/later.ts). */
export function readLoss(program: Program): Promise<number> {
  return later(program.read('loss'), (values) => values[0] ?? Number.NaN);
}

export function setInputs(program: Program, inputs: GraphInputs, names: readonly string[]): void {
  for (const name of names) {
    const data = inputs.get(name);
    if (!data) throw new Error(`t5: the batch lacks the input ${name}`);
    program.setInput(name, data);
  }
}
