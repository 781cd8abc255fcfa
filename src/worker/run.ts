/**
 * The numbers of one experiment: which models are in training, at which step, with which step sizes; one update of
 * all of them; the growth; snapshots to go back to. Knows nothing of messages or time.
 */
import type { Device, Pool } from '../engine/device.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import { recordedTables } from '../experiment/recordedTables.ts';
import { stepSizeAfter, type Experiment, type ModelId, type StepSize } from '../experiment/experiment.ts';
import { lossOfAverage } from '../fusion/gap.ts';
import { growMoments } from '../fusion/optimizer-state.ts';
import { newCount, type Provenance } from '../fusion/provenance.ts';
import { batchInputs } from '../model/batch-inputs.ts';
import { countParameters, type T5Config } from '../model/config.ts';
import { FORWARD_INPUTS, setInputs } from '../model/t5-model.ts';
import { SharpnessProbe } from '../theory/sharpness.ts';
import { OPTIMIZERS_BY_NAME } from '../training/optimizers/registry.ts';
import { T5Objective } from '../training/t5-objective.ts';
import { Trainer, type TrainerState } from '../training/trainer.ts';
import type { GrowthReport, ModelReport } from './protocol.ts';
import { FUSED_ID, fusedConfig, grow, initialParameters, SCRATCH_ID, sourceConfig, sourceIds, startingIds, type RunData } from './setup.ts';
import { StepSizes, type StepSizesState } from './step-sizes.ts';

export interface RunGrowth {
  readonly report: GrowthReport;
  readonly provenance: Provenance;
  /** Parameters of the sources at the growth, and of the fused model right after it. */
  readonly sources: ReadonlyMap<ModelId, NamedTensors>;
  readonly fused: NamedTensors;
}

export interface Snapshot {
  readonly step: number;
  readonly trainers: ReadonlyMap<ModelId, TrainerState>;
  readonly before: StepSizesState;
  readonly after: StepSizesState | null;
  readonly growth: RunGrowth | null;
}

export interface StepTaken {
  readonly step: number;
  readonly stepSize: number;
  /** Loss on the step's batch before the update, by model. */
  readonly losses: ReadonlyMap<ModelId, Promise<number>>;
}

export interface SharpnessMeasured {
  readonly model: ModelId;
  readonly lambda: number;
}

export class Run {
  readonly experiment: Experiment;
  readonly device: Device;
  readonly data: RunData;
  step = 0;
  growth: RunGrowth | null = null;
  before: StepSizes;
  after: StepSizes | null = null;
  readonly trainers = new Map<ModelId, Trainer>();
  private readonly objectives = new Map<string, Promise<T5Objective>>();
  private readonly probes = new Map<ModelId, SharpnessProbe<Pool>>();

  private constructor(device: Device, experiment: Experiment, data: RunData) {
    this.device = device;
    this.experiment = experiment;
    this.data = data;
    this.before = new StepSizes(experiment.h, 0, recordedTables(experiment)?.before);
  }

  /** A run at step 0. */
  static async create(device: Device, experiment: Experiment, data: RunData): Promise<Run> {
    const run = new Run(device, experiment, data);
    const vocabulary = data.task.vocabularySize;
    for (const id of startingIds(experiment)) {
      const config = id === SCRATCH_ID ? fusedConfig(experiment, vocabulary) : sourceConfig(experiment, vocabulary);
      await run.train(id, { config, parameters: initialParameters(experiment, id, vocabulary), moments: {}, groups: undefined, counts: [0] });
    }
    return run;
  }

