/**
 * The numbers of one experiment: which models are in training, at which step, with which step sizes; one update of
 * all of them; growths; snapshots to go back to. Knows nothing of messages or time.
 */
import type { Device, Pool } from '../engine/device.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import { recordedTables } from '../experiment/recordedTables.ts';
import { SCRATCH_ID, stepSizeAfter, tableAt, type Experiment, type ModelId, type StepSize, type StepSizeTable } from '../experiment/experiment.ts';
import { fuseNow, lastStep, planOf, schedule, type ScheduledStage } from '../experiment/plan.ts';
import { lossOfAverage } from '../fusion/gap.ts';
import { growMoments } from '../fusion/optimizer-state.ts';
import { newCount, type Provenance } from '../fusion/provenance.ts';
import { batchInputs } from '../model/batch-inputs.ts';
import { countParameters, type T5Config } from '../model/config.ts';
import { FORWARD_INPUTS, setInputs } from '../model/t5-model.ts';
import { SharpnessProbe } from '../theory/sharpness.ts';
import type { Optimizer } from '../training/optimizers/optimizer.ts';
import { OPTIMIZERS_BY_NAME } from '../training/optimizers/registry.ts';
import { T5Objective } from '../training/t5-objective.ts';
import { Trainer, type TrainerState } from '../training/trainer.ts';
import type { GrowthReport, ModelReport } from './protocol.ts';
import { grow, initialParameters, planConfigs, type RunData } from './setup.ts';
import { StepSizes, type StepSizesState } from './step-sizes.ts';

export interface RunGrowth {
  readonly report: GrowthReport;
  readonly provenance: Provenance;
  /** Copies, for a self-fusion; otherwise the number of sources. */
  readonly parts: number;
  /** Parameters of the grown model right after the growth. */
  readonly fused: NamedTensors;
}

export interface Snapshot {
  readonly step: number;
  readonly trainers: ReadonlyMap<ModelId, TrainerState>;
  /** End states of stages that a later growth needs, by stage. */
  readonly held: ReadonlyMap<number, TrainerState>;
  readonly sizes: ReadonlyMap<string, StepSizesState>;
  readonly growths: readonly RunGrowth[];
}

export interface StepTaken {
  readonly step: number;
  readonly stepSizes: ReadonlyMap<ModelId, number>;
  /** Loss on the step's batch before the update, by model. */
  readonly losses: ReadonlyMap<ModelId, Promise<number>>;
}

export interface SharpnessMeasured {
  readonly model: ModelId;
  readonly lambda: number;
}

/** Stages that begin together before, or after, a growth share their step sizes. */
interface SizeGroup {
  readonly key: string;
  readonly from: number;
  readonly grown: boolean;
}

export class Run {
  /** As planned; a growth at another step than planned changes it. */
  experiment: Experiment;
  readonly device: Device;
  readonly data: RunData;
  step = 0;
  stages: readonly ScheduledStage[];
  growths: readonly RunGrowth[] = [];
  readonly trainers = new Map<ModelId, Trainer>();
  private readonly held = new Map<number, TrainerState>();
  private readonly sizes = new Map<string, StepSizes>();
  private readonly objectives = new Map<string, Promise<T5Objective>>();
  private readonly probes = new Map<ModelId, SharpnessProbe<Pool>>();

  private constructor(device: Device, experiment: Experiment, data: RunData) {
    this.device = device;
    this.experiment = experiment;
    this.data = data;
    this.stages = schedule(planOf(experiment));
  }

  /** A run at step 0. */
  static async create(device: Device, experiment: Experiment, data: RunData): Promise<Run> {
    const run = new Run(device, experiment, data);
    const starting = run.stages.filter(({ from, sources, continues }) => from === 0 && sources.length === 0 && continues === null).map(({ model }) => model);
    for (const id of experiment.baseline === 'scratch' ? [...starting, SCRATCH_ID] : starting) {
      await run.train(id, { config: run.configOf(id), parameters: run.initial(id), moments: {}, groups: undefined, counts: [0] });
    }
    return run;
  }

