/**
 * λmax of models in training, where their parameters are now. A probe remembers the direction that it found, so that what
 * it says next depends on when it was asked before: what a step size is held to and what is only shown have probes of their own.
 */
import { allOrNothing } from '../../engine/all-or-nothing.ts';
import type { Device, Pool } from '../../engine/device.ts';
import { isBaseline, type ModelId } from '../../experiment/experiment.ts';
import type { T5Config } from '../../model/config.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { groupedShare } from '../../training/trainer.ts';
import type { RunData } from '../setup.ts';
import type { SharpnessMeasured } from '../step-taken.ts';

/** What of a run is looked at. */
export interface Probed {
  readonly device: Device;
  readonly data: RunData;
  readonly step: number;
  readonly trainers: ReadonlyMap<ModelId, ModelTrainer>;
  trainer(model: ModelId): ModelTrainer;
  objective(config: T5Config): Promise<T5Objective>;
}

interface Probe {
  readonly objective: T5Objective;
  readonly probe: SharpnessProbe<Pool>;
  dispose(): void;
}

export class SharpnessProbes {
  private readonly run: Probed;
  private readonly probes = new Map<ModelId, Probe>();

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

  private make(model: ModelId, config: T5Config): Promise<Probe> {
    const { run } = this;
    return allOrNothing(async (undo) => {
      // A baseline has an objective of its own, and takes it along where it is left out.
      const own = isBaseline(model) ? await T5Objective.create(run.device, config, run.data.probe) : null;
      if (own) undo(() => own.dispose());
      const objective = own ?? (await run.objective(config));
      const probe = new SharpnessProbe(objective);
      const made = { objective, probe, dispose: () => (own ?? probe).dispose() };
      this.probes.set(model, made);
      return made;
    });
  }

  forget(model: ModelId): void {
    this.probes.get(model)?.dispose();
    this.probes.delete(model);
  }
}
