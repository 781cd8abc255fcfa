/**
 * Values that follow from the state: which button says what, which model is live, what the numbers are. Pure functions.
 */
import { say } from '../../text/en/screen/state.ts';
import { listed } from '../../text/words.ts';
import {
  type Experiment,
  FUSED_ID,
  type ModelId,
  type StepSize,
  isBaseline,
  stepSizeAfter,
  tableAt,
} from '../../../experiment/experiment.ts';
import { formatView, type Part } from '../../../experiment/link/view.ts';
import { formatLink } from '../../../experiment/link/write-link.ts';
import { OPERATOR_WORDS } from '../../../experiment/declared/operators.ts';
import { operatorOf, startingModels } from '../../../experiment/plan/plan.ts';
import { lastLoss } from '../../plot/curves/curve.ts';
import type { State } from '../state.ts';

/** Whether two experiments train the same way; preset names and the pace make no difference. */
export function sameRun(a: Experiment, b: Experiment): boolean {
  const essence = (e: Experiment): string => {
    const { preset: _preset, pace: _pace, ...rest } = e;
    return JSON.stringify(Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)));
  };
  return a === b || essence(a) === essence(b);
}

/** The page's own link: the experiment that is edited, and how it is shown. @param options `run`: starts on opening */
export function linkOf({ experiment, view }: Pick<State, 'experiment' | 'view'>, options: { readonly run?: boolean } = {}): string {
  return formatLink(experiment, options) + formatView(view);
}

/** Whether the link leaves a part of the page away. */
export const hides = ({ view }: Pick<State, 'view'>, part: Part): boolean => view.hide.includes(part);

export const isPresenting = ({ view }: Pick<State, 'view'>): boolean => view.view === 'present';

/** Whether a lesson is played. */
export const inLesson = ({ view }: Pick<State, 'view'>): boolean => view.lesson !== null;

type Experiments = Pick<State, 'experiment' | 'running' | 'loaded'>;

/** The experiment that the worker runs; until it says so, the one that it was given. */
export function givenExperiment({ experiment, running, loaded }: Experiments): Experiment {
  return running ?? loaded ?? experiment;
}

/** Settings on the screen that the worker was not given. */
export function hasChanges(state: Experiments): boolean {
  return !sameRun(state.experiment, givenExperiment(state));
}

/** A run that would be lost by loading another experiment. */
export function isUnderWay(state: Pick<State, 'phase' | 'step'>): boolean {
  return state.step > 0 || isTraining(state);
}

/** It makes steps, or a growth between two of them: the training goes on behind that. */
export const isTraining = ({ phase }: Pick<State, 'phase'>): boolean => phase === 'training' || phase === 'growing';

/** A run that can be paused, or gone on with from where it is. */
export function goesOn(state: Pick<State, 'phase'>): boolean {
  return isTraining(state) || state.phase === 'paused';
}

/** Settings that wait beside a run which goes on without them: it keeps its labels and its Pause. */
export function waitsBeside(state: Experiments & Pick<State, 'phase'>): boolean {
  return goesOn(state) && hasChanges(state);
}

/**
 * The experiment that the curves on the screen are of: that of the run, where there is one, else the one that is
 * edited.
 */
export function shownExperiment(state: Pick<State, 'experiment' | 'running' | 'phase' | 'step'>): Experiment {
  return isUnderWay(state) && state.running ? state.running : state.experiment;
}

export type FuseState = 'not-yet' | 'ready' | 'working' | 'done';

export function fuseState(state: Pick<State, 'phase' | 'step' | 'growth'>): FuseState {
  if (state.phase === 'growing') return 'working';
  if (state.growth) return 'done';
  const trained = state.phase === 'training' || state.phase === 'paused' || state.phase === 'finished';
  return trained && state.step > 0 ? 'ready' : 'not-yet';
}

/** Whether Fuse does something: the first time, or once more from the same step. */
export function canFuse(state: Pick<State, 'phase' | 'step' | 'growth'>): boolean {
  const now = fuseState(state);
  return now === 'ready' || (now === 'done' && state.phase !== 'loading');
}

/** `Fuse A and B`, `Fuse A with itself`. */
export function fusionWords(experiment: Experiment): string {
  const ids = startingModels(experiment);
  if (ids.length === 1)
    return operatorOf(experiment, { sources: [ids[0] ?? ''] }) === 'self'
      ? say.withItself(ids[0] ?? '')
      : say.by(ids[0] ?? '', OPERATOR_WORDS[experiment.operator].title);
  return listed(ids);
}

/** Questions about the run that is shown. */
type OfRun = 'models' | 'growth' | 'experiment' | 'running' | 'phase' | 'step';

/**
 * The models that are training, or were last: those whose successors have not begun. Baselines train beside them and
 * are not meant.
 */
export function liveModels(state: Pick<State, OfRun>): readonly ModelId[] {
  if (!state.growth) return startingModels(shownExperiment(state));
  const grown = state.models.filter(({ id, from }) => !isBaseline(id) && from <= state.step);
  const live = grown.filter(({ id }) => !grown.some(({ parents }) => parents.includes(id))).map(({ id }) => id);
  return live.length > 0 ? live : [state.growth.target];
}

/** Whether the newest numbers are what a lesson asks for, and no answer was given yet. */
export function isCovered({ covered, step, growth }: Pick<State, 'covered' | 'step' | 'growth'>): boolean {
  return covered !== null && (step > covered || (growth !== null && growth.step >= covered));
}

/** `A 1.55, B 1.92`: newest measured loss of every live model. */
export function liveLosses(state: Pick<State, OfRun | 'chart' | 'covered'>): readonly { readonly id: ModelId; readonly loss: number }[] {
  const losses: { id: ModelId; loss: number }[] = [];
  if (isCovered(state)) return losses;
  for (const id of liveModels(state)) {
    const curve = state.chart.measured.get(id);
    const loss = curve ? lastLoss(curve) : null;
    if (loss !== null) losses.push({ id, loss });
  }
  return losses;
}

/**
 * The step size in use at a step, from what the worker reports, else from the settings; `null` if it is held to a
 * sharpness not known yet.
 */
export function stepSizeNow(state: Pick<State, OfRun | 'stepSizes'>): number | null {
  const id = liveModels(state)[0] ?? FUSED_ID;
  const course = state.stepSizes.get(id);
  const reported = course && course.length > 0 ? course.values[course.length - 1] : undefined;
  if (reported !== undefined) return reported;
  const experiment = shownExperiment(state);
  return sizeOf(state.growth ? stepSizeAfter(experiment) : experiment.h, state.step);
}

export function sizeOf(size: StepSize, step: number): number | null {
  if (size.kind === 'constant') return size.value;
  return size.kind === 'table' ? tableAt(size.table, step) : null;
}

/** The last step of the run: of its models as they are planned now, else as the settings say. */
export function endOf(state: Pick<State, 'models' | 'running' | 'experiment'>): number {
  return state.models.reduce((last, { to }) => Math.max(last, to), 0) || (state.running ?? state.experiment).steps;
}
