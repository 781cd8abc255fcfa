/**
 * The data that each network of a run is trained on along its steps, by the plan: where that changes, losses on both
 * sides are of different examples and say nothing of one another.
 */
import { type Experiment, isBaseline, type ModelId, UNREAD_ID } from '../experiment.ts';
import type { TaskId } from '../declared/tasks.ts';
import type { CorpusId } from '../declared/texts.ts';
import { lastStep, planOf, type ScheduledStage, schedule } from './plan.ts';
import { stageExperiment } from './stage-options.ts';

/** From a step to another. */
export type Stretch = readonly [from: number, to: number];

/** The stage that the plan ends with. */
const finalStage = (stages: readonly ScheduledStage[]): ScheduledStage | undefined => stages.findLast(({ to }) => to === lastStep(stages));

/** The stages whose data a baseline trains on at a step: those that are on, or the plan's last one. */
export function followedAt(stages: readonly ScheduledStage[], model: ModelId, step: number): readonly ScheduledStage[] {
  const last = finalStage(stages);
  const on = model === UNREAD_ID ? [] : stages.filter((stage) => stage.from <= step && step < stage.to);
  return on.length > 0 || !last ? on : [last];
}

interface Followed {
  readonly from: number;
  readonly to: number;
  readonly stages: readonly ScheduledStage[];
}

/** The networks that a network follows, edge by edge of the plan. */
function followedOf(stages: readonly ScheduledStage[], model: ModelId): readonly Followed[] {
  if (!isBaseline(model)) return stages.filter((stage) => stage.model === model).map((stage) => ({ ...stage, stages: [stage] }));
  const edges = [...new Set(stages.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, i) => ({ from, to: edges[i + 1] ?? from, stages: followedAt(stages, model, from) }));
}

/** The data of a stage in words: two with the same words here are measured on the same examples. */
function examplesOf(experiment: Experiment, stage: ScheduledStage): string {
  const { task, corpus, examples, batch } = stageExperiment(experiment, stage);
  // A full batch is measured on what it is trained on.
  return [task, task === 'spans' ? corpus : '', batch === 'full' ? examples : ''].join(' ');
}

/**
 * The stretches in which a network is measured on the examples that the plan's last stage trains on; null where it
 * always is. The loss at the end of one belongs to what comes behind it, if anything does.
 */
export function lastExamplesOf(experiment: Experiment, model: ModelId): readonly Stretch[] | null {
  const stages = schedule(planOf(experiment));
  const last = finalStage(stages);
  if (allAlike(stages) || !last) return null;
  const wanted = examplesOf(experiment, last);
  return followedOf(stages, model)
    .filter((one) => one.stages.length > 0 && one.stages.every((stage) => examplesOf(experiment, stage) === wanted))
    .map(({ from, to }): Stretch => [from, to]);
}

/** Whether any stage trains on a task or a text of its own: else no curve has a gap. */
const allAlike = (stages: readonly ScheduledStage[]): boolean =>
  stages.every(({ task, corpus, examples }) => !task && !corpus && !examples);

/**
 * Where a network's loss goes over to other examples: between the step before and the step at which they begin, whose
 * loss is theirs already.
 */
export function changesOf(experiment: Experiment, model: ModelId): readonly Stretch[] {
  const stages = schedule(planOf(experiment));
  if (allAlike(stages)) return [];
  const all = followedOf(stages, model).map((one) => ({
    from: one.from,
    of: [...new Set(one.stages.map((stage) => examplesOf(experiment, stage)))].join(', '),
  }));
  return all.flatMap(({ from, of }, i): readonly Stretch[] => (i > 0 && all[i - 1]?.of !== of ? [[from - 1, from]] : []));
}

/** A task, and of one that fills the gaps of a text which text. */
interface Asked {
  readonly task: TaskId;
  readonly corpus?: CorpusId | undefined;
}

/**
 * The stretches in which a network is not trained on a task, or on a text of it: it may be asked about it at their
 * ends, and not between them.
 */
export function untrainedOn(experiment: Experiment, model: ModelId, asked: Asked): readonly Stretch[] {
  const stages = schedule(planOf(experiment));
  if (allAlike(stages)) return [];
  const isAsked = (stage: ScheduledStage): boolean => {
    const { task, corpus = 'world' } = stageExperiment(experiment, stage);
    return task === asked.task && (asked.corpus === undefined || corpus === asked.corpus);
  };
  return followedOf(stages, model)
    .filter((one) => !one.stages.some(isAsked))
    .map(({ from, to }): Stretch => [from, to]);
}