  /** A run as it was, perhaps with another experiment from there on. */
  static async restore(device: Device, experiment: Experiment, data: RunData, snapshot: Snapshot, previous?: Run): Promise<Run> {
    const run = new Run(device, experiment, data);
    // Compiled objectives stay with the sizes and the probe set, which a branch does not change.
    if (previous?.device === device) {
      for (const [key, objective] of previous.objectives) run.objectives.set(key, objective);
      previous.objectives.clear();
    }
    run.step = snapshot.step;
    // At step 0 nothing was taken yet: the experiment may ask for other step sizes than the snapshot's.
    if (snapshot.step > 0) for (const [key, state] of snapshot.sizes) run.sizes.set(key, StepSizes.restore(state));
    run.growths = snapshot.growths;
    for (const [index, state] of snapshot.held) run.held.set(index, state);
    for (const [id, state] of snapshot.trainers) await run.train(id, state);
    return run;
  }

  private async train(id: ModelId, state: TrainerState): Promise<Trainer> {
    const trainer = await Trainer.create(this.device, this.optimizer, this.data.source, state);
    this.trainers.set(id, trainer);
    return trainer;
  }

  get optimizer(): Optimizer {
    return OPTIMIZERS_BY_NAME[this.experiment.optimizer];
  }

  /** Whether losses of steps are losses on the probe set. */
  get fullBatch(): boolean {
    return this.data.source.at === undefined;
  }

  /** Last step of the plan. */
  get end(): number {
    return lastStep(this.stages);
  }

  /** The latest growth. */
  get growth(): RunGrowth | null {
    return this.growths.at(-1) ?? null;
  }

  configOf(id: ModelId): T5Config {
    const config = this.configs.get(id);
    if (!config) throw new Error(`the plan has no model ${id}; it has ${[...this.configs.keys()].join(', ')}`);
    return config;
  }

  get configs(): ReadonlyMap<ModelId, T5Config> {
    return planConfigs(this.experiment, this.stages, this.data.task.vocabularySize);
  }

  /** Parameters at step 0 of a model that starts at random. */
  initial(id: ModelId): NamedTensors {
    return initialParameters(this.experiment, this.stages, id, this.configOf(id));
  }

  /** The stages that are on at a step. */
  stagesAt(step: number): readonly ScheduledStage[] {
    return this.stages.filter(({ from, to }) => from <= step && step < to);
  }

  private groupOf(stage: ScheduledStage): SizeGroup {
    const grown = this.stages.some(({ model, sources }) => model === stage.model && sources.length > 0);
    return { key: `${grown ? 'after' : 'before'} ${stage.from}`, from: stage.from, grown };
  }

  /** Step sizes of a stage, as they were and will be. */
  sizesOf(stage: ScheduledStage): StepSizes {
    const group = this.groupOf(stage);
    let sizes = this.sizes.get(group.key);
    if (!sizes) {
      const tables = recordedTables(this.experiment);
      sizes = new StepSizes(group.grown ? stepSizeAfter(this.experiment) : this.experiment.h, group.from, (group.grown ? tables?.after : tables?.before) ?? []);
      this.sizes.set(group.key, sizes);
    }
    return sizes;
  }

  /** Step sizes of a model in training; the baseline's are those of the first stage that is on. */
  private sizesOfModel(id: ModelId): StepSizes {
    const on = this.stagesAt(this.step);
    const stage = on.find(({ model }) => model === id) ?? on[0];
    if (!stage) throw new Error(`no stage of the plan is on at step ${this.step}`);
    return this.sizesOf(stage);
  }

  /** Step size at a step for predictions: undefined while it is not known; the same for all stages that are on. */
  stepSizeAt(step: number): number | undefined {
    const stage = this.stagesAt(step)[0];
    return stage ? this.sizesOf(stage).at(step) : undefined;
  }

  /** Step sizes of the stages that are on. */
  get currentSizes(): StepSizes | null {
    const stage = this.stagesAt(this.step)[0];
    return stage ? this.sizesOf(stage) : null;
  }

  /** Another step size from this step on; the experiment says so too, so that its link repeats the run. */
  setStepSize(which: 'h' | 'h2', value: StepSize): void {
    const stages = this.stagesAt(this.step).filter((stage) => this.groupOf(stage).grown === (which === 'h2'));
    const used = stages[0] ? this.sizesOf(stages[0]).used : [];
    for (const stage of stages) this.sizesOf(stage).change(this.step, value);
    this.experiment = { ...this.experiment, [which]: joined(used, this.step, value) };
  }