  /** A run as it was. */
  static async restore(device: Device, experiment: Experiment, data: RunData, snapshot: Snapshot, previous?: Run): Promise<Run> {
    const run = new Run(device, experiment, data);
    // Compiled objectives stay with the sizes and the probe set, which a branch does not change.
    if (previous?.device === device) {
      for (const [key, objective] of previous.objectives) run.objectives.set(key, objective);
      previous.objectives.clear();
    }
    run.step = snapshot.step;
    // At step 0 nothing was taken yet: the experiment may ask for other step sizes than the snapshot's.
    if (snapshot.step > 0) run.before = StepSizes.restore(snapshot.before);
    run.after = snapshot.after ? StepSizes.restore(snapshot.after) : null;
    run.growth = snapshot.growth;
    for (const [id, state] of snapshot.trainers) await run.train(id, state);
    return run;
  }

  private async train(id: ModelId, state: TrainerState): Promise<Trainer> {
    const trainer = await Trainer.create(this.device, OPTIMIZERS_BY_NAME[this.experiment.optimizer], this.data.source, state);
    this.trainers.set(id, trainer);
    return trainer;
  }

  /** Parameters of a source at step 0. */
  initial(id: ModelId): NamedTensors {
    return initialParameters(this.experiment, id, this.data.task.vocabularySize);
  }

  get optimizer() {
    return OPTIMIZERS_BY_NAME[this.experiment.optimizer];
  }

  /** Whether losses of steps are losses on the probe set. */
  get fullBatch(): boolean {
    return this.data.source.at === undefined;
  }

  /** Step sizes of the stage that is on. */
  get sizes(): StepSizes {
    return this.after ?? this.before;
  }

  /** The models that will be, or were, fused. */
  get sources(): readonly ModelId[] {
    return sourceIds(this.experiment);
  }

  /** What is asked for after the growth, as far as it is known now. */
  sizesAfter(growAt: number): StepSizes {
    return this.after ?? new StepSizes(stepSizeAfter(this.experiment), growAt, growAt === this.experiment.grow ? recordedTables(this.experiment)?.after : []);
  }

  setStepSize(which: 'h' | 'h2', value: StepSize): void {
    if (which === 'h' && !this.after) this.before.change(this.step, value);
    else if (which === 'h2' && this.after) this.after.change(this.step, value);
  }

  /** One update of every model in training. Measures the sharpness first where the step size is held to it. */
  async advance(onSharpness: (measured: readonly SharpnessMeasured[]) => void): Promise<StepTaken> {
    const { sizes, step } = this;
    if (sizes.needsSharpness(step)) {
      const measured = await this.sharpness();
      onSharpness(measured);
      sizes.refresh(step, measured.map(({ lambda }) => lambda));
    }
    const stepSize = sizes.take(step);
    const losses = new Map<ModelId, Promise<number>>();
    for (const [id, trainer] of this.trainers) losses.set(id, trainer.step(step, stepSize));
    this.step = step + 1;
    return { step, stepSize, losses };
  }

  /** λmax of every model in training, on the probe set, where its parameters are now. */
  async sharpness(): Promise<SharpnessMeasured[]> {
    const measured: SharpnessMeasured[] = [];
    for (const [id, trainer] of this.trainers) {
      let probe = this.probes.get(id);
      if (!probe) {
        probe = new SharpnessProbe(await this.objective(trainer.model.config));
        this.probes.set(id, probe);
      }
      measured.push({ model: id, lambda: (await probe.measure(trainer.model.parameters)).lambda });
    }
    return measured;
  }

  /** The loss on the probe set as a function of the parameters of this configuration. */
  objective(config: T5Config): Promise<T5Objective> {
    const key = `${config.d_model}/${config.d_ff}/${config.num_heads}`;
    const known = this.objectives.get(key);
    if (known) return known;
    const made = T5Objective.create(this.device, config, this.data.probe);
    this.objectives.set(key, made);
    return made;
  }

