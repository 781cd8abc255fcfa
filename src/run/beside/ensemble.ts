/**
 * Several networks asked together, without fusing them: the loss of their averaged logits on the probe set. It is the
 * control of Deep Fusion, which has to get lower than this for the same compute. Programs are compiled once a network.
 */
import type { Batch } from '../../data/batch.ts';
import type { Device, Program } from '../../engine/device.ts';
import { ensembleOf } from '../../experiment/cost/cost.ts';
import { aloneId, type Experiment, type ModelId } from '../../experiment/experiment.ts';
import type { ScheduledStage } from '../../experiment/plan/plan.ts';
import { lossOfAverage } from '../../fusion/look/gap.ts';
import { batchInputs } from '../../model/batch-inputs.ts';
import { FORWARD_INPUTS, setInputs } from '../../model/t5-model.ts';
import { meterOf } from '../../model/work-meter.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import type { StageData } from '../setup/setup.ts';

/** The parts of a run that are asked for. */
interface Members {
  readonly device: Device;
  readonly trained: { readonly current: StageData };
  readonly experiment: Experiment;
  readonly stages: readonly ScheduledStage[];
  readonly baselines: readonly ScheduledStage[];
  readonly trainers: ReadonlyMap<ModelId, ModelTrainer>;
}

export class Ensemble {
  private readonly run: Members;
  private readonly programs = new Map<ModelTrainer, Program>();
  /** The sizes and tasks that the programs were compiled for. */
  private data: StageData | null = null;

  constructor(run: Members) {
    this.run = run;
  }

  /**
   * Mean cross-entropy per target token (nats) of the averaged logits of the networks that are fused, or of what they
   * become without it, where they are now; null where it was not asked for, or where one of them does not train.
   */
  async measure(): Promise<number | null> {
    const members = this.members();
    return members === null ? null : ((await this.losses(members)).at(-1) ?? null);
  }

  private members(): readonly ModelTrainer[] | null {
    const { experiment, stages, baselines, trainers } = this.run;
    if (!experiment.baseline.includes('ensemble')) return null;
    const first = baselines.find(({ model, sources }) => sources.length > 0 && model === aloneId(sources[0] ?? '', true))?.sources[0];
    const wanted = ensembleOf(stages).map(({ model }) => trainers.get(model) ?? trainers.get(aloneId(model, model === first)));
    const found = wanted.filter((trainer) => trainer !== undefined);
    return found.length < 2 || found.length < wanted.length ? null : found;
  }

  /**
   * The same of the first of these networks, of the first two, and so on.
   * @param trainers networks of one vocabulary
   */
  async losses(trainers: readonly ModelTrainer[]): Promise<readonly number[]> {
    const { current } = this.run.trained;
    if (this.data !== current) this.release(true);
    this.data = current;
    const logits: Float32Array[] = [];
    for (const trainer of trainers) logits.push(await this.logits(trainer, current.probe));
    return logits.map((_, i) => lossOfAverage(logits.slice(0, i + 1), current.probe.labels, trainers[0]?.config.vocab_size ?? 0));
  }

  /** Logits of one network on the probe set, [B·T, V]. */
  private async logits(trainer: ModelTrainer, probe: Batch): Promise<Float32Array> {
    // Programs are of the model here; a trainer apart brings its parameters with it.
    const model = await trainer.local();
    let program = this.programs.get(trainer);
    if (!program) {
      program = await model.compileForward(probe);
      setInputs(program, batchInputs(probe, trainer.config.vocab_size), FORWARD_INPUTS);
      this.programs.set(trainer, program);
    }
    meterOf(this.run.device).as('probe', () => program?.run());
    return program.read('logits');
  }

  /** Forgets the programs of networks that train no more, or of all; whether there were any. */
  release(all = false): boolean {
    const before = this.programs.size;
    const alive = new Set(this.run.trainers.values());
    for (const [trainer, program] of this.programs) {
      if (!all && alive.has(trainer)) continue;
      program.dispose();
      this.programs.delete(trainer);
    }
    return this.programs.size < before;
  }

  dispose(): void {
    this.release(true);
  }
}
