/**
 * What a run will spend beside its training, from how often the engine does what: operations by what for, as `WorkBeside`
 * counts them afterwards. An estimate for saying how long a run takes: it changes nothing. Pure.
 */
import { batchSize, type WorkBeside } from './cost.ts';
import { type Experiment, isBaseline, isIntegrated, type ModelId, stepSizeAfter } from './experiment.ts';
import { FLOW_ROWS } from './flows.ts';
import { flowKindOf, saysEdge } from './optimizers.ts';
import { lastStep, type ScheduledStage } from './plan/plan.ts';
import { refreshesIn } from './sharpness-steps.ts';

/**
 * Gradients of one measurement of λmax: one for the start, then six exact products at one and a half each. So many it took on
 * average along `first-fusion`, where Lanczos starts from what it found the last time (`npm run experiment -- "#preset=first-fusion"`:
 * `cost.beside.sharpness` over 18 measurements of A and of B and 16 of M).
 */
export const GRADIENTS_A_SHARPNESS = 10;

/**
 * Evaluations of a flow in one step: the four of Runge–Kutta, and twelve where its step is checked by doubling, which are the
 * first 20 of a stage and every tenth. A fifth is added for steps that need more than one substep (`first-fusion`: 7.5 for 6.3).
 */
const EVALUATIONS = { plain: 4, checked: 12, first: 20, every: 10, more: 1.2 } as const;

/** A flow of an optimizer with averages is drawn for this many steps after a start (theory/flows/adaptive-window.ts). */
const ADAPTIVE_STEPS = 80;

/** Steps between measured losses of a run with mini-batches; with a full batch they are the training's own. */
const measuredEvery = (end: number): number => Math.max(5, Math.ceil(end / 250));

/** Evaluations of a flow over a stage of so many steps. */
function evaluationsIn(steps: number): number {
  const { plain, checked, first, every, more } = EVALUATIONS;
  const doubled = Math.min(steps, first) + Math.floor(Math.max(0, steps - first) / every);
  return more * (plain * steps + (checked - plain) * doubled);
}

/**
 * @param stages of the plan, with the baselines' behind them
 * @param perStep operations of a training step, by model
 */
export function expectedBeside(
  experiment: Experiment,
  stages: readonly ScheduledStage[],
  perStep: ReadonlyMap<ModelId, number>,
): WorkBeside {
  const full = experiment.batch === 'full';
  // A gradient on the probe set, against a step on the batch.
  const share = experiment.probe / batchSize(experiment);
  const each = (of: readonly ScheduledStage[], gradients: (stage: ScheduledStage) => number): number =>
    of.reduce((sum, stage) => sum + (perStep.get(stage.model) ?? 0) * share * gradients(stage), 0);
  const every = measuredEvery(lastStep(stages));
  return {
    probe: full ? 0 : each(stages, ({ from, to }) => (to - from) / every / 3),
    sharpness: each(stages, ({ from, to, model, sources }) =>
      isMeasured(experiment, sources.length > 0 && !isBaseline(model)) ? GRADIENTS_A_SHARPNESS * refreshesIn(to - from) : 0,
    ),
    predictions: predicted(experiment, stages, each),
  };
}

/** λmax is looked at along every run with a full batch whose optimizer it says something of, and wherever a step size is held to it. */
export function isMeasured(experiment: Experiment, grown: boolean): boolean {
  const held = (grown ? stepSizeAfter(experiment) : experiment.h).kind === 'edge';
  return held || (experiment.batch === 'full' && saysEdge(experiment));
}

function predicted(
  experiment: Experiment,
  stages: readonly ScheduledStage[],
  each: (of: readonly ScheduledStage[], gradients: (stage: ScheduledStage) => number) => number,
): number {
  const flow = flowKindOf(experiment);
  if (flow === 'none') return 0;
  const plan = stages.filter(({ model }) => !isBaseline(model));
  return experiment.predict.filter(isIntegrated).reduce((sum, name) => {
    const steps = ({ from, to }: ScheduledStage): number => (flow === 'adaptive' ? Math.min(to - from, ADAPTIVE_STEPS) : to - from);
    const gradients = (stage: ScheduledStage): number =>
      (FLOW_ROWS[name].gradients ?? 0) * evaluationsIn(steps(stage)) +
      (name === 'self-held' ? GRADIENTS_A_SHARPNESS * refreshesIn(steps(stage)) : 0);
    const grown = plan.filter(({ sources }) => sources.length > 0);
    return (
      sum + (experiment.from.includes('0') ? each(plan, gradients) : 0) + (experiment.from.includes('growth') ? each(grown, gradients) : 0)
    );
  }, 0);
}
