/**
 * The plan of growth as bars: one a stage, as long as it trains and as tall as it is wide. A network that starts at
 * random is one row tall; a fused one is as tall as its parents together. Rows and steps only; pixels come later.
 */
import { say } from '../../text/en/chart/plot.ts';
import { count } from '../../text/numbers.ts';
import { listed } from '../../text/words.ts';
import { type Experiment, growsOneSource, type ModelId, sourceSeed } from '../../../experiment/experiment.ts';
import { operatorRow, OPERATOR_WORDS } from '../../../experiment/declared/operators.ts';
import { taskRow } from '../../../experiment/declared/tasks.ts';
import { hasOwnData } from '../../../experiment/plan/stage-options.ts';
import { taskWords } from '../../../experiment/describe.ts';
import {
  growsCopies,
  operatorOf,
  planOf as stagesOf,
  type ScheduledStage,
  schedule,
  startingModels,
} from '../../../experiment/plan/plan.ts';

export interface PlanBar {
  readonly key: string;
  readonly id: ModelId;
  /** Place of the stage in the plan: what an edit changes. */
  readonly stage: number;
  /** The same network again, as a self-fusion takes it. */
  readonly twin: boolean;
  /** The words behind the letter, longest first; the drawing takes the first that fits. */
  readonly words: readonly string[];
  readonly from: number;
  readonly to: number;
  /** First row, and how many rows it spans. */
  readonly row: number;
  readonly rows: number;
  /** Steps it has trained. */
  readonly done: number;
}

export interface Plan {
  readonly bars: readonly PlanBar[];
  readonly rows: number;
  /** Steps at which something grows, each once. */
  readonly growths: readonly number[];
}

/** Rows and intervals of steps that are taken. */
class Rows {
  private readonly taken: { row: number; from: number; to: number }[] = [];
  count = 0;

  /** The first rows from `wanted` on that are free for a stage; takes them. */
  place(wanted: number, rows: number, from: number, to: number): number {
    let row = wanted;
    while (this.taken.some((other) => other.row >= row && other.row < row + rows && other.from < to && from < other.to)) row++;
    for (let i = row; i < row + rows; i++) this.taken.push({ row: i, from, to });
    this.count = Math.max(this.count, row + rows);
    return row;
  }
}

/** Bars of the experiment's plan at a step of its run. */
export function planOf(experiment: Experiment, step: number): Plan {
  const stages = schedule(stagesOf(experiment));
  const heights = heightsOf(experiment, stages);
  const twins = twinsOf(experiment, stages);
  const starting = startingModels(experiment);
  const rows = new Rows();
  const places = new Map<number, number>();
  const bars: PlanBar[] = [];
  for (const stage of [...stages].sort((a, b) => a.from - b.from || a.index - b.index)) {
    const { model, index, from, to } = stage;
    const height = heights.get(model) ?? 1;
    const copies = twins.get(model) ?? 1;
    const before = stage.continues === null ? stage.sourceStages : [stage.continues];
    const wanted = before.length === 0 ? 0 : Math.min(...before.map((other) => places.get(other) ?? 0));
    const row = rows.place(wanted, height * copies, from, to);
    places.set(index, row);
    const done = Math.min(to - from, Math.max(0, step - from));
    for (let copy = 0; copy < copies; copy++) {
      const words = copy > 0 ? [say.theSameTwice, ''] : withTask(experiment, stages, stage, wordsOf(experiment, stages, stage, starting));
      bars.push({
        key: `${model}${index}${copy > 0 ? `twin${copy}` : ''}`,
        id: model,
        stage: index,
        twin: copy > 0,
        words,
        from,
        to,
        row: row + copy * height,
        rows: height,
        done,
      });
    }
  }
  const growths = [...new Set(stages.filter(({ sources }) => sources.length > 0).map(({ from }) => from))].sort((a, b) => a - b);
  return { bars, rows: Math.max(1, rows.count), growths };
}

/** Rows of a network: what it is wide, in networks that start at random. A stacked one is deeper, not wider. */
function heightsOf(experiment: Experiment, stages: readonly ScheduledStage[]): ReadonlyMap<ModelId, number> {
  const heights = new Map<ModelId, number>();
  for (const stage of stages) {
    const { model, sources } = stage;
    if (heights.has(model)) continue;
    const parents = operatorRow(operatorOf(experiment, stage)).grows === 'deeper' ? sources.slice(0, 1) : sources;
    heights.set(model, sources.length === 0 ? 1 : parents.reduce((sum, id) => sum + (heights.get(id) ?? 1), 0));
  }
  return heights;
}

/** How often a network is drawn: as often as a self-fusion takes it. */
function twinsOf(experiment: Experiment, stages: readonly ScheduledStage[]): ReadonlyMap<ModelId, number> {
  const twins = new Map<ModelId, number>();
  for (const stage of stages) {
    const source = stage.sources[0];
    if (source === undefined || !growsCopies(stage) || operatorOf(experiment, stage) !== 'self') continue;
    twins.set(source, Math.max(twins.get(source) ?? 1, stage.sources.length));
  }
  return twins;
}

/**
 * Where stages have data of their own, each says first what it is trained on, in fewer words where there is less room.
 */
function withTask(
  experiment: Experiment,
  stages: readonly ScheduledStage[],
  stage: ScheduledStage,
  words: readonly string[],
): readonly string[] {
  if (!stages.some(hasOwnData)) return words;
  const { task = experiment.task, examples } = stage;
  const [longest = ''] = words;
  const title = taskWords({ ...experiment, ...stage });
  const counted = examples === undefined ? [] : [say.trainedOn(title, say.examplesOfItsOwn(count(examples)))];
  return [say.trainedOn(counted[0] ?? title, longest), ...counted, title, taskRow(task).short, ''];
}

function wordsOf(
  experiment: Experiment,
  stages: readonly ScheduledStage[],
  stage: ScheduledStage,
  starting: readonly ModelId[],
): readonly string[] {
  if (stage.continues !== null) return [say.goesOn, ''];
  if (stage.sources.length === 0) return [say.smallSeed(sourceSeed(experiment, starting.indexOf(stage.model))), say.small, ''];
  const operator = operatorOf(experiment, stage);
  const source = stage.sources[0] ?? '';
  if (operator === 'self') return [say.selfFusionAndItsCopyThen(source), say.selfFusion, ''];
  if (growsOneSource(operator)) return [say.thenTrained(source, OPERATOR_WORDS[operator].verb), OPERATOR_WORDS[operator].title, ''];
  const names = listed(stage.sources);
  // Large is what grew out of something grown.
  const grownBefore = stage.sources.some((id) => stages.some(({ model, sources }) => model === id && sources.length > 0));
  return [say.fusedThenTrainedTogether(grownBefore, names), say.fusedThenTrained(names), say.fused(names), ''];
}
