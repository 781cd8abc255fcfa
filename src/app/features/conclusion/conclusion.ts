/**
 * The outcome of a finished run, as plain data: who ended where, how far off the prediction was, cheaper or dearer than
 * from scratch.
 */
import { HEADLINE, isControlFlow } from '../../../experiment/declared/flows.ts';
import { ALONE_ID, type DrawnFlow, type Experiment, type ModelId, SCRATCH_ID, UNREAD_ID } from '../../../experiment/experiment.ts';
import type { GrowthReport } from '../../../run/reports.ts';
import { type CurveLike, lastLoss, lastStep, lowestSinceGap } from '../../plot/curves/curve.ts';
import { meanError } from '../../plot/curves/prediction-error.ts';
import { headlineOf, keyOfFlow } from '../../state/derived/trust.ts';
import type { Conclusion, Ending } from '../../text/conclusion.ts';
import { lastAnswers } from '../../state/derived/answers.ts';
import { planOf } from '../../../experiment/plan/plan.ts';
import { commonLoss, costsAtLoss } from '../cost/at-loss.ts';
import { ofLastTask } from '../cost/last-task.ts';
import { workOf } from '../../plot/plan/work.ts';
import { liveModels } from '../../state/derived/derive.ts';
import type { State } from '../../state/state.ts';

/** A loss counts as lower on the way if it was lower by this share: less is the noise of a curve. */
const CLEARLY = 0.02;

const NOTHING: CurveLike = { steps: new Float64Array(0), losses: new Float32Array(0), length: 0 };

type Known = Pick<
  State,
  'metrics' | 'phase' | 'step' | 'models' | 'growth' | 'growths' | 'experiment' | 'running' | 'chart' | 'predictionCosts'
>;

/** Null until a run has come to its end. */
export function conclude(state: Known): Conclusion | null {
  if (state.phase !== 'finished') return null;
  const experiment = state.running ?? state.experiment;
  const { chart } = state;
  const live = liveModels({ ...state, experiment });
  const ended = live.flatMap((model) => endingOf(model, chart.measured.get(model)));
  if (ended.length === 0) return null;
  const differ = new Set(planOf(experiment).map(({ task = experiment.task }) => task)).size > 1;
  const growth = state.growths.findLast(({ target }) => live.includes(target)) ?? null;
  return {
    step: state.step,
    ended,
    answers: lastAnswers(experiment, state.metrics),
    // Losses of different tasks say nothing of one another.
    sources: differ || !growth ? null : { operator: growth.operator, losses: sourcesOf(growth) },
    beside: [SCRATCH_ID, UNREAD_ID, ALONE_ID].flatMap((model) => endingOf(model, chart.measured.get(model))),
    prediction: predictionOf(state, live),
    cost: costOf(experiment, state),
  };
}

function endingOf(model: ModelId, curve: CurveLike | undefined): readonly Ending[] {
  const loss = curve ? lastLoss(curve) : null;
  if (!curve || loss === null) return [];
  const lowest = lowestSinceGap(curve) ?? loss;
  return [{ model, loss, lowest: lowest < loss * (1 - CLEARLY) ? lowest : null }];
}

/** A network that was fused with itself stands once. */
const sourcesOf = ({ sources, loss }: GrowthReport): readonly Omit<Ending, 'lowest'>[] =>
  sources.flatMap((model, i) => (sources.indexOf(model) === i ? [{ model, loss: loss.sources[i] ?? Number.NaN }] : []));

function predictionOf({ chart, predictionCosts, step }: Known, models: readonly ModelId[]): Conclusion['prediction'] {
  // One that is still on its way would be told anew with every step it takes.
  const isOver = (key: string): boolean => {
    const state = predictionCosts.get(key)?.state;
    const reaches = models.every((id) => (lastStep(chart.predicted.get(key)?.get(id) ?? NOTHING) ?? -1) >= step);
    return reaches || state === 'done' || state === 'cancelled';
  };
  const errorOf = (flow: DrawnFlow): number | null => {
    const key = keyOfFlow(chart, flow);
    return key === null || !isOver(key) ? null : meanError(chart, key, models);
  };
  const flow = headlineOf(chart);
  const error = flow === null ? null : errorOf(flow);
  if (flow === null || error === null) return null;
  const control = HEADLINE.filter(isControlFlow).find((each) => each !== flow && errorOf(each) !== null);
  return { flow, error, control: control === undefined ? null : { flow: control, error: errorOf(control) ?? Number.NaN } };
}

function costOf(experiment: Experiment, { models, chart }: Known): Conclusion['cost'] {
  if (!experiment.baseline.includes('scratch')) return null;
  const work = workOf(experiment, models);
  const measured = ofLastTask(experiment, chart.measured);
  const loss = commonLoss(work, measured);
  const at = (who: 'run' | 'scratch') => costsAtLoss(work, measured, loss ?? 0).find((cost) => cost.who === who)?.at;
  const [run, scratch] = [at('run'), at('scratch')];
  return loss === null || !run || !scratch || scratch.total <= 0 ? null : { loss, ratio: run.total / scratch.total };
}
