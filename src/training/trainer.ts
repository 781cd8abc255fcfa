/**
 * One model in training: its pools on the device, its captured training step, and its place on the step axis.
 * With a full batch the loss of a step's forward pass *is* the measured loss at that step; with mini-batches the
 * probe set is measured by a program of its own, every so often, and training never sees it.
 */
import type { Device, Pool, Program } from '../engine/device.ts';
import type { HostTensor, NamedTensors } from '../engine/named-tensors.ts';
import { Resources } from '../engine/jobs/resources.ts';
import { batchInputs } from '../model/batch-inputs.ts';
import type { T5Config } from '../model/config.ts';
import { flatten, unflatten } from '../model/pool-tensors.ts';
import { GRADIENT_INPUTS, LOSS_INPUTS, readLoss, setInputs, T5Model } from '../model/t5-model.ts';
import { meterOf } from '../model/work-meter.ts';
import type { ModelTrainer } from './model-trainer.ts';
import { groupedShare, type BatchSource, type NormRelease, type TrainerState } from './trainer-state.ts';
import type { StateRole, Optimizer } from './optimizers/optimizer.ts';

export { freshState, groupedShare, type BatchSource, type NormRelease, type TrainerState } from './trainer-state.ts';

export class Trainer implements ModelTrainer {
  readonly model: T5Model;
  readonly optimizer: Optimizer;
  readonly bytesApart = 0;
  private readonly device: Device;
  private readonly source: BatchSource;
  private readonly program: Program;
  private readonly probeProgram: Program;
  private readonly slots: ReadonlyMap<StateRole, Pool>;
  private readonly own: Resources;
  private readonly groupTensors: NamedTensors | undefined;
  private counts: number[];
  readonly release: NormRelease | undefined;

  private constructor(
    device: Device,
    model: T5Model,
    optimizer: Optimizer,
    source: BatchSource,
    parts: {
      program: Program;
      probeProgram: Program;
      slots: ReadonlyMap<StateRole, Pool>;
      state: TrainerState;
      own: Resources;
    },
  ) {
    this.device = device;
    this.model = model;
    this.optimizer = optimizer;
    this.source = source;
    this.program = parts.program;
    this.probeProgram = parts.probeProgram;
    this.slots = parts.slots;
    this.own = parts.own;
    this.groupTensors = parts.state.groups;
    this.counts = [...parts.state.counts];
    this.release = parts.state.release;
  }

  /** Where it can't be made, nothing stays on the device. */
  static async create(device: Device, optimizer: Optimizer, source: BatchSource, state: TrainerState): Promise<Trainer> {
    using own = new Resources();
    const model = own.use(new T5Model(device, state.config, state.parameters));
    const createPool = (): Pool => own.adopt(device.createPool(model.layout), (pool) => device.disposePool(pool));
    const slots = new Map<StateRole, Pool>();
    for (const role of optimizer.state) {
      const pool = createPool();
      const tensors = state.slots[role];
      if (tensors) device.write(pool, flatten(tensors, model.layout));
      slots.set(role, pool);
    }
    const grouped = state.groups !== undefined && optimizer.state.length > 0;
    let groups: Pool | undefined;
    if (grouped && state.groups) {
      groups = createPool();
      device.write(groups, flatten(state.groups, model.layout));
    }
    const pools = { ...Object.fromEntries(slots), ...(groups ? { groups } : {}) };
    const program = own.use(await model.compileGradient(source.shape, { update: (graph) => optimizer.append(graph, grouped), pools }));
    const probeProgram = own.use(await model.compileLoss(source.probe));
    const probeInputs = batchInputs(source.probe, state.config.vocab_size);
    setInputs(probeProgram, probeInputs, LOSS_INPUTS);
    if (!source.at) setInputs(program, probeInputs, GRADIENT_INPUTS);
    return new Trainer(device, model, optimizer, source, { program, probeProgram, slots, state, own: own.move() });
  }

  get config(): T5Config {
    return this.model.config;
  }

  local(): Promise<T5Model> {
    return Promise.resolve(this.model);
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  /** Whether a step's own loss is the measured one. */
  get fullBatch(): boolean {
    return this.source.at === undefined;
  }

  /** Calls (or dispatches) of one training step. */
  get calls(): number {
    return this.program.calls;
  }

  /**
   * Queues the update from `step` to `step + 1`; resolves with the loss on the step's batch before the update.
   * Does not need to be awaited before the next call.
   */
  step(step: number, stepSize: number): Promise<number> {
    if (this.source.at) setInputs(this.program, batchInputs(this.source.at(step), this.model.config.vocab_size), GRADIENT_INPUTS);
    this.counts = this.counts.map((count) => count + 1);
    this.program.setInput('values', this.optimizer.values(stepSize, this.counts));
    this.program.run();
    const loss = readLoss(this.program);
    this.moveTo(step + 1);
    return loss;
  }

  /** Says at which step of the experiment the model is: its norms, where they are being released, depend on it. */
  moveTo(step: number): void {
    if (this.release) this.model.setGroupedShare(groupedShare(this.release, step));
  }

  /** Loss on the probe set with the parameters as they are now. */
  probeLoss(): Promise<number> {
    meterOf(this.device).as('probe', () => this.probeProgram.run());
    return readLoss(this.probeProgram);
  }

  /** ‖g‖² of the last step's gradient. */
  gradientNormSquared(): Promise<number> {
    const squared = this.device.dot(this.model.gradients, this.model.gradients);
    return typeof squared === 'number' ? Promise.resolve(squared) : squared;
  }

  async parameters(): Promise<Map<string, HostTensor>> {
    return this.model.read();
  }

  async state(): Promise<TrainerState> {
    const parameters = await this.model.read();
    const slots: Partial<Record<StateRole, NamedTensors>> = {};
    for (const [role, pool] of this.slots) slots[role] = unflatten(await this.device.read(pool), this.model.layout);
    return {
      config: this.model.config,
      parameters,
      slots,
      groups: this.groupTensors,
      counts: [...this.counts],
      ...(this.release ? { release: this.release } : {}),
    };
  }

  dispose(): void {
    this.own.dispose();
  }
}
