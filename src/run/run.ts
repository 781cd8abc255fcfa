/**
 * The numbers of one experiment: which models are in training, at which step, with which step sizes; one update of
 * all of them; growths; snapshots to go back to. Knows nothing of messages or time.
 */
import type { Device } from '../engine/device.ts';
import { unheard } from '../engine/jobs/later.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import { isBaseline, type Experiment, type ModelId, type StepSize, type StepSizeTable } from '../experiment/experiment.ts';
import { fusionNow, type FusionNow } from '../experiment/plan/grow-now.ts';
import { isGrownFrom, lastStep, planOf, schedule, type ScheduledStage } from '../experiment/plan/plan.ts';
import type { T5Config } from '../model/config.ts';
import { meterOf } from '../model/work-meter.ts';
import type { Optimizer } from '../training/optimizers/optimizer.ts';
import { optimizerOf } from '../training/optimizers/registry.ts';
import type { T5Objective } from '../training/t5-objective.ts';
import type { ModelTrainer } from '../training/model-trainer.ts';
import { freshState, groupedShare, type TrainerState } from '../training/trainer.ts';
import { Beside, type NoRoom, planFirst } from './beside/beside.ts';
import { Ensemble } from './beside/ensemble.ts';
import { holdSharpness } from './step-sizes/hold-sharpness.ts';
import { growStage, settled, type RunGrowth } from './growth/grow-stage.ts';
import { trainHere, type TrainerMaker } from './setup/trainer-maker.ts';
import { modelReports } from './model-reports.ts';
import { Objectives } from './objectives.ts';
import type { ModelReport } from './reports.ts';
import { initialParameters, planConfigs, type RunData, type StageData } from './setup/setup.ts';
import { RunStepSizes } from './step-sizes/run-step-sizes.ts';
import type { Snapshot } from './snapshot.ts';
import type { StepSizes } from './step-sizes/step-sizes.ts';
import { SharpnessProbes } from './step-sizes/sharpness-probes.ts';
import { secondsUntil, type SharpnessMeasured, type StepTaken } from './step-taken.ts';
import { runCosts } from './metrics/stage-costs.ts';
import { TrainedData } from './setup/trained-data.ts';
import { beginningAt, endingAt } from './turns.ts';
import { whole } from './whole.ts';

export class Run {
  /** As planned; a growth at another step than planned changes it. */
  experiment: Experiment;
  readonly device: Device;
  readonly data: RunData;
  step = 0;
  stages: readonly ScheduledStage[];
  growths: readonly RunGrowth[] = [];
  readonly trainers = new Map<ModelId, ModelTrainer>();
  readonly trained = new TrainedData(this);
  private readonly maker: TrainerMaker;
  private readonly held = new Map<number, TrainerState>();
  private readonly sizes: RunStepSizes;
  private readonly objectives = new Objectives(this);
  /** Of what step sizes are held to, and of what is only shown. */
  private readonly probes = { held: new SharpnessProbes(this), shown: new SharpnessProbes(this) };
  readonly beside = new Beside(this);
  /** The ensemble, with which a fusion is compared: its networks asked together. */
  readonly ensemble = new Ensemble(this);

  private constructor(device: Device, experiment: Experiment, data: RunData, maker: TrainerMaker) {
    this.maker = maker;
    this.device = device;
    this.experiment = experiment;
    this.data = data;
    this.stages = schedule(planOf(experiment));
    this.sizes = new RunStepSizes(this);
  }

  /** A run at step 0. @param noRoom why nothing may train beside the plan */
  static create(device: Device, experiment: Experiment, data: RunData, maker = trainHere, noRoom: NoRoom = null): Promise<Run> {
    return whole(new Run(device, experiment, data, maker), (run) => run.begin(noRoom));
  }

  private async begin(noRoom: NoRoom): Promise<void> {
    this.beside.leaveOutAll(this.baselines, noRoom);
    const starting = this.stages
      .filter(({ from, sources, continues }) => from === 0 && sources.length === 0 && continues === null)
      .map(({ model }) => model);
    for (const id of [...starting, ...this.baselines.filter(({ sources }) => sources.length === 0).map(({ model }) => model)])
      await this.train(id, this.fresh(id));
  }

