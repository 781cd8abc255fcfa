/**
 * Growth as a schedule (Figure 2 of Mazzawi et al., arXiv 2306.11903): a directed acyclic graph of training stages.
 * A stage trains one model for some steps; it goes on with the model, starts it at random, or grows it from others.
 * Stages on independent branches train side by side on one axis of steps.
 *
 * As text, in order: `A:200,B:200,A+B>M:400`; `A+A>M` is a self-fusion, or what `op` names. A stage may have a task of
 * its own: `M:300(task=who,examples=200)` (stage-options.ts).
 */
import { say } from './complaints.ts';
import { formatStageOptions, readStageOptions } from './stage-options.ts';
import {
  FUSED_ID,
  growsOneSource,
  isBaseline,
  sourceIds,
  type Experiment,
  type ModelId,
  type OperatorName,
  type PlanStage,
} from '../experiment.ts';

export interface ScheduledStage extends PlanStage {
  /** Place in the plan. */
  readonly index: number;
  /** First and last step on the experiment's axis. */
  readonly from: number;
  readonly to: number;
  /** For each source, the stage whose end it is taken from. */
  readonly sourceStages: readonly number[];
  /** The earlier stage of the same model that this one goes on from; null where it begins. */
  readonly continues: number | null;
}

/** Most stages of a plan, and most steps of one. */
const MOST_STAGES = 32;
const MOST_STEPS = 1_000_000;

/**
 * Times of every stage: a stage begins when its model's last one and all its sources have ended.
 * @throws an Error that names the stage and what would be right
 */
export function schedule(stages: readonly PlanStage[]): readonly ScheduledStage[] {
  if (stages.length === 0) throw new Error(say.noStage);
  if (stages.length > MOST_STAGES) throw new Error(say.tooManyStages(stages.length, MOST_STAGES));
  const last = new Map<ModelId, ScheduledStage>();
  return stages.map((stage, index) => {
    const { model, steps, sources } = stage;
    if (!/^[A-Z][A-Za-z0-9]{0,7}$/.test(model)) throw new Error(say.noName(model));
    if (isBaseline(model)) throw new Error(say.nameOfBaseline(model));
    if (!Number.isInteger(steps) || steps < 0 || steps > MOST_STEPS) throw new Error(say.noSteps(model, steps, MOST_STEPS));
    const own = last.get(model);
    const growth = `${sources.join('+')}>${model}`;
    if (sources.length === 1) throw new Error(say.oneSource(sources.join('+'), model));
    if (sources.length > 0 && own) throw new Error(say.trainedBefore(growth, model));
    const distinct = new Set(sources);
    if (distinct.size !== 1 && distinct.size !== sources.length) throw new Error(say.namedTwice(growth));
    const parents = sources.map((id) => {
      const found = last.get(id);
      if (!found) throw new Error(say.notTrained(growth, id));
      return found;
    });
    const from = Math.max(own?.to ?? 0, ...parents.map(({ to }) => to));
    const scheduled: ScheduledStage = {
      ...stage,
      index,
      from,
      to: from + steps,
      sourceStages: parents.map((parent) => parent.index),
      continues: own?.index ?? null,
    };
    last.set(model, scheduled);
    return scheduled;
  });
}

