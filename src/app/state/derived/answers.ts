/**
 * How good the networks' answers are along a run, as the chart, Runs and the sentence at the end say it: of every task
 * its main measure (the share of answers that are right) on held-out examples, with what guessing comes to; in the
 * chart its other measures and the test set as well.
 */
import { type Experiment, isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import { untrainedOn } from '../../../experiment/plan/followed.ts';
import { planOf } from '../../../experiment/plan/plan.ts';
import { type TaskId, taskRow } from '../../../experiment/declared/tasks.ts';
import type { CorpusId } from '../../../experiment/declared/texts.ts';
import type { MetricReport } from '../../../run/reports.ts';
import type { CurveLike } from '../../plot/curves/curve.ts';
import type { State } from '../state.ts';
import { remember } from '../view.ts';
import { type ShownChart, shownChart } from './instant.ts';

/** The quantity that the chart shows in place of the loss. */
export interface Quantity {
  readonly task: TaskId;
  /** Which text, of a task that fills the gaps of one. */
  readonly corpus?: CorpusId | undefined;
  readonly name: string;
  /** Which held-out examples are asked; those along the way where it is not said. */
  readonly split?: 'test';
}

/** Shares of answers that are right. */
const MAIN: ReadonlySet<string> = new Set(['exact match', 'accuracy']);

/** Further quantities of a task that can be drawn, from none to all. */
const OTHERS: ReadonlySet<string> = new Set(['matthews', 'character F1']);

export const quantityKey = ({ task, corpus, name, split }: Quantity): string => [task, corpus, name, split].filter(Boolean).join(' ');

const quantityOf = ({ task, corpus, name, split }: MetricReport): Quantity => ({
  task,
  ...(corpus === undefined ? {} : { corpus }),
  name,
  ...(split === 'test' ? { split } : {}),
});

/** The first measure of each task is its main one, on the examples that are asked along the way. */
const rank = ({ name, split }: Quantity): number => (MAIN.has(name) ? 0 : 1) + (split === 'test' ? 2 : 0);

/** Every task and text that was asked about in the order in which it came, with each of its measures. */
export const quantitiesOf = remember((metrics: readonly MetricReport[]): readonly Quantity[] => {
  const found = new Map<string, Map<string, Quantity>>();
  for (const metric of metrics) {
    if (!taskRow(metric.task).texts || !(MAIN.has(metric.name) || OTHERS.has(metric.name))) continue;
    const of = `${metric.task} ${metric.corpus ?? ''}`;
    const own = found.get(of) ?? new Map<string, Quantity>();
    const quantity = quantityOf(metric);
    found.set(of, own.set(quantityKey(quantity), quantity));
  }
  return [...found.values()].flatMap((own) => [...own.values()].sort((a, b) => rank(a) - rank(b)));
});

const isOf = (metric: MetricReport, quantity: Quantity): boolean => quantityKey(quantityOf(metric)) === quantityKey(quantity);

type Known = Pick<State, 'metrics' | 'quantity'>;

/** The chart's quantity; null: the loss, and so it is where the run knows nothing of what was chosen. */
export function shownQuantity({ metrics, quantity }: Known): Quantity | null {
  return quantity === '' ? null : (quantitiesOf(metrics).find((each) => quantityKey(each) === quantity) ?? null);
}

/** A network's answers to a task, step by step. */
export function answerCurves(metrics: readonly MetricReport[], quantity: Quantity): ReadonlyMap<ModelId, CurveLike> {
  const points = new Map<ModelId, Map<number, number>>();
  for (const metric of metrics) {
    if (!isOf(metric, quantity)) continue;
    const own = points.get(metric.model) ?? new Map<number, number>();
    points.set(metric.model, own.set(metric.step, metric.value));
  }
  return new Map(
    [...points].map(([model, own]) => {
      const sorted = [...own].sort(([a], [b]) => a - b);
      const [steps, values] = [Float64Array.from(sorted, ([step]) => step), Float32Array.from(sorted, ([, value]) => value)];
      return [model, { steps, losses: values, length: sorted.length }];
    }),
  );
}

/**
 * Where a network trains on other things it is asked about the task, or the text, at the ends alone: no line is drawn
 * there.
 */
function withGaps(experiment: Experiment, quantity: Quantity, curves: ReadonlyMap<ModelId, CurveLike>): ReadonlyMap<ModelId, CurveLike> {
  return new Map(
    [...curves].map(([model, curve]) => {
      const gaps = untrainedOn(experiment, model, quantity);
      return [model, gaps.length > 0 ? { ...curve, gaps } : curve];
    }),
  );
}

const drawn = remember(
  (experiment: Experiment, metrics: readonly MetricReport[], quantity: Quantity): ShownChart => ({
    measured: withGaps(experiment, quantity, answerCurves(metrics, quantity)) as ShownChart['measured'],
    predicted: new Map(),
    windows: new Map(),
    besidePlan: false,
  }),
);

/** The curves that the chart draws: losses with their predictions, or answers. */
export function drawnChart(state: Parameters<typeof shownChart>[0] & Known): ShownChart {
  const quantity = shownQuantity(state);
  return quantity === null ? shownChart(state) : drawn(state.running ?? state.experiment, state.metrics, quantity);
}

/** The levels to compare with: the loss of a guess, or the scores of guessing and of the commonest answer. */
export interface ReferenceLine {
  readonly of: 'chance' | 'majority' | 'bayes';
  readonly value: number;
}

function references(metrics: readonly MetricReport[], quantity: Quantity | null): readonly ReferenceLine[] {
  const last = metrics.findLast((metric) => (quantity === null ? metric.name === 'loss' : isOf(metric, quantity)));
  if (!last) return [];
  const chance = last.chance > 0 ? [{ of: 'chance', value: last.chance } as const] : [];
  const { majority } = last;
  // Where all answers are about as common, the two are one line.
  const apart = majority !== null && majority > 0 && Math.abs(majority - last.chance) > 0.015;
  const known: readonly ReferenceLine[] = apart ? [...chance, { of: 'majority', value: majority }] : chance;
  const { bayes } = last;
  const isOther = bayes !== undefined && bayes > 0 && known.every(({ value }) => Math.abs(bayes - value) > 0.015);
  return isOther ? [...known, { of: 'bayes', value: bayes }] : known;
}

export const referencesOf = remember(references);

export interface Answered {
  readonly model: ModelId;
  readonly value: number;
  readonly step: number;
}

/** The best so far of a network, and when that was first. */
function bestOf(model: ModelId, curve: CurveLike): Answered | null {
  let best: Answered | null = null;
  for (let i = 0; i < curve.length; i++) {
    const [value, step] = [curve.losses[i] ?? Number.NaN, curve.steps[i] ?? 0];
    if (best === null || value > best.value) best = { model, value, step };
  }
  return best;
}

/** The best of the plan's networks so far. */
export const bestSoFar = remember((metrics: readonly MetricReport[], quantity: Quantity): Answered | null => {
  const all = [...answerCurves(metrics, quantity)].flatMap(([model, curve]) => (isBaseline(model) ? [] : (bestOf(model, curve) ?? [])));
  return all.reduce<Answered | null>((best, each) => (best === null || each.value > best.value ? each : best), null);
});

/** How the last task of a plan was answered: by its last network, and by what trained beside it. */
export interface LastAnswers {
  readonly quantity: Quantity;
  readonly last: Answered;
  readonly best: Answered;
  readonly beside: readonly Answered[];
  readonly chance: number;
}

/** Null where nothing was asked of the last task. */
export function lastAnswers(experiment: Experiment, metrics: readonly MetricReport[]): LastAnswers | null {
  const stage = planOf(experiment).at(-1);
  const task = stage?.task ?? experiment.task;
  const corpus = task === 'spans' ? (stage?.corpus ?? experiment.corpus ?? 'world') : undefined;
  const quantity = quantitiesOf(metrics).find((each) => each.task === task && each.corpus === corpus && rank(each) === 0);
  if (!stage || !quantity) return null;
  const curves = answerCurves(metrics, quantity);
  const lastOf = (model: ModelId): Answered | null => {
    const curve = curves.get(model);
    const at = (curve?.length ?? 0) - 1;
    return curve && at >= 0 ? { model, value: curve.losses[at] ?? Number.NaN, step: curve.steps[at] ?? 0 } : null;
  };
  const last = lastOf(stage.model);
  const curve = curves.get(stage.model);
  const best = curve ? bestOf(stage.model, curve) : null;
  if (!last || !best) return null;
  const beside = [...curves.keys()].filter(isBaseline).flatMap((model) => lastOf(model) ?? []);
  return { quantity, last, best, beside, chance: references(metrics, quantity).find(({ of }) => of === 'chance')?.value ?? 0 };
}
