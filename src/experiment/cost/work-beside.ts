/**
 * The work of a run beside its training, in advance, from how often the engine does what: operations by what for, as
 * `WorkBeside` counts them afterwards. An estimate for saying how long a run takes: it changes nothing. Pure.
 */
import { batchSize, type WorkBeside } from './cost.ts';
import { type Experiment, type IntegratedFlow, isBaseline, isIntegrated, type ModelId, stepSizeAfter } from '../experiment.ts';
import { FLOW_ROWS } from '../declared/flows.ts';
import { flowKindOf, isPlainDescent, saysEdge } from '../declared/optimizers.ts';
import { lastStep, type ScheduledStage } from '../plan/plan.ts';
import { refreshesIn } from './sharpness-steps.ts';

/**
 * Gradients of one measurement of λmax: one for the start, then six exact products at one and a half each. So many it
 * took on average along `first-fusion`, where Lanczos starts from what it found the last time (`npm run experiment --
 * "#preset=first-fusion"`: `cost.beside.sharpness` over 18 measurements of A and of B and 16 of M).
 */
export const GRADIENTS_A_SHARPNESS = 10;

/**
 * Evaluations of a flow in one step: the four of Runge–Kutta, and twelve where its step is checked by doubling, which
 * are the first 20 of a stage and every tenth. While a step size is below the edge it is one substep: so many
 * `first-fusion` and `see-the-theory` take (5,352 gradients for 5,328, 4,776 for 4,752). Of a step size that is kept
 * past the edge flows need about five: `edge` takes 12,660 gradients of the gradient flow for 2,352.
 */
const EVALUATIONS = { plain: 4, checked: 12, first: 20, every: 10, pastTheEdge: 5 } as const;

/**
 * Gradients of the central flow in a step: Rayleigh–Ritz on three times four vectors at two gradients a product, one of
 * the loss, and third derivatives (`edge`: 11,544 in 400 steps).
 */
const CENTRAL_A_STEP = 29;

/**
 * The operations of the principal flow at the start of a stage to find its three eigenvectors: twelve times
 * Rayleigh–Ritz on nine vectors, at two gradients a product (theory/curvature/eigen-tracker.ts).
 */
const PRINCIPAL_START = 12 * 9 * 2;

/**
 * A flow of an optimizer with averages is drawn for this many steps after a start (theory/flows/adaptive-window.ts).
 */
const ADAPTIVE_STEPS = 80;

/**
 * Of mini-batches a flow takes the batches of two shufflings, and six runs train beside it
 * (predict/flows/mini-batch-dynamics.ts).
 */
const MINI_BATCH = { shufflings: 2, runs: 6 } as const;

/** Steps between measured losses of a run with mini-batches; with a full batch they are the training's own. */
const measuredEvery = (end: number): number => Math.max(5, Math.ceil(end / 250));

/** Evaluations of a flow over a stage of so many steps. */
function evaluationsIn(steps: number): number {
  const { plain, checked, first, every } = EVALUATIONS;
  const doubled = Math.min(steps, first) + Math.floor(Math.max(0, steps - first) / every);
  return plain * steps + (checked - plain) * doubled;
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

/**
 * λmax is looked at along every run with a full batch whose optimizer it says something of, and wherever a step size is
 * held to it.
 */
export function isMeasured(experiment: Experiment, grown: boolean): boolean {
  const held = (grown ? stepSizeAfter(experiment) : experiment.h).kind === 'edge';
  return held || (experiment.batch === 'full' && saysEdge(experiment));
}

/**
 * The prediction of what is past a growth, which a run waits for where the step sizes of the plan's are not known
 * before the run has come to them: the modified flow, with step sizes that it holds itself (predict/theorist.ts,
 * `predictPast`).
 */
export function expectedPast(experiment: Experiment, stages: readonly ScheduledStage[], perStep: ReadonlyMap<ModelId, number>): number {
  const held = stepSizeAfter(experiment).kind === 'edge' ? GRADIENTS_A_SHARPNESS : 0;
  const share = experiment.probe / batchSize(experiment);
  return stages
    .filter(({ model, sources }) => sources.length > 0 && !isBaseline(model))
    .reduce((sum, { model, from, to }) => {
      const gradients = gradientsOf('modified-flow', experiment) * evaluationsIn(to - from) + held * refreshesIn(to - from);
      return sum + (perStep.get(model) ?? 0) * share * gradients;
    }, 0);
}

/** Whether a flow is drawn, by what the experiment says of itself (predict/flows/optimizer-flows.ts, `undrawn`). */
function isDrawn(name: IntegratedFlow, experiment: Experiment): boolean {
  if (name === 'gradient-flow' || name === 'modified-flow') return true;
  if (!isPlainDescent(experiment)) return false;
  const kinds = [experiment.h.kind, stepSizeAfter(experiment).kind];
  if (name === 'self-held') return kinds.includes('edge');
  return name !== 'central-flow' || kinds.every((kind) => kind === 'constant');
}

/** Gradients of an evaluation: the inertial flow has a velocity in place of the second one. */
const gradientsOf = (name: IntegratedFlow, experiment: Experiment): number =>
  flowKindOf(experiment) === 'inertial' ? 1 : (FLOW_ROWS[name].gradients ?? 0);

/** Gradients on the probe set that a flow takes over a stage of so many steps. */
function alongStage(name: IntegratedFlow, experiment: Experiment, steps: number): number {
  if (name === 'central-flow') return CENTRAL_A_STEP * steps;
  // Who asks for the central flow goes past the edge.
  const substeps = experiment.predict.includes('central-flow') && isDrawn('central-flow', experiment) ? EVALUATIONS.pastTheEdge : 1;
  return (
    substeps * gradientsOf(name, experiment) * evaluationsIn(steps) +
    (name === 'self-held' ? GRADIENTS_A_SHARPNESS * refreshesIn(steps) : 0) +
    (name === 'principal-flow' ? PRINCIPAL_START : 0)
  );
}

function predicted(
  experiment: Experiment,
  stages: readonly ScheduledStage[],
  each: (of: readonly ScheduledStage[], gradients: (stage: ScheduledStage) => number) => number,
): number {
  const flow = flowKindOf(experiment);
  const { batch, examples, probe } = experiment;
  if (flow === 'none' || (batch !== 'full' && flow !== 'gradient-descent')) return 0;
  const drawn = experiment.predict.filter(isIntegrated).filter((name) => isDrawn(name, experiment));
  const plan = stages.filter(({ model }) => !isBaseline(model));
  const gradients = ({ from, to }: ScheduledStage): number => {
    const steps = flow === 'adaptive' ? Math.min(to - from, ADAPTIVE_STEPS) : to - from;
    const flows = drawn.reduce((sum, name) => sum + alongStage(name, experiment, steps), 0);
    // Gradients are of whole epochs there, where others take the probe set; losses are asked for apart.
    return batch === 'full' || drawn.length === 0
      ? flows
      : (MINI_BATCH.shufflings * flows * examples + MINI_BATCH.runs * steps * batch) / probe + ((drawn.length + 1) * steps) / 3;
  };
  const grown = plan.filter(({ sources }) => sources.length > 0);
  return (experiment.from.includes('0') ? each(plan, gradients) : 0) + (experiment.from.includes('growth') ? each(grown, gradients) : 0);
}