/** Reads `A:200,B:200,A+B>M:400`. @throws an Error that names the part that does not fit */
export function parsePlan(text: string): readonly PlanStage[] {
  const stages = text.split(/,(?![^(]*\))/).map((part): PlanStage => {
    const match = /^(?:([^>:(]+)>)?([^>:+(]+):(\d{1,7})(?:\((.*)\))?$/.exec(part.trim());
    if (!match) throw new Error(say.noStageText(part.slice(0, 40).replace(/[^ -~]/g, '�')));
    return {
      model: (match[2] ?? '').trim(),
      steps: Number(match[3]),
      sources: match[1] === undefined ? [] : match[1].split('+').map((id) => id.trim()),
      ...(match[4] === undefined ? {} : readStageOptions(match[4])),
    };
  });
  schedule(stages);
  return stages;
}

export function formatPlan(stages: readonly PlanStage[]): string {
  return stages
    .map((stage) => {
      const { model, steps, sources } = stage;
      return `${sources.length > 0 ? `${sources.join('+')}>` : ''}${model}:${steps}${formatStageOptions(stage)}`;
    })
    .join(',');
}

/** The experiment's plan: its own, or the one that `grow`, `steps`, `k` and `op` stand for. */
export function planOf(experiment: Experiment): readonly PlanStage[] {
  if (experiment.plan) return experiment.plan;
  const sources = sourceIds(experiment);
  if (experiment.grow === null) return sources.slice(0, 1).map((model) => ({ model, steps: experiment.steps, sources: [] }));
  const grow = Math.min(experiment.grow, experiment.steps);
  const parents = growsOneSource(experiment.operator) ? Array.from({ length: experiment.k }, () => 'A') : sources;
  return [
    ...sources.map((model): PlanStage => ({ model, steps: grow, sources: [] })),
    { model: FUSED_ID, steps: experiment.steps - grow, sources: parents },
  ];
}

/** The models that begin from nothing of the plan's own, at random or from a file, in the order of the plan. */
export function startingModels(experiment: Experiment): readonly ModelId[] {
  const plan = planOf(experiment);
  const grown = new Set(plan.filter(({ sources }) => sources.length > 0).map(({ model }) => model));
  return [...new Set(plan.map(({ model }) => model))].filter((model) => !grown.has(model));
}

/** Whether a growth is of one network, by itself. */
export const growsCopies = ({ sources }: Pick<PlanStage, 'sources'>): boolean => sources.length > 0 && new Set(sources).size === 1;

/** The operator of a growth: the experiment's where it takes what the growth has, else Deep Fusion's own. */
export function operatorOf(experiment: Pick<Experiment, 'operator'>, stage: Pick<PlanStage, 'sources'>): OperatorName {
  if (!growsCopies(stage)) return 'fuse';
  return growsOneSource(experiment.operator) ? experiment.operator : 'self';
}

/** Whether something grows from a stage. */
export const isGrownFrom = (stages: readonly ScheduledStage[], { index }: ScheduledStage): boolean =>
  stages.some(({ sourceStages }) => sourceStages.includes(index));

/** Last step of a plan. */
export const lastStep = (stages: readonly ScheduledStage[]): number => Math.max(...stages.map(({ to }) => to));

/**
 * The plan where the next growth happens now: stages that are on and feed it end here. The last stage gets longer, so
 * that the run ends where it did. Without a growth to come, the model that is on is fused with itself.
 * Null where nothing can grow: no model of the next growth is on.
 */
export function fuseNow(stages: readonly PlanStage[], step: number, copies: number): readonly PlanStage[] | null {
  const scheduled = schedule(stages);
  const end = lastStep(scheduled);
  const on = scheduled.filter((stage) => stage.from <= step && step < stage.to);
  if (on.length === 0) return null;
  const next = scheduled.filter(
    (stage) =>
      stage.sources.length > 0 && stage.from > step && stage.sourceStages.every((index) => (scheduled[index]?.from ?? step + 1) <= step),
  );
  if (next.length === 0) {
    const [only] = on;
    if (!only || scheduled.some((stage) => stage.from > step)) return null;
    const name = only.model === FUSED_ID ? 'L' : FUSED_ID;
    if (scheduled.some((stage) => stage.model === name)) return null;
    const cut = scheduled.map(
      (stage): PlanStage => (stage.index === only.index ? { ...plain(stage), steps: step - stage.from } : plain(stage)),
    );
    return [...cut, { model: name, steps: end - step, sources: Array.from({ length: copies }, () => only.model) }];
  }
  const ending = new Set(next.flatMap((stage) => stage.sourceStages));
  const cut = scheduled.map(
    (stage): PlanStage =>
      ending.has(stage.index) && stage.to > step ? { ...plain(stage), steps: Math.max(0, step - stage.from) } : plain(stage),
  );
  const shortened = end - lastStep(schedule(cut));
  return cut.map((stage, index) => (index === cut.length - 1 ? { ...stage, steps: stage.steps + shortened } : stage));
}

/** A stage without its place on the axis. */
export const plain = ({
  index: _,
  from: _from,
  to: _to,
  sourceStages: _sources,
  continues: _continues,
  ...stage
}: ScheduledStage): PlanStage => stage;
