/**
 * λmax of models in training, where their parameters are now. A probe remembers the direction that it found, so that
 * what it says next depends on when it was asked before: what a step size is held to and what is only shown have probes
 * of their own.
 */
import type { Device, Pool } from '../../engine/device.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { isBaseline, type ModelId } from '../../experiment/experiment.ts';
import type { T5Config } from '../../model/config.ts';
import { type ProbeMemory, SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { groupedShare } from '../../training/trainer.ts';
import type { StageData } from '../setup/setup.ts';
import type { SharpnessMeasured } from '../step-taken.ts';

/** The parts of a run that are looked at. */
export interface Probed {
  readonly device: Device;
  readonly step: number;
  readonly trainers: ReadonlyMap<ModelId, ModelTrainer>;
  trainer(model: ModelId): ModelTrainer;
  objective(config: T5Config, of: 'probe', data: StageData): Promise<T5Objective>;
  readonly trained: { of(model: ModelId): StageData };
}

interface Probe {
  readonly objective: T5Objective;
  readonly probe: SharpnessProbe<Pool>;
  dispose(): void;
}

/** The directions that a model's probe goes on from, in host memory. */
export type SharpnessMemory = ProbeMemory<NamedTensors>;

export class SharpnessProbes {
  private readonly run: Probed;
  private readonly probes = new Map<ModelId, Probe>();
  /** Of probes that have not been made again yet. */
  private readonly remembered = new Map<ModelId, SharpnessMemory>();

  constructor(run: Probed) {
    this.run = run;
  }

  /** λmax of a model on the probe set. */
  async measure(model: ModelId): Promise<SharpnessMeasured> {
    const trainer = this.run.trainer(model);
    const { objective, probe } = this.probes.get(model) ?? (await this.make(model, trainer.config));
    if (trainer.release) objective.setGroupedShare(groupedShare(trainer.release, this.run.step));
    return { model, lambda: (await probe.measure((await trainer.local()).parameters)).lambda };
  }

  private async make(model: ModelId, config: T5Config): Promise<Probe> {
    const { run } = this;
    using own = new Resources();
    const data = run.trained.of(model);
    // A baseline has an objective of its own, and takes it along where it is left out.
    const objective = isBaseline(model)
      ? own.use(await T5Objective.create(run.device, config, data.probe))
      : await run.objective(config, 'probe', data);
    const probe = own.use(new SharpnessProbe(objective));
    const memory = this.remembered.get(model);
    if (memory) {
      using read = new Resources();
      const pool = (tensors: NamedTensors): Pool => objective.space.fromTensors(tensors, read);
      probe.remember({ top: pool(memory.top), second: pool(memory.second), iterations: memory.iterations });
      this.remembered.delete(model);
    }
    const kept = own.move();
    const made = { objective, probe, dispose: () => kept.dispose() };
    this.probes.set(model, made);
    return made;
  }

  /** The findings of all probes. */
  async state(): Promise<ReadonlyMap<ModelId, SharpnessMemory>> {
    const state = new Map(this.remembered);
    for (const [model, { objective, probe }] of this.probes) {
      const { memory } = probe;
      if (!memory) continue;
      const [top, second] = [await objective.space.toTensors(memory.top), await objective.space.toTensors(memory.second)];
      state.set(model, { top, second, iterations: memory.iterations });
    }
    return state;
  }

  /** Probes of these models go on from what was found before. */
  restore(state: ReadonlyMap<ModelId, SharpnessMemory>): void {
    for (const [model, memory] of state) this.remembered.set(model, memory);
  }

  forget(model: ModelId): void {
    this.remembered.delete(model);
    this.probes.get(model)?.dispose();
    this.probes.delete(model);
  }
}
