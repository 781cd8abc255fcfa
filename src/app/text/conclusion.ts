/** The sentence at the end of a run. */
import { ALONE_ID, type DrawnFlow, type Experiment, type ModelId } from '../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../experiment/flows.ts';
import { formatError, formatLoss } from './format.ts';
import { count } from './words.ts';

export interface Ending {
  readonly model: ModelId;
  /** Loss at the last step. */
  readonly loss: number;
  /** The lowest on the way, where it was clearly lower than the last; null where the last is about the lowest. */
  readonly lowest: number | null;
}

export interface Conclusion {
  readonly step: number;
  /** The networks that the plan ended with. */
  readonly ended: readonly Ending[];
  /** What they came of: the sources of the last growth, with their losses at it; null where nothing grew. */
  readonly sources: { readonly operator: Experiment['operator']; readonly losses: readonly Omit<Ending, 'lowest'>[] } | null;
  /** The baselines that were trained beside it. */
  readonly beside: readonly Ending[];
  /** The prediction that stands for the run, over the networks it ended with. */
  readonly prediction: {
    readonly flow: DrawnFlow;
    /** Mean of |predicted − measured| loss. */
    readonly error: number;
    /** The same of the control, where another flow stands for the run. */
    readonly control: { readonly flow: DrawnFlow; readonly error: number } | null;
  } | null;
  /** Against the large network from scratch, if that was trained: what the lowest loss that both reached cost. */
  readonly cost: { readonly loss: number /** Run / from scratch, all compute. */; readonly ratio: number } | null;
}

/** `M ended at loss 0.45, after A and B had reached 1.46 and 1.60; the modified flow was off by 0.006 …` */
export function conclusionWords(conclusion: Conclusion): string {
  const clauses = [whoEnded(conclusion), besideIt(conclusion), predicted(conclusion), costs(conclusion)].filter((clause) => clause !== '');
  return `${clauses.join('; ')}.`.replace(/^./, (first) => first.toUpperCase());
}

function whoEnded({ ended, sources, step }: Conclusion): string {
  const told = join(ended.map(({ model, ...ending }) => `${model} ended at ${ended.length === 1 ? 'loss ' : ''}${lossOf(ending)}`));
  if (!sources) return `after ${count(step)} ${step === 1 ? 'step' : 'steps'} ${told}`;
  const names = join(sources.losses.map(({ model }) => model));
  return `${told}, after ${names} had reached ${join(sources.losses.map(({ loss }) => formatLoss(loss)))}`;
}

const lossOf = ({ loss, lowest }: Omit<Ending, 'model'>): string =>
  lowest === null ? formatLoss(loss) : `${formatLoss(loss)} (lowest on the way ${formatLoss(lowest)})`;

function besideIt({ beside }: Conclusion): string {
  return join(
    beside.map(
      ({ model, ...ending }) =>
        `${model === ALONE_ID ? 'the small network alone' : 'the large one from scratch'} ended at ${lossOf(ending)}`,
    ),
  );
}

function predicted({ prediction }: Conclusion): string {
  if (!prediction) return '';
  const { flow, error, control } = prediction;
  const beside = control ? ` (${FLOW_ROWS[control.flow].words} by ${figure(control.error)})` : '';
  return `the ${FLOW_ROWS[flow].words} was off by ${figure(error)} on average${beside}`;
}

function costs({ cost }: Conclusion): string {
  if (!cost) return '';
  const { ratio, loss } = cost;
  const what = `reaching loss ${formatLoss(loss)} took`;
  if (Math.abs(ratio - 1) < 0.05) return `${what} about as much compute as from scratch`;
  return ratio < 1
    ? `${what} ${Math.round(100 * (1 - ratio))} % less compute than from scratch, with this seed`
    : `${what} ${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} times the compute of training from scratch, with this seed`;
}

/** In a sentence less than a millionth is none. */
const figure = (error: number): string => formatError(error >= 1e-6 ? error : 0);

/** `A`, `A and B`, `A, B and C`. */
function join(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
