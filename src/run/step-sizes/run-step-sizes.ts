/**
 * The step sizes of all stages of a run, as they were and will be. Stages that begin together before, or after, a
 * growth share theirs: held to the sharpness, that of the sharpest of them. What trains beside the plan has step sizes
 * of its own, so that no control changes what it controls.
 */
import { recordedTableOf } from '../../experiment/presets/recordedTables.ts';
import {
  isAlone,
  isBaseline,
  stepSizeAfter,
  type Experiment,
  type ModelId,
  type StepSize,
  type StepSizeTable,
} from '../../experiment/experiment.ts';
import type { ScheduledStage } from '../../experiment/plan/plan.ts';
import { followedAt } from '../../experiment/plan/followed.ts';
import { joined, StepSizes, type StepSizesState } from './step-sizes.ts';

/** The parts of a run that decide its step sizes. */
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
    // A stage with a step size of its own shares it with no other.
    if (stage.h !== undefined) {
      const { h: value } = stage;
      return this.kept(`own ${stage.index} ${stage.from}`, () => new StepSizes({ kind: 'constant', value }, stage.from));
    }
    return this.kept(`${grown ? 'after' : 'before'} ${stage.from}`, () => {
      const known = recordedTableOf(experiment, grown ? 'after' : 'before', stage.model);
      return new StepSizes(grown ? stepSizeAfter(experiment) : experiment.h, stage.from, known);
    });
  }

  /** Of a model in training. */
  ofModel(id: ModelId): StepSizes {
    if (isBaseline(id)) return this.ofBaseline(id);
    const stage = this.course.stagesAt(this.course.step).find(({ model }) => model === id);
    if (!stage) throw new Error(`no stage of the plan trains ${id} at step ${this.course.step}`);
    return this.of(stage);
  }

  /**
   * A baseline has the plan's step sizes, but where those are held to the sharpness, they are held to
   * the baseline's own. Alone: as before the growth, for ever. Others: as the first stage that is on.
   */
  private ofBaseline(id: ModelId): StepSizes {
    const { experiment, baselines, step } = this.course;
    const sizes = this.kept(id, () => new StepSizes(experiment.h, baselines.find(({ model }) => model === id)?.from ?? step));
    const own = followedAt(this.course.stages, id, step)[0]?.h;
    const [stage] = isAlone(id) ? [] : this.course.stagesAt(step);
    const asked = own !== undefined ? ({ kind: 'constant', value: own } as const) : stage && this.of(stage).specAt(step);
    if (asked && JSON.stringify(asked) !== JSON.stringify(sizes.specAt(step))) sizes.change(step, asked);
    return sizes;
  }

  /** Of the stages that are on at a step; those that lie side by side say the same. */
  at(step: number): StepSizes | null {
    const stage = this.course.stagesAt(step)[0];
    return stage ? this.of(stage) : null;
  }

  /** Another step size from this step on; returns what the experiment has to say so that its link repeats the run. */
  change(which: 'h' | 'h2', value: StepSize): StepSize {
    const { step, baselines } = this.course;
    if (which === 'h')
      for (const { model, from } of baselines) if (isAlone(model) && from <= step) this.ofBaseline(model).change(step, value);
    const stages = this.course.stagesAt(step).filter((stage) => stage.h === undefined && this.hasGrown(stage) === (which === 'h2'));
    const used = stages[0] ? this.of(stages[0]).used : [];
    for (const stage of stages) this.of(stage).change(step, value);
    return joined(used, step, value);
  }

  /** The step sizes that were used, by model. */
  used(id: ModelId): StepSizeTable {
    if (isBaseline(id)) return this.sizes.get(id)?.used ?? [];
    const used = this.course.stages.filter(({ model }) => model === id).flatMap((stage) => this.of(stage).used);
    // A stage of no steps shares its table with the one behind it.
    return used.filter(([step], i) => used.findIndex(([other]) => other === step) === i);
  }

  /**
   * Models of the plan that share a step size held to the sharpness of the sharpest of them, of those that have begun.
   */
  shared(): readonly (readonly ModelId[])[] {
    const groups = new Map<StepSizes, Set<ModelId>>();
    for (const stage of this.course.stages) {
      if (stage.from > this.course.step || stage.to === stage.from) continue;
      const sizes = this.of(stage);
      if (!sizes.isHeld) continue;
      groups.set(sizes, (groups.get(sizes) ?? new Set()).add(stage.model));
    }
    return [...groups.values()].filter(({ size }) => size > 1).map((models) => [...models]);
  }
}