  /** One update of every model in training. Measures the sharpness first where the step size is held to it. */
  async advance(onSharpness: (measured: readonly SharpnessMeasured[]) => void): Promise<StepTaken> {
    const { step } = this;
    const sizes = new Map([...this.trainers.keys()].map((id) => [id, this.sizesOfModel(id)] as const));
    const due = new Set([...sizes.values()].filter((each) => each.needsSharpness(step)));
    if (due.size > 0) {
      const measured = await this.sharpness();
      for (const each of due) each.refresh(step, measured.filter(({ model }) => sizes.get(model) === each).map(({ lambda }) => lambda));
      onSharpness(measured);
    }
    const losses = new Map<ModelId, Promise<number>>();
    const stepSizes = new Map<ModelId, number>();
    for (const [id, trainer] of this.trainers) {
      const stepSize = sizes.get(id)?.take(step) ?? Number.NaN;
      stepSizes.set(id, stepSize);
      losses.set(id, trainer.step(step, stepSize));
    }
    this.step = step + 1;
    return { step, stepSizes, losses };
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
    const key = `${config.d_model}/${config.d_ff}/${config.num_heads}/${config.norm_groups.join()}`;
    const known = this.objectives.get(key);
    if (known) return known;
    const made = T5Objective.create(this.device, config, this.data.probe);
    this.objectives.set(key, made);
    return made;
  }

  /** Whether a stage ends or begins at this step, and has not been ended or begun. */
  needsTurn(): boolean {
    return this.step < this.end && (this.beginning().length > 0 || this.ending().length > 0);
  }

  /** Models in training none of whose stages is on any more. */
  ending(): readonly ModelId[] {
    return [...this.trainers.keys()].filter((id) => id !== SCRATCH_ID && !this.stages.some(({ model, from, to }) => model === id && from <= this.step && this.step < to));
  }

  /** Stages that begin at this step and have not begun. */
  beginning(): readonly ScheduledStage[] {
    return this.stages.filter(({ from, model, to }) => from === this.step && to > from && !this.trainers.has(model) && !this.growths.some(({ report }) => report.target === model));
  }

  /** Plans the next growth for now; false where nothing can grow. */
  planGrowthNow(): boolean {
    const changed = fuseNow(this.stages, this.step, this.experiment.k);
    if (!changed) return false;
    this.stages = schedule(changed);
    const grown = changed.filter(({ sources }) => sources.length > 0);
    const [only] = grown;
    // A plan that `grow` can say stays one; the baseline's and the steps' meaning stay with it.
    this.experiment =
      !this.experiment.plan && grown.length === 1 && only
        ? { ...this.experiment, grow: this.step, ...(new Set(only.sources).size === 1 ? { operator: 'self' as const, k: only.sources.length } : {}) }
        : { ...this.experiment, plan: changed };
    return true;
  }

  /** Ends what has ended at this step and begins what begins; returns the growths. */
  async turn(): Promise<readonly RunGrowth[]> {
    const beginning = this.beginning();
    for (const stage of this.stages) {
      if (stage.to !== this.step || !this.stages.some(({ sourceStages }) => sourceStages.includes(stage.index))) continue;
      const trainer = this.trainers.get(stage.model);
      if (trainer && !this.held.has(stage.index)) this.held.set(stage.index, await trainer.state());
    }
    const grown: RunGrowth[] = [];
    for (const stage of beginning) {
      if (stage.sources.length > 0) grown.push(await this.growInto(stage));
      else await this.train(stage.model, this.held.get(stage.continues ?? -1) ?? { config: this.configOf(stage.model), parameters: this.initial(stage.model), moments: {}, groups: undefined, counts: [0] });
    }
    for (const id of this.ending()) if (this.step < this.end) this.retire(id);
    return grown;
  }

