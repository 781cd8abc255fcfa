/**
 * From what an optimizer says of itself (training/modified-flow.ts) to the predictions that can be drawn for it: the
 * one place where a kind of flow becomes something to integrate.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import type { Pool } from '../../engine/device.ts';
import {
  isIntegrated,
  stepSizeAfter,
  type DrawnFlow,
  type IntegratedFlow,
  type PredictionName,
  type StepSize,
} from '../../experiment/experiment.ts';
import { adaptiveFlow, signLikeFlow } from '../../theory/flows/adaptive-flow.ts';
import { ADAPTIVE_WINDOW } from '../../theory/flows/adaptive-window.ts';
import { CentralFlow } from '../../theory/flows/central-flow.ts';
import { elementwisePools } from '../../theory/flows/elementwise.ts';
import { exactModifiedFlow, gradientFlow, modifiedFlow, thirdOrderFlow } from '../../theory/flows/flows.ts';
import { fixedSubsteps } from '../../theory/integrate/integrators.ts';
import { meanGradientFlow, miniBatchFlow } from '../../theory/flows/mini-batch-flow.ts';
import { PRINCIPAL_WINDOW, principalFlow } from '../../theory/flows/principal-flow.ts';
import { unpredictable } from '../unpredictable.ts';
import { withSharpness, type PredictedSharpness } from './central-prediction.ts';
import { firstOrder, heavyBallTime, inertial } from './dynamics.ts';
import { PredictionsOfFlow, type FlowPrediction } from './flow-prediction.ts';
import { miniBatchDynamics, SHUFFLINGS, shuffledRuns } from './mini-batch-dynamics.ts';
import type { FlowReport } from '../reports.ts';
import type { Run } from '../../run/run.ts';
import { selfHeldStepSizes } from './self-held.ts';

type Maker = (run: Run, sharpness: PredictedSharpness[]) => FlowPrediction;
type Makers = Readonly<Partial<Record<DrawnFlow, Maker>>>;

/** One for every flow that is integrated: gradient descent has them all. */
const GRADIENT_DESCENT: Readonly<Record<IntegratedFlow, Maker>> = {
  'gradient-flow': (run) => new PredictionsOfFlow(run, 'gradient-flow', firstOrder(gradientFlow<Pool>)),
  'modified-flow': (run) => new PredictionsOfFlow(run, 'modified-flow', firstOrder(modifiedFlow<Pool>)),
  'modified-flow-exact': (run) => new PredictionsOfFlow(run, 'modified-flow-exact', firstOrder(exactModifiedFlow<Pool>)),
  'self-held': (run) => new PredictionsOfFlow(run, 'self-held', firstOrder(modifiedFlow<Pool>), selfHeldStepSizes),
  'third-order-flow': (run) => new PredictionsOfFlow(run, 'third-order-flow', firstOrder(thirdOrderFlow<Pool>)),
  'principal-flow': (run) =>
    new PredictionsOfFlow(
      run,
      'principal-flow',
      firstOrder((objective) => principalFlow(objective)),
    ),
  'central-flow': (run, sharpness) => centralPrediction(run, sharpness),
};

/**
 * The flows that are drawn for a kind of flow, by name. The gradient flow is the control: in the optimizer's own time.
 */
function makersOf(description: FlowReport): Makers {
  switch (description.kind) {
    case 'gradient-descent':
      return GRADIENT_DESCENT;
    case 'inertial': {
      const { beta } = description;
      return {
        'gradient-flow': (run) =>
          new PredictionsOfFlow(run, 'gradient-flow', firstOrder(gradientFlow<Pool>, { time: heavyBallTime(beta) })),
        'modified-flow': (run) => new PredictionsOfFlow(run, 'modified-flow', inertial(beta)),
      };
    }
    case 'adaptive': {
      const window = { warmUp: ADAPTIVE_WINDOW.warmUp, steps: ADAPTIVE_WINDOW.steps };
      const along = (make: typeof adaptiveFlow<Pool>) =>
        firstOrder((objective) => make(objective, elementwisePools(objective.space), description), {
          window,
          integrator: (space) => fixedSubsteps(space, 1),
        });
      return {
        'gradient-flow': (run) => new PredictionsOfFlow(run, 'sign-flow', along(signLikeFlow)),
        'modified-flow': (run) => new PredictionsOfFlow(run, 'modified-flow', along(adaptiveFlow)),
      };
    }
    case 'mini-batch':
      return {
        'gradient-flow': (run) => new PredictionsOfFlow(run, 'gradient-flow', miniBatchDynamics(run, meanGradientFlow)),
        'modified-flow': (run) => new PredictionsOfFlow(run, 'modified-flow', miniBatchDynamics(run, miniBatchFlow)),
        'shuffled-runs': (run) => new PredictionsOfFlow(run, 'shuffled-runs', shuffledRuns(run)),
      };
    case 'none':
      return {};
    default: {
      const never: never = description;
      throw new Error(`there is no flow of the kind ${JSON.stringify(never)}`);
    }
  }
}

