/**
 * The lesson that is played: goes from step to step, gives each its experiment, covers what is asked for, notices what
 * the reader has done, pauses the run where a step ends, and keeps the numbers it showed. It edits the page through the
 * same functions as its buttons. `playing` is what the player draws.
 */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Experiment } from '../../../experiment/experiment.ts';
import type { LessonName } from '../../../experiment/link/lesson-keys.ts';
import { parseLink } from '../../../experiment/link/link.ts';
import { endMovement } from '../../state/control/address.ts';
import { fuse, openStep, runBranch, setView, toggleRun } from '../../state/control/run-control.ts';
import { isTraining, sameRun } from '../../state/derived/derive.ts';
import { pointAt } from '../../state/spotlight.ts';
import type { State } from '../../state/state.ts';
import { latest, send, setState, store } from '../../state/store.ts';
import { setLossLine } from '../../state/view.ts';
import type { Answer, AllFacts, Facts, Lesson, LessonStep } from './lesson.ts';
import { firstOf, holds, passed } from './milestones.ts';
import { distanceOfFlow, distanceOfGuess } from './numbers.ts';
import { type Entries, type Entry, readEntries, writeEntries } from './progress.ts';

interface Playing {
  readonly lesson: Lesson | null;
  /** Of the step, from 0. */
  readonly index: number;
  readonly entries: Entries;
  /** How many of the step's milestones were reached. */
  readonly reached: number;
}

/** The page reads it through `usePlaying`. */
export const playing = createStore<Playing>()(() => ({ lesson: null, index: 0, entries: {}, reached: 0 }));

export function usePlaying<T>(selector: (state: Playing) => T): T {
  return useZustand(playing, selector);
}

/** Behind every step: curves are shown whole, and panels are closed. */
const PANELS_ONLY = Infinity;

/** The experiment that the run on the page began with, if a step gave it, and its link. */
let given: { readonly link: string; readonly experiment: Experiment } | null = null;
let coverAt: number | null = null;
let noted: Facts = {};
let unsubscribe: (() => void) | null = null;

export const stepOf = ({ lesson, index }: Pick<Playing, 'lesson' | 'index'>): LessonStep | null => lesson?.steps[index] ?? null;
const NOTHING: Entry = {};
export const entryOf = (state: Playing): Entry => state.entries[stepOf(state)?.id ?? ''] ?? NOTHING;

/** The findings of the steps that are done. */
export function allFacts({ entries }: Pick<Playing, 'entries'>): AllFacts {
  return Object.fromEntries(Object.entries(entries).map(([id, { facts }]) => [id, facts]));
}

/** The experiment of a step: its own, or that of the nearest step before. */
function linkOfStep(lesson: Lesson, index: number): string | null {
  return lesson.steps.slice(0, index + 1).findLast(({ change }) => change !== undefined)?.change ?? null;
}

/** The step from which on it is covered: none of them where only the panels are. */
function coveredFrom({ cover, waitFor: [first] }: LessonStep, state: Pick<State, 'step'>): number | null {
  if (cover === 'panels') return PANELS_ONLY;
  if (cover !== 'now') return cover ?? null;
  return Math.max(state.step, first?.kind === 'fuse' || first?.kind === 'step' ? first.at : 0);
}

/** Whether the reader has changed what the step began with: then a run of it is one of their own. */
export function isOwn({ experiment }: Pick<State, 'experiment'>): boolean {
  return given !== null && !sameRun(experiment, given.experiment);
}

/**
 * Begins with a lesson, or goes to one of its steps (from 0). What the link of the page says of it is set elsewhere.
 */
export function play(lesson: Lesson, wanted: number): void {
  const index = Math.min(lesson.steps.length - 1, Math.max(0, wanted));
  const now = playing.getState();
  if (now.lesson === lesson && now.index === index && unsubscribe) return;
  const step = lesson.steps[index];
  if (!step) return;
  const entries = now.lesson === lesson ? now.entries : readEntries(lesson.name);
  const link = linkOfStep(lesson, index);
  if (now.lesson !== lesson || link !== (given?.link ?? null)) {
    given = link === null ? null : { link, experiment: parseLink(link).experiment };
    if (given) openStep(given.experiment, 'follow');
  }
  const state = store.getState();
  coverAt = coveredFrom(step, state);
  noted = {};
  pointAt(step.spotlight, step.ask?.kind === 'draw' ? step.ask.room : null);
  const guess = step.ask?.kind === 'draw' ? guessOf(entries[step.id]) : null;
  if (guess !== store.getState().view.guess) setView({ guess });
  playing.setState({ lesson, index, entries, reached: 0 });
  unsubscribe ??= store.subscribe(evaluate);
  evaluate();
}

/** The curve that was drawn at a step: as it stands there, else as the link of the page has it. */
const guessOf = (entry: Entry | undefined) => (typeof entry?.answer === 'object' ? entry.answer : store.getState().view.guess);

/**
 * The player is drawn no more. Where only the room for it has changed (a window made narrow, presenting) the lesson
 * goes on, and its run with it.
 */
export function leave(): void {
  if (store.getState().view.lesson === null) stop();
}

/** The lesson is over: nothing is covered, nothing is waited for. */
export function stop(): void {
  unsubscribe?.();
  unsubscribe = null;
  given = null;
  coverAt = null;
  pointAt();
  setState({ covered: null });
  playing.setState({ lesson: null, index: 0, entries: {}, reached: 0 });
}

/** To another step (from 0): an entry of its own in the browser's history. */
export function goTo(index: number): void {
  const { lesson } = playing.getState();
  if (!lesson) return;
  endMovement();
  setView({ lesson: { name: lesson.name, step: index + 1 }, guess: null }, 'choice');
  play(lesson, index);
}

