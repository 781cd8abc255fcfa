/** The actions of buttons and keys, in one place: they edit the experiment or send a command, nothing else. */
import type { Experiment, StepSize } from '../../../experiment/experiment.ts';
import { formatLink, hasSettings, parseLink } from '../../../experiment/link/link.ts';
import type { KeptEntry } from '../../../keep/reports.ts';
import type { LinkView } from '../../../experiment/link/view.ts';
import { defaultsFor, PRESETS, presetExperiment } from '../../../experiment/presets/presets.ts';
import { normalise } from '../../../experiment/link/reconcile.ts';
import { type WhatIf, withWhatIf } from '../../../experiment/plan/what-if.ts';
import { type AddressChange, keepAddress, setAddress } from './address.ts';
import { asksAgain } from './fuse-preview.ts';
import { forgetView, setZoom } from '../view.ts';
import { askedByReader } from '../derived/asked.ts';
import {
  canFuse,
  fuseState,
  givenExperiment,
  goesOn,
  hasChanges,
  isPresenting,
  isUnderWay,
  linkOf,
  shownExperiment,
} from '../derived/derive.ts';
import { holdsGoingBack, isLocked, isPresetLocked, opensKept, withHeld, withoutLocked } from '../derived/locked.ts';
import { type RunAction, runState } from '../derived/run-state.ts';
import { foretell } from '../derived/foretold.ts';
import { keepForetold } from '../kept.ts';
import type { State } from '../state.ts';
import { ask, latest, send, setState, store } from '../store.ts';
import { loadExperiment, restartWorker, runSoon, takeUp } from './worker-client.ts';

/** Milliseconds after an edit before an experiment that has not been started is loaded anew. */
const SETTLE = 250;
let settle: ReturnType<typeof setTimeout> | undefined;

export function writeAddress(change?: AddressChange): void {
  setAddress(linkOf(store.getState()), change);
}

/** While the page takes over what the address says, the address is left as it is, however it spells that. */
let takingOver = false;

/**
 * Changes that the worker makes to a run (Fuse now, a step size changed on its way) go into the address as they come.
 */
export function followRun(): () => void {
  return store.subscribe((now, before) => {
    if (!takingOver && now.experiment !== before.experiment && now.loaded === before.loaded) writeAddress();
  });
}

/** Shows the page otherwise, as a link says it; the address follows. */
export function setView(patch: Partial<LinkView>, change?: AddressChange): void {
  setState({ view: { ...store.getState().view, ...patch } });
  writeAddress(change);
}

/** Out of a lesson, into free play: what is on the screen next is none of its steps. */
const withoutLesson = (): LinkView => ({ ...store.getState().view, lesson: null });

/** Presents, or leaves it. A figure in somebody's text stays one. */
export function present(on = !isPresenting(store.getState())): void {
  if (store.getState().view.view === 'chart') return;
  setView({ view: on ? 'present' : null });
}

/** A range of steps that was looked at is none of a longer or a shorter run. */
export function followLength(): () => void {
  return store.subscribe((now, before) => {
    if (shownExperiment(now).steps !== shownExperiment(before).steps) setZoom(null);
  });
}

/**
 * Changes the experiment, but for what the link holds fast. Before a run it is loaded at once; during one it waits for
 * Restart with changes. Back undoes it.
 */
export function edit(wanted: Partial<Experiment>, change: AddressChange = 'choice'): void {
  apply(wanted, change, null);
}

/** Takes an optional setting away, unless the link holds it fast. */
export function editWithout(name: 'source'): void {
  if (!isLocked(store.getState(), name)) apply({}, 'choice', name);
}

