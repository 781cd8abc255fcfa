/**
 * The page's end of the training worker: starts it, hands it commands, feeds its events to the store, notices when it
 * dies or falls silent, and starts another one.
 */
import { say } from '../../text/en/screen/state.ts';
import { wordsOf } from '../../text/messages.ts';
import { memoryEstimate } from '../../../experiment/cost/cost.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import type { Told } from '../../../experiment/messages/say.ts';
import { MADE_AT_ONCE } from '../../../experiment/limits.ts';
import type { KeptEvent } from '../../../keep/reports.ts';
import type { Command, Event, RunId } from '../../../session/protocol.ts';
import { givenExperiment, isTraining } from '../derived/derive.ts';
import { networkReturns, onNetworkBack } from '../../ui/network.ts';
import { rememberNetworks } from '../opened-networks.ts';
import { keepOwn, ownTextsOf } from '../own-texts.ts';
import { connect, forget, latest, receive, setState, store } from '../store.ts';

/**
 * Milliseconds without a word before the page says so: first steps compile kernels, which takes a slow machine a while.
 */
const SILENCE = 45_000;
/** The same for a worker that has nothing to do, and answers at once if it is there. */
const IDLE_SILENCE = 10_000;
/** Milliseconds without a word before the worker is asked whether it is there. */
const ASK_AFTER = 5000;
/** A worker that dies this often within a minute is not started again by itself. */
const DEATHS = 3;

type OwnAnswer = Extract<Event, { type: 'own' }>;
type Files = Extract<Event, { type: 'files' }>['files'];
type Networks = Extract<Event, { type: 'networks' }>;

/** Files of networks that are held for a worker that takes the place of this one. */
const MOST_OPENED = 8;

/** Events that say something whatever was loaded meanwhile. */
const OF_ANY_RUN: ReadonlySet<Event['type']> = new Set(['files', 'networks', 'branch', 'pong', 'kept', 'kept-curves', 'kept-file', 'own']);

let worker: Worker | null = null;
let lastHeard = 0;
/** When the oldest command was sent that nothing was heard after; `null` if there is none. */
let unanswered: number | null = null;
let deaths: number[] = [];
/** Bytes of the largest experiment that this worker has trained: memory of WebAssembly grows and never shrinks. */
let grownTo = 0;
let loads = 0;
/** The load whose beginning has not been heard of: what comes until then is of a run that is no more. */
let awaited: RunId | null = null;
/** How often the network had come back when the last load was told. */
let asked = 0;
/** Whether the worker has said that it can run what was loaded. The page's own state may not have been painted yet. */
let ready = false;
/** Commands of a page that has not been drawn yet; `null` once it has. */
let held: Command[] | null = null;
let waitingForFiles: ((files: Files) => void)[] = [];
/** The kept run that the present one is written to. */
let present: string | null = null;
/** The one that the last load was to go on with; null: it began at step 0. */
let takenUp: string | null = null;
/** Whether the worker offers what was left before the page was opened: a later one finds what this page has left. */
let offers = true;
/** Of texts of the reader's own that were given, in their order: each has its answer. */
let waitingForOwn: ((answer: OwnAnswer) => void)[] = [];
/** Networks from files that are open, for a worker that takes the place of this one. */
let opened: Command[] = [];
/** Of files that were given, in their order: each has its answer. */
let waitingForNetworks: ((networks: Networks) => void)[] = [];
const keptListeners = new Set<(event: KeptEvent) => void>();

function start(): Worker {
  const started = new Worker(new URL('../../../session/worker.ts', import.meta.url), { type: 'module', name: 'training' });
  started.addEventListener('message', (message: MessageEvent<Event>) => {
    if (started === worker) hear(message.data);
  });
  started.addEventListener('error', (event) => {
    event.preventDefault();
    if (started === worker) died(event.message || say.scriptNotLoaded);
  });
  started.addEventListener('messageerror', () => {
    if (started === worker) died(say.sentUnreadable);
  });
  lastHeard = performance.now();
  unanswered = null;
  offers = store.getState().storage === null;
  started.postMessage({ type: 'kept', request: { do: 'list' } } satisfies Command);
  for (const command of opened) {
    waitingForNetworks.push(() => {});
    started.postMessage(command);
  }
  return started;
}