/** Another lesson, from its first step on. */
export function openLesson(name: LessonName, step = 1): void {
  setView({ lesson: { name, step }, guess: null }, 'choice');
}

/** Back to free play: the experiment stays as it is. */
export function closeLesson(): void {
  setView({ lesson: null, guess: null }, 'choice');
}

/** Forgets what was answered at this step, to do it again. */
export function doAgain(): void {
  const { lesson, index, entries } = playing.getState();
  const step = lesson?.steps[index];
  if (!lesson || !step) return;
  const { [step.id]: _, ...others } = entries;
  writeEntries(lesson.name, others);
  setView({ guess: null });
  given = null;
  playing.setState({ index: -1, entries: others });
  play(lesson, index);
}

function put(entry: Entry): void {
  const state = playing.getState();
  const step = stepOf(state);
  if (!state.lesson || !step) return;
  const entries = { ...state.entries, [step.id]: { ...state.entries[step.id], ...entry } };
  playing.setState({ entries });
  writeEntries(state.lesson.name, entries);
}

/** @param final the answer stands from now on */
export function answer(value: Answer, final: boolean): void {
  if (entryOf(playing.getState()).locked) return;
  put({ answer: value, ...(final ? { locked: true } : {}) });
  evaluate();
}

/**
 * Whether an answer is given by a button of its own: where the run has nothing left to test it with, where panels would
 * show it at once, and where it is no choice.
 */
export function isHandedIn(step: LessonStep, reached: number): boolean {
  return reached >= step.waitFor.length || step.cover === 'panels' || (step.ask !== undefined && step.ask.kind !== 'choice');
}

/**
 * Whether the step's question, if it has one, is answered: for good, or by a choice that the run has still to test.
 * Where it is to be handed in, a choice is no answer until it is: arrow keys choose one after the other.
 */
export function isAnswered(step: LessonStep, entry: Entry, reached: number): boolean {
  if (!step.ask || entry.locked) return true;
  return entry.answer !== undefined && !isHandedIn(step, reached);
}

let evaluating = false;

/** After every change of the page's state: what is covered, what is reached, what is found. */
function evaluate(): void {
  if (evaluating) return;
  evaluating = true;
  try {
    look(store.getState());
  } finally {
    evaluating = false;
  }
}

function look(state: State): void {
  const now = playing.getState();
  const step = stepOf(now);
  if (!step) return;
  const entry = entryOf(now);
  const answered = isAnswered(step, entry, now.reached);
  const covered = answered || entry.facts ? null : coverAt;
  if (state.covered !== covered) setState({ covered });
  if (entry.facts || state.phase === 'loading' || state.loaded === null) return;

  const { note } = step;
  const seen = note?.(state);
  if (seen) noted = { ...seen, ...noted };
  const reached = passed(step, now.reached, state, given?.experiment ?? null);
  if (reached !== now.reached) {
    const last = step.waitFor[reached - 1];
    if (last && holds(last) && isTraining(state)) send({ type: 'pause' });
    playing.setState({ reached });
  }
  // Whoever runs ahead of the question is stopped a little behind it: what is covered would be over before it is asked
  // for.
  if (!answered && coverAt !== null && isTraining(state) && state.step > coverAt) send({ type: 'pause' });
  // Once the run shows what was asked, the answer stands.
  if (answered && step.ask && !entry.locked && (reached > now.reached || (coverAt !== null && state.step > coverAt))) put({ locked: true });
  if (!answered || reached < step.waitFor.length) return;
  const facts = found(step, state, entryOf(playing.getState()));
  if (!facts) return;
  put({ locked: true, facts });
  const loss = step.comparesAt?.(facts);
  if (loss !== undefined) setLossLine({ loss });
}

/** The run's answer; of a drawn curve also how far it and the flows were off. `null` while that is not known. */
function found(step: LessonStep, state: State, { answer: said }: Entry): Facts | null {
  const measured = step.measure ? step.measure(state, noted) : {};
  if (measured === null) return null;
  const { ask } = step;
  if (ask?.kind !== 'draw' || typeof said !== 'object') return measured;
  const you = distanceOfGuess(state, said, ask.model);
  if (you === null) return null;
  const off: Record<string, number> = { ...measured, you };
  for (const [name, flow] of [
    ['gradient', 'gradient-flow'],
    ['modified', 'modified-flow'],
  ] as const) {
    const distance = distanceOfFlow(state, flow, ask.model, ask.from);
    if (distance !== null) off[name] = distance;
    // The card is for what was predicted of the same steps: it waits for the predictions that the experiment asks for.
    else if (state.loaded?.predict.includes(flow)) return null;
  }
  return off;
}

/**
 * The action of a clicker: what the step waits for, and onwards once that is done; or a step back. A question is
 * answered by hand.
 */
export function advance(direction: 1 | -1): void {
  const now = playing.getState();
  const step = stepOf(now);
  const last = (now.lesson?.steps.length ?? 0) - 1;
  if (!step) return;
  if (direction < 0 || entryOf(now).facts) {
    const index = now.index + direction;
    if (index >= 0 && index <= last) goTo(index);
    return;
  }
  const milestone = nextMilestone(now);
  const state = latest();
  if (!milestone || isTraining(state)) return;
  const first = firstOf(milestone, state.step);
  if (first === milestone && !isAnswered(step, entryOf(now), now.reached)) return;
  if (first.kind === 'fuse') fuse();
  else if (first.kind === 'branch') runBranch();
  else if (first.kind === 'compute') setState({ axis: 'compute' });
  else if (first.kind !== 'own' || isOwn(state)) toggleRun();
}

/** The milestone that is to be reached next; `null` where all is done. */
export function nextMilestone(now: Playing) {
  const step = stepOf(now);
  return step?.waitFor[now.reached] ?? null;
}