/** The predictions of a flow for a run; null where its optimizer has none of this name. */
export function predictionsOf(name: DrawnFlow, run: Run, sharpness: PredictedSharpness[]): FlowPrediction | null {
  return makersOf(flowOf(run))[name]?.(run, sharpness) ?? null;
}

const isConstant = (size: StepSize): boolean => size.kind === 'constant';

/** Why this flow is not drawn for a run that others are drawn for; null if it is. */
export function undrawn(name: PredictionName, run: Run): Told | null {
  const { experiment, optimizer } = run;
  const flow = flowOf(run);
  if (!isIntegrated(name)) return flow.kind === 'gradient-descent' ? null : tell('full-batch-flow', { flow: name });
  if (makersOf(flow)[name] === undefined)
    return flow.kind === 'mini-batch'
      ? tell('not-for-mini-batches', { flow: name })
      : tell('not-for-optimizer', { flow: name, optimizer: optimizer.title });
  if (name === 'self-held' && experiment.h.kind !== 'edge' && stepSizeAfter(experiment).kind !== 'edge')
    return tell('self-held-needs-held');
  if (name !== 'central-flow' || (isConstant(experiment.h) && isConstant(stepSizeAfter(experiment)))) return null;
  return tell('central-needs-constant');
}

/** Notes on a run's predictions: which are not drawn and why, and how far those hold that are. */
export function notesOf(run: Run): readonly Told[] {
  const { predict, from } = run.experiment;
  const undrawnOnes = predict.flatMap((name) => undrawn(name, run) ?? []);
  // Several flows may be left out for one reason.
  const notes = undrawnOnes.filter(({ message }, i) => undrawnOnes.findIndex((other) => other.message === message) === i);
  if (predict.includes('principal-flow') && undrawn('principal-flow', run) === null)
    notes.push(tell('principal-window', { window: PRINCIPAL_WINDOW }));
  if (flowOf(run).kind === 'mini-batch') notes.push(tell('in-the-mean', { runs: SHUFFLINGS }));
  if (run.optimizer.modifiedFlow.kind === 'adaptive') {
    const { warmUp, steps } = ADAPTIVE_WINDOW;
    const { title: optimizer } = run.optimizer;
    notes.push(tell('after-warm-up', { start: from.includes('0'), growth: from.includes('growth'), warmUp, steps, optimizer }));
  }
  return notes;
}

/** Whether hypotheticals of a run are predicted: a flow that begins late would begin after what they show. */
export const predictsWhatIfs = (run: Run): boolean =>
  unpredictable(run) === null && ['gradient-descent', 'inertial'].includes(run.optimizer.modifiedFlow.kind);

/** The flow that a run follows, as the page is told. */
export function flowOf({ optimizer, fullBatch, experiment }: Run): FlowReport {
  const description = optimizer.modifiedFlow;
  if (fullBatch || experiment.batch === 'full' || description.kind !== 'gradient-descent') return description;
  return { kind: 'mini-batch', batches: Math.ceil(experiment.examples / experiment.batch) };
}

/** The central flow keeps to the modified flow until the edge, and tells the sharpness that it goes through. */
function centralPrediction(run: Run, sharpness: PredictedSharpness[]): FlowPrediction {
  let step = 0;
  const report = (lambda: number, h: number): void => {
    const last = sharpness.at(-1);
    if (last?.step === step && last.hLambda >= h * lambda) return;
    if (last?.step === step) sharpness.pop();
    sharpness.push({ step, lambda, hLambda: h * lambda });
  };
  const dynamics = firstOrder(modifiedFlow<Pool>, {
    integrator: (_space, objective) => withSharpness(new CentralFlow(objective), report),
    at: (next) => {
      step = next;
    },
  });
  return new PredictionsOfFlow(run, 'central-flow', dynamics);
}