  /** The state of a model that starts at random. */
  private fresh(id: ModelId): TrainerState {
    return freshState(this.configOf(id), this.initial(id));
  }

  /** A run as it was, perhaps with another experiment from there on. */
  static restore(
    device: Device,
    experiment: Experiment,
    data: RunData,
    snapshot: Snapshot,
    maker: TrainerMaker = trainHere,
    previous?: Run,
    noRoom: NoRoom = null,
  ): Promise<Run> {
    return whole(new Run(device, experiment, data, maker), (run) => run.resume(snapshot, previous, noRoom));
  }

  private async resume(snapshot: Snapshot, previous: Run | undefined, noRoom: NoRoom): Promise<void> {
    this.step = snapshot.step;
    // At step 0 nothing was taken yet: the experiment may ask for other step sizes than the snapshot's.
    if (snapshot.step > 0) this.sizes.restore(snapshot.sizes);
    this.growths = snapshot.growths;
    for (const [index, state] of snapshot.held) this.held.set(index, state);
    this.beside.restore(snapshot.leftOut);
    this.beside.leaveOutAll(this.baselines, noRoom);
    this.probes.held.restore(snapshot.directions);
    for (const [id, state] of planFirst(snapshot.trainers)) {
      // A change of data that is due at this step is not made yet: the model trains on its old data until then.
      if (!this.beside.isOut(id)) await this.train(id, state, this.trained.goOn(id, snapshot.given));
    }
    // Compiled objectives stay with the sizes and the probe set, which a branch does not change.
    if (previous?.device === this.device) this.objectives.inherit(previous.objectives);
  }

  /** Trains a model from a state on; a baseline for which there is no memory is left out. */
  private async train(id: ModelId, state: TrainerState, data = this.trained.of(id)): Promise<void> {
    const { device, experiment, beside } = this;
    const flopsPerStep = this.flops().get(id) ?? 0;
    const sideBySide = this.stagesAt(this.step).length + this.baselines.filter(({ from }) => from <= this.step).length;
    const make = () => this.maker.make({ device, experiment, source: data.source, state, flopsPerStep, sideBySide });
    const trainer = await (isBaseline(id) ? beside.make(id, make) : beside.withRoom(make));
    if (!trainer) return;
    trainer.moveTo(this.step);
    this.trainers.set(id, trainer);
    if (this.trained.given(id) !== data) this.trained.give(id);
  }

  /** Operations of one training step, by model. */
  private flops(): ReadonlyMap<ModelId, number> {
    return runCosts(this.experiment, this.stages, this.data);
  }

