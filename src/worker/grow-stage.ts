/** One growth of a run: the sources are asked what they know, grown, and the result is measured against their average. */
import type { Device } from '../engine/device.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import type { Experiment, ModelId } from '../experiment/experiment.ts';
import { operatorOf, type ScheduledStage } from '../experiment/plan.ts';
import { growFactoredMoments } from '../fusion/factored-state.ts';
import { averageLogits, lossOfAverage, relativeLogitsError } from '../fusion/gap.ts';
import { growMoments } from '../fusion/optimizer-state.ts';
import { newCount, type Provenance } from '../fusion/provenance.ts';
import { batchInputs } from '../model/batch-inputs.ts';
import { countParameters } from '../model/config.ts';
import { FORWARD_INPUTS, LOSS_INPUTS, setInputs, T5Model } from '../model/t5-model.ts';
import { OPTIMIZERS_BY_NAME } from '../training/optimizers/registry.ts';
import type { TrainerState } from '../training/trainer.ts';
import type { GrowthReport } from './protocol.ts';
import { grow, type RunData } from './setup.ts';

export interface RunGrowth {
  readonly report: GrowthReport;
  readonly provenance: Provenance;
  /** Copies, for a growth of one network; otherwise the number of sources. */
  readonly parts: number;
  /** Parameters of the grown model right after the growth. */
  readonly fused: NamedTensors;
}

export interface GrowthSetting {
  readonly device: Device;
  readonly experiment: Experiment;
  readonly data: RunData;
  readonly stage: ScheduledStage;
  readonly step: number;
}

export interface GrowthSourceState {
  readonly id: ModelId;
  readonly state: TrainerState;
}

/** Grows a stage's sources, each given once. Leaves nothing on the device. */
export async function growStage(setting: GrowthSetting, sources: readonly GrowthSourceState[]): Promise<{ readonly growth: RunGrowth; readonly state: TrainerState }> {
  const { experiment, data, stage, step } = setting;
  const measured: Measured[] = [];
  // A source may have trained on, or ended long ago: a model of its own is asked.
  for (const { state } of sources) measured.push(await measure(setting, state));
  const grown = grow(
    experiment,
    stage,
    sources.map(({ id, state: { config, parameters } }) => ({ name: id, config, parameters })),
  );
  const states = sources.map(({ state }) => state);
  const carry = OPTIMIZERS_BY_NAME[experiment.optimizer].secondMoments === 'factored' ? growFactoredMoments : growMoments;
  const state: TrainerState = { ...carry(experiment.moments, states, grown.provenance, grown.config), parameters: grown.parameters };
  const fused = await measure(setting, state);
  const logits = measured.map((source) => source.logits);
  const average = lossOfAverage(logits, data.probe.labels, grown.config.vocab_size);
  const report: GrowthReport = {
    step,
    operator: operatorOf(experiment, stage),
    sources: sources.map(({ id }) => id),
    target: stage.model,
    loss: { sources: measured.map(({ loss }) => loss), average, fused: fused.loss },
    gap: fused.loss - average,
    logitsError: relativeLogitsError(fused.logits, averageLogits(logits)),
    parameters: { sources: states.map(({ config }) => countParameters(config)), target: countParameters(grown.config), new: newCount(grown.provenance) },
  };
  return { growth: { report, provenance: grown.provenance, parts: stage.sources.length, fused: grown.parameters }, state };
}

interface Measured {
  readonly loss: number;
  /** On the probe set. */
  readonly logits: Float32Array;
}

async function measure({ device, data }: GrowthSetting, { config, parameters }: Pick<TrainerState, 'config' | 'parameters'>): Promise<Measured> {
  const model = new T5Model(device, config, parameters);
  const inputs = batchInputs(data.probe, config.vocab_size);
  const programs = [await model.compileLoss(data.probe), await model.compileForward(data.probe)] as const;
  const [loss, forward] = programs;
  setInputs(loss, inputs, LOSS_INPUTS);
  setInputs(forward, inputs, FORWARD_INPUTS);
  for (const program of programs) program.run();
  const measured = { loss: (await loss.read('loss'))[0] ?? Number.NaN, logits: await forward.read('logits') };
  for (const program of programs) program.dispose();
  model.dispose();
  return measured;
}
