/**
 * From what an optimizer says of itself (training/modified-flow.ts) to the predictions that can be drawn for it: the one
 * place where a kind of flow becomes something to integrate.
 */
import type { Pool } from '../engine/device.ts';
import {
  isIntegrated,
  stepSizeAfter,
  type DrawnFlow,
  type IntegratedFlow,
  type PredictionName,
  type StepSize,
} from '../experiment/experiment.ts';
import { FLOW_ROWS } from '../experiment/flows.ts';
import { adaptiveFlow, signLikeFlow } from '../theory/flows/adaptive-flow.ts';
import { ADAPTIVE_WINDOW } from '../theory/flows/adaptive-window.ts';
import { CentralFlow } from '../theory/flows/central-flow.ts';
import { elementwisePools } from '../theory/flows/elementwise.ts';
import { exactModifiedFlow, gradientFlow, modifiedFlow, thirdOrderFlow } from '../theory/flows/flows.ts';
import { fixedSubsteps } from '../theory/integrate/integrators.ts';
import { meanGradientFlow, miniBatchFlow } from '../theory/flows/mini-batch-flow.ts';
import { PRINCIPAL_WINDOW, principalFlow } from '../theory/flows/principal-flow.ts';
import { unpredictable } from './unpredictable.ts';
import { withSharpness, type PredictedSharpness } from './central-prediction.ts';
import { firstOrder, heavyBallTime, inertial } from './dynamics.ts';
import { PredictionsOfFlow, type FlowPrediction } from './flow-prediction.ts';
import { miniBatchDynamics, SHUFFLINGS, shuffledRuns } from './mini-batch-dynamics.ts';
import type { FlowReport } from './reports.ts';
import type { Run } from '../run/run.ts';
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

/** What is drawn under which name for a kind of flow. The gradient flow is the control: in the optimizer's own time. */
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
export function undrawn(name: PredictionName, run: Run): string | null {
  const { experiment, optimizer } = run;
  const flow = flowOf(run);
  if (!isIntegrated(name))
    return flow.kind === 'gradient-descent'
      ? null
      : `The ${FLOW_ROWS[name].words} is known for gradient descent with a full batch only: it is not drawn here.`;
  if (makersOf(flow)[name] === undefined)
    return `The ${FLOW_ROWS[name].words} is one of gradient descent${
      flow.kind === 'mini-batch' ? ' with a full batch: it is not drawn for mini-batches' : `: it is not drawn for ${optimizer.title}`
    }.`;
  if (name === 'self-held' && experiment.h.kind !== 'edge' && stepSizeAfter(experiment).kind !== 'edge')
    return 'The self-held forecast is for a step size that is held to the sharpness: with a given one it would be the modified flow.';
  if (name !== 'central-flow' || (isConstant(experiment.h) && isConstant(stepSizeAfter(experiment)))) return null;
  return 'The central flow is for a constant step size: it is not drawn where the step size changes or is held to the sharpness.';
}

/** What of a run's predictions is not drawn and why, and how far those hold that are. */
export function notesOf(run: Run): readonly string[] {
  const { predict, from } = run.experiment;
  const notes = new Set(predict.flatMap((name) => undrawn(name, run) ?? []));
  if (predict.includes('principal-flow') && undrawn('principal-flow', run) === null)
    notes.add(
      `The principal flow is exact on a quadratic while h · λmax is below ${PRINCIPAL_WINDOW}. Beyond, a step jumps across the valley, which no flow does.`,
    );
  if (flowOf(run).kind === 'mini-batch')
    notes.add(
      `Mini-batch flows hold in the mean over shufflings: they are compared with the mean of ${SHUFFLINGS} runs of other shufflings from the same start, whose spread is the band. Gradients are counted in full batches.`,
    );
  if (run.optimizer.modifiedFlow.kind === 'adaptive') {
    const { warmUp, steps } = ADAPTIVE_WINDOW;
    const begins = from.map((start) => (start === '0' ? `step ${warmUp}` : `${warmUp} steps after the growth`)).join(' and ');
    notes.add(
      `Drawn from ${begins}, when its averages have warmed up, for ${steps} steps: so long the flow of ${run.optimizer.title} was found to hold.`,
    );
  }
  return [...notes];
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
