/**
 * One growth of a run: the sources are asked what they know, grown, and the result is measured against their average.
 */
import type { Device } from '../../engine/device.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import type { Batch } from '../../data/batch.ts';
import { NORMS, type Experiment, type ModelId, type NormKind, type PlanStage } from '../../experiment/experiment.ts';
import { growsCopies, operatorOf, type ScheduledStage } from '../../experiment/plan/plan.ts';
import { growFactoredSlots } from '../../fusion/state/factored-state.ts';
import { averageLogits, lossOfAverage, relativeLogitsError } from '../../fusion/look/gap.ts';
import { growSlots } from '../../fusion/state/optimizer-state.ts';
import type { Growth, GrowthSource } from '../../fusion/operators/operator.ts';
import { newCount, type Provenance } from '../../fusion/provenance.ts';
import { batchInputs } from '../../model/batch-inputs.ts';
import { countParameters, withOneNorm } from '../../model/config.ts';
import { FORWARD_INPUTS, LOSS_INPUTS, setInputs, T5Model } from '../../model/t5-model.ts';
import { meterOf } from '../../model/work-meter.ts';
import { normFactors } from '../../training/norm-calibration.ts';
import { optimizerOf } from '../../training/optimizers/registry.ts';
import type { TrainerState } from '../../training/trainer.ts';
import type { GrowthReport, NormGap } from '../reports.ts';
import { grow, type StageData } from '../setup/setup.ts';

export interface RunGrowth {
  readonly report: GrowthReport;
  readonly provenance: Provenance;
  /** Copies, for a growth of one network; otherwise the number of sources. */
  readonly parts: number;
  /** The sources at their ends, in the report's order. */
  readonly sources: readonly GrowthSource[];
  /** Parameters of the grown model right after the growth, and what its optimizer holds there. */
  readonly fused: NamedTensors;
  readonly slots: TrainerState['slots'];
}

export interface GrowthSetting {
  readonly device: Device;
  readonly experiment: Experiment;
  readonly data: StageData;
  readonly stage: ScheduledStage;
  readonly step: number;
}

export interface GrowthSourceState {
  readonly id: ModelId;
  readonly state: TrainerState;
}

/**
 * A state whose norms are on their way into one counts as if they had arrived: a growth, or the end of the way, cuts
 * the rest short.
 */
export function settled(state: TrainerState): TrainerState {
  if (!state.config.norm_release) return state;
  const { release: _, ...rest } = state;
  return { ...rest, config: withOneNorm(state.config) };
}

/** Grows a stage's sources, each given once. Leaves nothing on the device. */
export async function growStage(
  setting: GrowthSetting,
  ends: readonly GrowthSourceState[],
): Promise<{ readonly growth: RunGrowth; readonly state: TrainerState }> {
  const { device, experiment, data, stage, step } = setting;
  const sources = ends.map(({ id, state }) => ({ id, state: settled(state) }));
  const states = sources.map(({ state }) => state);
  const measured: Measured[] = [];
  // A source may have trained on, or ended long ago: a model of its own is asked.
  for (const state of states) measured.push(await measure(setting, state));
  const logits = measured.map((source) => source.logits);
  const averaged = averageLogits(logits);
  const average = lossOfAverage(logits, data.probe.labels, states[0]?.config.vocab_size ?? 0);

  const given = sources.map(({ id, state: { config, parameters } }) => ({ name: id, config, parameters }));
  const factors = await meterOf(device).during('probe', () => growthNormFactors(device, stage, given, data.probe));
  const grownWith = (norm: NormKind): Growth => grow({ ...experiment, norm }, stage, given, factors);
  const gapOf = ({ loss, logits: own }: Measured): NormGap => ({ gap: loss - average, logitsError: relativeLogitsError(own, averaged) });
  const grown = grownWith(experiment.norm);
  const fused = await measure(setting, grown);
  // Of several sources, what every norm would have made: the average is theirs only under grouped norms.
  const norms: Partial<Record<NormKind, NormGap>> = {};
  if (states.length > 1)
    for (const norm of NORMS) norms[norm] = gapOf(norm === experiment.norm ? fused : await measure(setting, grownWith(norm)));

  const report: GrowthReport = {
    step,
    operator: operatorOf(experiment, stage),
    sources: sources.map(({ id }) => id),
    target: stage.model,
    loss: { sources: measured.map(({ loss }) => loss), average, fused: fused.loss },
    ...gapOf(fused),
    norms,
    parameters: {
      sources: states.map(({ config }) => countParameters(config)),
      target: countParameters(grown.config),
      new: newCount(grown.provenance),
    },
  };
  const carry = optimizerOf(experiment).secondMoments === 'factored' ? growFactoredSlots : growSlots;
  const { slots, groups, counts } = carry(experiment.moments, states, grown.provenance, grown.config);
  const releases = experiment.release > 0 && grown.config.norm_groups.length > 1;
  return {
    growth: { report, provenance: grown.provenance, parts: stage.sources.length, sources: given, fused: grown.parameters, slots },
    state: {
      config: releases ? { ...grown.config, norm_release: true } : grown.config,
      parameters: grown.parameters,
      slots,
      groups,
      counts,
      ...(releases ? { release: { from: step, steps: experiment.release } } : {}),
    },
  };
}

/** The constants of compensated norms, of a growth that joins several sources. */
export async function growthNormFactors(
  device: Device,
  stage: Pick<PlanStage, 'sources'>,
  sources: readonly GrowthSource[],
  probe: Batch,
): Promise<ReadonlyMap<string, readonly number[]>> {
  return growsCopies(stage) ? new Map() : normFactors(device, sources, probe);
}

interface Measured {
  readonly loss: number;
  /** On the probe set. */
  readonly logits: Float32Array;
}

async function measure(
  { device, data }: GrowthSetting,
  { config, parameters }: Pick<TrainerState, 'config' | 'parameters'>,
): Promise<Measured> {
  using own = new Resources();
  const model = own.use(new T5Model(device, config, parameters));
  const loss = own.use(await model.compileLoss(data.probe));
  const forward = own.use(await model.compileForward(data.probe));
  const inputs = batchInputs(data.probe, config.vocab_size);
  setInputs(loss, inputs, LOSS_INPUTS);
  setInputs(forward, inputs, FORWARD_INPUTS);
  meterOf(device).as('probe', () => {
    loss.run();
    forward.run();
  });
  return { loss: (await loss.read('loss'))[0] ?? Number.NaN, logits: await forward.read('logits') };
}
