/** The step sizes of all stages of a run, as they were and will be. Stages that begin together before, or after, a growth share theirs. */
import { recordedTables } from '../experiment/recordedTables.ts';
import { isAlone, SCRATCH_ID, stepSizeAfter, type Experiment, type ModelId, type StepSize } from '../experiment/experiment.ts';
import type { ScheduledStage } from '../experiment/plan.ts';
import { joined, StepSizes, type StepSizesState } from './step-sizes.ts';

/** What of a run decides its step sizes. */
interface Course {
  readonly experiment: Experiment;
  readonly step: number;
  readonly stages: readonly ScheduledStage[];
  readonly baselines: readonly ScheduledStage[];
  stagesAt(step: number): readonly ScheduledStage[];
}

export class RunStepSizes {
  private readonly course: Course;
  private readonly sizes = new Map<string, StepSizes>();

  constructor(course: Course) {
    this.course = course;
  }

  restore(states: ReadonlyMap<string, StepSizesState>): void {
    for (const [key, state] of states) this.sizes.set(key, StepSizes.restore(state));
  }

  state(): ReadonlyMap<string, StepSizesState> {
    return new Map([...this.sizes].map(([key, sizes]) => [key, sizes.state()]));
  }

  private hasGrown(stage: ScheduledStage): boolean {
    return this.course.stages.some(({ model, sources }) => model === stage.model && sources.length > 0);
  }

  private kept(key: string, make: () => StepSizes): StepSizes {
    const known = this.sizes.get(key);
    if (known) return known;
    const made = make();
    this.sizes.set(key, made);
    return made;
  }

  of(stage: ScheduledStage): StepSizes {
    const grown = this.hasGrown(stage);
    const { experiment } = this.course;
    return this.kept(`${grown ? 'after' : 'before'} ${stage.from}`, () => {
      const tables = recordedTables(experiment);
      return new StepSizes(grown ? stepSizeAfter(experiment) : experiment.h, stage.from, (grown ? tables?.after : tables?.before) ?? []);
    });
  }

  /** Of a model in training. From scratch: those of the first stage that is on; alone: as before the growth, for ever. */
  ofModel(id: ModelId): StepSizes {
    if (isAlone(id)) return this.alone(id);
    const on = this.course.stagesAt(this.course.step);
    const stage = on.find(({ model }) => model === id) ?? on[0];
    if (!stage) throw new Error(`no stage of the plan is on at step ${this.course.step}`);
    return this.of(stage);
  }

  private alone(id: ModelId): StepSizes {
    const { experiment, baselines, step } = this.course;
    return this.kept(id, () => new StepSizes(experiment.h, baselines.find(({ model }) => model === id)?.from ?? step));
  }

  /** Of the stages that are on at a step; those that lie side by side say the same. */
  at(step: number): StepSizes | null {
    const stage = this.course.stagesAt(step)[0];
    return stage ? this.of(stage) : null;
  }

  /** Another step size from this step on; returns what the experiment has to say so that its link repeats the run. */
  change(which: 'h' | 'h2', value: StepSize): StepSize {
    const { step, baselines } = this.course;
    if (which === 'h') for (const { model, from } of baselines) if (isAlone(model) && from <= step) this.alone(model).change(step, value);
    const stages = this.course.stagesAt(step).filter((stage) => this.hasGrown(stage) === (which === 'h2'));
    const used = stages[0] ? this.of(stages[0]).used : [];
    for (const stage of stages) this.of(stage).change(step, value);
    return joined(used, step, value);
  }

  /** What was really used, by model. */
  used(id: ModelId): readonly (readonly [number, number])[] {
    if (isAlone(id)) return this.sizes.get(id)?.used ?? [];
    const used = this.course.stages.filter(({ model }) => model === id || id === SCRATCH_ID).flatMap((stage) => this.of(stage).used);
    // The baseline follows the stages that are on; those that lie side by side say the same.
    return used.filter(([step], i) => used.findIndex(([other]) => other === step) === i);
  }
}
