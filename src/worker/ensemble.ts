/**
 * Several networks asked together, without fusing them: the loss of their averaged logits on the probe set. It is the
 * control of Deep Fusion, which has to get lower than this for the same compute. Programs are compiled once a network.
 */
import type { Program } from '../engine/device.ts';
import { lossOfAverage } from '../fusion/gap.ts';
import { batchInputs } from '../model/batch-inputs.ts';
import { FORWARD_INPUTS, setInputs } from '../model/t5-model.ts';
import type { ModelTrainer } from '../training/model-trainer.ts';
import type { RunData } from './setup.ts';

export class Ensemble {
  private readonly data: RunData;
  private readonly programs = new Map<ModelTrainer, Program>();

  constructor(data: RunData) {
    this.data = data;
  }

  /** Logits of one network on the probe set, [B·T, V]. */
  private async logits(trainer: ModelTrainer): Promise<Float32Array> {
    // Programs are of the model here; a trainer apart brings its parameters with it.
    const model = await trainer.local();
    let program = this.programs.get(trainer);
    if (!program) {
      program = await model.compileForward(this.data.probe);
      setInputs(program, batchInputs(this.data.probe, trainer.config.vocab_size), FORWARD_INPUTS);
      this.programs.set(trainer, program);
    }
    program.run();
    return program.read('logits');
  }

  /**
   * Mean cross-entropy per target token (nats) of the averaged logits of the first network, of the first two, and so on.
   * @param trainers networks of one vocabulary, at least one
   */
  async losses(trainers: readonly ModelTrainer[]): Promise<number[]> {
    const logits: Float32Array[] = [];
    for (const trainer of trainers) logits.push(await this.logits(trainer));
    const { labels } = this.data.probe;
    return logits.map((_, i) => lossOfAverage(logits.slice(0, i + 1), labels, trainers[0]?.config.vocab_size ?? 0));
  }

  /** Mean cross-entropy per target token (nats) of the averaged logits of all of them. */
  async loss(trainers: readonly ModelTrainer[]): Promise<number> {
    const logits: Float32Array[] = [];
    for (const trainer of trainers) logits.push(await this.logits(trainer));
    return lossOfAverage(logits, this.data.probe.labels, trainers[0]?.config.vocab_size ?? 0);
  }

  /** Forgets the programs of networks that are no longer in training. */
  keep(trainers: ReadonlySet<ModelTrainer>): void {
    for (const [trainer, program] of this.programs) {
      if (trainers.has(trainer)) continue;
      program.dispose();
      this.programs.delete(trainer);
    }
  }

  dispose(): void {
    this.keep(new Set());
  }
}