  private async growInto(stage: ScheduledStage): Promise<RunGrowth> {
    const distinct = [...new Set(stage.sources)];
    const states = distinct.map((id) => {
      const state = this.held.get(stage.sourceStages[stage.sources.indexOf(id)] ?? -1);
      if (!state) throw new Error(`the growth into ${stage.model} lacks the end of ${id}`);
      return state;
    });
    const losses: number[] = [];
    const logits: Float32Array[] = [];
    for (const state of states) {
      // The source may have trained on, or ended long ago: a model of its own is asked.
      const source = await Trainer.create(this.device, this.optimizer, this.data.source, state);
      losses.push(await source.probeLoss());
      logits.push(await this.probeLogits(source));
      source.dispose();
    }
    const grown = grow(
      this.experiment,
      stage,
      states.map(({ config, parameters }, i) => ({ name: distinct[i] ?? '', config, parameters })),
    );
    const grownState = growMoments(this.experiment.moments, states, grown.provenance, grown.config);
    const trainer = await this.train(stage.model, { ...grownState, parameters: grown.parameters });
    const fused = await trainer.probeLoss();
    const average = lossOfAverage(logits, this.data.probe.labels, grown.config.vocab_size);
    const report: GrowthReport = {
      step: this.step,
      operator: distinct.length === 1 ? 'self' : this.experiment.operator,
      sources: distinct,
      target: stage.model,
      loss: { sources: losses, average, fused },
      gap: fused - average,
      parameters: { sources: states.map(({ config }) => countParameters(config)), target: countParameters(grown.config), new: newCount(grown.provenance) },
    };
    const growth: RunGrowth = { report, provenance: grown.provenance, parts: stage.sources.length, fused: grown.parameters };
    this.growths = [...this.growths, growth];
    return growth;
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
    return { step: this.step, trainers, held: new Map(this.held), sizes: new Map([...this.sizes].map(([key, sizes]) => [key, sizes.state()])), growths: this.growths };
  }

  /** The models of the whole plan, as the page draws them. */
  models(): ModelReport[] {
    const reports = new Map<ModelId, ModelReport>();
    for (const { model, from, to, sources } of this.stages) {
      const config = this.configOf(model);
      const before = reports.get(model);
      reports.set(model, { id: model, parameters: countParameters(config), dModel: config.d_model, from: before?.from ?? from, to, parents: before?.parents ?? [...new Set(sources)] });
    }
    if (this.experiment.baseline === 'scratch') {
      const config = this.configOf(SCRATCH_ID);
      reports.set(SCRATCH_ID, { id: SCRATCH_ID, parameters: countParameters(config), dModel: config.d_model, from: 0, to: this.end, parents: [] });
    }
    return [...reports.values()];
  }

  /** What was really used, by model. */
  usedStepSizes(id: ModelId): readonly (readonly [number, number])[] {
    const used = this.stages.filter(({ model }) => model === id || id === SCRATCH_ID).flatMap((stage) => this.sizesOf(stage).used);
    // The baseline follows the stages that are on; those that lie side by side say the same.
    return used.filter(([step], i) => used.findIndex(([other]) => other === step) === i);
  }

  async dispose(): Promise<void> {
    for (const id of [...this.trainers.keys()]) this.retire(id);
    for (const objective of this.objectives.values()) (await objective).dispose();
    this.objectives.clear();
  }
}

/** What was used up to a step and another value from there on, as one table. A held sharpness can't be part of a table: it stands for all of it. */
export function joined(used: StepSizeTable, step: number, value: StepSize): StepSize {
  const before = used.filter(([at]) => at < step);
  if (before.length === 0 || value.kind === 'edge') return value;
  const after: StepSizeTable = value.kind === 'constant' ? [[step, value.value]] : [[step, tableAt(value.table, step)], ...value.table.filter(([at]) => at > step)];
  return { kind: 'table', table: [...before, ...after] };
}

/** Bytes of a snapshot in host memory, for the checkpoints' budget. */
export function snapshotBytes(snapshot: Snapshot): number {
  let bytes = 0;
  for (const { parameters, moments, groups } of [...snapshot.trainers.values(), ...snapshot.held.values()]) {
    for (const tensors of [parameters, moments.moment1, moments.moment2, groups]) {
      for (const tensor of tensors?.values() ?? []) bytes += tensor.data.byteLength;
    }
  }
  return bytes;
}
