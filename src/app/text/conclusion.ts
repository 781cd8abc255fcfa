/** The sentence at the end of a run. */
import { ALONE_ID, type DrawnFlow, type Experiment, type ModelId, UNREAD_ID } from '../../experiment/experiment.ts';
import { taskWords } from '../../experiment/describe.ts';
import type { TaskId } from '../../experiment/declared/tasks.ts';
import type { CorpusId } from '../../experiment/declared/texts.ts';
import { FLOW_ROWS } from '../../experiment/declared/flows.ts';
import { count, formatError, formatLoss, percent, times } from './numbers.ts';
import { say } from './en/chart/conclusion.ts';
import { listed } from './words.ts';

/** As state/derived/answers.ts finds it. */
interface Answers {
  readonly quantity: { readonly task: TaskId; readonly corpus?: CorpusId | undefined };
  readonly last: { readonly model: ModelId; readonly value: number };
  readonly best: { readonly value: number; readonly step: number };
  readonly beside: readonly { readonly model: ModelId; readonly value: number }[];
  readonly chance: number;
}

export interface Ending {
  readonly model: ModelId;
  /** Loss at the last step. */
  readonly loss: number;
  /** The lowest on the way, where it was clearly lower than the last; null where the last is about the lowest. */
  readonly lowest: number | null;
}

export interface Conclusion {
  /** How the last task was answered, where that is measured. */
  readonly answers: Answers | null;
  readonly step: number;
  /** The networks that the plan ended with. */
  readonly ended: readonly Ending[];
  /** Their origin: the sources of the last growth, with their losses at it; null where nothing grew. */
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
  const clauses = [answered(conclusion), whoEnded(conclusion), besideIt(conclusion), predicted(conclusion), costs(conclusion)].filter(
    (clause) => clause !== '',
  );
  return `${clauses.join('; ')}.`.replace(/^./, (first) => first.toUpperCase());
}

function answered({ answers }: Conclusion): string {
  if (!answers) return '';
  const { quantity, last, best, beside, chance } = answers;
  const others = beside.map(({ model, value }) => say.besideAnswered(besideWords(model), percent(value)));
  const guess = chance > 0 ? [say.aGuess(percent(chance))] : [];
  const told = say.answered(last.model, percent(last.value), taskWords(quantity));
  const better = best.value > last.value + 0.02 ? say.bestAnswered(percent(best.value), count(best.step)) : '';
  return `${told}${better}${say.against(listed([...others, ...guess]))}`;
}

function whoEnded({ ended, sources, step }: Conclusion): string {
  const told = listed(ended.map(({ model, ...ending }) => say.endedAt(model, ended.length === 1, lossOf(ending))));
  if (!sources) return say.afterSteps(count(step), step === 1, told);
  const names = listed(sources.losses.map(({ model }) => model));
  return say.afterReaching(told, names, listed(sources.losses.map(({ loss }) => formatLoss(loss))));
}

const lossOf = ({ loss, lowest }: Omit<Ending, 'model'>): string =>
  lowest === null ? formatLoss(loss) : say.lowestOnTheWay(formatLoss(loss), formatLoss(lowest));

function besideIt({ beside }: Conclusion): string {
  return listed(beside.map(({ model, ...ending }) => say.besideEndedAt(besideWords(model), lossOf(ending))));
}

function besideWords(model: ModelId): string {
  if (model === ALONE_ID) return say.theSmallNetworkAlone;
  return model === UNREAD_ID ? say.theLargeOneWithoutReading : say.theLargeOneFromScratch;
}

function predicted({ prediction }: Conclusion): string {
  if (!prediction) return '';
  const { flow, error, control } = prediction;
  const beside = control ? say.controlBy(FLOW_ROWS[control.flow].words, figure(control.error)) : '';
  return say.wasOffBy(FLOW_ROWS[flow].words, figure(error), beside);
}

function costs({ cost }: Conclusion): string {
  if (!cost) return '';
  const { ratio, loss } = cost;
  const reached = formatLoss(loss);
  if (Math.abs(ratio - 1) < 0.05) return say.asMuchCompute(reached);
  return ratio < 1 ? say.lessCompute(reached, Math.round(100 * (1 - ratio))) : say.moreCompute(reached, times(ratio));
}

/** In a sentence less than a millionth is none. */
const figure = (error: number): string => formatError(error >= 1e-6 ? error : 0);
