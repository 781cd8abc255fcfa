/** What the networks of a run train on, step by step: a stage's own task or the experiment's; a baseline follows the plan. */
import { isBaseline, type ModelId } from '../../experiment/experiment.ts';
import type { ScheduledStage } from '../../experiment/plan/plan.ts';
import { followedAt } from '../metrics/stage-costs.ts';
import { inTurn, type RunData, type StageData } from './setup.ts';

/** What of a run decides it. */
interface Course {
  readonly data: RunData;
  readonly step: number;
  readonly end: number;
  readonly stages: readonly ScheduledStage[];
  readonly trainers: ReadonlyMap<ModelId, unknown>;
  stagesAt(step: number): readonly ScheduledStage[];
}

export class TrainedData {
  private readonly run: Course;
  private readonly gave = new Map<ModelId, StageData>();
  private readonly turns = new Map<string, StageData>();

  constructor(run: Course) {
    this.run = run;
  }

  /** What a model trains on from this step on. A baseline follows the plan, or has its last task; of stages side by side it takes all in turn. */
  of(id: ModelId): StageData {
    const { run } = this;
    const stages = isBaseline(id) ? followedAt(run.stages, id, run.step) : run.stagesAt(run.step).filter(({ model }) => model === id);
    const all = [...new Set(stages.map((stage) => run.data.of(stage)))];
    if (all.length < 2) return all[0] ?? this.given(id);
    const key = stages.map(({ index }) => index).join(' ');
    const known = this.turns.get(key) ?? inTurn(all);
    this.turns.set(key, known);
    return known;
  }

  /** What a model trains on from this step on, which is remembered. */
  give(id: ModelId): StageData {
    const data = this.of(id);
    this.gave.set(id, data);
    return data;
  }

  /** What a model was given to train on, before it goes on with something else. */
  given(id: ModelId): StageData {
    return this.gave.get(id) ?? this.run.data;
  }

  /** What is being trained on, where stages have data of their own: the first that is on, or was at the end. */
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
