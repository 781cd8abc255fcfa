/** Losses of a run as functions of parameters, compiled once for each configuration and data. */
import type { Device } from '../engine/device.ts';
import type { T5Config } from '../model/config.ts';
import { T5Objective } from '../training/t5-objective.ts';
import type { RunData, StageData } from './setup/setup.ts';

export class Objectives {
  private readonly of: { readonly device: Device; readonly data: RunData };
  private readonly made = new Map<string, Promise<T5Objective>>();

  constructor(of: Objectives['of']) {
    this.of = of;
  }

  /** The loss on the probe set, or on batches as the training takes them. */
  get(config: T5Config, of: 'probe' | 'batch', data: StageData): Promise<T5Objective> {
    const key = `${of} ${this.of.data.all.indexOf(data)} ${JSON.stringify(config)}`;
    const known = this.made.get(key);
    if (known) return known;
    const batch = of === 'batch' ? data.source.at?.(0) : undefined;
    const made = T5Objective.create(this.of.device, config, batch ?? data.probe);
    this.made.set(key, made);
    // One that could not be made is not kept: it may be possible later.
    made.catch(() => this.made.delete(key));
    return made;
  }

  /** Takes those of a run over the same data on the same device: a branch does not change them. */
  inherit(from: Objectives): void {
    for (const [key, objective] of from.made) this.made.set(key, objective);
    from.made.clear();
  }

  async dispose(): Promise<void> {
    for (const objective of this.made.values()) (await objective).dispose();
    this.made.clear();
  }
}