  /** The sources become one larger model, which is in training from then on. */
  async grow(): Promise<RunGrowth> {
    if (this.growth) throw new Error(`the networks were fused at step ${this.growth.report.step} already`);
    const { experiment, step } = this;
    const ids = this.sources;
    const trainers = ids.map((id) => this.trainer(id));
    const losses: number[] = [];
    const logits: Float32Array[] = [];
    for (const trainer of trainers) {
      losses.push(await trainer.probeLoss());
      logits.push(await this.probeLogits(trainer));
    }
    const states = await Promise.all(trainers.map((trainer) => trainer.state()));
    const grown = grow(
      experiment,
      states.map(({ config, parameters }, i) => ({ name: ids[i] ?? '', config, parameters })),
    );
    const grownState = growMoments(experiment.moments, states, grown.provenance, grown.config);
    const trainer = await this.train(FUSED_ID, { ...grownState, parameters: grown.parameters });
    const fused = await trainer.probeLoss();
    const average = lossOfAverage(logits, this.data.probe.labels, grown.config.vocab_size);
    const report: GrowthReport = {
      step,
      operator: experiment.operator,
      sources: ids,
      target: FUSED_ID,
      loss: { sources: losses, average, fused },
      gap: fused - average,
      parameters: { sources: states.map(({ config }) => countParameters(config)), target: countParameters(grown.config), new: newCount(grown.provenance) },
    };
    this.after = this.sizesAfter(step);
    this.growth = { report, provenance: grown.provenance, sources: new Map(ids.map((id, i) => [id, states[i]?.parameters ?? new Map()])), fused: grown.parameters };
    for (const id of ids) this.retire(id);
    return this.growth;
  }

  private async probeLogits(trainer: Trainer): Promise<Float32Array> {
    const program = await trainer.model.compileForward(this.data.probe);
    setInputs(program, batchInputs(this.data.probe, trainer.model.config.vocab_size), FORWARD_INPUTS);
    program.run();
    const logits = await program.read('logits');
    program.dispose();
    return logits;
  }

  private retire(id: ModelId): void {
    this.trainers.get(id)?.dispose();
    this.trainers.delete(id);
    this.probes.get(id)?.dispose();
    this.probes.delete(id);
  }

  trainer(id: ModelId): Trainer {
    const trainer = this.trainers.get(id);
    if (!trainer) throw new Error(`model ${id} is not in training; ${[...this.trainers.keys()].join(', ')} are`);
    return trainer;
  }

  async snapshot(): Promise<Snapshot> {
    const trainers = new Map<ModelId, TrainerState>();
    for (const [id, trainer] of this.trainers) trainers.set(id, await trainer.state());
    return { step: this.step, trainers, before: this.before.state(), after: this.after?.state() ?? null, growth: this.growth };
  }

  /** The models of the whole plan, as the page draws them. */
  models(): ModelReport[] {
    const { experiment } = this;
    const vocabulary = this.data.task.vocabularySize;
    const small = sourceConfig(experiment, vocabulary);
    const large = fusedConfig(experiment, vocabulary);
    const grownAt = this.growth?.report.step ?? experiment.grow;
    const reports: ModelReport[] = this.sources.map((id) => ({ id, parameters: countParameters(small), dModel: small.d_model, from: 0, to: grownAt ?? experiment.steps, parents: [] }));
    if (grownAt !== null) reports.push({ id: FUSED_ID, parameters: countParameters(large), dModel: large.d_model, from: grownAt, to: experiment.steps, parents: this.sources });
    if (experiment.baseline === 'scratch') reports.push({ id: SCRATCH_ID, parameters: countParameters(large), dModel: large.d_model, from: 0, to: experiment.steps, parents: [] });
    return reports;
  }

  async dispose(): Promise<void> {
    for (const id of [...this.trainers.keys()]) this.retire(id);
    for (const objective of this.objectives.values()) (await objective).dispose();
    this.objectives.clear();
  }
}

/** Bytes of a snapshot in host memory, for the checkpoints' budget. */
export function snapshotBytes(snapshot: Snapshot): number {
  let bytes = 0;
  for (const { parameters, moments, groups } of snapshot.trainers.values()) {
    for (const tensors of [parameters, moments.moment1, moments.moment2, groups]) {
      for (const tensor of tensors?.values() ?? []) bytes += tensor.data.byteLength;
    }
  }
  return bytes;
}