function apply(wanted: Partial<Experiment>, change: AddressChange, gone: 'source' | null): void {
  const before = store.getState().experiment;
  const patch = withoutLocked(wanted, store.getState());
  const operator = patch.operator;
  const grown = operator !== undefined && operator !== before.operator ? defaultsFor(before.preset, before.v, operator) : null;
  // Of a general plan these settings are no part: whoever changes one of them leaves it.
  const { plan, ...simple } = before;
  const leaves = 'grow' in patch || 'steps' in patch || 'k' in patch || 'operator' in patch;
  const { source, ...without } = plan && !leaves ? before : simple;
  const next = normalise({
    ...without,
    ...(source === undefined || gone === 'source' ? {} : { source }),
    ...(grown ? { offDiagonal: grown.offDiagonal, sigma: grown.sigma } : {}),
    ...patch,
  });
  // Before the page knows of it: what follows the state would write it over the entry that Back leads to.
  if (formatLink(next) !== formatLink(before)) setAddress(linkOf({ experiment: next, view: store.getState().view }), change);
  setState({ experiment: next, problems: [] });
  if (patch.pace !== undefined) send({ type: 'set-pace', pace: patch.pace });
  loadOnceSettled();
}

/** An experiment that has not been started is loaded when it has stood still for a moment. */
function loadOnceSettled(): void {
  clearTimeout(settle);
  settle = setTimeout(() => {
    const state = store.getState();
    if (!isUnderWay(state) && hasChanges(state)) loadExperiment(state.experiment);
  }, SETTLE);
}

const axisOf = (preset: string): 'compute' | 'steps' => PRESETS.get(preset)?.axis ?? 'steps';

export function choosePreset(name: string): void {
  const before = store.getState();
  if (isPresetLocked(before)) return;
  clearTimeout(settle);
  setState({ problems: [], told: [], axis: axisOf(name), view: withoutLesson() });
  forgetView();
  loadExperiment(withHeld(presetExperiment(name), before));
  writeAddress('choice');
}

/** Does what Run is at the moment: what its button says, whatever was heard since that was painted. */
export function toggleRun(): void {
  const { action, enabled } = runState(store.getState());
  if (enabled) RUN[action]();
}

export function restart(): void {
  clearTimeout(settle);
  loadExperiment(store.getState().experiment, { run: true });
}

/**
 * The worker forgets what Fuse now and branches made of the experiment: it is given again, as it was loaded. The pace
 * is the reader's and stays.
 */
function backToStart(options: { readonly run?: boolean } = {}): void {
  const { loaded, experiment } = latest();
  loadExperiment({ ...(loaded ?? experiment), pace: experiment.pace }, options);
  writeAddress();
}

const RUN: Readonly<Record<RunAction, () => void>> = {
  // A figure in somebody's text is loaded when it is first asked to run.
  run: () => (store.getState().loaded === null ? loadExperiment(store.getState().experiment, { run: true }) : runSoon()),
  pause: () => send({ type: 'pause' }),
  restart,
  again: () => backToStart({ run: true }),
  'start-worker': restartWorker,
};

/** Back to step 0: of the experiment as it was loaded, or of the changed one. */
export function reset(): void {
  const state = latest();
  if (hasChanges(state) || state.phase === 'loading' || state.phase === 'failed') loadExperiment(state.experiment);
  else backToStart();
}

export function oneStep(): void {
  const state = latest();
  if (hasChanges(state) && !goesOn(state)) return;
  setState({ started: true, visited: true });
  send({ type: 'step' });
}

export function fuse(): void {
  if (!canFuse(latest())) return;
  const { asked } = store.getState();
  setState({ asked: null });
  // The prediction made while the pointer was on the button is the one to compare this fusion with; a what-if of the
  // reader's own is of another plan.
  if (asked?.by === 'reader') send({ type: 'what-if', change: null });
  send({ type: 'fuse' });
}

/** Points at Fuse now, or away from it. A what-if of the reader's own is left alone. */
export function previewFusion(on: boolean): void {
  const state = store.getState();
  if (on && state.asked === null && fuseState(state) === 'ready' && shownExperiment(state).predict.length > 0)
    ask({ grow: state.step }, 'fuse');
  else if (!on && state.asked?.by === 'fuse') ask(null);
}