function hear(event: Event): void {
  lastHeard = performance.now();
  unanswered = null;
  // A silence that has ended needs no banner.
  const { faults } = store.getState();
  if (faults.some((fault) => fault.kind === 'silent')) setState({ faults: faults.filter((fault) => fault.kind !== 'silent') });
  // Its run has ended on an error of its own; what is left of it is not to be trusted.
  if (event.type === 'fault' && event.kind === 'worker') {
    receive(event);
    died(wordsOf(event));
    return;
  }
  if (event.type === 'begun' && event.id === awaited) awaited = null;
  if (awaited !== null && !OF_ANY_RUN.has(event.type)) return;
  receive(event.type === 'kept' && !offers ? { ...event, offer: null } : event);
  switch (event.type) {
    case 'files':
      for (const resolve of waitingForFiles) resolve(event.files);
      waitingForFiles = [];
      return;
    case 'kept-curves':
    case 'kept-file':
      for (const listener of keptListeners) listener(event);
      return;
    case 'kept':
      if (awaited === null) present = event.present;
      return;
    case 'own':
      waitingForOwn.shift()?.(event);
      return;
    case 'networks':
      waitingForNetworks.shift()?.(event);
      return;
    case 'measured':
      grownTo = Math.max(grownTo, memoryEstimate(givenExperiment(latest())));
      return;
    case 'phase':
      // It loads again by itself: after a reset, or on another adapter.
      if (event.phase === 'loading') ready = false;
      againIfBack();
      return;
    case 'fault':
      // One that can't be gone on with is not tried again.
      if (event.said.code === 'kept-not-opened') takenUp = null;
      againIfBack();
      return;
    case 'ready':
      ready = true;
      if (!store.getState().runsWhenReady) return;
      setState({ runsWhenReady: false });
      deliver({ type: 'run' });
      return;
    default:
  }
}

function deliver(command: Command): void {
  held?.push(command);
  if (!worker) return;
  if (unanswered === null) ask(worker);
  worker.postMessage(command);
}

/** Whoever is there answers at once, also where a command itself has no answer. */
function ask(asked: Worker): void {
  unanswered = performance.now();
  asked.postMessage({ type: 'ping' } satisfies Command);
}

/**
 * A fresh worker goes on with the run from where it was kept last, and trains on if it did; of what was not kept it
 * takes the experiment, and the page pretends nothing.
 */
function died(reason: string): void {
  const state = latest();
  const { step, experiment } = state;
  dismiss();
  const now = performance.now();
  deaths = [...deaths.filter((time) => now - time < 60_000), now];
  const hopeless = deaths.length >= DEATHS;
  const kept = present ?? takenUp;
  if (hopeless) setState({ phase: 'failed', loading: null });
  else if (kept === null) loadExperiment(givenExperiment(state));
  // What ends it at once again is not started a second time unasked.
  else takeUp(kept, givenExperiment(state), { run: isTraining(state) && deaths.length === 1 });
  setState({ experiment, faults: [{ kind: 'worker', message: reason, fatal: hopeless, step, goesOn: kept !== null }] });
  againIfBack();
}

/** Answers what a worker that is no more will never answer. */
function answerForIt(): void {
  const refused: Told = { message: say.readByNobody, said: { code: 'error', with: { text: say.readByNobody } } };
  for (const answer of waitingForOwn) answer({ type: 'own', taken: null, refused });
  for (const answer of waitingForNetworks) answer({ type: 'networks', networks: [], refused });
  waitingForOwn = [];
  waitingForNetworks = [];
}

function dismiss(): void {
  worker?.terminate();
  worker = null;
  grownTo = 0;
  ready = false;
  if (held) held = [];
  setState({ runsWhenReady: false });
  waitingForFiles = [];
  answerForIt();
}

/**
 * Times that what a worker has grown to is more than an experiment needs, from which a fresh one is worth its start.
 */
const MUCH = 4;

/** Whether most of the worker's memory would lie idle. */
const isMuchSmaller = (experiment: Experiment): boolean => grownTo > MADE_AT_ONCE && memoryEstimate(experiment) * MUCH < grownTo;

/**
 * Loads an experiment into the worker (a new one if there is none, or where the old one has grown far beyond it);
 * `run`: start as soon as it is ready.
 */
export function loadExperiment(experiment: Experiment, options: { readonly run?: boolean } = {}): void {
  takenUp = null;
  begin(experiment, options.run === true, (id) => ({ type: 'load', experiment, id }));
}

/** Goes on with a kept run; `run`: and trains. @param experiment what it was last of */
export function takeUp(kept: string, experiment: Experiment, { run }: { readonly run: boolean }): void {
  takenUp = kept;
  begin(experiment, run, (id) => ({ type: 'take-up', kept, id }));
}

function begin(experiment: Experiment, runsWhenReady: boolean, command: (id: RunId) => Command): void {
  if (isMuchSmaller(experiment)) dismiss();
  if (held === null) worker ??= start();
  ready = false;
  lastHeard = performance.now();
  awaited = ++loads as RunId;
  present = null;
  asked = networkReturns();
  forget(experiment);
  setState({
    experiment,
    loaded: experiment,
    phase: 'loading',
    started: runsWhenReady,
    runsWhenReady,
    ...(runsWhenReady ? { visited: true } : {}),
  });
  for (const text of ownTextsOf(experiment)) giveOwn(text, () => {});
  deliver(command(awaited));
}

/**
 * A fresh worker, whatever the old one is doing: it goes on with the run where it was kept last, and trains on if that
 * did; what is not kept begins anew.
 */