  get optimizer(): Optimizer {
    return optimizerOf(this.experiment);
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

  /** The networks that train beside the plan for comparison, as stages. */
  get baselines(): readonly ScheduledStage[] {
    return this.beside.stages(this.experiment, this.stages);
  }

  configOf(id: ModelId): T5Config {
    const config = this.configs.get(id);
    if (!config) throw new Error(`the plan has no model ${id}; it has ${[...this.configs.keys()].join(', ')}`);
    return config;
  }

  get configs(): ReadonlyMap<ModelId, T5Config> {
    return planConfigs(this.experiment, this.stages, this.data.task.vocabularySize, this.data.given);
  }

  /** Parameters of a model at step 0: random, or a file's. */
  initial(id: ModelId): NamedTensors {
    return initialParameters(this.experiment, this.stages, id, this.configOf(id), this.data.given);
  }

  /** The stages that are on at a step. */
  stagesAt(step: number): readonly ScheduledStage[] {
    return this.stages.filter(({ from, to }) => from <= step && step < to);
  }

  /** Step sizes of a stage, as they were and will be. */
  sizesOf(stage: ScheduledStage): StepSizes {
    return this.sizes.of(stage);
  }

  /** Step size at a step for predictions: undefined while it is not known; the same for all stages that are on. */
  stepSizeAt(step: number): number | undefined {
    return this.sizes.at(step)?.at(step);
  }

  /** The same for one model, where stages before and after a growth lie side by side. */
  stepSizeOf(id: ModelId, step: number): number | undefined {
    const stage = this.stagesAt(step).find(({ model }) => model === id);
    return stage && this.sizesOf(stage).at(step);
  }

  /** The step size that was asked for after the latest growth. */
  specAfterGrowth(): StepSize | null {
    const stage = this.stages.find(({ model }) => model === this.growth?.report.target);
    return stage ? this.sizesOf(stage).specAt(stage.from) : null;
  }

  /** Step sizes of a model in training. */
  sizesOfModel(id: ModelId): StepSizes {
    return this.sizes.ofModel(id);
  }

  /** Another step size from this step on; the experiment says so too. */
  setStepSize(which: 'h' | 'h2', value: StepSize): void {
    this.experiment = { ...this.experiment, [which]: this.sizes.change(which, value) };
  }

  /** The step sizes that were used, by model. */
  usedStepSizes(id: ModelId): StepSizeTable {
    return this.sizes.used(id);
  }

  /** Models that share a table, held to the sharpest of them. */
  sharedStepSizes(): readonly (readonly ModelId[])[] {
    return this.sizes.shared();
  }

  /** One update of every model in training. Measures the sharpness first where the step size is held to it. */
  async advance(onSharpness: (measured: readonly SharpnessMeasured[]) => void, timed = false): Promise<StepTaken> {
    const { step } = this;
    const sizes = new Map([...this.trainers.keys()].map((id) => [id, this.sizesOfModel(id)] as const));
    const holding = { run: this, beside: this.beside, probes: this.probes.held };
    const measured = await meterOf(this.device).during('sharpness', () => holdSharpness(holding, sizes));
    if (measured.length > 0) onSharpness(measured);
    for (const trainer of this.trainers.values()) await trainer.ready();
    const losses = new Map<ModelId, Promise<number>>();
    const stepSizes = new Map<ModelId, number>();
    const seconds = new Map<ModelId, number>();
    for (const [id, trainer] of this.trainers) {
      const stepSize = sizes.get(id)?.use(step) ?? Number.NaN;
      stepSizes.set(id, stepSize);
      const before = performance.now();
      const loss = trainer.step(step, stepSize);
      // Waited for later, or not at all if the next model's step fails.
      unheard(loss);
      if (timed) seconds.set(id, await secondsUntil(loss, before));
      losses.set(id, loss);
    }
    this.step = step + 1;
    const bounded = new Set([...stepSizes.keys()].filter((id) => sizes.get(id)?.isBounded(step)));
    return { step, stepSizes, losses, seconds, bounded };
  }

  /** λmax of models in training, on the probe set, where their parameters are now: only to be shown. */
  async sharpness(ids: readonly ModelId[] = [...this.trainers.keys()]): Promise<SharpnessMeasured[]> {
    const measured: SharpnessMeasured[] = [];
    await meterOf(this.device).during('sharpness', async () => {
      for (const id of ids) measured.push(await this.probes.shown.measure(id));
    });
    return measured;
  }

  /** The loss on the probe set, or on batches as the training takes them, of parameters of this configuration. */
  objective(config: T5Config, of: 'probe' | 'batch' = 'probe', data: StageData = this.data.of({})): Promise<T5Objective> {
    return this.objectives.get(config, of, data);
  }

  /** Whether a stage ends or begins at this step, and has not been ended or begun. */
  needsTurn(): boolean {
    return (
      this.step < this.end &&
      (this.beginning().length > 0 || this.ending().length > 0 || this.released().length > 0 || this.trained.switching().length > 0)
    );
  }

  /** Models in training none of whose stages is on any more. */
  ending(): readonly ModelId[] {
    return endingAt(this);
  }

  /** Stages that begin at this step and have not begun. */
  beginning(): readonly ScheduledStage[] {
    return beginningAt(this, this.held);
  }

  /** Models whose norms have just become one: their share of the grouped norm is 0. */
  private released(): readonly ModelId[] {
    return [...this.trainers].filter(([, { release }]) => release && groupedShare(release, this.step) === 0).map(([id]) => id);
  }

  /** Models whose norms have become one go on as standard T5s; returns which. */
  async finishReleases(): Promise<readonly ModelId[]> {
    const ids = this.released();
    for (const id of ids) {
      const state = await this.trainer(id).state();
      this.retire(id);
      await this.train(id, settled(state));
    }
    return ids;
  }

  /** The effect of Fuse here. */
  fusionNow(): FusionNow | null {
    return fusionNow(
      this.experiment,
      this.step,
      this.growths.map(({ report }) => report),
    );
  }

  /** Goes on with another experiment, the same up to this step. */
  follow(experiment: Experiment): void {
    this.experiment = experiment;
    this.stages = schedule(planOf(experiment));
  }

  /** Ends what has ended at this step and begins what begins; returns the growths. */
  async turn(): Promise<readonly RunGrowth[]> {
    const beginning = new Set(this.beginning());
    const grown: RunGrowth[] = [];
    // In the order of the plan: a stage stands behind all that it grows from, also where those end as they begin.
    for (const stage of this.stages) {
      if (beginning.has(stage)) {
        if (stage.sources.length > 0) grown.push(await this.growInto(stage));
        else await this.train(stage.model, this.held.get(stage.continues ?? -1) ?? this.fresh(stage.model));
      }
      const trainer = this.trainers.get(stage.model);
      if (stage.to === this.step && trainer && isGrownFrom(this.stages, stage) && !this.held.has(stage.index))
        this.held.set(stage.index, await trainer.state());
    }
    for (const id of this.trained.switching()) {
      const state = await this.trainer(id).state();
      this.retire(id);
      await this.train(id, state);
    }
    for (const { model, from, sourceStages } of this.baselines) {
      const state = this.held.get(sourceStages[0] ?? -1);
      if (from === this.step && state && !this.trainers.has(model)) await this.train(model, state);
    }
    for (const id of this.ending()) if (this.step < this.end) this.retire(id);
    return grown;
  }

  private async growInto(stage: ScheduledStage): Promise<RunGrowth> {
    const sources = [...new Set(stage.sources)].map((id) => {
      const state = this.held.get(stage.sourceStages[stage.sources.indexOf(id)] ?? -1);
      if (!state) throw new Error(`the growth into ${stage.model} lacks the end of ${id}`);
      return { id, state };
    });
    const setting = { device: this.device, experiment: this.experiment, data: this.data.of(stage), stage, step: this.step };
    const { growth, state } = await this.beside.withRoom(() => growStage(setting, sources));
    await this.train(stage.model, state);
    this.growths = [...this.growths, growth];
    return growth;
  }

  /** A model trains no more. */
  retire(id: ModelId): void {
    this.trainers.get(id)?.dispose();
    this.trainers.delete(id);
    this.ensemble.release();
    for (const probes of Object.values(this.probes)) probes.forget(id);
  }

  /** The network that was grown last, of those in training; else the first. */
  get newest(): ModelId | undefined {
    return this.growths.findLast(({ report }) => this.trainers.has(report.target))?.report.target ?? [...this.trainers.keys()][0];
  }

  trainer(id: ModelId): ModelTrainer {
    const trainer = this.trainers.get(id);
    if (!trainer) throw new Error(`model ${id} is not in training; ${[...this.trainers.keys()].join(', ')} are`);
    return trainer;
  }

  async snapshot(): Promise<Snapshot> {
    const trainers = new Map<ModelId, TrainerState>();
    for (const [id, trainer] of this.trainers) trainers.set(id, await trainer.state());
    return {
      step: this.step,
      trainers,
      held: new Map(this.held),
      sizes: this.sizes.state(),
      directions: await this.probes.held.state(),
      given: this.trained.state(),
      growths: this.growths,
      leftOut: this.beside.state(),
    };
  }

  /** Bytes on this device, and on those of models that train in workers of their own. */
  bytes(): number {
    return [...this.trainers.values()].reduce((sum, { bytesApart }) => sum + bytesApart, this.device.bytes());
  }

  /** The models of the whole plan, as the page draws them, baselines last. */
  models(): ModelReport[] {
    return modelReports([...this.stages, ...this.baselines], this.configs, this.flops());
  }

  async dispose(): Promise<void> {
    this.ensemble.dispose();
    for (const id of [...this.trainers.keys()]) this.retire(id);
    await this.objectives.dispose();
  }
}
