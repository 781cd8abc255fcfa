/**
 * The data of a run's networks, step by step: a stage's own task or the experiment's; a baseline follows the
 * plan.
 */
import { isBaseline, type ModelId } from '../../experiment/experiment.ts';
import { followedAt } from '../../experiment/plan/followed.ts';
import type { ScheduledStage } from '../../experiment/plan/plan.ts';
import { inTurn, type RunData, type StageData } from './setup.ts';

/** The parts of a run that decide it. */
interface Course {
  readonly data: RunData;
  readonly step: number;
  readonly end: number;
  readonly stages: readonly ScheduledStage[];
  readonly trainers: ReadonlyMap<ModelId, unknown>;
  stagesAt(step: number): readonly ScheduledStage[];
}

/** Indices of the stages whose data a model trains on, several in turn, by model. */
export type GivenStages = ReadonlyMap<ModelId, readonly number[]>;

export class TrainedData {
  private readonly run: Course;
  private readonly gave = new Map<ModelId, { readonly data: StageData; readonly stages: readonly number[] }>();
  private readonly turns = new Map<string, StageData>();

  constructor(run: Course) {
    this.run = run;
  }

  /**
   * The data that a model trains on from this step on. A baseline follows the plan, or has its last task; of stages
   * side by side it takes all in turn.
   */
  of(id: ModelId): StageData {
    return this.dataOf(this.stagesOf(id)) ?? this.given(id);
  }

  /** The stages that a model follows from this step on. */
  private stagesOf(id: ModelId): readonly ScheduledStage[] {
    const { run } = this;
    return isBaseline(id) ? followedAt(run.stages, id, run.step) : run.stagesAt(run.step).filter(({ model }) => model === id);
  }

  private dataOf(stages: readonly ScheduledStage[]): StageData | undefined {
    const { run } = this;
    const all = [...new Set(stages.map((stage) => run.data.of(stage)))];
    if (all.length < 2) return all[0];
    const key = stages.map(({ index }) => index).join(' ');
    const known = this.turns.get(key) ?? inTurn(all);
    this.turns.set(key, known);
    return known;
  }

  /** The data that a model trains on from this step on, which is remembered. */
  give(id: ModelId): StageData {
    const data = this.of(id);
    const stages = this.stagesOf(id).map(({ index }) => index);
    this.gave.set(id, { data, stages: stages.length > 0 ? stages : (this.gave.get(id)?.stages ?? []) });
    return data;
  }

  /** The stages whose data each model has been given, in a form that outlives the data. */
  state(): GivenStages {
    return new Map([...this.gave].map(([id, { stages }]) => [id, stages]));
  }

  /**
   * A model goes on with what it was given before a snapshot, whether or not something else is due. @param state of the
   * snapshot
   */
  goOn(id: ModelId, state: GivenStages): StageData {
    const indices = state.get(id) ?? [];
    const stages = this.run.stages.filter(({ index, model }) => indices.includes(index) && (isBaseline(id) || model === id));
    const data = this.dataOf(stages) ?? this.of(id);
    this.gave.set(id, { data, stages: indices });
    return data;
  }

  /** The data that a model had, before it goes on with others. */
  given(id: ModelId): StageData {
    return this.gave.get(id)?.data ?? this.run.data;
  }

  /** The data in training, where stages have data of their own: the first that is on, or was at the end. */
  get current(): StageData {
    const { run } = this;
    const [stage] = run.stagesAt(Math.min(run.step, run.end - 1));
    return stage ? run.data.of(stage) : run.data;
  }

  /** Models in training that go on with other data from this step on. */
  switching(): readonly ModelId[] {
    const { run } = this;
    return [...run.trainers.keys()].filter((id) => run.step < run.end && this.given(id) !== this.of(id));
  }
}