/** While one points at Fuse now, what is predicted begins at the present step: it is asked again as the run goes on. */
export function followFusion(): () => void {
  return store.subscribe((state) => {
    if (asksAgain(state)) ask({ grow: state.step }, 'fuse');
  });
}

/**
 * A change is made in earnest. What runs is the worker's to say; settings that wait beside the run take it, too, for
 * their restart.
 */
function make(change: WhatIf): void {
  const state = store.getState();
  setState({ asked: { change, by: 'branch' }, ...(hasChanges(state) ? { experiment: withWhatIf(state.experiment, change) } : {}) });
}

/** Trains the hypothetical for real. */
export function runBranch(): void {
  const state = store.getState();
  const change = askedByReader(state);
  if (!change) return;
  const told = foretell(withWhatIf(givenExperiment(state), change), state.chart, state.map);
  if (told) keepForetold(told);
  make(change);
  setState({ started: true });
  send({ type: 'run-branch', change });
}

/** Another step size from the next step on; nothing is trained again. */
export function changeStepSize(which: 'h' | 'h2', value: StepSize): void {
  make({ [which]: value });
  send({ type: 'what-if', change: null });
  send({ type: 'set-step-size', which, value });
}

/** Back to the checkpoint before a divergence, with a smaller step size. */
export function goBack(): void {
  const { diverged } = store.getState();
  if (!diverged || holdsGoingBack(store.getState())) return;
  setState({ diverged: null });
  // Whether it is the step size before or after the growth is for the worker to say, which knows what it goes back to.
  send({ type: 'go-back', step: diverged.backTo, stepSize: diverged.suggested });
}

/** Opens an experiment that came from elsewhere, with what was wrong there. What the link holds fast stays as it is. */
export function openExperiment(experiment: Experiment, problems: readonly string[], problemsIn: State['problemsIn']): void {
  const opened = withHeld(experiment, store.getState());
  setState({ problems, problemsIn, view: withoutLesson() });
  openStep(opened);
}

/**
 * Goes on with a run that is kept on this device, unless it has something otherwise than the link holds it; one that
 * has ended is only shown again.
 */
export function openKept({ id, experiment, state }: KeptEntry): void {
  if (!opensKept(store.getState(), experiment)) return;
  clearTimeout(settle);
  setState({ problems: [], told: [], offer: null, axis: axisOf(experiment.preset), view: withoutLesson() });
  forgetView();
  takeUp(id, experiment, { run: state === 'under-way' });
  writeAddress('choice');
}

/** Opens the experiment of a lesson's step: the lesson stays. */
export function openStep(experiment: Experiment, change: AddressChange = 'choice'): void {
  clearTimeout(settle);
  setState({ told: [], axis: axisOf(experiment.preset) });
  forgetView();
  loadExperiment(experiment);
  writeAddress(change);
}

/**
 * Back, or Forward: what the address says now is on the screen again. A run that is under way goes on, and the change
 * waits beside it.
 */
export function undoChoice(): void {
  const { experiment, view } = parseLink(location.href);
  const { preset, pace } = latest().experiment;
  if (experiment.preset !== preset) {
    setState({ axis: axisOf(experiment.preset) });
    forgetView();
  }
  takingOver = true;
  setState({ experiment, view, problems: [], told: [] });
  takingOver = false;
  if (experiment.pace !== pace) send({ type: 'set-pace', pace: experiment.pace });
  loadOnceSettled();
}

/** Takes the experiment from the address; a broken link still opens a working page. */
export function openAddress(): void {
  keepAddress();
  const { experiment, problems, run, view } = parseLink(location.href);
  setState({ view, problems: problems.map((problem) => problem.message), problemsIn: 'link', told: [], axis: axisOf(experiment.preset) });
  forgetView();
  if (view.view === 'chart' && !run) setState({ experiment, loaded: null });
  else loadExperiment(experiment, { run });
  // Settings behind a question mark were read; from here on they stand where they belong.
  if (location.hash === '' && hasSettings(location.search)) setAddress(location.pathname + linkOf({ experiment, view }));
}
