/**
 * Runs that are over, were left for a branch, or are compared with: what each was, and what came out of it. In memory,
 * for as long as the page is open.
 */
import { say } from '../text/en/screen/state.ts';
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { DrawnFlow, Experiment, ModelId } from '../../experiment/experiment.ts';
import { isBaseline } from '../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../experiment/declared/flows.ts';
import type { KeptCurves } from '../../keep/reports.ts';
import type { ModelReport } from '../../run/reports.ts';
import { type CurveLike, curveOf, lastLoss, lastStep } from '../plot/curves/curve.ts';
import { madeOf } from '../plot/curves/made.ts';
import { errorCurve, meanAbsolute, meanError, referenceOf } from '../plot/curves/prediction-error.ts';
import type { ChartCurves } from '../plot/curves/series.ts';
import { trustOf } from '../../curves/trust.ts';
import type { State } from './state.ts';
import { type LastAnswers, lastAnswers } from './derived/answers.ts';
import { bandOf, headlineOf, keyOfFlow, trustOfFlow } from './derived/trust.ts';
import { spentUntil, wayTo, workOf } from '../plot/plan/work.ts';
import { sameRun } from './derived/derive.ts';
import type { Comparable } from './derived/equal.ts';
import { gapsOf } from './heard/gaps.ts';
import { type Foretold, foretoldOutcome, lastOf, type PredictionOutcome } from './derived/foretold.ts';

export interface Outcome extends Comparable {
  readonly experiment: Experiment;
  readonly finished: boolean;
  /** The network at the end of what was trained, with its last loss. */
  readonly final: { readonly model: ModelId; readonly loss: number } | null;
  /** How the last task was answered; null where it has no measure, or nothing was asked yet. */
  readonly answers: LastAnswers | null;
  /** Its prediction: of a branch before it was run, else by the flow that stands for the run. */
  readonly prediction: PredictionOutcome | null;
  /** Operations of the whole plan up to here, and on the longest way through it. */
  readonly total: number;
  readonly criticalPath: number;
}

/** Its curves are thinned. */
export interface KeptRun extends Outcome {
  readonly id: number;
  /** Of one that came from this device's store: what the reader calls it, and by which name it is kept. */
  readonly name?: string;
  readonly of?: string;
}

/** Points a kept curve has at most: more than a screen has columns. */
const MOST_POINTS = 1200;
const MOST_RUNS = 24;

/** The outcome of a run so far; null before its first step. */
export function outcomeOf(
  experiment: Experiment,
  models: readonly ModelReport[],
  data: ChartCurves,
  metrics: State['metrics'] = [],
): Outcome | null {
  const planned = [...data.measured].filter(([id, curve]) => !isBaseline(id) && curve.length > 0);
  const step = Math.max(-1, ...planned.map(([, curve]) => lastStep(curve) ?? -1));
  if (step < 1) return null;
  const work = workOf(experiment, models);
  // Of those that got farthest, the one that the plan ends with.
  const newest = work.stages.filter(({ model }) => planned.some(([id, curve]) => id === model && lastStep(curve) === step)).at(-1)?.model;
  const curve = newest === undefined ? undefined : data.measured.get(newest);
  const loss = curve ? lastLoss(curve) : null;
  const ends = work.stages.filter(({ model }) => !isBaseline(model));
  return {
    experiment,
    step,
    work,
    curves: new Map(planned),
    finished: step >= Math.max(...ends.map(({ to }) => to)),
    final: newest !== undefined && loss !== null ? { model: newest, loss } : null,
    answers: lastAnswers(experiment, metrics),
    prediction: askedOutcome(data, newest) ?? branchOf(experiment, data) ?? plannedOutcome(data, newest),
    total: spentUntil(work, step),
    criticalPath: newest === undefined ? 0 : wayTo(work, newest, step).criticalPath,
  };
}

/** How well a branch was foretold, if it was. */
function branchOf(experiment: Experiment, data: ChartCurves): PredictionOutcome | null {
  const told = kept.getState().foretold.find((each) => sameRun(each.experiment, experiment));
  return told ? foretoldOutcome(told, data) : null;
}

/** By the plan's prediction that stands for the run. */
function plannedOutcome(data: ChartCurves, newest: ModelId | undefined): PredictionOutcome | null {
  const flow = headlineOf(data);
  const key = flow === null ? null : keyOfFlow(data, flow);
  const trust = flow === null ? null : trustOfFlow(data, flow);
  if (flow === null || key === null || trust === null || newest === undefined) return null;
  const [predicted, measured] = [data.predicted.get(key)?.get(newest), referenceOf(data, key, newest)];
  const mean = meanError(data, key, [newest]);
  // The start of a run is no test of a prediction: there it has nothing to say.
  if (!predicted || !measured || mean === null) return null;
  const said = madeOf(data, key);
  return { flow: wordsOf(flow, said), last: lastOf(errorCurve(predicted, measured), measured), mean, trust, before: false, said };
}