export function restartWorker(): void {
  const state = latest();
  const [given, kept] = [givenExperiment(state), present ?? takenUp];
  dismiss();
  deaths = [];
  if (kept === null) loadExperiment(given);
  else takeUp(kept, given, { run: isTraining(state) });
}

/** Run as soon as it can: decided from what the worker has said, not from what is painted of it. */
export function runSoon(): void {
  setState({ started: true, visited: true, runsWhenReady: !ready, offer: null });
  if (ready) deliver({ type: 'run' });
}

/** Hears what is answered to the page of kept runs. @returns what ends that */
export function onKept(listener: (event: KeptEvent) => void): () => void {
  keptListeners.add(listener);
  return () => keptListeners.delete(listener);
}

/**
 * The files of the run (storage/result-files.ts), with its data where a trace is asked for; rejects after half a
 * minute.
 */
export function exportFiles({ trace = false }: { readonly trace?: boolean } = {}): Promise<Files> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waitingForFiles = waitingForFiles.filter((other) => other !== done);
      reject(new Error(say.filesTooLate));
    }, 30_000);
    const done = (files: Files): void => {
      clearTimeout(timer);
      resolve(files);
    };
    waitingForFiles.push(done);
    deliver({ type: 'export', readme: true, trace });
  });
}

function giveOwn(text: string, answered: (answer: OwnAnswer) => void): void {
  waitingForOwn.push(answered);
  deliver({ type: 'take-own', text });
}

/**
 * Gives the worker a text or pairs of the reader's own, which it checks; kept in this browser where they can be used.
 */
export function takeOwn(text: string): Promise<OwnAnswer> {
  return new Promise((resolve) => {
    giveOwn(text, (answer) => {
      if (answer.taken) keepOwn(answer.taken.mark, text);
      resolve(answer);
    });
  });
}

/** Reads networks from files. Where none can be read, nothing has changed. */
export async function openNetworks(label: string, files: Extract<Command, { type: 'open-networks' }>['files']): Promise<Networks> {
  const command = { type: 'open-networks', label, files } as const;
  const answer = await new Promise<Networks>((resolve) => {
    waitingForNetworks.push(resolve);
    deliver(command);
  });
  rememberNetworks(answer.networks);
  if (answer.refused === null) opened = [...opened.slice(1 - MOST_OPENED), command];
  return answer;
}

/** Asks after a worker that has not been heard of for a while, and says so if there is no answer. */
function watch(): void {
  const { phase, faults, step } = store.getState();
  const now = performance.now();
  // A hidden tab's worker may be held up; once it is seen again it has time to answer.
  if (worker === null || document.hidden) {
    lastHeard = now;
    unanswered = null;
    return;
  }
  if (unanswered === null) {
    if (now - lastHeard >= ASK_AFTER) ask(worker);
    return;
  }
  const busy = phase === 'loading' || isTraining({ phase });
  const allowed = busy ? SILENCE : IDLE_SILENCE;
  if (now - unanswered < allowed || faults.some((fault) => fault.kind === 'silent')) return;
  setState({
    faults: [
      ...faults,
      { kind: 'silent', message: say.noWordFromIt(Math.round(allowed / 1000)), fatal: false, step, goesOn: (present ?? takenUp) !== null },
    ],
  });
}

/** Loads again what could not be loaded, a kept run where it was left; Run that was pressed meanwhile still holds. */
export function loadAgain(): void {
  const state = latest();
  const run = state.runsWhenReady;
  if (takenUp === null) loadExperiment(givenExperiment(state), { run });
  else takeUp(takenUp, givenExperiment(state), { run });
}

/** The network is back: what failed for want of it is tried again unasked. */
function backOnline(): void {
  const { faults, phase } = latest();
  if (phase !== 'failed') return;
  if (worker === null) restartWorker();
  else if (faults.some(({ kind }) => kind === 'data')) loadAgain();
}

/**
 * The worker, and what it was told, comes after this: its script and what it says would hold up the page's first
 * drawing. Called once, before anything is loaded.
 */
export function startWorkerAfter(drawn: Promise<void>): void {
  held = [];
  void drawn.then(() => {
    const commands = held ?? [];
    held = null;
    if (commands.length === 0) return;
    worker ??= start();
    for (const command of commands) deliver(command);
  });
}

/** The same where it came back after the load had asked for something, and before its failure was heard of. */
function againIfBack(): void {
  if (networkReturns() > asked) backOnline();
}

/** Connects store and worker; called once. */
export function startClient(): void {
  connect(deliver);
  onNetworkBack(networkReturns(), backOnline);
  // A tab that is put away may never come back.
  addEventListener('visibilitychange', () => document.hidden && deliver({ type: 'keep' }));
  addEventListener('pagehide', () => deliver({ type: 'keep' }));
  setInterval(watch, 2000);
}
