/**
 * The controls that train beside the plan for comparison. A control changes nothing of what it controls: one that can't
 * be made, that has no room or that diverges is left out and said, and the networks of the plan go on with the bits
 * they would have had.
 */
import { tell } from '../../experiment/messages/tell.ts';
import type { Told } from '../../experiment/messages/say.ts';
import { OutOfMemoryError } from '../../engine/faults.ts';
import { baselineStages } from '../../experiment/cost/cost.ts';
import { ALONE_ID, type Experiment, isAlone, isBaseline, type ModelId, UNREAD_ID } from '../../experiment/experiment.ts';
import type { ScheduledStage } from '../../experiment/plan/plan.ts';

export interface LeftOut {
  readonly model: ModelId;
  /** Updates it had when it was left out. */
  readonly step: number;
  /** Why, as a clause. */
  readonly reason: Told;
  /** There was no memory for it. */
  readonly memory: boolean;
}

/** The parts of a run that are used where a baseline is left out. */
interface Surroundings {
  readonly step: number;
  readonly trainers: ReadonlyMap<ModelId, unknown>;
  /** Networks that are only asked together, with programs of their own. */
  readonly ensemble: { release(all: boolean): boolean };
  retire(model: ModelId): void;
}

/** Why there is no memory for what trains beside the plan; null: there may be. */
export type NoRoom = Told | null;

export class Beside {
  private readonly run: Surroundings;
  private readonly out = new Map<ModelId, LeftOut>();
  private untold: LeftOut[] = [];

  constructor(run: Surroundings) {
    this.run = run;
  }

  /** The baselines as stages; one that was left out ends there. */
  stages(experiment: Experiment, stages: readonly ScheduledStage[]): readonly ScheduledStage[] {
    return baselineStages(experiment, stages).flatMap((stage) => {
      const to = Math.min(stage.to, this.out.get(stage.model)?.step ?? stage.to);
      return to > stage.from ? { ...stage, to, steps: to - stage.from } : [];
    });
  }

  isOut(model: ModelId): boolean {
    return this.out.has(model);
  }

  /** A baseline goes no further. */
  leaveOut(model: ModelId, reason: Told, memory = false): void {
    const left = { model, step: this.run.step, reason, memory };
    this.out.set(model, left);
    this.untold.push(left);
    this.run.retire(model);
  }

  leaveOutAll(stages: readonly ScheduledStage[], noRoom: NoRoom): void {
    if (noRoom !== null) for (const { model } of stages) this.leaveOut(model, noRoom, true);
  }

  /** Makes something of a baseline; undefined where there is no memory for it, and it is left out. */
  async make<T>(model: ModelId, make: () => Promise<T>): Promise<T | undefined> {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof OutOfMemoryError)) throw error;
      this.leaveOut(model, error.told, true);
      return undefined;
    }
  }

  /** Makes something of the plan; where there is no memory for it, once more without what trains beside the plan. */
  async withRoom<T>(make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      const beside = [...this.run.trainers.keys()].filter(isBaseline);
      if (!(error instanceof OutOfMemoryError) || (!this.run.ensemble.release(true) && beside.length === 0)) throw error;
      for (const id of beside) this.leaveOut(id, error.told, true);
      return make();
    }
  }

  /** Those that were left out since the last call. */
  drain(): readonly LeftOut[] {
    return this.untold.splice(0);
  }

  state(): readonly LeftOut[] {
    return [...this.out.values()];
  }

  restore(state: readonly LeftOut[]): void {
    for (const left of state) this.out.set(left.model, left);
  }
}

/** States by model, those of the plan first: what they need is theirs before anything beside them asks. */
export function planFirst<T>(states: ReadonlyMap<ModelId, T>): readonly (readonly [ModelId, T])[] {
  return [...states].sort(([a], [b]) => Number(isBaseline(a)) - Number(isBaseline(b)));
}

/** The name of a network beside the plan, at the beginning of a sentence. */
export function besideWords(model: ModelId): Told {
  if (model === UNREAD_ID) return tell('beside-unread');
  if (!isAlone(model)) return tell('beside-scratch');
  return model === ALONE_ID ? tell('beside-alone') : tell('beside-alone-of', { model: model.slice(ALONE_ID.length) });
}