const wordsOf = (flow: DrawnFlow, said: string | null): string => `${FLOW_ROWS[flow].words}${said === null ? '' : `, ${said}`}`;

/** By what was asked before the branch or the fusion was run, and was drawn on to its end. */
function askedOutcome(data: ChartCurves, newest: ModelId | undefined): PredictionOutcome | null {
  if (newest === undefined) return null;
  for (const [key, curves] of data.predicted) {
    const [predicted, measured] = [curves.get(newest), data.measured.get(newest)];
    if (!key.endsWith('|asked') || !predicted || !measured) continue;
    const errors = errorCurve(predicted, measured);
    const mean = meanAbsolute(errors);
    if (mean === null || errors.length < 2) continue;
    const said = madeOf(data, key);
    const flow = wordsOf(key.split('|')[0] as DrawnFlow, said);
    const trust = trustOf(bandOf(data.measured), [{ measured, predicted }]);
    return { flow: say.asAsked(flow), last: lastOf(errors, measured), mean, trust, before: true, said };
  }
  return null;
}

/** A copy with at most `most` points, first and last among them. */
export function thinned(curve: CurveLike, most = MOST_POINTS): CurveLike {
  const stride = Math.max(1, Math.ceil((curve.length - 1) / (most - 1)));
  const indices: number[] = [];
  for (let i = 0; i < curve.length; i += stride) indices.push(i);
  if (curve.length > 0 && indices[indices.length - 1] !== curve.length - 1) indices.push(curve.length - 1);
  return {
    steps: Float64Array.from(indices, (i) => curve.steps[i] ?? NaN),
    losses: Float32Array.from(indices, (i) => curve.losses[i] ?? NaN),
    length: indices.length,
    ...(curve.gaps ? { gaps: curve.gaps } : {}),
  };
}

interface Kept {
  readonly runs: readonly KeptRun[];
  /** The predictions of branches from before they were run, the newest first. */
  readonly foretold: readonly Foretold[];
  /** Those whose curves stand behind those of the run. */
  readonly shown: readonly number[];
}

export const kept = createStore<Kept>()(() => ({ runs: [], foretold: [], shown: [] }));

export function useKept<T>(selector: (state: Kept) => T): T {
  return useZustand(kept, selector);
}

/** Keeps a run that is about to be forgotten, or to go on otherwise. */
export function keep(experiment: Experiment, models: readonly ModelReport[], data: ChartCurves, metrics?: State['metrics']): void {
  const outcome = outcomeOf(experiment, models, data, metrics);
  if (outcome) append(outcome);
}

/**
 * Puts a run of this device's store beside those of this page, its curves behind those of the run; or takes it away
 * again.
 */
export function compare(
  of: string,
  name: string,
  { experiment, models, measured }: Pick<KeptCurves, 'experiment' | 'models' | 'measured'>,
): void {
  const before = kept.getState().runs.find((run) => run.of === of);
  if (before) return discard(before.id);
  // Where its stages change their tasks, they break as they did when it ran.
  const curves = new Map(measured.map(({ model, steps, losses }) => [model, { ...curveOf(steps, losses), ...gapsOf(experiment, model) }]));
  const outcome = outcomeOf(experiment, models, { measured: curves, predicted: new Map() });
  if (outcome) show(append({ ...outcome, of, name }));
}

function append(outcome: Omit<KeptRun, 'id'>): number {
  const { runs, shown } = kept.getState();
  const id = (runs[runs.length - 1]?.id ?? 0) + 1;
  const curves = new Map([...outcome.curves].map(([model, curve]) => [model, thinned(curve)]));
  const next = [...runs, { ...outcome, id, curves }].slice(-MOST_RUNS);
  kept.setState({ runs: next, shown: shown.filter((each) => next.some((run) => run.id === each)) });
  return id;
}

/**
 * Keeps what is predicted of a branch that is about to be run, in the place of what was predicted of the same one
 * before.
 */
export function keepForetold(told: Foretold): void {
  kept.setState(({ foretold }) => ({
    foretold: [told, ...foretold.filter(({ experiment }) => !sameRun(experiment, told.experiment))].slice(0, MOST_RUNS),
  }));
}

/** Shows a kept run's curves behind those of the run, or takes them away. */
export function show(id: number): void {
  kept.setState(({ shown }) => ({ shown: shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id] }));
}

export function discard(id: number): void {
  kept.setState(({ runs, shown }) => ({ runs: runs.filter((run) => run.id !== id), shown: shown.filter((each) => each !== id) }));
}
