/**
 * A model that trains in a worker of its own, with the interface of a trainer that trains here. The numbers are the
 * same bits: it is the same code on the same kernels, and its batches come from here.
 */
import type { Device } from '../../engine/device.ts';
import { unheard } from '../../engine/jobs/later.ts';
import type { HostTensor } from '../../engine/named-tensors.ts';
import type { T5Config } from '../../model/config.ts';
import { T5Model } from '../../model/t5-model.ts';
import { meterOf, passFlops } from '../../model/work-meter.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import type { OptimizerChoice } from '../../training/optimizers/registry.ts';
import type { BatchSource, NormRelease, TrainerState } from '../../training/trainer.ts';
import type { TrainerLink } from './trainer-link.ts';

/** Steps that wait in the worker behind the one it is making: enough that it never waits for the session. */
const AHEAD = 1;

export class RemoteTrainer implements ModelTrainer {
  readonly config: T5Config;
  readonly release: NormRelease | undefined;
  readonly bytesApart: number;
  private readonly link: TrainerLink;
  private readonly giveBack: (link: TrainerLink) => void;
  private readonly device: Device;
  private readonly source: BatchSource;
  /** The model here, for what looks at it. */
  private mirror: T5Model | null = null;
  private disposed = false;
  /** Steps that were asked for, oldest first. */
  private readonly underWay: Promise<number>[] = [];

  private constructor(
    link: TrainerLink,
    giveBack: (link: TrainerLink) => void,
    device: Device,
    source: BatchSource,
    state: TrainerState,
    bytes: number,
  ) {
    this.link = link;
    this.giveBack = giveBack;
    this.device = device;
    this.source = source;
    this.config = state.config;
    this.release = state.release;
    this.bytesApart = bytes;
  }

  /** @param giveBack takes the link when the trainer is disposed of */
  static async create(
    link: TrainerLink,
    giveBack: (link: TrainerLink) => void,
    { device, experiment, source, state }: { device: Device; experiment: OptimizerChoice; source: BatchSource; state: TrainerState },
  ): Promise<RemoteTrainer> {
    const { shape, probe } = source;
    // Only the sizes: a batch serves as a shape too.
    const { batch, sourceLength, targetLength } = shape;
    const sizes = { batch, sourceLength, targetLength };
    const bytes = await link.ask({
      type: 'create',
      // Whatever of the experiment says which optimizer it is: all of it, so that nothing can be forgotten.
      optimizer: experiment,
      shape: sizes,
      probe,
      fullBatch: source.at === undefined,
      state,
    });
    return new RemoteTrainer(link, giveBack, device, source, state, bytes);
  }

  async ready(): Promise<void> {
    while (this.underWay.length > AHEAD) await this.underWay.shift();
  }

  step(step: number, stepSize: number): Promise<number> {
    const loss = this.link.ask({ type: 'step', step, stepSize, batch: this.source.at?.(step) ?? null });
    // Whoever asked hears of a failure; it is not to count as unheard here.
    unheard(loss);
    this.underWay.push(loss);
    return loss;
  }

  /** Only norms that are being released depend on it, and those train here (TrainerWorkers). */
  moveTo(): void {}

  probeLoss(): Promise<number> {
    // It is computed on a device of its own: counted here, where the run's costs are.
    meterOf(this.device).add(passFlops(this.config, this.source.probe), 'probe');
    return this.link.ask({ type: 'probe-loss' });
  }

  gradientNormSquared(): Promise<number> {
    const squared = this.link.ask({ type: 'gradient-norm' });
    // A loss of the worker is told by what is waited for first.
    unheard(squared);
    return squared;
  }

  parameters(): Promise<Map<string, HostTensor>> {
    return this.link.ask({ type: 'parameters' });
  }

  state(): Promise<TrainerState> {
    return this.link.ask({ type: 'state' });
  }

  async local(): Promise<T5Model> {
    const parameters = await this.parameters();
    this.mirror ??= new T5Model(this.device, this.config);
    this.mirror.write(parameters);
    return this.mirror;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.mirror?.dispose();
    // Whatever was asked before is answered before.
    unheard(this.link.ask({ type: 'dispose' }));
    this.giveBack(this.link);
  }
}
